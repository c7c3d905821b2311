"""What is kept of a segment when it is merged, and where it goes."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Bounds = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Kept:
    """Ascending ranges of old numbers (rows, tokens, bytes), from each of `first` to before each of `last`; they go
    one after another to new numbers from `to` on.
    """

    first: Bounds
    last: Bounds
    to: int
    whole: bool

    @property
    def count(self) -> int:
        """How many numbers are kept."""
        return int((self.last - self.first).sum())

    def mask(self, numbers: NDArray[Any]) -> NDArray[np.bool_]:
        """Which of the numbers are kept."""
        if self.whole or not len(self.first):
            return np.full(len(numbers), self.whole)
        at = np.searchsorted(self.first, numbers, "right") - 1
        return (at >= 0) & (numbers < self.last[at])

    def of(self, numbers: NDArray[Any]) -> NDArray[Any]:
        """The kept ones of the numbers."""
        return numbers if self.whole else numbers[self.mask(numbers)]

    def moved(self, numbers: NDArray[Any]) -> NDArray[Any]:
        """The new numbers of kept ones."""
        if self.whole or not len(numbers):
            return numbers + numbers.dtype.type(self.to)
        lengths = self.last - self.first
        new_first = self.to + np.cumsum(lengths) - lengths
        at = np.searchsorted(self.first, numbers, "right") - 1
        return numbers + (new_first - self.first)[at]

    def pieces(self, values: NDArray[Any], most: int) -> Iterator[NDArray[Any]]:
        """The kept stretches of an array with a value for each number, none longer than `most`."""
        for first, last in zip(self.first.tolist(), self.last.tolist(), strict=True):
            for at in range(first, last, most):
                yield values[at : min(at + most, last)]


def ranges_of(mask: NDArray[np.bool_]) -> tuple[Bounds, Bounds]:
    """Where the runs of true values begin and end."""
    edges = np.diff(mask.astype(np.int8), prepend=0, append=0)
    return np.flatnonzero(edges == 1), np.flatnonzero(edges == -1)
