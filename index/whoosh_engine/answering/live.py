"""The live snapshots of an index in a folder, opened anew when what is live changes."""

import threading
from itertools import count
from pathlib import Path

from index.errors import NoIndex
from index.whoosh_engine.answering.search import Snapshot
from index.whoosh_engine.segment.leaf import Leaf
from index.whoosh_engine.segment.segment import Segment
from index.whoosh_engine.writing.generations import Generations
from sources.people import People

_TRIES = 3

Opened = tuple[Snapshot, Snapshot | None]
"""The present versions of all documents, and the superseded ones where there are any."""


class Live:
    """What searches see. Safe to share between threads.

    What is changed is seen by whoever asks next, unless it is `holding`: then everybody goes on with what was live
    before until `make_ready` is done, so that nobody waits for files to be opened.
    """

    def __init__(self, generations: Generations, people: People) -> None:
        self._generations = generations
        self._people = people
        self._lock = threading.Lock()
        self.holding = False
        self._held: tuple[tuple[int, ...], Opened] | None = None
        self._segments: dict[Path, Segment] = {}
        self._fallbacks = count()
        self.fallbacks = 0

    def now(self) -> Opened:
        """The live snapshots. Raises `IndexUnavailable`, and what a damaged file raises."""
        held = self._held
        if held and (self.holding or held[0] == self._generations.version()):
            return held[1]
        with self._lock:
            version = self._generations.version()
            held = self._held
            if held and held[0] == version:
                return held[1]
            opened = self._open()
            self._held = (version, opened)
            return opened

    def read_ahead(self) -> None:
        """Read of what is open what the first searches would have to wait for; who asks meanwhile is answered."""
        if self._held:
            self._held[1][0].warm()

    def make_ready(self) -> None:
        """Open what is live now and read ahead before anybody searches it. Raises as `now` does."""
        with self._lock:
            version = self._generations.version()
            opened = self._open()
            opened[0].warm()
            self._held = (version, opened)

    def forget(self) -> None:
        """Let go of all files."""
        self._held = None
        self._segments.clear()

    def _fell_back(self) -> None:
        # `next` of a counter is safe between threads where `+= 1` is not.
        self.fallbacks = next(self._fallbacks) + 1

    def _open(self) -> Opened:
        """A writer may remove a segment between our reading the manifest and opening it: then the manifest is read
        again.
        """
        for attempt in range(_TRIES):
            name = self._generations.pointer().live
            if name is None:
                raise NoIndex
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
            if folder not in self._segments:
                self._generations.check(name, record)
        self._segments = {folder: self._segments.get(folder) or Segment(folder) for folder in folders}
        leaves: dict[bool, list[Leaf]] = {False: [], True: []}
        for folder, record in zip(folders, manifest.segments, strict=True):
            segment = self._segments[folder]
            leaves[record.superseded].append(Leaf(segment, record.live_documents()[segment.row_card]))
        present, superseded = (
            Snapshot(manifest.stamp, leaves[older], self._people, fell_back=self._fell_back) for older in (False, True)
        )
        return present, superseded if leaves[True] else None
