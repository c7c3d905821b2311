"""Keeps the sources true by itself while the desk is served: reads what is due, and what changed in watched folders.

Nothing but a folder's last look is held in memory: when a source is due follows from its record, so a restart loses
nothing. Each source is walked at most once at a time, here and in all processes; what somebody else is reading is left
to them.
"""

import asyncio
import secrets
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Protocol

import structlog

from bot.errors import QuotedeskError, StoreUnavailable
from bot.keeping.schedule import LOOK_EVERY, Watch, is_due, is_watched
from bot.keeping.walks import Refreshed
from bot.roles import SCHEDULER
from bot.store.archive import Archive
from bot.store.audit import Audit, AuditEntry
from bot.store.sources import SourceRecord
from index.errors import SearchError
from sources.errors import Unreachable
from sources.port import Source, Watchable

log: structlog.stdlib.BoundLogger = structlog.stdlib.get_logger()

AT_ONCE = 4
"""So many sources of the web are read side by side, and as many folders: they need not wait for polite readings."""


class Walking(Protocol):
    """Walks sources; `bot.keeping.walks.Walks` is one, and raises as it does."""

    def opened(self, record: SourceRecord) -> Source:
        """The source itself."""
        ...

    async def walk_if(self, source_id: str, wanted: Callable[[SourceRecord], bool]) -> Refreshed | None:
        """Walk it if it is free and wanted."""
        ...


class Scheduler:
    """`run` is its whole life; `clock` gives aware UTC times. An error of one source is told in the log and kept as the
    source's problem, which makes it wait longer; it ends nothing else.
    """

    def __init__(
        self,
        archive: Archive,
        audit: Audit,
        walks: Walking,
        clock: Callable[[], datetime],
    ) -> None:
        self._archive = archive
        self._audit = audit
        self._walks = walks
        self._clock = clock
        self._under_way: dict[str, asyncio.Task[None]] = {}
        self._watches: dict[str, Watch] = {}
        self._web, self._near = asyncio.Semaphore(AT_ONCE), asyncio.Semaphore(AT_ONCE)

    async def run(self) -> None:
        """Look after the sources until cancelled; a slice that is being kept then is kept to its end."""
        failures = 0
        try:
            while True:
                try:
                    await self._begin_what_is_due()
                    failures = 0
                except Exception:  # the desk must not stop growing because the database was away for a minute
                    failures += 1
                    log.exception("the scheduler could not look what is due", failures=failures)
                await asyncio.sleep(LOOK_EVERY.total_seconds() * 2 ** min(failures, 5))
        finally:
            under_way = [*self._under_way.values()]
            for task in under_way:
                task.cancel()
            await asyncio.gather(*under_way, return_exceptions=True)

    async def _begin_what_is_due(self) -> None:
        records = await self._archive.sources()
        self._watches = {one.id: self._watches.get(one.id, Watch()) for one in records if is_watched(one)}
        now = self._clock()
        for record in records:
            if record.id in self._under_way:
                continue
            if is_watched(record):
                if self._watches[record.id].wants_a_look(now):
                    self._begin(record, self._look)
            elif is_due(record, now):
                self._begin(record, self._read_due)

    def _begin(self, record: SourceRecord, work: Callable[[SourceRecord], Awaitable[None]]) -> None:
        task = asyncio.create_task(self._guarded(record, work))
        self._under_way[record.id] = task
        task.add_done_callback(lambda _done: self._under_way.pop(record.id))

    async def _guarded(self, record: SourceRecord, work: Callable[[SourceRecord], Awaitable[None]]) -> None:
        try:
            await work(record)
        except Exception as error:  # the outermost place of a task: nothing behind it would hear of it
            await self.failed(record, error)

    async def failed(self, record: SourceRecord, error: Exception) -> None:
        """Keep it as the source's problem: it must neither be tried again every second nor be silent."""
        error_id = secrets.token_hex(4)
        log.exception("a scheduled reading failed", source=record.id, error_id=error_id)
        known = isinstance(error, QuotedeskError | SearchError)
        sentence = str(error) if known else "Reading it failed in an unexpected way"
        try:
            await self._archive.note_sync(record.id, self._clock(), f"{sentence.rstrip('.')} (log id {error_id}).")
        except StoreUnavailable:
            log.warning("the problem could not be kept", source=record.id, error_id=error_id)

    async def _read_due(self, record: SourceRecord) -> None:
        async with self._web:
            await self._walk(record, lambda now: is_due(now, self._clock()))

    async def _look(self, record: SourceRecord) -> None:
        """Look whether anything changed in a folder, and read it when that has settled."""
        before = self._watches[record.id]
        began = self._clock()
        seen = await self._glance(record)
        now = self._clock()
        watch = before.looked(seen, now, now - began)
        self._watches[record.id] = watch
        if watch.wants_reading(before, now):
            self._watches[record.id] = watch.was_read(now, failed=True)  # whatever goes wrong leaves it at this
            async with self._near:
                refreshed = await self._walk(record, is_watched)
            if refreshed is not None and (refreshed.summary or refreshed.problem == seen):
                self._watches[record.id] = watch.was_read(self._clock(), failed=False)

    async def _glance(self, record: SourceRecord) -> str:
        """A digest of what lies there; where the folder is out of reach, why: it is read again when that changes."""
        source = self._walks.opened(record)
        if not isinstance(source, Watchable):
            raise TypeError(f"a source of kind {record.connector} can't be watched")
        try:
            return await source.glance()
        except Unreachable as error:
            return str(error)

    async def _walk(self, record: SourceRecord, wanted: Callable[[SourceRecord], bool]) -> Refreshed | None:
        refreshed = await self._walks.walk_if(record.id, wanted)
        if refreshed is not None and (refreshed.changed or refreshed.problem):
            entry = AuditEntry(
                record.workspace_id, self._clock(), SCHEDULER, "refresh source", record.name, refreshed.told
            )
            await self._audit.write(entry)
        return refreshed
