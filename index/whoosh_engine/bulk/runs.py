"""Many documents into one segment, with bounded memory and as many processes as there are cores.

Theory of operation. Documents are dealt out to *lanes*, about a million letters at a time. A lane is a worker that cuts
them into passages and collects facts and words, until the *run* is as large as memory allows; then it is written into
a folder. This process only hands documents over. At the end all runs are merged into the segment. Few documents are
built in this process, at once.
"""

import os
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from index.whoosh_engine.bulk.build import SegmentBuilder
from index.whoosh_engine.bulk.crew import Crew, Worker
from index.whoosh_engine.bulk.cuts import Given, letters_of, packed
from index.whoosh_engine.bulk.disk import SCRATCH, Disk
from index.whoosh_engine.bulk.files import Stored, write_segment
from index.whoosh_engine.bulk.merge import Part
from index.whoosh_engine.segment.arrays import opened
from sources.people import People

MEMORY = 1 << 30
"""What a build may take in all its processes, unless it is told otherwise."""

FEW = 2_500_000
"""For fewer letters than this no process is started."""

TOGETHER = 1_000_000
"""So many letters go to one lane before it is the next one's turn."""

_MOST_PROCESSES = 8
_PROCESS_BYTES = 140 << 20
"""A process with its tables of words, by measurement."""

_BYTES_A_LETTER = 12
"""What a letter of a run costs at most, by measurement."""

_SMALLEST_RUN = 4_000_000
"""In letters. Smaller runs would be merged for longer than they are made."""


@dataclass(frozen=True, slots=True)
class Plan:
    """By how many workers (0: in this process) a build is made, and how many letters a run has."""

    workers: int
    letters: int


def planned(memory: int, cores: int) -> Plan:
    """How to build with so many bytes of memory in all."""
    workers = min(cores, _MOST_PROCESSES) if cores > 1 else 0
    while True:
        letters = (memory - (workers + 1) * _PROCESS_BYTES) // (max(workers, 1) * _BYTES_A_LETTER)
        if letters >= _SMALLEST_RUN or workers == 0:
            return Plan(workers, max(letters, _SMALLEST_RUN))
        workers = workers - 1 if workers > 2 else 0


class _Maker(Protocol):
    """Makes the runs of a lane."""

    def add(self, documents: Sequence[Given]) -> None:
        """Take documents."""
        ...

    def write(self, folder: Path) -> Callable[[], Sequence[Stored]]:
        """Write the run's files and begin another one; what is returned waits for them."""
        ...


class _MadeHere:
    """In this process."""

    def __init__(self, people: People) -> None:
        self._run = SegmentBuilder(people)

    def add(self, documents: Sequence[Given]) -> None:
        for each in documents:
            self._run.add(each)

    def write(self, folder: Path) -> Callable[[], Sequence[Stored]]:
        stored = self._run.write_run(folder)
        return lambda: stored


class _MadeThere:
    """In a worker."""

    def __init__(self, worker: Worker) -> None:
        self._worker = worker

    def add(self, documents: Sequence[Given]) -> None:
        self._worker.tell(*packed(documents))

    def write(self, folder: Path) -> Callable[[], Sequence[Stored]]:
        return self._worker.ask({"task": "write", "folder": str(folder)}).result


@dataclass(slots=True)
class _Lane:
    """One who makes runs, and how many documents and letters the present one has."""

    maker: _Maker
    documents: int = 0
    letters: int = 0


class Runs:
    """Collects documents for one segment after another. Works in folders that it makes in `scratch`."""

    def __init__(self, scratch: Path, people: People, disk: Disk, crew: Crew, letters: int) -> None:
        self._scratch = scratch
        self._people = people
        self._disk = disk
        self._crew = crew
        self._most = letters
        self._made = 0
        self._begin()

    def _begin(self) -> None:
        self._held: list[Given] = []
        self._letters = self.documents = 0
        self._lanes: deque[_Lane] = deque()
        self._written: list[Callable[[], Part]] = []

    def add(self, given: Given) -> None:
        """Add a document. One that can't be cut raises `IndexUnavailable`, now or later."""
        self.documents += 1
        self._hold(given)
        if not self._lanes and self._letters >= FEW:
            few, self._held, self._letters = self._held, [], 0
            self._open_lanes()
            for each in few:
                self._hold(each)

    def finish(self, folder: Path) -> None:
        """Write the segment of all that was added into a new folder, and begin anew."""
        if self._lanes:
            self._deal()
            for lane in self._lanes:
                self._write(lane)
            parts = [written() for written in self._written]
            rows = sum(len(opened(part.folder)["row_card"]) for part in parts)
            self._crew.merge(parts, folder, self._disk, rows)
            for part in parts:
                SCRATCH.remove(part.folder)
        else:
            builder = SegmentBuilder(self._people)
            for each in self._held:
                builder.add(each)
            builder.write(folder, self._disk)
        self._begin()

    def _open_lanes(self) -> None:
        there = [_Lane(_MadeThere(worker)) for worker in self._crew.workers()]
        self._lanes.extend(there or [_Lane(_MadeHere(self._people))])

    def _hold(self, given: Given) -> None:
        self._letters += letters_of(given)
        self._held.append(given)
        if self._lanes and self._letters >= TOGETHER:
            self._deal()

    def _deal(self) -> None:
        """Hand over what is held, to one lane after another."""
        lane = self._lanes[0]
        lane.maker.add(self._held)
        lane.documents += len(self._held)
        lane.letters += self._letters
        self._held, self._letters = [], 0
        if lane.letters >= self._most:
            self._write(lane)
        self._lanes.rotate(-1)

    def _write(self, lane: _Lane) -> None:
        """Have a run written, and begin another one."""
        if not lane.documents:
            return
        lane.documents = lane.letters = 0
        folder = self._new_folder()
        files = lane.maker.write(folder)

        def written() -> Part:
            write_segment(folder, files(), SCRATCH)
            return Part(folder)

        self._written.append(written)

    def _new_folder(self) -> Path:
        # The name is this process's own: one that a crash left working can't write into it.
        self._made += 1
        folder = self._scratch / f"run-{os.getpid()}-{id(self):x}-{self._made}"
        SCRATCH.make(folder)
        return folder
