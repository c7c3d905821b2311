"""Postings: the rows that hold a word, and what a score needs to know of it there.

Theory of operation. BM25 needs of a posting how often the word is in the row and how many words the row has. Both are
in one 16-bit *code*: the frequency (63 at most) above the length (1,023 at most; passages have about 180 words). A
score is then `idf * table[code]`, with one table of 65,536 numbers a field, made anew when the mean length changes:
nothing on disk depends on other segments. Words in more than a sixteenth of the rows have, beside the list, their
frequency in *every* row, one byte each: whether a row has such a word is one look instead of a search.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.whoosh_engine.segment.inverted import Ints, true_at
from index.whoosh_engine.segment.scratch import marked

K1, B = 1.2, 0.75
PEAK = K1 + 1
"""No word's BM25 is more than this times its idf."""

Codes = NDArray[np.uint16]
Floats = NDArray[np.float32]

_LENGTH_BITS = 10
MOST_COUNTED, _LONGEST = 2**6 - 1, 2**_LENGTH_BITS - 1
"""The greatest frequency and length that a code holds; what is above counts as these."""
_FREQUENCY_PART = (np.minimum(np.arange(256), MOST_COUNTED) << _LENGTH_BITS).astype(np.uint16)
_NO_CODES = np.empty(0, np.uint16)
_FEW = 2_048
"""So few rows are searched for in any list."""
_MARKED, _MERGED = 3, 8
"""To search for a row in a list costs as much as to mark so many rows of it, or to merge them."""


def code(frequency: int, length: int) -> int:
    """The code of a frequency in a row of this length."""
    return min(frequency, MOST_COUNTED) << _LENGTH_BITS | min(length, _LONGEST)


def coded(freqs: NDArray[Any], lengths: NDArray[Any]) -> Codes:
    """The codes of frequencies in rows of these lengths."""
    return recoded(freqs, np.minimum(lengths, _LONGEST).astype(np.uint16))


def recoded(freqs: NDArray[Any], codes: Codes) -> Codes:
    """The codes of frequencies in rows with these codes of no word."""
    return _FREQUENCY_PART.take(freqs, mode="clip") | codes


@lru_cache(maxsize=32)
def table(mean_length: float, length_of: Callable[[int], int] = int) -> Floats:
    """What each code is worth, by BM25 without its idf. `length_of` gives the length that is reckoned with."""
    freqs = np.arange(MOST_COUNTED + 1, dtype=np.float32)[:, None]
    lengths = np.array([length_of(length) for length in range(_LONGEST + 1)], np.float32)
    norm = lengths * np.float32(B / mean_length) + np.float32(1 - B)
    return (np.float32(K1 + 1) * freqs / (freqs + np.float32(K1) * norm)).astype(np.float32).reshape(-1)


class Dense:
    """The frequency of some words in every row, a line for each of the `numbers`."""

    def __init__(self, numbers: Ints, freqs: NDArray[np.uint8]) -> None:
        self._lines = dict(zip(numbers.tolist(), freqs, strict=True))

    def of(self, number: int) -> NDArray[np.uint8] | None:
        """Those of one word, where they are kept."""
        return self._lines.get(number)


@dataclass(frozen=True, slots=True)
class Postings:
    """Rows, ascending and distinct, with their codes. `dense`: the frequency in every row, where it is kept, and then
    `lengths`, the words of every row. `peak`: at least the greatest worth of a code, by the segment's own mean length.
    """

    rows: Ints
    codes: Codes
    dense: NDArray[np.uint8] | None = None
    lengths: NDArray[np.uint16] = field(default_factory=lambda: _NO_CODES)
    peak: float = PEAK

    @classmethod
    def nothing(cls) -> "Postings":
        """No rows."""
        return cls(np.empty(0, np.uint32), np.empty(0, np.uint16), peak=0.0)

    @property
    def frequencies(self) -> Codes:
        """How often the word is in each of the rows."""
        return (self.codes >> _LENGTH_BITS).astype(np.uint16)

    def has(self, rows: Ints) -> NDArray[np.bool_]:
        """For each of the rows whether it is among these."""
        return self.dense.take(rows) != 0 if self.dense is not None else among(rows, self.rows)

    def codes_in(self, rows: Ints) -> Codes:
        """The code of each of the rows, in any order, 0 where it isn't among these: code 0 is worth nothing."""
        if rows is self.rows:
            return self.codes
        if self.dense is not None:
            return recoded(self.dense.take(rows), self.lengths.take(rows))
        return looked_up(rows, self.rows, self.codes)

    def met(self, rows: Ints) -> tuple[NDArray[np.int64], Codes]:
        """Which of the rows, which ascend, are among these, by their places, and the codes of those."""
        if self.dense is not None:
            freqs = self.dense.take(rows)
            held = true_at(freqs != 0)
            return held, recoded(freqs.take(held), self.lengths.take(rows.take(held)))
        held, at = meeting(rows, self.rows)
        return held, self.codes.take(at)


def meeting(some: Ints, others: Ints) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Where in two lists, which ascend, the values are that both have."""
    if _searched(some, others, _MERGED):
        at = others.searchsorted(some)
        held = true_at(others.take(at, mode="clip") == some)
        return held, at.take(held)
    # Two lists that ascend are merged by a stable sort.
    both = np.concatenate((some, others))
    both.sort(kind="stable")
    common = both.take(true_at(both[1:] == both[:-1]))
    return some.searchsorted(common), others.searchsorted(common)


def among(rows: Ints, listed: Ints) -> NDArray[np.bool_]:
    """For each of the rows whether it is in the ascending list."""
    if _searched(rows, listed, _MARKED):
        return listed.take(listed.searchsorted(rows), mode="clip") == rows
    with marked(listed, True, _size(rows, listed), bool) as marks:
        return marks.take(rows)


def looked_up(rows: Ints, listed: Ints, values: NDArray[Any]) -> NDArray[Any]:
    """For each of the rows the value that goes with it in the ascending list, 0 where it isn't there."""
    if _searched(rows, listed, _MARKED):
        at = listed.searchsorted(rows)
        found = values.take(at, mode="clip")
        found[listed.take(at, mode="clip") != rows] = 0
        return found
    with marked(listed, values, _size(rows, listed), values.dtype) as marks:
        return marks.take(rows)


def _searched(rows: Ints, listed: Ints, cost: int) -> bool:
    """Whether to search for rows in a list where one search costs as much as something else done to `cost` of it."""
    return len(listed) > 0 and (len(rows) <= _FEW or len(rows) * cost < len(listed))


def _size(rows: Ints, listed: Ints) -> int:
    return 1 + max(int(rows.max()) if len(rows) else 0, int(listed[-1]) if len(listed) else 0)
