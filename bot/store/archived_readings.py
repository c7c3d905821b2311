"""The readings of the SQL archive: items that were read or refused, and what became of their documents."""

import asyncio
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import RowMapping, case, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store import changelog, editing, listing, recorder, recording, stored
from bot.store.ground import Ground
from bot.store.readings import Known, Outcome, Reading, SourceCount
from bot.store.sources import SourceRecord
from bot.store.tables import documents, items
from sources.port import Refused, Trouble


class SqlReadings(Ground):
    """See `bot.store.readings.Readings`."""

    async def known(self, source_id: str) -> Mapping[str, Known]:
        """By location, all items of a source that were read or refused before."""
        wanted = select(items.c.location, items.c.fingerprint, items.c.extractor).where(items.c.source_id == source_id)
        rows = await self._database.rows(wanted)
        return {row["location"]: Known(row["fingerprint"], row["extractor"]) for row in rows}

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
            at = self._clock()
            await recorder.keep_snapshots(connection, source, readings, hashes)
            await recorder.write_steps(connection, steps)
            await recorder.tombstone(connection, gone, at)
            await recorder.replace_items(connection, source, _read(readings, hashes))
            await changelog.append(connection, source.workspace_id, outcomes, at)
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
                one.location: _refusal(one, last.get(one.location), fingerprints.get(one.location, ""), extractor)
                for one in refused
            }
            await recorder.replace_items(connection, source, list(rows.values()))
            ids = await recorder.live_ids_at(connection, source.id, gone)
            return await recorder.bury(connection, source.id, ids, self._clock())

        return await self._database.write(work)

    async def forget(self, source_id: str, locations: Sequence[str]) -> int:
        """Tombstone the documents of items that are gone from their source. Returns how many documents."""

        async def work(connection: AsyncConnection) -> int:
            await recorder.forget_items(connection, source_id, locations)
            ids = await recorder.live_ids_at(connection, source_id, locations)
            return await recorder.bury(connection, source_id, ids, self._clock())

        return await self._database.write(work)

    async def refused(self, source_id: str) -> Sequence[Refused]:
        """Items that can't be read, by location."""
        wanted = select(items).where(items.c.source_id == source_id, items.c.problem.is_not(None))
        rows = await self._database.rows(wanted.order_by(items.c.location))
        return [
            Refused(row["location"], row["problem"], trouble=_trouble(row), times=max(row["times"], 1)) for row in rows
        ]

    async def counts(self, source_id: str) -> SourceCount:
        """How much a source holds."""
        dated = documents.c.published.is_not(None) | editing.DATED_BY_HAND
        live = select(func.count(), func.count(case((dated, 1)))).where(documents.c.source_id == source_id, stored.LIVE)
        bad = select(func.count()).where(items.c.source_id == source_id, items.c.problem.is_not(None))
        async with self._database.reading() as connection:
            total, with_date = (await connection.execute(live)).one()
            return SourceCount(total, total - with_date, (await connection.execute(bad)).scalar_one())

    async def listing(self, source_id: str) -> str | None:
        """The cursor of the last list of a source that was worked off."""
        async with self._database.reading() as connection:
            return await listing.cursor_of(connection, source_id)

    async def keep_listing(self, source_id: str, cursor: str | None) -> None:
        """Keep it for the next time; None forgets it. Of a source that was removed nothing is kept."""
        await self._database.write(lambda connection: listing.keep(connection, source_id, cursor))


def _read(readings: Sequence[Reading], hashes: Sequence[str]) -> Sequence[Mapping[str, Any]]:
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


def _refusal(refused: Refused, last: RowMapping | None, fingerprint: str, extractor: str) -> Mapping[str, Any]:
    again = last is not None and last["problem"] is not None and _trouble(last) is refused.trouble
    return {
        "location": refused.location,
        "fingerprint": fingerprint,
        "extractor": extractor,
        "raw_sha256": last["raw_sha256"] if last is not None else None,
        "problem": refused.reason,
        "trouble": refused.trouble.value,
        "times": last["times"] + 1 if last is not None and again else 1,
    }


def _trouble(row: RowMapping) -> Trouble:
    return Trouble(row["trouble"] or Trouble.UNREADABLE)  # rows of the first version have none
