"""Worker processes, seen from the one who starts them: they are told in order, answer when asked, and are ended."""

import os
import subprocess
import sys
from collections import deque
from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import asdict
from pathlib import Path
from typing import Any

from index.errors import IndexUnavailable
from index.whoosh_engine.bulk.disk import Disk
from index.whoosh_engine.bulk.files import Stored, write_segment
from index.whoosh_engine.bulk.merge import DERIVED, MERGED, Part, merge
from sources.frames import LENGTHS, pack, unpack
from sources.people import NOBODY, People

_ROOT = Path(__file__).parents[3]
_INHERITED = ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")  # some Pythons don't start without
_ENVIRONMENT = {
    "LANG": "C.UTF-8",
    "PYTHONUTF8": "1",
    "PYTHONDONTWRITEBYTECODE": "1",
    "OPENBLAS_NUM_THREADS": "1",  # nothing here multiplies matrices: its threads would only be started
    # Otherwise glibc gives large arrays back as soon as it can, and has them cleared anew, page by page.
    "MALLOC_MMAP_MAX_": "0",
    "MALLOC_TRIM_THRESHOLD_": f"{1 << 40}",
}
_PIPE = 1 << 20
"""So many bytes go at once, where the system allows."""
_AHEAD = 2
"""So many frames wait for a worker, so that it never waits; memory holds no more."""


MANY = 20_000
"""To merge fewer rows than this takes less time than to start a process."""


class WorkerLost(IndexUnavailable):
    """A worker process ended by itself: it was killed, or there was no memory."""


class Worker:
    """A running `bulk.worker`. A thread of its own talks to it, so that nobody waits who isn't made to."""

    def __init__(self, people: People) -> None:
        inherited = {name: os.environ[name] for name in _INHERITED if name in os.environ}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "index.whoosh_engine.bulk.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            pipesize=_PIPE,
            cwd=_ROOT,
            env=_ENVIRONMENT | inherited,
        )
        self._talking = ThreadPoolExecutor(1, "index-worker")
        self._told: deque[Future[None]] = deque()
        self.tell({"people": [[person.name, person.forms, person.shared] for person in people.people]}, b"")

    @property
    def process_id(self) -> int:
        """The process, by its number."""
        return self._process.pid

    def tell(self, task: Mapping[str, Any], content: bytes) -> None:
        """Hand over something that has no answer. Waits while too much waits already."""
        self._told.append(self._talking.submit(self._send, task, content))
        if len(self._told) > _AHEAD:
            self._told.popleft().result()

    def ask(self, task: Mapping[str, Any]) -> "Future[Sequence[Stored]]":
        """Have files written, after all before it. The future raises what the worker met with."""
        self._told.clear()  # where a frame could not be sent, neither can this
        return self._talking.submit(self._exchange, task)

    def close(self) -> None:
        """End the process, whatever it does."""
        self._process.kill()
        self._talking.shutdown(cancel_futures=True)
        self._process.communicate()  # empties and closes the pipes

    def _send(self, task: Mapping[str, Any], content: bytes = b"") -> None:
        assert self._process.stdin  # a pipe
        try:
            for piece in pack(task, content):
                self._process.stdin.write(piece)
            self._process.stdin.flush()
        except BrokenPipeError as error:
            raise self._lost() from error

    def _exchange(self, task: Mapping[str, Any]) -> Sequence[Stored]:
        self._send(task)
        assert self._process.stdout  # a pipe
        lengths = self._process.stdout.read(LENGTHS.size)
        if len(lengths) < LENGTHS.size:
            raise self._lost()
        answer = unpack(self._process.stdout.read(LENGTHS.unpack(lengths)[0]))
        if "unavailable" in answer:
            raise IndexUnavailable(answer["unavailable"]) from RuntimeError(answer["traceback"])
        if "errno" in answer:
            raise OSError(answer["errno"], answer["sentence"])
        if "memory" in answer:
            raise MemoryError("a worker of the index has too little memory")
        if "traceback" in answer:
            raise RuntimeError(f"a worker of the index failed:\n{answer['traceback']}")
        return [Stored(**file) for file in answer["files"]]

    def _lost(self) -> WorkerLost:
        return WorkerLost(
            f"A process that builds the index was ended, or had too little memory (exit code {self._process.wait()}); "
            f"the index is as it was before."
        )


class Crew:
    """Some workers, started when they are first needed; none where there is one core. `close` it."""

    def __init__(self, size: int, people: People = NOBODY) -> None:
        self.size = size
        self._people = people
        self._workers: list[Worker] = []

    def workers(self) -> Sequence[Worker]:
        """All of them."""
        self._workers += [Worker(self._people) for _ in range(self.size - len(self._workers))]
        return self._workers

    def merge(self, parts: Sequence[Part], folder: Path, disk: Disk, rows: int) -> None:
        """Merge segments that keep so many rows; many of them in workers, so that searches go on beside it."""
        workers = self.workers() if rows >= MANY else ()
        if not workers:
            merge(parts, folder, disk)
            return
        disk.make(folder)
        first, last = workers[0], workers[-1]
        task: dict[str, Any] = {"folder": str(folder), "parts": [(str(part.folder), list(part.gone)) for part in parts]}
        given = [last.ask({"task": "merge", "piece": piece} | task) for piece in MERGED if piece != "words"]
        words = first.ask({"task": "merge", "piece": "words"} | task).result()
        task = {"folder": str(folder), "words": [asdict(file) for file in words]}
        hands = zip((first, last), DERIVED, strict=True)
        given += [worker.ask({"task": "derive", "piece": piece} | task) for worker, piece in hands]
        write_segment(folder, [*words, *(stored for each in given for stored in each.result())], disk)

    def close(self) -> None:
        """End the workers, whatever they do."""
        while self._workers:
            self._workers.pop().close()
