"""The `Engine` on Whoosh's queries and scoring over memory-mapped arrays."""

import asyncio
import os
from collections.abc import AsyncIterable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import TypeVar

from index.analysis import term_of
from index.errors import IndexUnavailable, NoIndex
from index.hit import Located, Results, Stamp
from index.port import Access, Batch, Breakdown, Choice, EngineStatus, Utterances
from index.query.nodes import FieldName, Query
from index.synonyms import NO_SYNONYMS, Synonyms, widened
from index.whoosh_engine.answering.live import Live
from index.whoosh_engine.answering.processes import SearchProcesses
from index.whoosh_engine.answering.searcher import Searcher, Searchers, SearchHere
from index.whoosh_engine.bulk.disk import LOCAL_DISK, Disk
from index.whoosh_engine.bulk.runs import MEMORY, planned
from index.whoosh_engine.segment import schema
from index.whoosh_engine.writing.generations import Generations, Pointer
from index.whoosh_engine.writing.writer import Writer
from sources.people import NOBODY, People

_MOST_SUGGESTED = 10

Result = TypeVar("Result")


class WhooshEngine:
    """An index in one folder. Searches run in a bounded pool of threads, or in so many `processes` where that is more
    than none; writing in a thread of its own.

    A change made by another process is seen by the next search. `people` says whom `speaker:` finds by which name; an
    index that was built with another table is outdated. `synonyms` widen the questions; no index depends on them.
    """

    def __init__(
        self,
        root: Path,
        threads: int | None = None,
        people: People = NOBODY,
        synonyms: Synonyms = NO_SYNONYMS,
        *,
        processes: int = 0,
        memory: int = MEMORY,
        disk: Disk = LOCAL_DISK,
    ) -> None:
        self._generations = Generations(root, disk)
        self._plan = planned(memory, os.cpu_count() or 1)
        self._people = people
        self._synonyms = synonyms
        self._writing = ThreadPoolExecutor(1, "index")
        self._searching = ThreadPoolExecutor(processes or threads or os.cpu_count() or 2, "search")
        self._searchers: Searchers = (
            SearchProcesses(processes, root, people) if processes else SearchHere(Live(self._generations, people))
        )

    async def search(self, query: Query, access: Access, *, fresh: bool = False) -> Results:
        """See the port."""
        asked = widened(query, self._synonyms)
        return await self._ask(partial(Searcher.search, asked=asked, access=access, fresh=fresh))

    async def suggest(self, prefix: str, access: Access) -> Sequence[str]:
        """See the port."""
        return await self._ask(partial(Searcher.suggest, term=term_of(prefix), access=access, most=_MOST_SUGGESTED))

    async def facet(self, field: FieldName, typed: str, access: Access, limit: int = 100) -> Sequence[Choice]:
        """See the port."""
        return await self._ask(partial(Searcher.facet, field=field, typed=typed, access=access, limit=limit))

    async def breakdown(self, query: Query, access: Access, limit: int = 8) -> Breakdown:
        """See the port."""
        asked = widened(query, self._synonyms)
        return await self._ask(partial(Searcher.breakdown, asked=asked, access=access, limit=limit))

    async def utterances(self, words: str, access: Access, limit: int = 10) -> Utterances:
        """See the port."""
        return await self._ask(partial(Searcher.utterances, words=words, access=access, limit=limit))

    async def locate(self, words: Sequence[str], access: Access, most: int) -> Sequence[Located]:
        """See the port."""
        return await self._ask(partial(Searcher.locate, words=tuple(words), access=access, most=most))

    async def apply(self, batch: Batch) -> None:
        """See the port."""
        writer = await self._run(self._writing, lambda: self._writer(self._generations.pointer().live))
        try:
            await self._run(self._writing, lambda: self._searchers.changed(lambda: writer.apply(batch)))
        finally:
            await self._run(self._writing, writer.close)

    async def rebuild(self, batches: AsyncIterable[Batch]) -> Stamp:
        """See the port."""
        name = await self._run(self._writing, self._generations.begin)
        writer, sequence = Writer(self._generations, name, self._people, plan=self._plan), 0
        adding: list[asyncio.Task[None]] = []
        try:
            async for batch in batches:
                entries, sequence = batch.replaced, batch.sequence
                # While a batch is added the next one is read; no more than one waits.
                await asyncio.gather(*adding)
                adding = [asyncio.create_task(self._run(self._writing, lambda entries=entries: writer.add(entries)))]
            await asyncio.gather(*adding)
            return await self._run(
                self._writing, lambda: self._searchers.changed(lambda: self._finish(writer, sequence))
            )
        finally:
            await asyncio.gather(*adding, return_exceptions=True)
            await self._run(self._writing, writer.close)

    async def rollback(self, batches: AsyncIterable[Batch]) -> Stamp:
        """See the port. Raises `IndexUnavailable` when there is no earlier generation."""
        pointer = self._generations.pointer()
        if pointer.previous is None:
            raise IndexUnavailable("There is no earlier generation of the index to go back to.")
        writer = await self._run(self._writing, lambda: self._writer(pointer.previous))
        try:
            async for batch in batches:
                await self._run(self._writing, lambda batch=batch: writer.apply(batch))
        finally:
            await self._run(self._writing, writer.close)
        swapped = Pointer(live=pointer.previous, previous=pointer.live)
        await self._run(self._writing, lambda: self._searchers.changed(lambda: self._generations.swap(swapped)))
        return writer.manifest.stamp

    async def status(self) -> EngineStatus:
        """See the port."""
        return await self._run(self._searching, self._status)

    async def verify(self) -> None:
        """See the port."""
        await self._run(self._writing, self._verify)

    async def close(self) -> None:
        """See the port."""
        await asyncio.to_thread(self._writing.shutdown)
        await asyncio.to_thread(self._searching.shutdown)
        await asyncio.to_thread(self._searchers.close)

    async def _ask(self, question: Callable[[Searcher], Result]) -> Result:
        return await self._run(self._searching, lambda: self._searchers.ask(question))

    async def _run(self, pool: ThreadPoolExecutor, work: Callable[[], Result]) -> Result:
        """Every failure of the disk or of the files is the index's, and is told as such."""
        try:
            return await asyncio.get_running_loop().run_in_executor(pool, work)
        except (OSError, ValueError, KeyError, MemoryError) as error:
            raise IndexUnavailable("The index can't be read or written just now.") from error

    def _writer(self, name: str | None) -> Writer:
        if name is None:
            raise NoIndex
        return Writer(self._generations, name, self._people, self._generations.manifest(name), self._plan)

    def _finish(self, writer: Writer, sequence: int) -> Stamp:
        stamp = writer.commit(sequence)
        before = self._generations.pointer_if_sound()
        self._generations.swap(Pointer(live=writer.name, previous=before.live))
        self._generations.drop(before.previous)
        return stamp

    def _status(self) -> EngineStatus:
        pointer = self._generations.pointer()
        if pointer.live is None:
            return EngineStatus(None, None, 0, outdated=False)
        live = self._generations.stamp(pointer.live)
        previous = self._stamp_if_sound(pointer.previous)
        size = self._generations.size(pointer.live) + self._generations.size(pointer.previous)
        outdated = live.schema != schema.stamp(self._people)
        return EngineStatus(live, previous, size, outdated, self._searchers.fallbacks)

    def _verify(self) -> None:
        pointer = self._generations.pointer()
        for name in (pointer.live, pointer.previous):
            if name and (name == pointer.live or self._stamp_if_sound(name)):
                self._generations.verify(name)

    def _stamp_if_sound(self, name: str | None) -> Stamp | None:
        """A kept generation that can no longer be read (another version wrote it) is none to go back to."""
        try:
            return self._generations.manifest(name).stamp if name else None
        except IndexUnavailable:
            return None
