"""Walking a source: it is listed, what changed is read, and what was read can be found before the walk is over.

A walk holds the source's own lock, so that no two of a source ever cross. The writer's lock it takes only to keep a
slice and to bring the index up to it: others write in between, and a removal or a pause is heard before the next slice.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot import metrics
from bot.errors import BadRequest
from bot.keeping.copies import NO_COPIES, Copies
from bot.keeping.ingest import Summary, ingest, take
from bot.keeping.intake import Extractor, InTurn
from bot.keeping.jobs import Jobs, Told
from bot.lock import WriterLock, to_the_end
from bot.store.archive import Archive
from bot.store.sources import SourceRecord
from index import sync
from index.port import Engine
from sources.connectors import open_source
from sources.errors import Unreachable
from sources.fetch import Fetcher
from sources.port import Source


def quiet(_doing: str, _done: int, _total: int) -> None:
    """For those whom nobody watches."""


def indexing(told: Told) -> sync.Progress:
    """Tells how far the index is."""
    return lambda done, total: told("Indexing", done, total)


FIRST_INDEXED, INDEXED_WITHIN = timedelta(seconds=10), timedelta(minutes=5)
"""How long what was kept may wait for the index: at first little, then as long as the walk took to get there. Each step
of the index leaves a segment, so a long walk leaves few."""


class PausedMeanwhile(BadRequest):
    """Somebody paused the source while it was being walked."""


@dataclass(frozen=True, slots=True)
class Refreshed:
    """One source after it was walked again: what came of it, or the sentence why it could not be walked."""

    record: SourceRecord
    summary: Summary | None
    problem: str | None = None

    @property
    def changed(self) -> int:
        """How many documents are new, changed or gone."""
        return self.summary.new + self.summary.changed + self.summary.removed if self.summary else 0

    @property
    def told(self) -> str:
        """What came of it, for the audit trail."""
        summary = self.summary
        if summary is None:
            return self.problem or ""
        return f"{summary.new} new, {summary.changed} changed, {summary.removed} removed"


class Walks:
    """Every method raises StoreUnavailable and IndexUnavailable. `readers` is how many items are read side by side;
    `jobs` are what is under way here."""

    def __init__(
        self,
        archive: Archive,
        engine: Engine,
        extractor: Extractor,
        clock: Callable[[], datetime],
        *,
        fetcher: Fetcher,
        lock: WriterLock,
        readers: int,
        copies: Copies = NO_COPIES,
    ) -> None:
        self._archive = archive
        self._engine = engine
        self._extractor = extractor
        self._clock = clock
        self._fetcher = fetcher
        self._lock = lock
        self._readers = readers
        self._copies = copies
        self.jobs = Jobs(clock)

    def opened(self, record: SourceRecord) -> Source:
        """The source itself. Raises Unreachable where this version knows no such kind."""
        return open_source(record.connector, record.place, record.manifest, self._fetcher)

    async def walk(self, record: SourceRecord, told: Told = quiet) -> Refreshed:
        """Walk it; waits for whoever is walking it already."""
        async with self._lock.of_source(record.id).hold("reading a source"):
            return await self._walk(record, told)

    async def first(self, record: SourceRecord, keep: Callable[[], Awaitable[None]], told: Told = quiet) -> Refreshed:
        """Walk a source that `keep` adds: nobody else gets at it before this first walk is over."""
        async with self._lock.of_source(record.id).hold("reading a source"):
            await keep()
            return await self._walk(record, told)

    async def walk_if(self, source_id: str, wanted: Callable[[SourceRecord], bool]) -> Refreshed | None:
        """Walk it unless somebody is doing so, or it is not `wanted` any more as it stands now: then None."""
        async with self._lock.of_source(source_id).hold_if_free("reading a source") as held:
            record = await self._live(source_id) if held else None
            if record is None or not wanted(record):
                return None
            refreshed = await self._walk(record, quiet)
        await self.catch_up()
        return refreshed

    async def take(self, record: SourceRecord, location: str) -> Refreshed:
        """Read one item and keep what it brings, also what a walk held back. Raises Unreachable, BadRequest."""
        async with self._lock.of_source(record.id).hold("taking what was held back"):
            summary = await take(
                record,
                self.opened(record),
                self._archive,
                self._extractor,
                self._clock,
                location,
                in_turn=self._in_turn(record),
                copies=self._copies,
            )
        return Refreshed(record, summary)

    async def catch_up(self, told: Told = quiet) -> None:
        """Bring the index up to date. An outdated one is built anew here, and not within a walk's slice."""
        async with self._lock.hold("bringing the index up to date"):
            with self.jobs.watching(None, told) as tell:
                await to_the_end(sync.drain(self._archive, self._engine, indexing(tell)))

    async def _walk(self, record: SourceRecord, told: Told) -> Refreshed:
        with metrics.refreshing() as note, self.jobs.watching(record.id, told) as tell:
            try:
                summary = await ingest(
                    record,
                    self.opened(record),
                    self._archive,
                    self._extractor,
                    self._clock,
                    readers=self._readers,
                    progress=lambda done, total: tell(f"Reading {record.name}", done, total),
                    in_turn=self._in_turn(record),
                    copies=self._copies,
                )
            except PausedMeanwhile as error:
                note("paused")
                return Refreshed(replace(record, paused=True), None, str(error))
            except (Unreachable, BadRequest) as error:  # out of reach, or removed meanwhile
                note("failed")
                await self._archive.note_sync(record.id, self._clock(), str(error))
                return Refreshed(replace(record, problem=str(error)), None, str(error))
            now = self._clock()
            await self._archive.note_sync(record.id, now, None)
            read = replace(record, synced=now, attempted=now, problem=None, failures=0)
            refreshed = Refreshed(read, summary)
            note("changed" if refreshed.changed else "unchanged")
            return refreshed

    def _in_turn(self, record: SourceRecord) -> InTurn:
        """Keeps slices of one walk, and now and then brings the index up to them; at its end `catch_up` does."""
        began = indexed = self._clock()

        async def work(keep: Callable[[], Awaitable[None]]) -> None:
            nonlocal indexed
            await keep()
            late = self._clock() - indexed >= max(FIRST_INDEXED, min(indexed - began, INDEXED_WITHIN))
            if late and not (await self._engine.status()).outdated:
                await sync.drain(self._archive, self._engine)
                indexed = self._clock()

        async def in_turn(keep: Callable[[], Awaitable[None]]) -> None:
            async with self._lock.hold("keeping what was read"):
                await self._check(record)
                await to_the_end(work(keep))

        return in_turn

    async def _check(self, record: SourceRecord) -> None:
        """Raises BadRequest where the source was removed or paused since the walk began."""
        live = await self._live(record.id)
        if live is None:
            raise BadRequest(f"There is no source “{record.name}” any more.")
        if live.paused and not record.paused:
            raise PausedMeanwhile(f"“{record.name}” was paused before all of it was read.")

    async def _live(self, source_id: str) -> SourceRecord | None:
        return next((one for one in await self._archive.sources() if one.id == source_id), None)
