"""Inverted lists of several segments into one: the lists of equal terms one after another, numbers shifted.

Theory of operation. Terms are numbered in sorted order everywhere, so a stretch of the new lists consists of one
stretch of each source's. The new lists are made stretch by stretch: each source's numbers are scattered into the
places that its terms have there. Nothing is sorted or analysed, and memory holds one stretch.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

from index.whoosh_engine.bulk.kept import Kept
from index.whoosh_engine.bulk.lists import Ints, Ptr, ptr_of
from index.whoosh_engine.bulk.names import Joined

_NOTHING = np.empty(0, np.uint8)

STRETCH = 1 << 21
"""So many numbers are made at a time; more only where one list alone has more."""


@dataclass(frozen=True, slots=True)
class Lists:
    """Inverted lists of a source: `units` of list `n` at `ptr[n]:ptr[n+1]`, with a payload each; `kept` says which
    units stay and what they become, `live` how many stay of each list.
    """

    ptr: Ptr
    units: NDArray[Any]
    payload: NDArray[Any]
    kept: Kept
    live: NDArray[np.int64]


def lists_of(ptr: Ptr, units: NDArray[Any], kept: Kept, payload: NDArray[Any] | None = None) -> Lists:
    """The lists, counted. Those without a payload have an empty one."""
    live = np.diff(ptr) if kept.whole else _live(ptr, units, kept)
    return Lists(ptr, units, _NOTHING if payload is None else payload, kept, live)


def _live(ptr: Ptr, units: NDArray[Any], kept: Kept) -> NDArray[np.int64]:
    parts = [np.empty(0, np.int64)]
    for first, last in stretches(ptr):
        before = ptr_of(kept.mask(units[ptr[first] : ptr[last]]))
        bounds = before[ptr[first : last + 1] - ptr[first]]
        parts.append(bounds[1:] - bounds[:-1])
    return np.concatenate(parts)


def stretches(ptr: Ptr) -> Iterator[tuple[int, int]]:
    """Runs of lists that have about `STRETCH` numbers together."""
    first, count = 0, len(ptr) - 1
    while first < count:
        last = int(ptr.searchsorted(int(ptr[first]) + STRETCH, "right")) - 1
        last = min(max(last, first + 1), count)
        yield first, last
        first = last


def joined_ptr(sources: Sequence[Lists], joined: Joined) -> Ptr:
    """Where each of the new lists begins."""
    counts = np.zeros(joined.count, np.int64)
    for source, new in zip(sources, joined.numbers, strict=True):
        alive = source.live > 0
        counts[new[alive]] += source.live[alive]
    return ptr_of(counts)


def join(ptr: Ptr, sources: Sequence[Lists], joined: Joined) -> Iterator[tuple[Ints, NDArray[Any]]]:
    """The new lists, which begin at `ptr`, as parts of units and payload."""
    alive = [np.flatnonzero(source.live) for source in sources]
    numbers = [new[old] for new, old in zip(joined.numbers, alive, strict=True)]
    for first, last in stretches(ptr):
        begin = int(ptr[first])
        units = np.empty(int(ptr[last]) - begin, np.uint32)
        payload = np.empty(len(units) if any(len(source.payload) for source in sources) else 0, _dtype(sources))
        free = ptr[first:last] - begin
        for source, old, new in zip(sources, alive, numbers, strict=True):
            low, high = np.searchsorted(new, (first, last)).tolist()
            if low < high:
                _scatter(source, old[low:high], new[low:high] - first, free, units, payload)
        yield units, payload


def _dtype(sources: Sequence[Lists]) -> DTypeLike:
    return next((source.payload.dtype for source in sources if len(source.payload)), np.uint8)


def _scatter(
    source: Lists,
    old: NDArray[np.int64],
    new: NDArray[np.int64],
    free: NDArray[np.int64],
    units: Ints,
    payload: NDArray[Any],
) -> None:
    """Put the lists `old` of a source where `new` lists have their next free place."""
    begin, end = int(source.ptr[old[0]]), int(source.ptr[old[-1] + 1])
    taken = source.kept.of(source.units[begin:end])
    counts = source.live[old]
    ends = np.cumsum(counts)
    places = np.repeat(free[new] - (ends - counts), counts) + np.arange(len(taken))
    units[places] = source.kept.moved(taken)
    if len(payload):
        carried = source.payload[begin:end]
        payload[places] = carried if source.kept.whole else carried[source.kept.mask(source.units[begin:end])]
    free[new] += counts
