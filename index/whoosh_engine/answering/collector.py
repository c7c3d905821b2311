"""The best rows for one of Whoosh's queries, by their numbers: what a collector is in Whoosh.

Theory of operation. An alternative of words is summed into an array with a place for every row, the rare words first;
each thread keeps one. What the words to come can add at most is known, and so is a score that `k` rows have reached for
certain: once no row can come in by those words alone, they are only looked up for the rows that may still reach it
(MaxScore). That pays only where many postings are saved, so it is tried only there. Finding the best of a million sums
goes by columns: the greatest of each 64, taken so that memory is read in order, and then only the columns that matter.

Near queries are scored by their words, and rows are looked at for closeness in the order of their scores until enough
of them are close. All others are evaluated as they are (`evaluate`). Totals are counted when somebody asks for them.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from whoosh import query as wq

from index.port import Access
from index.query.nodes import Scope
from index.whoosh_engine.answering.search import Snapshot
from index.whoosh_engine.matching.evaluate import Evaluator, added, all_of
from index.whoosh_engine.matching.match import Match, size
from index.whoosh_engine.matching.near import Near, Nearness
from index.whoosh_engine.ranking.candidates import threshold
from index.whoosh_engine.segment.days import Mask
from index.whoosh_engine.segment.inverted import Ints, distinct
from index.whoosh_engine.segment.postings import Floats
from index.whoosh_engine.segment.readable import kept
from index.whoosh_engine.segment.scratch import sums

_SAVED = 100_000
"""So many postings must be left for it to pay to look whether they are needed."""

_LOOKED_UP = 60
"""Looking a row up costs at most as much as summing so many postings for a column of rows."""

_COLUMN = 64
_FIRST, _GROWTH = 512, 8
"""So many rows are looked at for closeness at first, and so many times as many then."""

_NEARLY = 1 - 1e-5


@dataclass(frozen=True, slots=True)
class _Best:
    """The best rows of a leaf, in no order, and how many there are in all."""

    rows: Ints
    scores: Floats
    total: Callable[[], int]


class Collected:
    """The best rows of a snapshot: of each its leaf, its number there and its score, best first; of equal ones the
    earlier comes first. `cursor` asks for those after them, None at the end."""

    def __init__(self, found: Sequence[_Best], k: int, after: int) -> None:
        leaf = np.repeat(np.arange(len(found), dtype=np.int32), [len(each.rows) for each in found])
        row = np.concatenate([np.empty(0, np.uint32), *(each.rows for each in found)])
        score = np.concatenate([np.empty(0, np.float32), *(each.scores for each in found)])
        order = np.lexsort((row, leaf, -score))
        best = order[after : after + k]
        self.leaf, self.row, self.score = leaf[best], row[best], score[best]
        self.cursor = after + k if len(order) > after + k else None
        self._found = found

    @cached_property
    def total(self) -> int:
        """How many rows match."""
        return sum(each.total() for each in self._found)


def collect(snapshot: Snapshot, query: wq.Query, k: int, *, access: Access | None = None, after: int = 0) -> Collected:
    """The `k` best rows after the first `after`, of those that `access` may read; None: of all live ones."""
    masks = (
        [None if leaf.live.all() else leaf.live for leaf in snapshot.leaves]
        if access is None
        else snapshot.unmasked(access)
    )
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
        if type(query) is Near and query.scope is not Scope.PASSAGE:
            return self._near(query)
        match = self._evaluator.found(query)
        rows = kept(match.rows, self._mask)
        return self._chosen(rows, match.scores_in(rows), lambda: len(rows))

    def _chosen(self, rows: Ints, scores: Floats, total: Callable[[], int]) -> _Best:
        if len(rows) > self._k:
            # Of equal scores at the end all are kept: the order of rows decides, and it is not known here.
            best = np.flatnonzero(scores >= threshold(scores, self._k))
            rows, scores = rows[best], scores[best]
        return _Best(rows, scores, total)

    def _any(self, parts: Sequence[Match]) -> _Best:
        """Rows with any of the parts."""
        parts = sorted(parts, key=size)
        if len(parts) == 1 and self._mask is None and not parts[0].slack:
            return self._chosen(parts[0].rows, parts[0].scores_in(parts[0].rows), lambda: size(parts[0]))
        postings = sum(map(size, parts))
        rows_in_all = self._evaluator.segment.rows
        if self._mask is not None or postings * _COLUMN < rows_in_all or any(part.slack for part in parts):
            rows = kept(
                distinct(np.concatenate([_NO_ROWS, *(each for part in parts for each in part.lists())])), self._mask
            )
            return self._chosen(rows, added(rows, parts), lambda: len(rows))
        with sums(rows_in_all) as (total, touched):
            rows, scores = self._summed(parts, total, touched)
        return self._chosen(rows, scores, lambda: self._many(parts))

    def _summed(self, parts: Sequence[Match], total: Floats, touched: list[Ints]) -> tuple[Ints, Floats]:
        """Rows among which the best are, with their scores; `parts` by their sizes."""
        left = list(parts)
        while left:
            part = left.pop(0)
            for rows, scores in zip(part.lists(), part.floors(), strict=True):
                np.add.at(total, rows, scores)
                touched.append(rows)
            saved = sum(map(size, left))
            if saved < _SAVED:
                continue
            columns = _greatest(total)
            least = threshold(columns, self._k) * _NEARLY - sum(each.bound for each in left)
            if least > 0:
                hopeful = np.flatnonzero(columns >= least)
                if len(hopeful) * _LOOKED_UP < saved:
                    rows = _rows_of(hopeful, total, least)
                    return rows, total.take(rows) + added(rows, left)
        columns = _greatest(total)
        least = max(threshold(columns, self._k), _TINY)
        rows = _rows_of(np.flatnonzero(columns >= least), total, least)
        return rows, total.take(rows)

    def _many(self, parts: Sequence[Match]) -> int:
        held = np.zeros(self._evaluator.segment.rows, bool)
        for part in parts:
            for rows in part.lists():
                held[rows] = True
        return int(np.count_nonzero(held if self._mask is None else held & self._mask))

    def _near(self, query: Near) -> _Best:
        """Rows with all parts, looked at from the best on until enough of them have these close together."""
        parts, near = [self._evaluator.found(part) for part in query.parts], Nearness(self._evaluator.segment, query)
        rows = kept(all_of(parts), self._mask)
        scores = added(rows, parts)
        found: list[NDArray[np.int64]] = []
        for chosen in _best_first(scores, self._k):
            chosen.sort()
            found.append(chosen[near.among(rows[chosen])])
            if sum(map(len, found)) >= self._k:
                break
        best = np.concatenate([np.empty(0, np.int64), *found])
        weighted = scores[best] * np.float32(query.boost)
        return self._chosen(rows[best], weighted, lambda: int(near.among(rows).sum()))


_NO_ROWS = np.empty(0, np.uint32)
_TINY = float(np.finfo(np.float32).tiny)


def _greatest(total: Floats) -> Floats:
    """The greatest sum of each column; row `r` is in column `r % columns`, the last rows in columns of their own."""
    whole = len(total) // _COLUMN * _COLUMN
    return np.concatenate([total[:whole].reshape(_COLUMN, -1).max(0), total[whole:]])


def _rows_of(chosen: NDArray[np.int64], total: Floats, least: float) -> Ints:
    """The rows of some columns that have at least so much, ascending."""
    width = len(total) // _COLUMN
    rows = (chosen[chosen < width] + np.arange(_COLUMN)[:, None] * width).ravel()
    rows = np.concatenate([rows, chosen[chosen >= width] - width + width * _COLUMN])
    return rows[total.take(rows) >= least].astype(np.uint32)


def _best_first(scores: Floats, k: int) -> Iterator[NDArray[np.int64]]:
    """Places in `scores`, a few of the best first, then more of the next best; equal scores are never parted."""
    left, much = np.arange(len(scores)), max(_FIRST, 4 * k)
    while len(left) > much:
        least = np.partition(scores[left], len(left) - much)[len(left) - much]
        first = scores[left] >= least
        yield left[first]
        left, much = left[~first], much * _GROWTH
    yield left
