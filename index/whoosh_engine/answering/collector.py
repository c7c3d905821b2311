"""The best rows for one of Whoosh's queries, by their numbers: what a collector is in Whoosh.

Theory of operation. Of an alternative of words, the lists of rows are gone through one after another, the shortest
first. What the words to come can add at most is known, and so is a score that `k` rows have for certain (MaxScore). Of
each list only rows are followed up that may still come in, by looking them up in the lists to come; once these alone
can bring no row in, they are not read at all. To have a high score to begin with, some of the first list's best rows
are completed before the others.

Near queries and phrases are scored by their words: of a phrase that stands in many rows the rarest word goes first.
Whether words are close, or a phrase that probably does really stands there, is looked up in the order of the scores
until enough are found. All others are evaluated as they are (`evaluate`). Totals are counted when somebody asks for
them.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh import query as wq

from index.port import Access
from index.query.nodes import Scope
from index.whoosh_engine.answering.search import Snapshot
from index.whoosh_engine.matching.evaluate import Evaluator, added, together
from index.whoosh_engine.matching.match import Match, Scoring, size
from index.whoosh_engine.matching.near import Near, Nearness
from index.whoosh_engine.ranking.candidates import threshold
from index.whoosh_engine.segment.days import Mask
from index.whoosh_engine.segment.inverted import Ints, distinct, true_at
from index.whoosh_engine.segment.places import phrase
from index.whoosh_engine.segment.postings import Floats
from index.whoosh_engine.segment.readable import kept
from index.whoosh_engine.segment.schema import EXACT

_SAMPLE, _GROWTH = 64, 8
"""So many of a list's best rows are completed at first, or twice as many as are wanted; and so many times as many then,
until one knows what score is needed."""

_SCORED = 8_192
"""So few rows of a phrase are scored at once: to compare some of them first costs as much."""

_NEARLY = 1 - 1e-5
_NO_ROW, _NO_SCORE = np.empty(0, np.uint32), np.empty(0, np.float32)


@dataclass(frozen=True, slots=True)
class _Best:
    """The best rows of a leaf, ascending, and how many there are in all."""

    rows: Ints
    scores: Floats
    total: Callable[[], int]


class Collected:
    """The best rows of a snapshot: of each its leaf, its number there and its score, best first; of equal ones the
    earlier comes first. `cursor` asks for those after them, None at the end."""

    def __init__(self, found: Sequence[_Best], k: int, after: int) -> None:
        rows = _joined([each.rows for each in found], _NO_ROW)
        scores = _joined([each.scores for each in found], _NO_SCORE)
        order = (-scores).argsort(kind="stable")
        self._found, self._best = found, order[after : after + k]
        self.row, self.score = rows.take(self._best), scores.take(self._best)
        self.cursor = after + k if len(order) > after + k else None

    @cached_property
    def leaf(self) -> NDArray[np.int32]:
        """The leaf of each."""
        return np.arange(len(self._found), dtype=np.int32).repeat([len(each.rows) for each in self._found])[self._best]

    @cached_property
    def total(self) -> int:
        """How many rows match."""
        return sum(each.total() for each in self._found)


def _joined(lists: Sequence[NDArray[Any]], none: NDArray[Any]) -> NDArray[Any]:
    return lists[0] if len(lists) == 1 else np.concatenate([none, *lists])


def collect(snapshot: Snapshot, query: wq.Query, k: int, *, access: Access | None = None, after: int = 0) -> Collected:
    """The `k` best rows after the first `after`, of those that `access` may read; None: of all live ones."""
    masks = snapshot.live if access is None else snapshot.unmasked(access)
    found = [
        _Leaf(evaluator, mask, after + k + 1).best(query)
        for evaluator, mask in zip(snapshot.evaluators, masks, strict=True)
    ]
    return Collected(found, k, after)


class _Leaf:
    """Collects from one leaf."""

    def __init__(self, evaluator: Evaluator, mask: Mask | None, k: int) -> None:
        self._evaluator, self._mask, self._k = evaluator, mask, k

    def best(self, query: wq.Query) -> _Best:
        """The best rows."""
        if type(query) is wq.Or and query.boost == 1.0:
            return self._any([self._evaluator.found(part) for part in query.subqueries])
        if type(query) is wq.And and query.boost == 1.0:
            rows, scores = self._kept(*self._evaluator.every(query))
            return self._chosen(rows, scores, lambda: len(rows))
        if type(query) is Near and query.scope is not Scope.PASSAGE:
            return self._near(query)
        if type(query) is wq.Phrase and query.fieldname == EXACT and query.slop == 1:
            return self._phrase(query)
        match = self._evaluator.found(query)
        rows = kept(match.rows, self._mask)
        return self._chosen(rows, match.scores_in(rows), lambda: len(rows))

    def _chosen(self, rows: Ints, scores: Floats, total: Callable[[], int]) -> _Best:
        if len(rows) > self._k:
            # Of equal scores at the end all are kept: the order of rows decides, and it is not known here.
            best = true_at(scores >= threshold(scores, self._k))
            rows, scores = rows.take(best), scores.take(best)
        return _Best(rows, scores, total)

    def _any(self, parts: Sequence[Match]) -> _Best:
        """Rows with any of the parts."""
        ordered = sorted(parts, key=size)
        race = _Race(self._k, lambda rows: added(rows, parts))
        for at, part in enumerate(ordered):
            left = ordered[at + 1 :]
            if part.bound + _bound(left) < race.least:
                break
            for rows, floors in zip(part.lists(), part.floors(), strict=True):
                race.enter(*self._kept(rows, floors), left, part.slack)
        return _Best(race.rows, race.scores, lambda: self._many(parts))

    def _many(self, parts: Sequence[Match]) -> int:
        held = np.zeros(self._evaluator.segment.rows, bool)
        for part in parts:
            for rows in part.lists():
                held[rows] = True
        return int(np.count_nonzero(held if self._mask is None else held & self._mask))

    def _near(self, query: Near) -> _Best:
        """Rows with all parts close together."""
        parts, near = [self._evaluator.found(part) for part in query.parts], Nearness(self._evaluator.segment, query)
        rows, scores = self._kept(*together(parts))
        race = _Race(self._k, lambda rows: added(rows, parts), near.among)
        race.enter(rows, scores)
        return _Best(race.rows, race.scores * np.float32(query.boost), lambda: int(near.among(rows).sum()))

    def _phrase(self, query: wq.Phrase) -> _Best:
        """Rows in which the words stand side by side, or begin to."""
        evaluator, words, mask = self._evaluator, query.words, self._mask
        found = phrase(evaluator.segment, words)
        looked_up = found.among if found.likely else None
        rows = kept(found.possible if looked_up else found.rows, mask)
        race = _Race(self._k, lambda rows: evaluator.words_in(rows, words), looked_up)
        if len(rows) <= max(_SCORED, race.few):
            race.join(rows)
        else:
            rarest, *others = sorted(evaluator.written(words), key=lambda word: -word.bound)
            race.enter(rows, rarest.scores_in(rows), others)
        return _Best(race.rows, race.scores * np.float32(query.boost), lambda: len(kept(found.rows, mask)))

    def _kept(self, rows: Ints, scores: Floats) -> tuple[Ints, Floats]:
        if self._mask is None:
            return rows, scores
        held = self._mask.take(rows)
        return rows[held], scores[held]


class _Race:
    """The best rows so far, `k` and those that equal the last; `least`: none below it can come in.

    `scores` tells the whole scores of rows, and `fits` which of them really match.
    """

    def __init__(self, k: int, scores: Callable[[Ints], Floats], fits: Callable[[Ints], Mask] | None = None) -> None:
        self._k, self._scores, self._fits = k, scores, fits
        self.few = max(_SAMPLE, 2 * k)
        self.rows: Ints = _NO_ROW
        self.scores: Floats = _NO_SCORE
        self.least = 0.0

    def enter(self, rows: Ints, floors: Floats, left: Sequence[Scoring] = (), slack: float = 0.0) -> None:
        """Take in what is good enough of some rows with scores of at least their floors: these are too low by what is
        `left`, which is looked up where it matters, and by so much `slack` at most."""
        sample = self.few
        while not self.least and sample < len(rows):
            best = rows[floors >= threshold(floors, sample)]
            self.join(best)
            sample = _GROWTH * len(best)
        for at, part in enumerate(left):
            rows, floors = self._hopeful(rows, floors, slack + _bound(left[at:]))
            if len(rows) <= self.few:
                break
            floors = floors + part.scores_in(rows)
        else:
            rows, _ = self._hopeful(rows, floors, slack)
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
        self.least = threshold(scores, self._k) * _NEARLY
        best = true_at(scores >= self.least)
        self.rows, self.scores = rows.take(best), scores.take(best)


def _bound(parts: Sequence[Scoring]) -> float:
    """What some parts add at most."""
    return sum(part.bound for part in parts)
