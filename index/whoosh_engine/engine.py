"""The `Engine` on Whoosh's queries and scoring over memory-mapped arrays."""

import asyncio
import os
import threading
from collections.abc import AsyncIterable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import numpy as np

from index.analysis import term_of
from index.errors import IndexUnavailable
from index.hit import Located, Results, Stamp
from index.port import Access, Batch, Choice, EngineStatus, Utterances
from index.query.nodes import FieldName, Query
from index.synonyms import NO_SYNONYMS, Synonyms, widened
from index.whoosh_engine import schema
from index.whoosh_engine.generations import Generations, Pointer, folder_size
from index.whoosh_engine.leaf import Leaf
from index.whoosh_engine.locate import located
from index.whoosh_engine.search import Snapshot
from index.whoosh_engine.segment import Segment
from index.whoosh_engine.writer import Writer
from sources.people import NOBODY, People

_MOST_SUGGESTED = 10
_TRIES = 3

Result = TypeVar("Result")
Opened = tuple[Snapshot, Snapshot | None]
"""The present versions of all documents, and the superseded ones where there are any."""


class WhooshEngine:
    """An index in one folder. Searches run in a bounded pool of threads, writing in a thread of its own.

    A change made by another process is seen by the next search. `people` says whom `speaker:` finds by which name; an
    index that was built with another table is outdated. `synonyms` widen the questions; no index depends on them.
    """

    def __init__(
        self,
        root: Path,
        threads: int | None = None,
        people: People = NOBODY,
        synonyms: Synonyms = NO_SYNONYMS,
    ) -> None:
        self._generations = Generations(root)
        self._people = people
        self._synonyms = synonyms
        self._searching = ThreadPoolExecutor(threads or os.cpu_count() or 2, "search")
        self._writing = ThreadPoolExecutor(1, "index")
        self._lock = threading.Lock()
        self._snapshots: tuple[tuple[int, ...], Opened] | None = None
        self._segments: dict[Path, Segment] = {}

    async def search(self, query: Query, access: Access) -> Results:
        """See the port."""
        asked = widened(query, self._synonyms)
        return await self._run(self._searching, lambda: self._current().search(asked, access))

    async def suggest(self, prefix: str, access: Access) -> Sequence[str]:
        """See the port."""
        term = term_of(prefix)
        return await self._run(self._searching, lambda: self._current().beginning(term, access, _MOST_SUGGESTED))

    async def facet(self, field: FieldName, typed: str, access: Access, limit: int = 100) -> Sequence[Choice]:
        """See the port."""
        return await self._run(self._searching, lambda: self._current().facets.choices(field, typed, access, limit))

    async def utterances(self, words: str, access: Access, limit: int = 10) -> Utterances:
        """See the port."""
        return await self._run(self._searching, lambda: self._current().utterances(words, access, limit))

    async def locate(self, words: Sequence[str], access: Access, most: int) -> Sequence[Located]:
        """See the port."""

        return await self._run(self._searching, lambda: self._locate(words, access, most))

    async def apply(self, batch: Batch) -> None:
        """See the port."""
        await self._run(self._writing, lambda: self._writer(self._generations.pointer().live).apply(batch))

    async def rebuild(self, batches: AsyncIterable[Batch]) -> Stamp:
        """See the port."""
        name = await self._run(self._writing, self._generations.begin)
        writer, sequence = Writer(self._generations, name, self._people), 0
        async for batch in batches:
            entries, sequence = batch.replaced, batch.sequence
            await self._run(self._writing, lambda entries=entries: writer.add(entries))
        return await self._run(self._writing, lambda: self._finish(writer, sequence))

    async def rollback(self, batches: AsyncIterable[Batch]) -> Stamp:
        """See the port. Raises `IndexUnavailable` when there is no earlier generation."""
        pointer = self._generations.pointer()
        if pointer.previous is None:
            raise IndexUnavailable("There is no earlier generation of the index to go back to.")
        writer = await self._run(self._writing, lambda: self._writer(pointer.previous))
        async for batch in batches:
            await self._run(self._writing, lambda batch=batch: writer.apply(batch))
        swapped = Pointer(live=pointer.previous, previous=pointer.live)
        await self._run(self._writing, lambda: self._generations.swap(swapped))
        return writer.manifest.stamp

    async def status(self) -> EngineStatus:
        """See the port."""
        return await self._run(self._searching, self._status)

    async def close(self) -> None:
        """See the port."""
        await asyncio.to_thread(self._writing.shutdown)
        await asyncio.to_thread(self._searching.shutdown)
        self._snapshots = None
        self._segments.clear()

    async def _run(self, pool: ThreadPoolExecutor, work: Callable[[], Result]) -> Result:
        """Every failure of the disk or of the files is the index's, and is told as such."""
        try:
            return await asyncio.get_running_loop().run_in_executor(pool, work)
        except (OSError, ValueError, KeyError, MemoryError) as error:
            raise IndexUnavailable("The index can't be read or written just now.") from error

    def _locate(self, words: Sequence[str], access: Access, most: int) -> list[Located]:
        present, superseded = self._opened_now()
        found = located(present.leaves, present.readable(access), words, most)
        if superseded is None or any(place.whole for place in found):
            return found
        older = located(superseded.leaves, superseded.readable(access), words, most)
        found += (replace(place, superseded=True) for place in older)
        return sorted(found, key=lambda place: (not place.whole, -place.share))

    def _writer(self, name: str | None) -> Writer:
        if name is None:
            raise IndexUnavailable("There is no index yet: build it with `quotedesk reindex`.")
        return Writer(self._generations, name, self._people, self._generations.manifest(name))

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
        live = self._generations.manifest(pointer.live).stamp
        previous = self._stamp_if_sound(pointer.previous)
        size = self._generations.size(pointer.live) + self._generations.size(pointer.previous)
        return EngineStatus(live, previous, size, outdated=live.schema != schema.stamp(self._people))

    def _stamp_if_sound(self, name: str | None) -> Stamp | None:
        """A kept generation that can no longer be read (another version wrote it) is none to go back to."""
        try:
            return self._generations.manifest(name).stamp if name else None
        except IndexUnavailable:
            return None

    def _current(self) -> Snapshot:
        """The live snapshot of the present versions: all that a search sees."""
        return self._opened_now()[0]

    def _opened_now(self) -> Opened:
        """The live snapshots, opened anew when they changed, here or in another process."""
        version = self._generations.version()
        held = self._snapshots
        if held and held[0] == version:
            return held[1]
        with self._lock:
            held = self._snapshots
            if held and held[0] == version:
                return held[1]
            opened = self._open()
            self._snapshots = (version, opened)
            return opened

    def _open(self) -> Opened:
        """A writer may remove a segment between our reading the manifest and opening it: then the manifest is read
        again.
        """
        for attempt in range(_TRIES):
            name = self._generations.pointer().live
            if name is None:
                raise IndexUnavailable("There is no index yet: build it with `quotedesk reindex`.")
            try:
                return self._opened(name)
            except FileNotFoundError:
                if attempt == _TRIES - 1:
                    raise
        raise AssertionError("the loop returns or raises")

    def _opened(self, name: str) -> Opened:
        manifest = self._generations.manifest(name)
        folders = [self._generations.folder(name) / each.name for each in manifest.segments]
        for folder, record in zip(folders, manifest.segments, strict=True):
            if folder not in self._segments and folder_size(folder) != record.size:
                raise IndexUnavailable("The index is damaged: rebuild it with `quotedesk reindex --full`.")
        self._segments = {folder: self._segments.get(folder) or Segment(folder) for folder in folders}
        leaves: dict[bool, list[Leaf]] = {False: [], True: []}
        for folder, record in zip(folders, manifest.segments, strict=True):
            segment = self._segments[folder]
            alive = np.array([card.id not in record.gone for card in segment.cards], bool)
            leaves[record.superseded].append(Leaf(segment, alive[segment.row_card]))
        present = Snapshot(manifest.stamp, leaves[False], self._people)
        return present, Snapshot(manifest.stamp, leaves[True], self._people) if leaves[True] else None
