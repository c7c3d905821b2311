"""How the bench and an engine in a process of its own talk: lines of fields by tabs. Standard library only, since an
engine may run under another Python.

    build PASSAGES FOLDER   ->  done        reads the file (`passages.read`) and leaves an index in the new folder
    open FOLDER             ->  milliseconds; from then on it answers
    ready                   ->  milliseconds more, of an engine that reads ahead (`ReadsAhead`)
    ask KIND K WORDS        ->  milliseconds, those of them on the processor, the numbers of the best K passages by
                                blanks; `-` for a kind it lacks
"""

import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol, runtime_checkable

from tests.bench.engines.questions import Kind


class Speaks(Protocol):
    """An engine on this side of the line."""

    def build(self, passages: Path, folder: Path) -> None:
        """Index the passages into a new folder and bring it to the disk."""
        ...

    def open(self, folder: Path) -> None:
        """Begin to answer."""
        ...

    def ask(self, kind: Kind, words: Sequence[str], k: int) -> Sequence[int] | None:
        """The numbers of the best passages, best first; None for a kind of question that there is not."""
        ...


@runtime_checkable
class ReadsAhead(Speaks, Protocol):
    """An engine that answers when it is opened, and more quickly when it is ready."""

    def ready(self) -> None:
        """Read what the first questions would have to wait for."""
        ...


def speak(engine: Speaks) -> None:
    """Answer the lines on stdin until it ends. Times are taken here, around the engine alone."""
    for line in sys.stdin:
        verb, *fields = line.rstrip("\n").split("\t")
        answer = _ask(engine, *fields) if verb == "ask" else _do(engine, verb, *fields)
        sys.stdout.write(answer + "\n")
        sys.stdout.flush()


def _do(engine: Speaks, verb: str, *paths: str) -> str:
    begun = time.perf_counter()
    if verb == "build":
        engine.build(Path(paths[0]), Path(paths[1]))
        return "done"
    if verb == "open":
        engine.open(Path(paths[0]))
    else:
        assert isinstance(engine, ReadsAhead)
        engine.ready()
    return f"{(time.perf_counter() - begun) * 1000:.3f}"


def _ask(engine: Speaks, kind: str, k: str, words: str) -> str:
    asked, depth, each = Kind(kind), int(k), words.split(" ")
    begun, busy = time.perf_counter(), time.thread_time()
    found = engine.ask(asked, each, depth)
    taken, busy = time.perf_counter() - begun, time.thread_time() - busy
    return "-" if found is None else f"{taken * 1000:.4f}\t{busy * 1000:.4f}\t{' '.join(map(str, found))}"
