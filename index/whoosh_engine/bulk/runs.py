"""Many documents into one segment, with bounded memory and as many processes as there are cores.

Theory of operation. Documents are dealt out to *lanes*, some thousand passages at a time. A lane collects facts in this
process and has the words counted by a worker, until the *run* is as large as memory allows; then both are written into
a folder. At the end all runs are merged into the segment. Few documents are built in this process, at once.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from typing import Protocol

from index.port import Entry
from index.whoosh_engine.bulk.build import SegmentBuilder
from index.whoosh_engine.bulk.crew import Crew, Worker
from index.whoosh_engine.bulk.disk import SCRATCH, Disk
from index.whoosh_engine.bulk.facts import FactColumns
from index.whoosh_engine.bulk.files import FACTS, ArrayFile, Stored, write_segment
from index.whoosh_engine.bulk.merge import Part
from index.whoosh_engine.bulk.passages import bytes_of
from index.whoosh_engine.bulk.word_columns import TOGETHER, WordColumns
from sources.people import People

MEMORY = 1 << 30
"""What a build may take in all its processes, unless it is told otherwise."""

FEW = 5_000
"""For fewer passages than this no process is started."""

_MOST_PROCESSES = 8
_PROCESS_BYTES = 130 << 20
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


class _Counter(Protocol):
    """Counts the words of a lane."""

    def add(self, texts: list[str]) -> None:
        """Take passages."""
        ...

    def write(self, folder: Path) -> Callable[[], Stored]:
        """Write the run's words; what is returned waits for them."""
        ...


class _CountsHere:
    """In this process."""

    def __init__(self) -> None:
        self._words = WordColumns()

    def add(self, texts: list[str]) -> None:
        self._words.add(bytes_of(texts), len(texts))

    def write(self, folder: Path) -> Callable[[], Stored]:
        stored = self._words.write_run(folder)
        return lambda: stored


class _CountsThere:
    """In a worker."""

    def __init__(self, worker: Worker) -> None:
        self._worker = worker

    def add(self, texts: list[str]) -> None:
        self._worker.tell({"task": "words", "rows": len(texts)}, bytes_of(texts))

    def write(self, folder: Path) -> Callable[[], Stored]:
        written = self._worker.ask({"task": "write", "folder": str(folder)})
        return lambda: written.result()[0]


class _Lane:
    """Collects documents into runs, each in a folder of its own."""

    def __init__(self, counter: _Counter, people: People, letters: int, new_folder: Callable[[], Path]) -> None:
        self._counter = counter
        self._people = people
        self._most = letters
        self._new_folder = new_folder
        self._facts = FactColumns(people)
        self._texts: list[str] = []
        self._letters = 0

    def add(self, entry: Entry) -> bool:
        """Add a document. True when it is another lane's turn."""
        self._facts.add(entry)
        self._texts.extend(passage.text for passage in entry.passages)
        return len(self._texts) >= TOGETHER

    def count(self) -> None:
        """Have the words of what was added counted."""
        self._letters += sum(map(len, self._texts))
        self._counter.add(self._texts)
        self._texts = []

    @property
    def full(self) -> bool:
        """Whether it is time to write the run."""
        return self._letters >= self._most

    def write(self) -> Callable[[], Path]:
        """Write the run and begin another one; what is returned waits for the run's folder."""
        self.count()
        facts, self._facts, self._letters = self._facts, FactColumns(self._people), 0
        folder = self._new_folder()
        words = self._counter.write(folder)
        with ArrayFile(folder / FACTS, SCRATCH) as file:
            file.add(facts.arrays())
        stored = file.stored()

        def written() -> Path:
            write_segment(folder, [words(), stored], SCRATCH)
            return folder

        return written

    @property
    def empty(self) -> bool:
        """Whether the run has no document yet."""
        return not self._facts.documents


class Runs:
    """Collects documents for one segment after another. Works in folders that it makes in `scratch`."""

    def __init__(self, scratch: Path, people: People, disk: Disk, crew: Crew, letters: int) -> None:
        self._scratch = scratch
        self._people = people
        self._disk = disk
        self._crew = crew
        self._letters = letters
        self._made = 0
        self._begin()

    def _begin(self) -> None:
        self._few: list[Entry] = []
        self._lanes: list[_Lane] = []
        self._written: list[Callable[[], Path]] = []
        self._rows = self.documents = 0

    def add(self, entry: Entry) -> None:
        """Add a document."""
        self.documents += 1
        self._rows += len(entry.passages)
        if self._lanes:
            self._deal(entry)
            return
        self._few.append(entry)
        if self._rows >= FEW:
            self._open_lanes()
            for each in self._few:
                self._deal(each)
            self._few = []

    def finish(self, folder: Path) -> None:
        """Write the segment of all that was added into a new folder, and begin anew."""
        if self._lanes:
            self._written += [lane.write() for lane in self._lanes if not lane.empty]
            parts = [Part(written()) for written in self._written]
            self._crew.merge(parts, folder, self._disk, self._rows)
            for part in parts:
                SCRATCH.remove(part.folder)
        else:
            builder = SegmentBuilder(self._people)
            for entry in self._few:
                builder.add(entry)
            builder.write(folder, self._disk)
        self._begin()

    def _open_lanes(self) -> None:
        counters: list[_Counter] = [_CountsThere(worker) for worker in self._crew.workers()] or [_CountsHere()]
        self._lanes = [_Lane(each, self._people, self._letters, self._new_folder) for each in counters]
        self._turns = cycle(self._lanes)
        self._lane = next(self._turns)

    def _deal(self, entry: Entry) -> None:
        if self._lane.add(entry):
            self._lane.count()
            if self._lane.full:
                self._written.append(self._lane.write())
            self._lane = next(self._turns)

    def _new_folder(self) -> Path:
        # The name is this process's own: one that a crash left working can't write into it.
        self._made += 1
        folder = self._scratch / f"run-{os.getpid()}-{id(self):x}-{self._made}"
        SCRATCH.make(folder)
        return folder
