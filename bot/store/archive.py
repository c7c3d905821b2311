"""The archive in an SQL database, with the raw files beside it."""

import asyncio
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    RowMapping,
    Select,
    bindparam,
    case,
    delete,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import AlreadyThere
from bot.store import changelog, editing, listing, purging, recorder, recording, stored
from bot.store.database import Database, chunks
from bot.store.edits import Edit, Fact
from bot.store.port import History, Known, Outcome, Reading, SourceCount, SourceRecord, StoredVersion, VersionRecord
from bot.store.rows import document_from, source_from, source_row, versioned_from
from bot.store.snapshots import Snapshots
from bot.store.tables import documents, items, sources, versions
from index.port import Change, Versioned
from sources.document import Document
from sources.port import Refused, Trouble

Clock = Callable[[], datetime]

_LIVE = documents.c.removed.is_(None)
_SOURCES = select(sources).order_by(sources.c.name, sources.c.id)
_OF_WORKSPACE = sources.c.workspace_id == bindparam("workspace")
_LIVE_SOURCES = _SOURCES.where(sources.c.removed.is_(None), _OF_WORKSPACE)
_KEPT_SOURCES = _SOURCES.where(sources.c.purged.is_(None), _OF_WORKSPACE)
_HISTORY = select(
    documents.c.source_id, documents.c.removed, *(versions.c[field.name] for field in fields(VersionRecord))
).join(versions, versions.c.document_id == documents.c.id)


