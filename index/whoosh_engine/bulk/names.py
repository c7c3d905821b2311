"""The names of several sources' lists as those of one.

Names are sorted as numbers: the first sixteen bytes of each are two, its *lanes*, read so that they sort as the bytes
do. The few longer ones are sorted among themselves, and their places there tell apart those that begin alike. Bytes
are compared, never hashes: no two names are taken for one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.whoosh_engine.bulk.chunks import FITS, lanes_of
from index.whoosh_engine.bulk.lists import Ptr, ptr_of
from index.whoosh_engine.segment.arrays import Arrays
from index.whoosh_engine.segment.inverted import gathered


@dataclass(frozen=True, slots=True)
class Joined:
    """Lists of several sources as one: their `names` under the name of the array, sorted; how many there are; and of
    each source the new number of each old list, -1 where nothing of it stays.
    """

    names: Arrays
    count: int
    numbers: Sequence[NDArray[np.int64]]


def joined_names(name: str, sources: Sequence[Arrays], live: Sequence[NDArray[np.integer[Any]]]) -> Joined:
    """What becomes of the names (`files.strings`) of lists of which so many numbers stay."""
    content = np.concatenate([*(source[name] for source in sources), np.zeros(FITS, np.uint8)])
    ptr = ptr_of(np.concatenate([np.diff(source[f"{name}_ptr"]) for source in sources]))
    alive = np.flatnonzero(np.concatenate(live))
    keys = _keys(content, ptr[alive], ptr[alive + 1])
    order = np.lexsort(keys)
    fresh = np.zeros(len(order), bool)
    fresh[:1] = True
    for key in keys:
        ordered = key.take(order)
        fresh[1:] |= ordered[1:] != ordered[:-1]
    numbers = np.full(len(ptr) - 1, -1, np.int64)
    numbers[alive[order]] = np.cumsum(fresh) - 1
    distinct = alive[order[fresh]]
    names = {name: gathered(content, ptr, distinct), f"{name}_ptr": ptr_of(ptr[distinct + 1] - ptr[distinct])}
    return Joined(names, len(distinct), np.split(numbers, np.cumsum([len(each) for each in live[:-1]])))


def _keys(content: NDArray[np.uint8], begins: Ptr, ends: Ptr) -> tuple[NDArray[Any], ...]:
    """By what names sort, the least weighty key first."""
    lengths = ends - begins
    lanes = lanes_of(content, begins, lengths).view(">u8").astype(np.uint64)
    long = np.flatnonzero(lengths > FITS)
    written = [content[begin:end].tobytes() for begin, end in zip(begins[long], ends[long], strict=True)]
    place_of = {name: place for place, name in enumerate(sorted(set(written)))}
    # What ends within its lanes comes before what begins with the same bytes and goes on.
    lengths[long] = [FITS + 1 + place_of[name] for name in written]
    return lengths, lanes[:, 1], lanes[:, 0]
