"""Worker processes, seen from the one who starts them: they are told in order, answer when asked, and are ended."""

import os
import subprocess
import sys
from collections import deque
from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

from index.whoosh_engine.bulk.disk import Disk
from index.whoosh_engine.bulk.merge import Part, merge
from sources.extract.frames import LENGTHS, pack, unpack

_ROOT = Path(__file__).parents[3]
_INHERITED = ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")  # some Pythons don't start without
_ENVIRONMENT = {"LANG": "C.UTF-8", "PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1"}
_AHEAD = 2
"""So many frames wait for a worker, so that it never waits; memory holds no more."""


MANY = 20_000
"""To merge fewer rows than this takes less time than to start a process."""


class WorkerLost(OSError):
    """A worker process ended by itself: it was killed, or there was no memory."""


class Worker:
    """A running `bulk.worker`. A thread of its own talks to it, so that nobody waits who isn't made to."""

    def __init__(self) -> None:
        inherited = {name: os.environ[name] for name in _INHERITED if name in os.environ}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "index.whoosh_engine.bulk.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=_ROOT,
            env=_ENVIRONMENT | inherited,
        )
        self._talking = ThreadPoolExecutor(1, "index-worker")
        self._told: deque[Future[None]] = deque()

    @property
    def process_id(self) -> int:
        """The process, by its number."""
        return self._process.pid

    def tell(self, task: Mapping[str, Any], content: bytes) -> None:
        """Hand over something that has no answer. Waits while too much waits already."""
        self._told.append(self._talking.submit(self._send, task, content))
        if len(self._told) > _AHEAD:
            self._told.popleft().result()

    def ask(self, task: Mapping[str, Any]) -> "Future[dict[str, Any]]":
        """Have something done, after all before it. The future raises what the worker met with."""
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

    def _exchange(self, task: Mapping[str, Any]) -> dict[str, Any]:
        self._send(task)
        assert self._process.stdout  # a pipe
        lengths = self._process.stdout.read(LENGTHS.size)
        if len(lengths) < LENGTHS.size:
            raise self._lost()
        answer = unpack(self._process.stdout.read(LENGTHS.unpack(lengths)[0]))
        if "errno" in answer:
            raise OSError(answer["errno"], answer["sentence"])
        if "memory" in answer:
            raise MemoryError("a worker of the index has too little memory")
        if "traceback" in answer:
            raise RuntimeError(f"a worker of the index failed:\n{answer['traceback']}")
        return answer

    def _lost(self) -> WorkerLost:
        return WorkerLost(f"a worker of the index ended by itself (exit code {self._process.wait()})")


class Crew:
    """Some workers, started when they are first needed; none where there is one core. `close` it."""

    def __init__(self, size: int) -> None:
        self.size = size
        self._workers: list[Worker] = []

    def workers(self, count: int | None = None) -> Sequence[Worker]:
        """So many of the workers, or all."""
        wanted = self.size if count is None else min(count, self.size)
        self._workers += [Worker() for _ in range(wanted - len(self._workers))]
        return self._workers[:wanted]

    def merge(self, parts: Sequence[Part], folder: Path, disk: Disk, rows: int) -> None:
        """Merge segments that keep so many rows; many of them in a worker, so that searches go on beside it."""
        workers = self.workers(1) if rows >= MANY else ()
        if not workers:
            merge(parts, folder, disk)
            return
        told = [(str(part.folder), list(part.gone)) for part in parts]
        workers[0].ask({"task": "merge", "parts": told, "folder": str(folder)}).result()

    def close(self) -> None:
        """End the workers, whatever they do."""
        while self._workers:
            self._workers.pop().close()
