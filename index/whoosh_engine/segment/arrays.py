"""The arrays of a segment, mapped from its files.

    segment.json   {"rows": …, "documents": …, "files": {name: {"size": …, "crc32": …}},
                    "arrays": {name: [file, dtype, shape, offset]}}
    *.bin          the arrays, little-endian, one after another

Each file is mapped once, and an array is a view of it: opening costs as much for a gigabyte as for a kilobyte. Sizes
are compared when a segment is opened; checksums only when somebody asks for them (`quotedesk doctor`).

A page that is touched for the first time costs a fault, more than a whole search in it does. `populate` has the system
map the pages of whole files at once, a tenth of the cost of touching each.
"""

import ctypes
import json
import math
import mmap
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

DIRECTORY = "segment.json"

Arrays = Mapping[str, NDArray[Any]]

_POPULATE_READ = 22
"""MADV_POPULATE_READ of Linux 5.14."""

_AT_ONCE = 4 << 20
"""So many bytes are mapped in one go: the others who map something wait for as long."""


def opened(folder: Path) -> Arrays:
    """All arrays by name, read-only. Raises ValueError, KeyError or OSError where a file is missing or damaged."""
    directory = json.loads((folder / DIRECTORY).read_bytes())
    files = {name: mapped(folder / name, facts["size"]) for name, facts in directory["files"].items()}
    return viewed(files, directory["arrays"])


def viewed(files: Mapping[str, NDArray[np.uint8]], places: Mapping[str, Sequence[Any]]) -> Arrays:
    """The arrays that lie in the bytes of some files at `[file, dtype, shape, offset]`."""
    return {name: _view(files[file], *place) for name, (file, *place) in places.items()}


def mapped(path: Path, size: int) -> NDArray[np.uint8]:
    """The bytes of a file, read-only. Raises ValueError where they are not so many."""
    if path.stat().st_size != size:
        raise ValueError(f"{path} has {path.stat().st_size} bytes instead of {size}")
    # A plain view: numpy's memmap class costs microseconds at every slice.
    return np.memmap(path, np.uint8, "r").view(np.ndarray) if size else np.empty(0, np.uint8)


def _view(file: NDArray[np.uint8], dtype: str, shape: list[int], offset: int) -> NDArray[Any]:
    kind = np.dtype(dtype)
    end = offset + kind.itemsize * math.prod(shape)
    if kind.hasobject or not 0 <= offset <= end <= len(file):
        raise ValueError(f"an array of {shape} {dtype} at {offset} does not fit into {len(file)} bytes")
    return file[offset:end].view(kind).reshape(shape)


def populate(arrays: Iterable[NDArray[Any]]) -> None:
    """Have the files of some arrays read and mapped before anybody waits for them; other threads run meanwhile. Where
    the system can't do that, nothing is done: the pages come when they are touched."""
    if sys.platform != "linux":
        return
    # Python's own `mmap.madvise` keeps the interpreter's lock until a page has come from the disk.
    advise = ctypes.CDLL(None).madvise
    advise.argtypes = (ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int)
    files = {id(file): file for file in map(_mapping, arrays) if file is not None}
    for file in files.values():
        begin = np.frombuffer(file, np.uint8).ctypes.data
        for at in range(0, len(file), _AT_ONCE):
            if advise(begin + at, min(_AT_ONCE, len(file) - at), _POPULATE_READ):
                return


def _mapping(array: NDArray[Any]) -> mmap.mmap | None:
    """The file that an array is a view of; None for an empty one."""
    base: Any = array
    while isinstance(base, np.ndarray):
        base = base.base
    return base if isinstance(base, mmap.mmap) else None
