"""What admins do with the sources and the index. Whatever writes holds the writer's lock meanwhile."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import PurePath
from uuid import uuid4

from bot.errors import BadRequest, NotAllowed
from bot.ingest import Extractor, Summary, ingest
from bot.lock import WriterLock
from bot.roles import Person, may_read
from bot.store.port import Archive, Audit, AuditEntry, SourceRecord
from index import sync
from index.hit import Stamp
from index.port import Engine
from sources.connectors import open_source, recognise
from sources.errors import Unreachable
from sources.port import Source

Told = Callable[[str, int, int], None]
"""Called with what is being done, how much of it is done, and of how much."""


def quiet(_doing: str, _done: int, _total: int) -> None:
    """For those whom nobody watches."""


@dataclass(frozen=True, slots=True)
class Refreshed:
    """One source after it was walked again: what came of it, or the sentence why it could not be walked."""

    record: SourceRecord
    summary: Summary | None
    problem: str | None = None


class Holdings:
    """For admins alone. Every method raises NotAllowed for others, StoreUnavailable, IndexUnavailable.

    `readers` is how many items are read side by side.
    """

    def __init__(
        self,
        archive: Archive,
        engine: Engine,
        audit: Audit,
        extractor: Extractor,
        clock: Callable[[], datetime],
        *,
        lock: WriterLock,
        readers: int,
    ) -> None:
        self._archive = archive
        self._engine = engine
        self._audit = audit
        self._extractor = extractor
        self._clock = clock
        self._lock = lock
        self._readers = readers

    async def add(
        self,
        person: Person,
        place: str,
        *,
        name: str | None = None,
        visible_to: frozenset[str] = frozenset(),
        manifest: bool = True,
        told: Told = quiet,
    ) -> Refreshed:
        """Add a place, read all of it, make it searchable. Raises AlreadyThere; Unreachable where nothing is there."""
        _admin(person)
        connector, canonical = recognise(place)
        record = SourceRecord(
            id=uuid4().hex[:12],
            workspace_id=person.workspace_id,
            name=name or PurePath(canonical).name or canonical,
            connector=connector,
            place=canonical,
            added=self._clock(),
            visible_to=visible_to,
            manifest=manifest,
        )
        await _opened(record).discover()  # a place that isn't there is not added
        async with self._lock.hold("adding a source"):
            await self._archive.add_source(record)
            await self._note(person, "add source", record, record.place)
            refreshed = await self._refresh(record, told)
            await sync.drain(self._archive, self._engine, _indexing(told))
        return refreshed

    async def refresh(self, person: Person, name: str | None = None, *, told: Told = quiet) -> list[Refreshed]:
        """Walk one source, or all that are not paused, again, and make what changed searchable.

        One that can't be walked keeps what it has and says why; the others go on.
        """
        _admin(person)
        async with self._lock.hold("refreshing sources"):
            refreshed = await self._refresh_all(person, name, told)
            await sync.drain(self._archive, self._engine, _indexing(told))
        return refreshed

    async def remove(self, person: Person, name: str) -> tuple[SourceRecord, int]:
        """Hide a source at once, everywhere. Returns its record and how many documents went with it."""
        _admin(person)
        async with self._lock.hold("removing a source"):
            record = await self._named(person, name)
            removed = await self._archive.remove_source(record.id)
            await self._note(person, "remove source", record, f"{removed} documents")
            await sync.drain(self._archive, self._engine)
        return record, removed

    async def reindex(self, person: Person, *, full: bool = False, told: Told = quiet) -> list[Refreshed]:
        """Walk all sources again and bring the index up to date; with `full` build a new one beside it and swap."""
        _admin(person)
        async with self._lock.hold("reindexing"):
            refreshed = await self._refresh_all(person, None, told)
            if full:
                await sync.rebuild(self._archive, self._engine, _indexing(told))
            else:
                await sync.drain(self._archive, self._engine, _indexing(told))
            await self._note(person, "reindex", None, "full" if full else "changes")
        return refreshed

    async def rollback(self, person: Person) -> Stamp:
        """Go back to the index generation before, with all changes since then applied to it."""
        _admin(person)
        async with self._lock.hold("rolling back"):
            stamp = await sync.rollback(self._archive, self._engine)
            await self._note(person, "rollback", None, f"to {stamp.generation}")
        return stamp

    async def _refresh_all(self, person: Person, name: str | None, told: Told) -> list[Refreshed]:
        if name is not None:
            return [await self._refresh(await self._named(person, name), told)]
        records = await self._archive.sources(person.workspace_id)
        return [await self._refresh(record, told) for record in records if not record.paused]

    async def _refresh(self, record: SourceRecord, told: Told) -> Refreshed:
        try:
            summary = await ingest(
                record,
                _opened(record),
                self._archive,
                self._extractor,
                self._clock,
                readers=self._readers,
                progress=lambda done, total: told(f"Reading {record.name}", done, total),
            )
        except Unreachable as error:
            record = replace(record, problem=str(error))
            await self._archive.update_source(record)
            return Refreshed(record, None, str(error))
        record = replace(record, synced=self._clock(), problem=None)
        await self._archive.update_source(record)
        return Refreshed(record, summary)

    async def _named(self, person: Person, name: str) -> SourceRecord:
        records = [one for one in await self._archive.sources(person.workspace_id) if may_read(person, one)]
        for record in records:
            if record.name == name:
                return record
        raise BadRequest(f"There is no source called “{name}”.{_choices(records)}")

    async def _note(self, person: Person, action: str, record: SourceRecord | None, detail: str) -> None:
        subject = record.name if record else "index"
        await self._audit.write(AuditEntry(person.workspace_id, self._clock(), person.user_id, action, subject, detail))


def _opened(record: SourceRecord) -> Source:
    return open_source(record.connector, record.place, record.manifest)


def _admin(person: Person) -> None:
    if not person.admin:
        raise NotAllowed("Only the desk's admins can do that.")


def _indexing(told: Told) -> sync.Progress:
    return lambda done, total: told("Indexing", done, total)


def _choices(records: Sequence[SourceRecord]) -> str:
    names = ", ".join(f"“{record.name}”" for record in records)
    return f" There are: {names}." if names else " None was added yet."
