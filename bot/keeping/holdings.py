"""What admins do with the sources and the index: what brings words in or takes them out. Whatever writes the index
holds the writer's lock meanwhile; how sources are read stands in `walks`, what admins look through and correct in
`admin`.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4

from bot.errors import BadRequest, StoreUnavailable
from bot.keeping.schedule import Every, Usual, check_every, usual, written_every
from bot.keeping.walks import Refreshed, Told, Walks, indexing, quiet
from bot.lock import WriterLock
from bot.roles import Person, may_read, require_admin
from bot.source_names import source_named
from bot.store.archive import Archive
from bot.store.audit import Audit, AuditEntry
from bot.store.sources import SourceRecord
from index import sync
from index.hit import Stamp
from index.port import Engine
from sources.connectors import identify, name_of, recognise
from sources.fetch import Fetcher
from sources.port import Refused, Trouble


@dataclass(frozen=True, slots=True)
class Purged:
    """What was erased: a source's name, and how many documents were ever known of it (of all that had this name)."""

    name: str
    documents: int


class Holdings:
    """For admins alone. Every method raises NotAllowed for others, StoreUnavailable, IndexUnavailable.

    Below `handed_in` lie files that are the desk's own: a purge erases them with their source.
    """

    def __init__(
        self,
        archive: Archive,
        engine: Engine,
        audit: Audit,
        walks: Walks,
        clock: Callable[[], datetime],
        *,
        fetcher: Fetcher,
        lock: WriterLock,
        handed_in: Path,
    ) -> None:
        self._archive = archive
        self._engine = engine
        self._audit = audit
        self._walks = walks
        self._clock = clock
        self._fetcher = fetcher
        self._lock = lock
        self._handed_in = handed_in

    async def add(
        self,
        person: Person,
        place: str,
        *,
        name: str | None = None,
        visible_to: frozenset[str] = frozenset(),
        manifest: bool = True,
        every: Every = Usual.USUAL,
        told: Told = quiet,
    ) -> Refreshed:
        """Add a place, read all of it, make it searchable. Raises AlreadyThere; Unreachable, Unreadable where nothing
        is there; BadRequest where it can't be read `every` so often.
        """
        require_admin(person)
        connector, canonical = await identify(*recognise(place), self._fetcher)
        interval = usual(connector) if every is Usual.USUAL else every
        check_every(connector, interval)
        record = SourceRecord(
            id=uuid4().hex[:12],
            workspace_id=person.workspace_id,
            name=name or name_of(canonical),
            connector=connector,
            place=canonical,
            added=self._clock(),
            visible_to=visible_to,
            manifest=manifest,
            every=interval,
        )
        await self._walks.opened(record).discover()  # a place that isn't there is not added

        async def keep() -> None:
            await self._archive.add_source(record)
            await self._note(person, "add source", record, record.place)

        refreshed = await self._walks.first(record, keep, told)
        await self._walks.catch_up(told)
        return refreshed

    async def refresh(self, person: Person, name: str | None = None, *, told: Told = quiet) -> list[Refreshed]:
        """Walk one source, or all that are not paused, again, and make what changed searchable.

        One that can't be walked keeps what it has and says why; the others go on. Raises BadRequest for the name of
        one that is paused.
        """
        require_admin(person)
        refreshed = await self._refresh_all(person, name, told)
        for one in refreshed:
            await self._note(person, "refresh source", one.record, one.told)
        await self._walks.catch_up(told)
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
        return await self._change(person, name, "pause source", lambda one: replace(one, paused=True))

    async def resume(self, person: Person, name: str) -> SourceRecord:
        """Refreshes read the source again, from the next one on."""
        return await self._change(person, name, "resume source", lambda one: replace(one, paused=False))

    async def schedule(self, person: Person, name: str, every: timedelta | None) -> SourceRecord:
        """Have the source read by itself `every` so often; None: never. Raises BadRequest where it can't be."""
        require_admin(person)
        check_every((await self._named(person, name)).connector, every)
        detail = written_every(every)
        return await self._change(person, name, "schedule source", lambda one: replace(one, every=every), detail)

    async def take(self, person: Person, name: str, location: str) -> Refreshed:
        """Keep an item's new reading that was held back, as it is found at this moment, and make it searchable.

        Raises BadRequest when nothing was held back there, Unreachable.
        """
        require_admin(person)
        record = await self._named(person, name)
        held_back = {one.location for one in await self._archive.refused(record.id) if _is_held_back(one)}
        if location not in held_back:
            raise BadRequest(f"Nothing is held back at “{location}”.")
        refreshed = await self._walks.take(record, location)
        await self._note(person, "take what was held back", record, location)
        await self._walks.catch_up()
        return refreshed

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
                await sync.rebuild(self._archive, self._engine, indexing(told))
            documents = 0
            for record in records:
                await asyncio.to_thread(_erase_own, Path(record.place), self._handed_in)
                documents += await self._archive.purge_source(record.id)
            await self._note(person, "purge source", records[0], f"{documents} documents")
        return Purged(name, documents)

    async def reindex(self, person: Person, *, full: bool = False, told: Told = quiet) -> list[Refreshed]:
        """Walk all sources again and bring the index up to date; with `full` build a new one beside it and swap."""
        require_admin(person)
        refreshed = await self._refresh_all(person, None, told)
        async with self._lock.hold("reindexing"):
            with self._walks.jobs.watching(None, told) as tell:
                await (sync.rebuild if full else sync.drain)(self._archive, self._engine, indexing(tell))
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
            return [await self._walks.walk(record, told)]
        return [await self._walks.walk(record, told) for record in await self._readable(person) if not record.paused]

    async def _change(
        self, person: Person, name: str, action: str, change: Callable[[SourceRecord], SourceRecord], detail: str = ""
    ) -> SourceRecord:
        require_admin(person)
        record = change(await self._named(person, name))
        await self._archive.update_source(record)
        await self._note(person, action, record, detail)
        return record

    async def _named(self, person: Person, name: str) -> SourceRecord:
        return source_named(name, await self._readable(person))

    async def _readable(self, person: Person) -> list[SourceRecord]:
        return [one for one in await self._archive.sources(person.workspace_id) if may_read(person, one)]

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
