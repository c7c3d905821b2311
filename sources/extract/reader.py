"""One extracting process, seen from the desk: start it, ask it, end it."""

import asyncio
import os
import signal
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from contextlib import suppress
from pathlib import Path
from typing import Self

from sources.document import Raw
from sources.extract.formats import Format
from sources.frames import LENGTHS, OUT_OF_MEMORY, pack

_ROOT = Path(__file__).parents[2]
_ENVIRONMENT = {"LANG": "C.UTF-8", "TZ": "UTC", "PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1"}
_INHERITED = ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")  # some Pythons don't start without
_MAX_ANSWER = 256 << 20
_BUFFER = 1 << 20
_CLOSING_SECONDS = 2.0


class LostError(Exception):
    """The process is of no more use; `str(error)` is one sentence for a person."""


class Reader:
    """A running `sources.extract.worker`. It is asked one file at a time; `files` counts them."""

    def __init__(self, process: Process) -> None:
        self._process = process
        self._pipes = asyncio.Lock()
        self.files = 0

    @classmethod
    async def start(cls) -> Self:
        """Start a process that gets nothing of this one's environment, so no secrets either."""
        inherited = {name: os.environ[name] for name in _INHERITED if name in os.environ}
        return cls(
            await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "sources.extract.worker",
                stdin=PIPE,
                stdout=PIPE,
                stderr=DEVNULL,
                cwd=_ROOT,
                env=_ENVIRONMENT | inherited,
                limit=_BUFFER,
            )
        )

    async def ask(self, found: Format, raw: Raw, seconds: float) -> bytes:
        """Send one file and bring the answer's JSON. Raises LostError when there will be none; afterwards `kill` it.

        The same holds when this is cancelled: the process is then in the middle of an answer.
        """
        self.files += 1
        header = {
            "module": found.module,
            "location": raw.location,
            "media_type": raw.media_type,
            "fetched_at": raw.fetched_at.isoformat(),
            "headers": dict(raw.headers),
            "lasting": raw.lasting,
            "seconds": seconds,
        }
        try:
            async with self._pipes:
                return await self._exchange(*pack(header, raw.content))
        except (ConnectionError, asyncio.IncompleteReadError) as error:
            await self.close()  # it is ending by itself, and is to say how
            raise LostError(f"The file could not be read: its reader {_end(self._process.returncode)}.") from error

    async def _exchange(self, *pieces: bytes) -> bytes:
        stdin, stdout = self._process.stdin, self._process.stdout
        assert stdin is not None  # both are pipes
        assert stdout is not None
        stdin.writelines(pieces)
        await stdin.drain()
        length, content = LENGTHS.unpack(await stdout.readexactly(LENGTHS.size))
        if length > _MAX_ANSWER or content:
            raise LostError("The file could not be read: it holds too much text.")
        return await stdout.readexactly(length)

    async def close(self) -> None:
        """End the process by ending its input, or by force if that doesn't help soon."""
        assert self._process.stdin
        self._process.stdin.close()
        with suppress(TimeoutError):
            async with asyncio.timeout(_CLOSING_SECONDS):
                await self._process.wait()
        await self.kill()

    async def kill(self) -> None:
        """End the process at once."""
        if self._process.returncode is None:
            with suppress(ProcessLookupError):
                self._process.kill()
        async with self._pipes:
            await self._process.communicate()  # empties the pipes, so that they are closed as well


def _end(code: int | None) -> str:
    if code == OUT_OF_MEMORY:
        return "needs more memory than it may have"
    if code == -signal.SIGABRT:  # PDFium's way of ending for want of memory
        return "gave up, as it does over a file that needs more memory than it may have"
    if code is not None and code < 0:
        return f"crashed ({signal.Signals(-code).name})"
    return f"ended unexpectedly (exit code {code})"
