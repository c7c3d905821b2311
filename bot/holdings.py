"""What admins do with the sources and the index: what brings words in or takes them out. Whatever reads sources or
writes the index holds the writer's lock meanwhile. What admins look through and correct stands in `admin`.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from uuid import uuid4

from bot.errors import BadRequest, StoreUnavailable
from bot.ingest import Extractor, Summary, ingest, take
from bot.lock import WriterLock
from bot.roles import Person, may_read, require_admin
from bot.source_names import source_named
from bot.store.port import Archive, Audit, AuditEntry, SourceRecord
from index import sync
from index.hit import Stamp
from index.port import Engine
from sources.connectors import identify, name_of, open_source, recognise
from sources.errors import Unreachable
from sources.fetch import Fetcher
from sources.port import Refused, Source, Trouble

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


@dataclass(frozen=True, slots=True)
class Purged:
    """What was erased: a source's name, and how many documents were ever known of it (of all that had this name)."""

    name: str
    documents: int


class Holdings:
    """For admins alone. Every method raises NotAllowed for others, StoreUnavailable, IndexUnavailable.

    `readers` is how many items are read side by side; below `handed_in` lie files that are the desk's own, and that a
    purge erases with their source.
    """

    def __init__(
        self,
        archive: Archive,
        engine: Engine,
        audit: Audit,
        extractor: Extractor,
        clock: Callable[[], datetime],
        *,
        fetcher: Fetcher,
        lock: WriterLock,
        readers: int,
        handed_in: Path,
    ) -> None:
        self._archive = archive
        self._engine = engine
        self._audit = audit
        self._extractor = extractor
        self._clock = clock
        self._fetcher = fetcher
        self._lock = lock
        self._readers = readers
        self._handed_in = handed_in

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
        """Add a place, read all of it, make it searchable. Raises AlreadyThere; Unreachable, Unreadable where nothing
        is there.
        """
        require_admin(person)
        connector, canonical = await identify(*recognise(place), self._fetcher)
        record = SourceRecord(
            id=uuid4().hex[:12],
            workspace_id=person.workspace_id,
            name=name or name_of(canonical),
            connector=connector,
            place=canonical,
            added=self._clock(),
            visible_to=visible_to,
            manifest=manifest,
        )
        await self._opened(record).discover()  # a place that isn't there is not added
        async with self._lock.hold("adding a source"):
            await self._archive.add_source(record)
            await self._note(person, "add source", record, record.place)
            refreshed = await self._refresh(record, told)
            await sync.drain(self._archive, self._engine, _indexing(told))
        return refreshed

    async def refresh(self, person: Person, name: str | None = None, *, told: Told = quiet) -> list[Refreshed]:
        """Walk one source, or all that are not paused, again, and make what changed searchable.

        One that can't be walked keeps what it has and says why; the others go on. Raises BadRequest for the name of
        one that is paused.
        """
        require_admin(person)
        async with self._lock.hold("refreshing sources"):
            refreshed = await self._refresh_all(person, name, told)
            await sync.drain(self._archive, self._engine, _indexing(told))
        return refreshed

    async def remove(self, person: Person, name: str) -> tuple[SourceRecord, int]:
        """Hide a source at once, everywhere. Returns its record and how many documents went with it.

        From its first step on nobody is shown anything of it; only the index waits for whoever is writing.
        """
        require_admin(person)
        record = await self._named(person, name)
        removed = await self._archive.remove_source(record.id)
        await self._note(person, "remove source", record, f"{removed} documents")
        async with self._lock.hold("removing a source"):
            await sync.drain(self._archive, self._engine)
        return record, removed

    async def pause(self, person: Person, name: str) -> SourceRecord:
        """No refresh reads the source any more; what it holds stays searchable."""
        return await self._set_paused(person, name, paused=True)

    async def resume(self, person: Person, name: str) -> SourceRecord:
        """Refreshes read the source again, from the next one on."""
        return await self._set_paused(person, name, paused=False)

    async def take(self, person: Person, name: str, location: str) -> Refreshed:
        """Keep an item's new reading that was held back, as it is found at this moment, and make it searchable.

        Raises BadRequest when nothing was held back there, Unreachable.
        """
        require_admin(person)
        async with self._lock.hold("taking what was held back"):
            record = await self._named(person, name)
            held_back = {one.location for one in await self._archive.refused(record.id) if _is_held_back(one)}
            if location not in held_back:
                raise BadRequest(f"Nothing is held back at “{location}”.")
            opened = self._opened(record)
            summary = await take(record, opened, self._archive, self._extractor, self._clock, location)
            await self._note(person, "take what was held back", record, location)
            await sync.drain(self._archive, self._engine)
        return Refreshed(record, summary)

    async def purge(self, person: Person, name: str, *, told: Told = quiet) -> Purged:
        """Erase what a source has brought: its texts, facts, edits, raw files, and every index that held them.

        Not to be undone: tombstones stay, and the audit trail. The source may have been removed before; where there is
        a live one of that name, it is that one. Interrupted, it can be done again.
        """
        require_admin(person)
        live = await self._archive.sources(person.workspace_id)
        if any(one.name == name and may_read(person, one) for one in live):
            await self.remove(person, name)
        async with self._lock.hold("purging a source"):
            removed = await self._archive.removed_sources(person.workspace_id)
            records = [one for one in removed if one.name == name and may_read(person, one)]
            if not records:
                raise BadRequest(f"There is no source called “{name}”, nor was one removed that still has its texts.")
            for _ in range(2):  # the one kept for rollback must not hold them either
                await sync.rebuild(self._archive, self._engine, _indexing(told))
            documents = 0
            for record in records:
                await asyncio.to_thread(_erase_own, Path(record.place), self._handed_in)
                documents += await self._archive.purge_source(record.id)
            await self._note(person, "purge source", records[0], f"{documents} documents")
        return Purged(name, documents)

    async def reindex(self, person: Person, *, full: bool = False, told: Told = quiet) -> list[Refreshed]:
        """Walk all sources again and bring the index up to date; with `full` build a new one beside it and swap."""
        require_admin(person)
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
        require_admin(person)
        async with self._lock.hold("rolling back"):
            stamp = await sync.rollback(self._archive, self._engine)
            await self._note(person, "rollback", None, f"to {stamp.generation}")
        return stamp

    async def _refresh_all(self, person: Person, name: str | None, told: Told) -> list[Refreshed]:
        if name is not None:
            record = await self._named(person, name)
            if record.paused:
                raise BadRequest(f"“{name}” is paused: resume it first.")
            return [await self._refresh(record, told)]
        records = await self._archive.sources(person.workspace_id)
        return [await self._refresh(record, told) for record in records if not record.paused]

    async def _refresh(self, record: SourceRecord, told: Told) -> Refreshed:
        try:
            summary = await ingest(
                record,
                self._opened(record),
                self._archive,
                self._extractor,
                self._clock,
                readers=self._readers,
                progress=lambda done, total: told(f"Reading {record.name}", done, total),
            )
        except (Unreachable, BadRequest) as error:  # out of reach, or removed meanwhile
            await self._archive.note_sync(record.id, None, str(error))
            return Refreshed(replace(record, problem=str(error)), None, str(error))
        record = replace(record, synced=self._clock(), problem=None)
        await self._archive.note_sync(record.id, record.synced, None)
        return Refreshed(record, summary)

    async def _set_paused(self, person: Person, name: str, *, paused: bool) -> SourceRecord:
        require_admin(person)
        record = replace(await self._named(person, name), paused=paused)
        await self._archive.update_source(record)
        await self._note(person, "pause source" if paused else "resume source", record, "")
        return record

    async def _named(self, person: Person, name: str) -> SourceRecord:
        records = await self._archive.sources(person.workspace_id)
        return source_named(name, [record for record in records if may_read(person, record)])

    def _opened(self, record: SourceRecord) -> Source:
        return open_source(record.connector, record.place, record.manifest, self._fetcher)

    async def _note(self, person: Person, action: str, record: SourceRecord | None, detail: str) -> None:
        subject = record.name if record else "index"
        await self._audit.write(AuditEntry(person.workspace_id, self._clock(), person.user_id, action, subject, detail))


def _erase_own(place: Path, handed_in: Path) -> None:
    """Delete the files of a source where they are the desk's own; those with a dot wait for somebody's decision."""
    if not place.is_relative_to(handed_in) or not place.is_dir():
        return
    try:
        for file in place.glob("[!.]*"):
            file.unlink(missing_ok=True)
    except OSError as error:
        raise StoreUnavailable("A file that was handed in can't be erased: the disk refused it.") from error


def _is_held_back(refused: Refused) -> bool:
    return refused.trouble is Trouble.HELD_BACK


def _indexing(told: Told) -> sync.Progress:
    return lambda done, total: told("Indexing", done, total)
