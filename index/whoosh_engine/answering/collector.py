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

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from whoosh import query as wq

from index.port import Access
from index.query.nodes import Scope
from index.whoosh_engine.answering.search import Snapshot
from index.whoosh_engine.matching.evaluate import Evaluator, added, together
from index.whoosh_engine.matching.match import Match, size
from index.whoosh_engine.matching.near import Near, Nearness
from index.whoosh_engine.matching.written import words_in, words_in_each
from index.whoosh_engine.ranking.race import Race, bound, threshold
from index.whoosh_engine.segment.days import Mask
from index.whoosh_engine.segment.inverted import Ints, true_at
from index.whoosh_engine.segment.phrases import Runs
from index.whoosh_engine.segment.postings import Floats
from index.whoosh_engine.segment.readable import kept
from index.whoosh_engine.segment.schema import EXACT

_SCORED = 8_192
"""So few rows of a phrase are scored at once: to compare some of them first costs as much."""

_SORTED = 64
"""So few are sorted sooner than it is found which of them are the best."""


class _Best(NamedTuple):
    """The best rows of a leaf, ascending, and how many there are in all; nobody need know the score of one alone."""

    rows: list[int]
    scores: Callable[[], list[float]]
    total: Callable[[], int]


class Collected:
    """The best rows of a snapshot, best first; of equal ones the earlier comes first. `places`: of each the leaf and
    its number there. `cursor` asks for those after them, None at the end."""

    def __init__(self, found: Sequence[_Best], k: int, after: int) -> None:
        self._found, self._page = found, slice(after, after + k)
        places = [(leaf, row) for leaf, each in enumerate(found) for row in each.rows]
        self.cursor = after + k if len(places) > after + k else None
        if len(places) > 1:
            places = [(leaf, row) for _, leaf, row in self._ranked()]
        self.places: list[tuple[int, int]] = places[self._page]

    def _ranked(self) -> list[tuple[float, int, int]]:
        # Plain numbers: so few are sorted sooner than arrays.
        ranked = [
            (-score, leaf, row)
            for leaf, each in enumerate(self._found)
            for score, row in zip(each.scores(), each.rows, strict=True)
        ]
        ranked.sort()
        return ranked

    @property
    def scores(self) -> list[float]:
        """The score of each."""
        return [-score for score, _, _ in self._ranked()[self._page]]

    @cached_property
    def total(self) -> int:
        """How many rows match."""
        return sum(each.total() for each in self._found)


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
        way = _WAYS.get(type(query))
        return self._all(query) if way is None or query.boost != 1.0 else way(self, query)

    def _all(self, query: wq.Query) -> _Best:
        """By the scores of all rows."""
        match = self._evaluator.found(query)
        rows, scores = self._kept(match.rows, match.scores_in(match.rows))
        return self._chosen(rows, scores, lambda: len(rows))

    def _chosen(self, rows: Ints, scores: Floats, total: Callable[[], int]) -> _Best:
        if len(rows) > max(self._k, _SORTED):
            # Of equal scores at the end all are kept: the order of rows decides, and it is not known here.
            best = true_at(scores >= threshold(scores, self._k))
            rows, scores = rows.take(best), scores.take(best)
        return _Best(rows.tolist(), scores.tolist, total)

    def every(self, query: wq.And) -> _Best:
        """Rows with all of the parts."""
        rows, scores = self._kept(*self._evaluator.every(query))
        return self._chosen(rows, scores, lambda: len(rows))

    def any(self, query: wq.Or) -> _Best:
        """Rows with any of the parts."""
        if len(query.subqueries) < 2:
            return self._all(query)
        parts = [self._evaluator.found(part) for part in query.subqueries]
        ordered = sorted(parts, key=size)
        race = Race(self._k, lambda rows: added(rows, parts))
        for at, part in enumerate(ordered):
            left = ordered[at + 1 :]
            if part.bound + bound(left) < race.least:
                break
            if not race.least and size(part) <= race.few:
                race.join(kept(part.rows, self._mask))
                continue
            for rows, floors in zip(part.lists(), part.floors(), strict=True):
                race.enter(*self._kept(rows, floors), left, part.slack)
        return _Best(race.rows.tolist(), race.scores.tolist, lambda: self._many(parts))

    def _many(self, parts: Sequence[Match]) -> int:
        held = np.zeros(self._evaluator.segment.rows, bool)
        for part in parts:
            for rows in part.lists():
                held[rows] = True
        return int(np.count_nonzero(held if self._mask is None else held & self._mask))

    def near(self, query: Near) -> _Best:
        """Rows with all parts close together."""
        if query.scope is Scope.PASSAGE:
            return self._all(query)
        parts, near = [self._evaluator.found(part) for part in query.parts], Nearness(self._evaluator.segment, query)
        rows, scores = self._kept(*together(parts))
        race = Race(self._k, lambda rows: added(rows, parts), near.among)
        race.enter(rows, scores)
        return _Best(race.rows.tolist(), race.scores.tolist, lambda: int(near.among(rows).sum()))

    def phrase(self, query: wq.Phrase) -> _Best:
        """Rows in which the words stand side by side, or begin to."""
        if query.fieldname != EXACT or query.slop != 1:
            return self._all(query)
        segment, mask, words = self._evaluator.segment, self._mask, self._evaluator.written(query.words)
        found = Runs(segment, [word.term for word in words] if len(words) == len(query.words) else ())
        looked_up = found.among if found.likely else None
        rows = found.possible if looked_up else found.found()
        if isinstance(rows, list):
            few = rows if mask is None else [row for row in rows if mask[row]]
            return _Best(few, lambda: words_in_each(segment, few, words), lambda: len(few))
        rows = kept(rows, mask)
        if not looked_up and len(rows) <= _SCORED:
            return self._chosen(rows, words_in(segment, rows, words), lambda: len(rows))
        race = Race(self._k, lambda rows: words_in(segment, rows, words), looked_up)
        rarest, *others = sorted(words, key=lambda word: -word.bound)
        race.enter(rows, rarest.scores_in(rows), others)
        return _Best(race.rows.tolist(), race.scores.tolist, lambda: len(kept(found.rows, mask)))

    def _kept(self, rows: Ints, scores: Floats) -> tuple[Ints, Floats]:
        if self._mask is None:
            return rows, scores
        held = self._mask.take(rows)
        return rows[held], scores[held]


_WAYS: Mapping[type, Callable[[_Leaf, Any], _Best]] = {
    wq.Or: _Leaf.any,
    wq.And: _Leaf.every,
    Near: _Leaf.near,
    wq.Phrase: _Leaf.phrase,
}
"""How the best are collected where it needn't be by the scores of all rows."""
