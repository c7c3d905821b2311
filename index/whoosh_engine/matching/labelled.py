"""What a query finds in a label: a field whose values many rows share, such as a speaker or a title."""

from collections.abc import Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from index.whoosh_engine.segment.days import Mask
from index.whoosh_engine.segment.inverted import Ints, gathered
from index.whoosh_engine.segment.postings import Floats
from index.whoosh_engine.segment.segment import Label

_MUCH = 16
"""Of a label's rows this part is too many to sort: then all rows are looked at."""


class Labelled:
    """The rows of some values of a label; `scores` has one for each value, 0 for those that aren't found."""

    slack = 0.0

    def __init__(self, label: Label, values: NDArray[np.int64], scores: Floats) -> None:
        self._label, self._values = label, values
        self._of_value = np.zeros(len(label.lengths), np.float32)
        self._of_value[values] = scores
        self._held = np.zeros(len(label.lengths), bool)
        self._held[values] = True
        self.bound = float(scores.max()) if len(scores) else 0.0

    @property
    def rows(self) -> Ints:
        """See `Match`."""
        return self._ascending

    @cached_property
    def _ascending(self) -> Ints:
        label, values = self._label, self._values
        many = label.rows_ptr[values + 1] - label.rows_ptr[values]
        if int(many.sum()) * _MUCH > len(label.of_row):
            return np.flatnonzero(self._held.take(label.of_row)).astype(np.uint32)
        return np.sort(gathered(label.rows, label.rows_ptr, values))

    def lists(self) -> Sequence[Ints]:
        """See `Match`."""
        return (self.rows,)

    def floors(self) -> Sequence[Floats]:
        """See `Match`."""
        return (self.scores_in(self.rows),)

    def floor_in(self, rows: Ints) -> Floats:
        """See `Match`."""
        return self.scores_in(rows)

    def others(self) -> Sequence[Ints]:
        """See `Match`."""
        return ()

    def has(self, rows: Ints) -> Mask:
        """See `Match`."""
        return self._held.take(self._label.of_row.take(rows))

    def scores_in(self, rows: Ints) -> Floats:
        """See `Match`."""
        return self._of_value.take(self._label.of_row.take(rows))
