"""The files of a segment: arrays one after another, and a `segment.json` that says where each lies.

    segment.json    {"rows", "documents", "files": {name: {"size", "crc32"}},
                     "arrays": {name: [file, dtype, shape, offset]}}
    words.bin       the arrays of words, each at a multiple of 64 bytes
    stems.bin       where segments were merged: those of stems' postings
    codes.bin       and the codes of these, which are written at the same time
    grams.bin       what follows from the words (`derived`)
    dense.bin
    facts.bin       all others

Files are only ever added to, so their checksum is known when they are closed, and memory holds a piece at a time.
"""

import json
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import numpy as np
from numpy.typing import DTypeLike, NDArray

from index.whoosh_engine.bulk.disk import SCRATCH, Disk
from index.whoosh_engine.segment.arrays import DIRECTORY, Arrays, mapped, viewed

WORDS, STEMS, CODES, FACTS = "words.bin", "stems.bin", "codes.bin", "facts.bin"

_ALIGNED = 64
_PIECE = 1 << 22
_SHAPE = 2
"""Where the shape stands in what is told of an array."""


@dataclass(frozen=True, slots=True)
class Stored:
    """A file of arrays: its name, bytes and CRC-32, and of each array `[file, dtype, shape, offset]`."""

    name: str
    size: int
    crc32: int
    arrays: Mapping[str, list[Any]]

    def opened(self, folder: Path) -> Arrays:
        """The arrays, mapped."""
        return viewed({self.name: mapped(folder / self.name, self.size)}, self.arrays)


class ArrayFile:
    """A new file of arrays. A context manager: at its end the file is on the disk, or broken by what was raised."""

    def __init__(self, path: Path, disk: Disk) -> None:
        self.path = path
        self._disk = disk
        self._file = path.open("wb")
        self._size = self._checksum = 0
        self._begun = ("", np.dtype(np.uint8), 0)
        self.arrays: dict[str, list[Any]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        with self._file:
            if kind is None:
                self._disk.sync(self._file)

    def add(self, arrays: Arrays) -> None:
        """Add arrays that are in memory."""
        for name, values in arrays.items():
            self.stream(name, values.dtype, [values], values.shape)

    def stream(self, name: str, dtype: DTypeLike, parts: Iterable[NDArray[Any]], shape: tuple[int, ...] = ()) -> None:
        """Add an array that comes in parts; its shape is flat unless one is given."""
        self.begin(name, dtype)
        for part in parts:
            self.append(part)
        self.end(shape)

    def begin(self, name: str, dtype: DTypeLike) -> None:
        """Begin an array, that `append` goes on with and `end` completes."""
        if gap := -self._size % _ALIGNED:
            self._write(memoryview(bytes(gap)))
        self._begun = (name, np.dtype(dtype).newbyteorder("<"), self._size)

    def append(self, part: NDArray[Any]) -> None:
        """Add a part to the array that was begun."""
        self._write(np.ascontiguousarray(part, self._begun[1]).reshape(-1).view(np.uint8).data)

    def end(self, shape: tuple[int, ...] = ()) -> None:
        """Complete the array that was begun."""
        name, dtype, offset = self._begun
        flat = ((self._size - offset) // dtype.itemsize,)
        self.arrays[name] = [self.path.name, dtype.str, list(shape or flat), offset]

    def array(self, name: str) -> NDArray[Any]:
        """An array that was added, mapped."""
        self._file.flush()
        return self.stored().opened(self.path.parent)[name]

    def stored(self) -> "Stored":
        """What lies in the file so far."""
        return Stored(self.path.name, self._size, self._checksum, self.arrays)

    def _write(self, data: memoryview) -> None:
        for at in range(0, len(data), _PIECE):
            piece = data[at : at + _PIECE]
            self._disk.write(self._file, piece)
            if self._disk is not SCRATCH:  # those of runs are compared by nobody
                self._checksum = zlib.crc32(piece, self._checksum)
        self._size += len(data)


def write_segment(folder: Path, files: Sequence[Stored], disk: Disk) -> None:
    """Complete a segment's folder with its `segment.json`."""
    arrays = {name: place for file in files for name, place in file.arrays.items()}
    data = {
        "rows": arrays["row_card"][_SHAPE][0],
        "documents": arrays["card_key"][_SHAPE][0],
        "files": {file.name: {"size": file.size, "crc32": file.crc32} for file in files},
        "arrays": arrays,
    }
    with (folder / DIRECTORY).open("wb") as file:
        disk.write(file, json.dumps(data).encode())
        disk.sync(file)
    disk.sync_folder(folder)


def damage(folder: Path, crc: int, *, full: bool = False) -> str | None:
    """The first file of a segment that is not as it was written, None where there is none: by the checksum of
    `segment.json` and the sizes of the others, or by their checksums too. Raises FileNotFoundError where the folder is
    not there.
    """
    folder.stat()
    try:
        content = (folder / DIRECTORY).read_bytes()
        if zlib.crc32(content) != crc:
            return DIRECTORY
        for name, told in json.loads(content)["files"].items():
            if (folder / name).stat().st_size != told["size"] or (full and _crc_of(folder / name) != told["crc32"]):
                return name
    except FileNotFoundError as error:
        return Path(error.filename).name
    return None


def _crc_of(path: Path) -> int:
    checksum = 0
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            checksum = zlib.crc32(piece, checksum)
    return checksum


def strings(name: str, items: Iterable[bytes]) -> Arrays:
    """Byte strings as two arrays: all of them one after another, and where each begins."""
    held = list(items)
    ptr = np.zeros(len(held) + 1, np.int64)
    np.cumsum(np.fromiter(map(len, held), np.int64, len(held)), out=ptr[1:])
    return {name: np.frombuffer(b"".join(held), np.uint8), f"{name}_ptr": ptr}


def listed(arrays: Arrays, name: str) -> list[bytes]:
    """The strings that `strings` made arrays of."""
    data, bounds = arrays[name].tobytes(), arrays[f"{name}_ptr"].tolist()
    return [data[first:last] for first, last in pairwise(bounds)]
