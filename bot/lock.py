"""Locks among all processes of a home: one writer at a time, and one reader of a source at a time.

Whoever writes the index, or keeps what was read of a source, holds the writer's lock for just that long. Whoever walks
a source holds that source's own lock for the whole walk, which may take an hour where a site is read politely, and
takes the writer's within it: never the other way round.
"""

import asyncio
import contextlib
import fcntl
import os
from collections.abc import AsyncGenerator, Callable, Coroutine
from pathlib import Path
from typing import Any, TypeVar

Waiting = Callable[[str], None]
"""Told once, with what the present holder does, when the lock can't be had soon."""

Result = TypeVar("Result")

_LOOK_AGAIN = 0.2
_SOON = 1.0
"""Seconds; a slice of another one's reading is kept in less."""


class WriterLock:
    """A lock on a file, which the system releases however its holder ends. `path` is in an existing folder."""

    def __init__(self, path: Path, waiting: Waiting = lambda _holder: None) -> None:
        self._path = path
        self._waiting = waiting

    def of_source(self, source_id: str) -> "WriterLock":
        """The lock of whoever walks that source."""
        folder = self._path.with_name("reading")
        folder.mkdir(mode=0o700, exist_ok=True)
        return WriterLock(folder / f"{source_id}.lock", self._waiting)

    @contextlib.asynccontextmanager
    async def hold(self, doing: str) -> AsyncGenerator[None]:
        """Wait for the lock and keep it. `doing` is told to others who wait."""
        descriptor = self._open()
        try:
            await self._take(descriptor)
            _sign(descriptor, doing)
            yield
        finally:
            os.close(descriptor)

    @contextlib.asynccontextmanager
    async def hold_if_free(self, doing: str) -> AsyncGenerator[bool]:
        """Keep the lock if it can be had at once; yields whether it could."""
        descriptor = self._open()
        try:
            held = _try(descriptor)
            if held:
                _sign(descriptor, doing)
            yield held
        finally:
            os.close(descriptor)

    def _open(self) -> int:
        return os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)

    async def _take(self, descriptor: int) -> None:
        waited, told = 0.0, False
        while not _try(descriptor):
            if waited >= _SOON and not told:
                self._waiting(os.pread(descriptor, 200, 0).decode(errors="replace"))
                told = True
            await asyncio.sleep(_LOOK_AGAIN)
            waited += _LOOK_AGAIN


def _try(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _sign(descriptor: int, doing: str) -> None:
    os.ftruncate(descriptor, 0)
    os.pwrite(descriptor, f"{doing} (process {os.getpid()})".encode(), 0)


async def to_the_end(work: Coroutine[Any, Any, Result]) -> Result:
    """Do work that must not be dropped half way: who is cancelled meanwhile waits for its end first.

    A thread that writes goes on when its task is cancelled, and must not outlive the lock.
    """
    task = asyncio.create_task(work)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.gather(task, return_exceptions=True)
        raise
