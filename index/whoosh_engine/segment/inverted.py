"""Inverted lists as flat arrays: which units hold a term, and how often. Units are passages (rows) or label values."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.uint32]


@dataclass(frozen=True, slots=True)
class Inverted:
    """Terms by number; term `t` is in the units `units[ptr[t]:ptr[t+1]]` (ascending), `freqs` times each."""

    ptr: NDArray[np.int64]
    units: Ints
    freqs: Ints

    def of(self, term: int) -> tuple[Ints, Ints]:
        """The units and frequencies of one term."""
        first, last = self.ptr[term], self.ptr[term + 1]
        return self.units[first:last], self.freqs[first:last]


def gathered(values: NDArray[Any], ptr: NDArray[np.int64], numbers: NDArray[Any]) -> NDArray[Any]:
    """The values of some lists one after another; list `n` is `values[ptr[n]:ptr[n+1]]`.

    >>> gathered(np.array([5, 6, 7, 8]), np.array([0, 1, 3, 4]), np.array([2, 1])).tolist()
    [8, 6, 7]
    """
    return values.take(indexes(ptr, numbers))


def indexes(ptr: NDArray[np.int64], numbers: NDArray[Any]) -> NDArray[np.int64]:
    """Where the values of some lists stand, one list after another."""
    begins = ptr[numbers]
    lengths = ptr[numbers + 1] - begins
    before = np.cumsum(lengths) - lengths
    places = np.repeat(begins - before, lengths)
    places += np.arange(len(places))
    return places


def lists_at(places: NDArray[Any], ptr: NDArray[Any], hints: Ints, block: int) -> Ints:
    """In which list of `ptr` each place is; `hints` has the list of every place that 2 ** block divides."""
    lists = hints.take(places >> block)
    ends = ptr[1:]
    at = true_at(ends.take(lists) <= places)
    while len(at):
        # Only those whose list ended within the block go on; empty lists are passed over.
        lists[at] += np.uint32(1)
        at = at[ends.take(lists[at]) <= places[at]]
    return lists


def distinct(values: NDArray[Any]) -> NDArray[Any]:
    """The values, ascending, each once: what `np.unique` gives, several times as fast."""
    ordered = values.copy()
    ordered.sort()
    return once(ordered)


def once(ordered: NDArray[Any]) -> NDArray[Any]:
    """Each value once of those that ascend."""
    lasts = true_at(ordered[1:] != ordered[:-1])
    return ordered if len(lasts) + 1 >= len(ordered) else np.concatenate((ordered.take(lasts), ordered[-1:]))


def true_at(mask: NDArray[Any]) -> NDArray[np.int64]:
    """Where one is true: what `np.flatnonzero` gives of one dimension, several times as fast for few."""
    return mask.nonzero()[0]
