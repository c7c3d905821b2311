"""Lists in flat arrays: the numbers of list `n` are `numbers[ptr[n]:ptr[n+1]]`."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.uint32]
Ptr = NDArray[np.int64]

_PIECE = 1 << 15


def looked_up(table: NDArray[Any], numbers: Ints) -> NDArray[Any]:
    """The table's value for each number. A piece at a time: numpy makes eight bytes of each number first, and those of
    a piece stay in the processor's cache.
    """
    found = np.empty(len(numbers), table.dtype)
    for at in range(0, len(numbers), _PIECE):
        piece = slice(at, at + _PIECE)
        table.take(numbers[piece], out=found[piece], mode="clip")  # to raise takes a copy; none is beyond the table
    return found


def sorted_pairs(keys: NDArray[Any], units: NDArray[Any]) -> NDArray[np.uint64]:
    """Pairs of numbers below 2**32, the key in the upper half of each, sorted. Numbers of eight bytes are sorted by
    vector instructions, four times faster than any `argsort` gives an order, and nothing has to be looked up by it.
    """
    halves = np.empty((len(keys), 2), "<u4")
    halves[:, 0], halves[:, 1] = units, keys
    pairs = halves.reshape(-1).view("<u8")
    pairs.sort()
    return pairs


def units_of(pairs: NDArray[np.uint64]) -> Ints:
    """The lower halves."""
    return pairs.view("<u4")[::2].astype(np.uint32)


def _ptr_of_keys(pairs: NDArray[np.uint64], keys: int) -> Ptr:
    """Where the pairs of each key begin, and where the last end."""
    return pairs.searchsorted(np.arange(keys + 1, dtype=np.uint64) << np.uint64(32)).astype(np.int64)


def ptr_of(counts: NDArray[Any]) -> Ptr:
    """Where each list begins, and where the last ends, by how many numbers each has."""
    ptr = np.zeros(len(counts) + 1, np.int64)
    np.cumsum(counts, out=ptr[1:])
    return ptr


def grouped(keys: NDArray[Any], count: int) -> tuple[Ptr, Ints]:
    """For each key below `count` the places at which it stands, ascending."""
    pairs = sorted_pairs(keys, np.arange(len(keys), dtype=np.uint32))
    return _ptr_of_keys(pairs, count), units_of(pairs)


def counted(list_of: NDArray[Any], units: NDArray[Any], lists: int) -> tuple[Ptr, Ints, Ints]:
    """From pairs of a list and a unit: where each list begins, its distinct units, ascending, and how often each."""
    pairs = sorted_pairs(list_of, units)
    fresh = np.ones(len(pairs) + 1, bool)
    np.not_equal(pairs[1:], pairs[:-1], out=fresh[1:-1])
    starts = np.flatnonzero(fresh)
    distinct = pairs.take(starts[:-1])
    return _ptr_of_keys(distinct, lists), units_of(distinct), np.diff(starts).astype(np.uint32)
