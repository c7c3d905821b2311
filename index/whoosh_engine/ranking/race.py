"""The best rows of a segment, found without scoring most of the others.

Theory of operation. Rows come list by list, each with a score that is too low by what is left to be looked up. How much
that is at most is known, and so is a score that `k` rows have for certain: rows that can't reach it are dropped, and a
list that can bring none in is not read (the MaxScore rule of Turtle and Flood,
https://doi.org/10.1016/0306-4573(95)00020-H). To have a high score to begin with, some of the first list's best rows
are completed before the others.
"""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.whoosh_engine.matching.match import Scoring
from index.whoosh_engine.segment.days import Mask
from index.whoosh_engine.segment.inverted import Ints, distinct, true_at
from index.whoosh_engine.segment.postings import Floats

NEARLY = 1 - 1e-5
"""Sums of floats may differ so much by the order of additions."""

_SAMPLE, _GROWTH = 64, 8
"""So many of a list's best rows are completed at first, or twice as many as are wanted; and so many times as many then,
until one knows what score is needed."""

_BLOCKS = 64

_NO_ROWS, _NO_SCORES = np.empty(0, np.uint32), np.empty(0, np.float32)


class Race:
    """The best rows so far, ascending, `k` and those that equal the last; `least`: none below it can come in.

    `scores` tells the whole scores of rows, and `fits` which of them really match.
    """

    def __init__(
        self, k: int, scores: Callable[[Ints], NDArray[Any]], fits: Callable[[Ints], Mask] | None = None
    ) -> None:
        self._k, self._scores, self._fits = k, scores, fits
        self.few = max(_SAMPLE, 2 * k)
        self.rows: Ints = _NO_ROWS
        self.scores: NDArray[Any] = _NO_SCORES
        self.least = 0.0

    def enter(self, rows: Ints, floors: Floats, left: Sequence[Scoring] = (), slack: float = 0.0) -> None:
        """Take in what is good enough of some rows with scores of at least their floors: these are too low by what is
        `left`, which is looked up where it matters, and by so much `slack` at most."""
        sample, alone = self.few, not len(self.rows)
        while not self.least and sample < len(rows):
            best = rows[floors >= threshold(floors, sample)]
            self.join(best)
            sample = _GROWTH * len(best)
        for at, part in enumerate(left):
            rows, floors = self._hopeful(rows, floors, slack + bound(left[at:]))
            if len(rows) <= self.few:
                break
            floors = floors + part.scores_in(rows)
        else:
            rows, _ = self._hopeful(rows, floors, slack)
        if alone:
            self.rows = _NO_ROWS  # those of the sample are still among the others
        self.join(rows)

    def _hopeful(self, rows: Ints, floors: Floats, more: float) -> tuple[Ints, Floats]:
        """Those of the rows that come in if they get so much more."""
        chosen = true_at(floors >= self.least - more)
        return rows.take(chosen), floors.take(chosen)

    def join(self, rows: Ints) -> None:
        """Take in what is good enough of some rows."""
        if self._fits:
            rows = rows[self._fits(rows)]
        if not len(rows):
            return
        if len(self.rows):
            rows = distinct(np.concatenate([self.rows, rows]))
        scores = self._scores(rows)
        self.least = threshold(scores, self._k) * NEARLY
        best = true_at(scores >= self.least)
        self.rows, self.scores = rows.take(best), scores.take(best)


def bound(parts: Sequence[Scoring]) -> float:
    """What some parts add at most."""
    return sum(part.bound for part in parts)


def threshold(scores: NDArray[Any], depth: int) -> float:
    """At most the `depth`-th greatest of the scores, and not much less; 0 where there are fewer."""
    if len(scores) < depth:
        return 0.0
    if len(scores) >= 4 * _BLOCKS * depth:
        # The greatest of each 64, taken so that memory is read in order: of these the depth-th is a lower bound.
        scores = scores[: len(scores) // _BLOCKS * _BLOCKS].reshape(_BLOCKS, -1).max(0)
    ordered, place = scores.copy(), len(scores) - depth
    ordered.partition(place)
    return float(ordered[place])
