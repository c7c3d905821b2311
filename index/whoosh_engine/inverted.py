"""Inverted lists as flat arrays: which units hold a term, and how often. Units are passages (rows) or label values."""

from dataclasses import dataclass

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


def invert(term_of_token: Ints, unit_of_token: Ints, terms: int) -> Inverted:
    """Invert a token stream whose units ascend. Time grows with the tokens: one stable sort of the term numbers."""
    order = np.argsort(term_of_token, kind="stable")
    term, unit = term_of_token[order], unit_of_token[order]
    if not len(term):
        return Inverted(np.zeros(terms + 1, np.int64), unit, unit)
    fresh = np.empty(len(term), bool)
    fresh[0] = True
    fresh[1:] = (term[1:] != term[:-1]) | (unit[1:] != unit[:-1])
    starts = np.flatnonzero(fresh)
    freqs = np.diff(np.append(starts, len(term))).astype(np.uint32)
    ptr = np.searchsorted(term[starts], np.arange(terms + 1, dtype=np.uint32)).astype(np.int64)
    return Inverted(ptr, unit[starts], freqs)
