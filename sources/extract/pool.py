"""Extraction in processes of its own: a file that hangs, crashes or bloats its reader harms no one but itself."""

import asyncio
import os
from collections.abc import Callable, Sequence
from typing import Any, Self

from sources.document import Extract, Raw
from sources.errors import NoText, Unreadable
from sources.extract.builder import MAX_CHARACTERS
from sources.extract.clean import clean
from sources.extract.formats import Format
from sources.extract.reader import LostError, Reader
from sources.extract.sniff import HEAD_BYTES, format_of
from sources.frames import unpack
from sources.wire import extract_from_json

MAX_BYTES = 64 << 20
"""The largest file that is read."""
_MAX_DOCUMENTS = 10_000
_MAX_MARKS = 1_000_000
_MAX_PROCESSES = 8


class Extractors:
    """Reads files in a bounded number of long-lived processes, each started when it is first needed.

    Use it as an async context manager, or `close` it. `seconds` is how long one file may take; `choose` finds the
    format by location, media type and first bytes.
    """

    def __init__(
        self,
        processes: int | None = None,
        seconds: float = 60.0,
        choose: Callable[[str, str, bytes], Format | None] = format_of,
    ) -> None:
        self._seconds = seconds
        self._choose = choose
        self._free = asyncio.Semaphore(processes or min(os.cpu_count() or 1, _MAX_PROCESSES))
        self._idle: list[Reader] = []
        self._all: set[Reader] = set()
        self._closed = False

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def extract(self, raw: Raw) -> Sequence[Extract]:
        """The documents in `raw`, at least one.

        Raises Unreadable, or its kind NoText, with a sentence: an unknown format, too large, damaged, too slow.
        """
        if len(raw.content) > MAX_BYTES:
            raise Unreadable(f"The file is larger than {MAX_BYTES >> 20} MB.")
        if not raw.content or raw.content.isspace():
            raise NoText("The file is empty.")
        found = self._choose(raw.location, raw.media_type, raw.content[:HEAD_BYTES])
        if found is None:
            raise Unreadable("This kind of file can't be read.")
        async with self._free:
            answer = await self._ask(found, raw)
        return await asyncio.to_thread(_documents, answer)

    async def close(self) -> None:
        """End every process, busy or not."""
        self._closed = True
        self._idle.clear()
        await asyncio.gather(*(reader.close() for reader in self._all))
        self._all.clear()

    async def _ask(self, found: Format, raw: Raw) -> bytes:
        while True:
            reader = self._idle.pop() if self._idle else await self._start()
            try:
                async with asyncio.timeout(self._seconds):
                    answer = await reader.ask(found, raw, self._seconds)
            except TimeoutError as error:
                await self._discard(reader)
                raise Unreadable(f"The file took longer than {self._seconds:g} seconds to read.") from error
            except LostError as error:
                await self._discard(reader)
                if reader.files == 1:
                    raise Unreadable(str(error)) from error
                # Files before this one may have worn the process out: only a fresh one can blame this file.
            except BaseException:
                await self._discard(reader)
                raise
            else:
                self._idle.append(reader)
                return answer

    async def _start(self) -> Reader:
        if self._closed:
            raise RuntimeError("the extractors are closed")
        reader = await Reader.start()
        self._all.add(reader)
        return reader

    async def _discard(self, reader: Reader) -> None:
        self._all.discard(reader)
        await reader.kill()


def _documents(answer: bytes) -> Sequence[Extract]:
    """What a process answered, trusted no further than its input was."""
    try:
        data = unpack(answer)
        extracts = [extract_from_json(entry) for entry in data.get("extracts", ())]
    except (ValueError, TypeError) as error:
        raise Unreadable("The file could not be read: what its reader answered makes no sense.") from error
    if "error" in data:
        raise _error(data)
    _check(extracts)
    return extracts


def _error(data: dict[str, Any]) -> Unreadable:
    if data["error"] == "no text":
        return NoText(str(data["sentence"]))
    if data["error"] == "unreadable":
        return Unreadable(str(data["sentence"]))
    traceback = str(data.get("traceback", "")).strip()
    error = Unreadable(f"The file could not be read; its reader failed ({traceback.rpartition(chr(10))[2][:200]}).")
    error.__cause__ = RuntimeError(traceback)  # for the log
    return error


def _check(extracts: Sequence[Extract]) -> None:
    if not extracts:
        raise NoText("The file holds no text.")
    if len(extracts) > _MAX_DOCUMENTS:
        raise Unreadable(f"The file holds more than {_MAX_DOCUMENTS:,} documents.")
    if sum(len(extract.text) for extract in extracts) > MAX_CHARACTERS:
        raise Unreadable(f"The file holds more than {MAX_CHARACTERS:,} characters.")
    if sum(len(extract.marks) for extract in extracts) > _MAX_MARKS:
        raise Unreadable(f"The file holds more than {_MAX_MARKS:,} pages, turns and headings.")
    if any(clean(extract.text) != extract.text for extract in extracts):
        raise Unreadable("The file could not be read: its reader left characters in the text that can't be stored.")