class SqlArchive:
    """See `bot.store.port.Archive`. `clock` gives the aware time at which something is removed or changed."""

    def __init__(self, database: Database, snapshots: Snapshots, clock: Clock) -> None:
        self._database = database
        self._snapshots = snapshots
        self._clock = clock

    async def add_source(self, source: SourceRecord) -> None:
        """Raises `AlreadyThere` when the workspace has a live source of that name or place."""
        row = source_row(source)
        try:
            await self._database.write(lambda connection: connection.execute(insert(sources), row))
        except IntegrityError as error:
            raise _taken(source) from error

    async def sources(self, workspace_id: str | None = None) -> Sequence[SourceRecord]:
        """Live sources by name; of all workspaces when None."""
        every = _SOURCES.where(sources.c.removed.is_(None))
        rows = await (self._rows(every) if workspace_id is None else self._rows(_LIVE_SOURCES, workspace=workspace_id))
        return [source_from(row) for row in rows]

    async def update_source(self, source: SourceRecord) -> None:
        """Keep a changed record; other visibility makes an access change of each of its documents."""
        row = source_row(source)

        async def work(connection: AsyncConnection) -> None:
            await recorder.lock_live(connection, source)
            here = sources.c.id == source.id
            before = await connection.execute(select(sources.c.visible_to).where(here))
            await connection.execute(update(sources).where(here).values(row))
            if before.scalar_one() != row["visible_to"]:
                ids = await _live_of(connection, source.id)
                await self._log(connection, source.workspace_id, dict.fromkeys(ids, Outcome.ACCESS))

        try:
            await self._database.write(work)
        except IntegrityError as error:
            raise _taken(source) from error

    async def note_sync(self, source_id: str, at: datetime, problem: str | None) -> None:
        """Keep when and how the last walk ended, whatever else was changed meanwhile; a problem counts as a failure."""
        ended = {"synced": at, "failures": 0} if problem is None else {"failures": sources.c.failures + 1}
        values = {"attempted": at, "problem": problem, **ended}
        noted = update(sources).where(sources.c.id == source_id, sources.c.removed.is_(None)).values(values)
        await self._database.write(lambda connection: connection.execute(noted))

    async def remove_source(self, source_id: str) -> int:
        """Hide it at once: tombstones for all its documents, versions and snapshots stay. Returns how many."""

        async def work(connection: AsyncConnection) -> int:
            here = (sources.c.id == source_id) & sources.c.removed.is_(None)
            await connection.execute(update(sources).where(here).values(removed=self._clock()))
            await connection.execute(delete(items).where(items.c.source_id == source_id))
            await listing.forget(connection, source_id)
            return await self._bury(connection, source_id, await _live_of(connection, source_id))

        return await self._database.write(work)

    async def removed_sources(self, workspace_id: str) -> Sequence[SourceRecord]:
        """Sources that were removed and whose texts are still kept, by name; one name may come more than once."""
        wanted = _SOURCES.where(sources.c.removed.is_not(None), sources.c.purged.is_(None))
        rows = await self._rows(wanted.where(sources.c.workspace_id == workspace_id))
        return [source_from(row) for row in rows]

    async def kept_sources(self, workspace_id: str) -> Sequence[SourceRecord]:
        """The live sources and the `removed_sources`, by name."""
        return [source_from(row) for row in await self._rows(_KEPT_SOURCES, workspace=workspace_id)]

    async def purge_source(self, source_id: str) -> int:
        """Erase a removed source, as `bot.store.purging` tells. Raises BadRequest while it is live."""
        erased = await self._database.write(lambda connection: purging.blank(connection, source_id))
        async with self._database.reading() as connection:
            files = await purging.own_files(connection, source_id)
        await self._snapshots.erase(files)
        await self._database.compact()
        await self._database.write(lambda connection: purging.close(connection, source_id, self._clock()))
        return erased

    async def known(self, source_id: str) -> Mapping[str, Known]:
        """By location, all items of a source that were read or refused before."""
        wanted = select(items.c.location, items.c.fingerprint, items.c.extractor).where(items.c.source_id == source_id)
        return {row["location"]: Known(row["fingerprint"], row["extractor"]) for row in await self._rows(wanted)}

    async def record(self, source: SourceRecord, readings: Sequence[Reading]) -> Mapping[str, Outcome]:
        """Keep what was read, as `bot.store.recording` decides. All of it in one transaction, after the raw files.

        Raises BadRequest when the source was removed meanwhile, ValueError when the readings are not the source's.
        """
        recording.check(source, readings)
        hashes = await self._snapshots.keep([reading.raw.content for reading in readings])
        found = await asyncio.to_thread(recording.find, readings, hashes)
        locations = [reading.location for reading in readings]

        async def work(connection: AsyncConnection) -> Mapping[str, Outcome]:
            await recorder.lock_live(connection, source)
            held = await recorder.held_documents(connection, source.id, locations, [one.document.id for one in found])
            last = await recorder.held_items(connection, source.id, locations)
            raws = {location: row["raw_sha256"] for location, row in last.items()}
            steps = [recording.decide(one, held.get(one.document.id), raws.get(one.reading.location)) for one in found]
            outcomes = {step.found.document.id: step.outcome for step in steps}
            gone = recording.gone(held.values(), found, set(locations))
            outcomes |= dict.fromkeys(gone, Outcome.REMOVED)
            await recorder.keep_snapshots(connection, source, readings, hashes)
            await recorder.write_steps(connection, steps)
            await recorder.tombstone(connection, gone, self._clock())
            await recorder.replace_items(connection, source, _read_items(readings, hashes))
            await self._log(connection, source.workspace_id, outcomes)
            return outcomes

        return await self._database.write(work)

    async def refuse(
        self,
        source: SourceRecord,
        refused: Sequence[Refused],
        fingerprints: Mapping[str, str],
        extractor: str,
        gone: Collection[str] = (),
    ) -> int:
        """Keep why these items can't be read, and how often in a row. A good version from before stays live, unless
        its item is `gone`. Returns how many documents are tombstoned.
        """

        async def work(connection: AsyncConnection) -> int:
            await recorder.lock_live(connection, source)
            last = await recorder.held_items(connection, source.id, [one.location for one in refused])
            rows = {
                one.location: {
                    "location": one.location,
                    "fingerprint": fingerprints.get(one.location, ""),
                    "extractor": extractor,
                    "raw_sha256": last[one.location]["raw_sha256"] if one.location in last else None,
                    "problem": one.reason,
                    "trouble": one.trouble.value,
                    "times": _times(one, last.get(one.location)),
                }
                for one in refused
            }
            await recorder.replace_items(connection, source, list(rows.values()))
            return await self._bury_items(connection, source.id, gone)

        return await self._database.write(work)

    async def forget(self, source_id: str, locations: Sequence[str]) -> int:
        """Tombstone the documents of items that are gone from their source. Returns how many documents."""

        async def work(connection: AsyncConnection) -> int:
            await recorder.forget_items(connection, source_id, locations)
            return await self._bury_items(connection, source_id, locations)

        return await self._database.write(work)

    async def refused(self, source_id: str) -> Sequence[Refused]:
        """Items that can't be read, by location."""
        wanted = select(items).where(items.c.source_id == source_id, items.c.problem.is_not(None))
        rows = await self._rows(wanted.order_by(items.c.location))
        return [
            Refused(row["location"], row["problem"], trouble=_trouble(row), times=max(row["times"], 1)) for row in rows
        ]

    async def counts(self, source_id: str) -> SourceCount:
        """How much a source holds."""
        dated = documents.c.published.is_not(None) | editing.DATED_BY_HAND
        live = select(func.count(), func.count(case((dated, 1)))).where(documents.c.source_id == source_id, _LIVE)
        bad = select(func.count()).where(items.c.source_id == source_id, items.c.problem.is_not(None))
        async with self._database.reading() as connection:
            total, with_date = (await connection.execute(live)).one()
            return SourceCount(total, total - with_date, (await connection.execute(bad)).scalar_one())

    async def version(self, workspace_id: str, document_id: str, number: int | None = None) -> StoredVersion | None:
        """One version, the newest when None, also of a removed document. None: never heard of it there."""
        if number is not None:
            return (await self.versions(workspace_id, [(document_id, number)])).get((document_id, number))
        return await self._database.look(lambda connection: stored.newest(connection, workspace_id, document_id))

    async def versions(
        self, workspace_id: str, wanted: Collection[tuple[str, int]]
    ) -> Mapping[tuple[str, int], StoredVersion]:
        """Those of the versions (document id and number) that `version` would give, read together at one moment."""
        return await self._database.look(lambda connection: stored.numbered(connection, workspace_id, wanted))

    async def evidence(
        self, workspace_id: str, wanted: Collection[tuple[str, int]]
    ) -> tuple[Sequence[SourceRecord], Mapping[tuple[str, int], StoredVersion]]:
        """What `sources` and `versions` would give at one and the same moment."""

        def work(
            connection: Connection,
        ) -> tuple[Sequence[SourceRecord], Mapping[tuple[str, int], StoredVersion]]:
            live = connection.execute(_LIVE_SOURCES, {"workspace": workspace_id}).mappings().all()
            return [source_from(row) for row in live], stored.numbered(connection, workspace_id, wanted)

        return await self._database.look(work)

    async def history(self, workspace_id: str, document_id: str) -> History | None:
        """All versions, also of a removed document. None: never heard of it there."""
        here = (documents.c.id == document_id) & (documents.c.workspace_id == workspace_id)
        wanted = _HISTORY.where(here).order_by(versions.c.number.desc())
        rows = await self._rows(wanted)
        if not rows:
            return None
        told = tuple(VersionRecord(**{field.name: row[field.name] for field in fields(VersionRecord)}) for row in rows)
        return History(rows[0]["source_id"], rows[0]["removed"] is not None, told)

    async def edit(self, document_id: str, edits: Sequence[Edit], taken_back: Collection[Fact] = ()) -> None:
        """Set facts of a live document by hand, and take others back, as one METADATA change.

        Raises BadRequest when it is not there.
        """

        async def work(connection: AsyncConnection) -> None:
            workspace_id = await editing.replace_edits(connection, document_id, edits, taken_back)
            await self._log(connection, workspace_id, {document_id: Outcome.METADATA})

        await self._database.write(work)

    async def edits(self, workspace_id: str, document_id: str) -> Sequence[Edit]:
        """What was set by hand of a document, in the order of `Fact`."""
        wanted = select(documents.c.id).where(documents.c.id == document_id, documents.c.workspace_id == workspace_id)
        async with self._database.reading() as connection:
            here = (await connection.execute(wanted)).scalars().all()
            return (await editing.of_documents(connection, here)).get(document_id, [])

    async def documents(self, source_id: str) -> Sequence[Document]:
        """All live documents of a source without their texts (`text` is empty, no marks), by location."""
        wanted = select(documents).where(documents.c.source_id == source_id, _LIVE).order_by(documents.c.location)
        async with self._database.reading() as connection:
            rows = (await connection.execute(wanted)).mappings().all()
            edits = await editing.of_source(connection, source_id)
        return await asyncio.to_thread(lambda: [document_from(row, edits.get(row["id"], ())) for row in rows])

    async def same_text(self, workspace_id: str, text_sha256s: Collection[str]) -> Sequence[Document]:
        """Live documents whose text now is one of these, by its hash; without their texts, oldest first."""
        now = (versions.c.document_id == documents.c.id) & (versions.c.number == documents.c.version)
        wanted = select(documents).join(versions, now).where(_LIVE, versions.c.workspace_id == workspace_id)
        async with self._database.reading() as connection:
            rows = [
                row
                for some in chunks(sorted(text_sha256s))
                for row in (await connection.execute(wanted.where(versions.c.text_sha256.in_(some)))).mappings()
            ]
            edits = await editing.of_documents(connection, [row["id"] for row in rows])
        found = [document_from(row, edits.get(row["id"], ())) for row in rows]
        return sorted(found, key=lambda document: (document.added, document.id))

    async def newest(self, workspace_id: str, source_ids: Collection[str], limit: int) -> Sequence[Document]:
        """The live documents of these sources that were added last, the newest first; without their texts."""
        live = select(documents).where(_LIVE, documents.c.workspace_id == workspace_id)
        wanted = live.order_by(documents.c.added.desc(), documents.c.id).limit(limit)
        async with self._database.reading() as connection:
            rows = [
                row
                for some in chunks(sorted(source_ids))
                for row in (await connection.execute(wanted.where(documents.c.source_id.in_(some)))).mappings()
            ]
            edits = await editing.of_documents(connection, [row["id"] for row in rows])
        found = sorted((document_from(row, edits.get(row["id"], ())) for row in rows), key=lambda document: document.id)
        return sorted(found, key=lambda document: document.added, reverse=True)[:limit]

    async def listing(self, source_id: str) -> str | None:
        """The cursor of the last list of a source that was worked off."""
        async with self._database.reading() as connection:
            return await listing.cursor_of(connection, source_id)

    async def keep_listing(self, source_id: str, cursor: str | None) -> None:
        """Keep it for the next time; None forgets it. Of a source that was removed nothing is kept."""
        await self._database.write(lambda connection: listing.keep(connection, source_id, cursor))

    async def head(self) -> int:
        """See `index.port.Changes`."""
        async with self._database.reading() as connection:
            return await changelog.head(connection)

    async def since(self, sequence: int, limit: int) -> Sequence[Change]:
        """See `index.port.Changes`."""
        async with self._database.reading() as connection:
            return await changelog.since(connection, sequence, limit)

    async def current(self, document_ids: Sequence[str]) -> Sequence[Versioned]:
        """See `index.port.Changes`."""
        async with self._database.reading() as connection:
            rows = [
                row
                for some in chunks(document_ids)
                for row in (await connection.execute(stored.PRESENT.where(documents.c.id.in_(some)))).mappings()
            ]
            edits = await editing.of_documents(connection, document_ids)
        # Hundreds of documents have many thousand marks: they are read where they hold up nobody else.
        return await asyncio.to_thread(lambda: [versioned_from(row, edits.get(row["id"], ())) for row in rows])

    async def superseded(self, document_ids: Sequence[str]) -> Sequence[Versioned]:
        """See `index.port.Changes`."""
        async with self._database.reading() as connection:
            rows = [
                row
                for some in chunks(document_ids)
                for row in (await connection.execute(stored.SUPERSEDED.where(documents.c.id.in_(some)))).mappings()
            ]
            edits = await editing.of_documents(connection, list({row["id"] for row in rows}))
        return await asyncio.to_thread(lambda: [versioned_from(row, edits.get(row["id"], ())) for row in rows])

    async def live_ids(self) -> Sequence[str]:
        """See `index.port.Changes`."""
        return [row["id"] for row in await self._rows(select(documents.c.id).where(_LIVE).order_by(documents.c.id))]

    async def close(self) -> None:
        """Release the connections."""
        await self._database.close()

    async def _rows(self, wanted: Select[*tuple[Any, ...]], **values: str) -> Sequence[RowMapping]:
        return await self._database.look(lambda connection: connection.execute(wanted, values).mappings().all())

    async def _log(self, connection: AsyncConnection, workspace_id: str, outcomes: Mapping[str, Outcome]) -> None:
        await changelog.append(connection, workspace_id, outcomes, self._clock())

    async def _bury_items(self, connection: AsyncConnection, source_id: str, locations: Collection[str]) -> int:
        ids = [
            document_id
            for some in chunks(list(locations))
            for document_id in await _live_of(connection, source_id, documents.c.item_location.in_(some))
        ]
        return await self._bury(connection, source_id, ids)

    async def _bury(self, connection: AsyncConnection, source_id: str, document_ids: Sequence[str]) -> int:
        if document_ids:
            await recorder.tombstone(connection, document_ids, self._clock())
            whose = await connection.execute(select(sources.c.workspace_id).where(sources.c.id == source_id))
            await self._log(connection, whose.scalar_one(), dict.fromkeys(document_ids, Outcome.REMOVED))
        return len(document_ids)


def _taken(source: SourceRecord) -> AlreadyThere:
    return AlreadyThere(f"There is a source named {source.name!r}, or one at {source.place!r}, already.")


def _trouble(row: RowMapping) -> Trouble:
    return Trouble(row["trouble"] or Trouble.UNREADABLE)  # rows of the first version have none


def _times(refused: Refused, last: RowMapping | None) -> int:
    again = last is not None and last["problem"] is not None and _trouble(last) is refused.trouble
    return last["times"] + 1 if last is not None and again else 1


def _read_items(readings: Sequence[Reading], hashes: Sequence[str]) -> Sequence[Mapping[str, Any]]:
    return [
        {
            "location": reading.location,
            "fingerprint": reading.fingerprint,
            "extractor": reading.extractor,
            "raw_sha256": raw_sha256,
            "problem": None,
            "trouble": None,
            "times": 0,
        }
        for reading, raw_sha256 in zip(readings, hashes, strict=True)
    ]


async def _live_of(connection: AsyncConnection, source_id: str, *conditions: ColumnElement[bool]) -> Sequence[str]:
    wanted = select(documents.c.id).where(documents.c.source_id == source_id, _LIVE, *conditions)
    return (await connection.execute(wanted)).scalars().all()
