"""One writer at a time among all processes of a home: whoever reads sources or writes the index holds its lock."""

import asyncio
import contextlib
import fcntl
import os
from collections.abc import AsyncGenerator, Callable
from pathlib import Path

Waiting = Callable[[str], None]
"""Told once, with what the present holder does, when the lock can't be had at once."""

_LOOK_AGAIN = 0.2


class WriterLock:
    """A lock on a file, which the system releases however its holder ends. `path` is in an existing folder."""

    def __init__(self, path: Path, waiting: Waiting = lambda _holder: None) -> None:
        self._path = path
        self._waiting = waiting

    @contextlib.asynccontextmanager
    async def hold(self, doing: str) -> AsyncGenerator[None]:
        """Wait for the lock and keep it. `doing` is told to others who wait."""
        descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            await self._take(descriptor)
            os.ftruncate(descriptor, 0)
            os.pwrite(descriptor, f"{doing} (process {os.getpid()})".encode(), 0)
            yield
        finally:
            os.close(descriptor)

    async def _take(self, descriptor: int) -> None:
        told = False
        while True:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if not told:
                    self._waiting(os.pread(descriptor, 200, 0).decode(errors="replace"))
                    told = True
                await asyncio.sleep(_LOOK_AGAIN)
            else:
                return
