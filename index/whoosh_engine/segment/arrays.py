"""The arrays of a segment, mapped from its files.

    segment.json   {"rows": …, "documents": …, "files": {name: {"size": …, "crc32": …}},
                    "arrays": {name: [file, dtype, shape, offset]}}
    *.bin          the arrays, little-endian, one after another

Each file is mapped once, and an array is a view of it: opening costs as much for a gigabyte as for a kilobyte. Sizes
are compared when a segment is opened; checksums only when somebody asks for them (`quotedesk doctor`).
"""

import json
import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

DIRECTORY = "segment.json"

Arrays = Mapping[str, NDArray[Any]]


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
