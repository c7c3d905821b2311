"""What a query finds in a segment, as far as it is asked for.

A match knows its rows and their scores, but works them out only when they are needed: of most words of a question it
is enough to look whether a few candidates have them. All rows are ascending and distinct, and scores are 32-bit.
"""

from collections.abc import Sequence
from functools import cached_property
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from index.whoosh_engine.segment.days import Mask
from index.whoosh_engine.segment.inverted import Ints, distinct
from index.whoosh_engine.segment.postings import Codes, Floats, Postings, among, looked_up


class Scoring(Protocol):
    """What gives rows a score."""

    @property
    def bound(self) -> float:
        """No score is greater."""
        ...

    def scores_in(self, rows: Ints) -> Floats:
        """The score of each of the rows; 0 where it isn't found."""
        ...


class Match(Scoring, Protocol):
    """What a query finds."""

    @property
    def rows(self) -> Ints:
        """The rows."""
        ...

    @property
    def slack(self) -> float:
        """By so much at most a score is greater than `floors` say."""
        ...

    def lists(self) -> Sequence[Ints]:
        """The rows in disjoint ascending lists."""
        ...

    def floors(self) -> Sequence[Floats]:
        """For each list scores that are at most the true ones, and quickly known."""
        ...

    def floor_in(self, rows: Ints) -> Floats:
        """For each of the rows a score that is at most the true one, as in `floors`; 0 where it isn't found."""
        ...

    def others(self) -> Sequence[Ints]:
        """Lists of all rows whose scores are greater than `floors` say; others may be among them."""
        ...

    def has(self, rows: Ints) -> Mask:
        """For each of the rows whether it is found."""
        ...


def size(match: Match) -> int:
    """How many rows are found."""
    return len(match.rows) if isinstance(match, Scored) else sum(map(len, match.lists()))


def added_up(match: Match) -> Sequence[Match]:
    """The matches whose scores together make up this one's."""
    return [part for each in match.parts for part in added_up(each)] if isinstance(match, AnyOf) else (match,)


def met(match: Match, rows: Ints) -> tuple[NDArray[np.int64], Floats]:
    """Which of the rows, which ascend, are found, by their places, and the scores of those."""
    if isinstance(match, Scored):
        return match.met(rows)
    held = np.flatnonzero(match.has(rows))
    return held, match.scores_in(rows.take(held))


def scores_at(match: Match, places: NDArray[np.int64]) -> Floats:
    """The scores of those rows that stand at these places among all that are found."""
    return match.scores_at(places) if isinstance(match, Scored) else match.scores_in(match.rows.take(places))


class Listed:
    """Rows and scores that are known."""

    slack = 0.0

    def __init__(self, rows: Ints, scores: Floats) -> None:
        self.rows = rows
        self._scores = scores

    @property
    def bound(self) -> float:
        """See `Match`."""
        return self._greatest

    @cached_property
    def _greatest(self) -> float:
        return float(self._scores.max()) if len(self._scores) else 0.0

    def lists(self) -> Sequence[Ints]:
        """See `Match`."""
        return (self.rows,)

    def floors(self) -> Sequence[Floats]:
        """See `Match`."""
        return (self._scores,)

    def floor_in(self, rows: Ints) -> Floats:
        """See `Match`."""
        return self.scores_in(rows)

    def others(self) -> Sequence[Ints]:
        """See `Match`."""
        return ()

    def has(self, rows: Ints) -> Mask:
        """See `Match`."""
        return among(rows, self.rows)

    def scores_in(self, rows: Ints) -> Floats:
        """See `Match`."""
        return self._scores if rows is self.rows else looked_up(rows, self.rows, self._scores)


NOTHING = Listed(np.empty(0, np.uint32), np.empty(0, np.float32))


class Scored:
    """The rows of one word in one field: a code is worth `worth` times what the table says."""

    slack = 0.0

    def __init__(self, postings: Postings, table: Floats, worth: float, growth: float = 1.0) -> None:
        self._postings, self._table = postings, table
        self._worth = np.array(worth, np.float32)  # an array is multiplied by sooner than a scalar
        self.rows = postings.rows
        self.bound = postings.peak * growth * abs(worth)
        # Whether one look tells if a row is there, and half of all are not.
        self.quick = postings.dense is not None and 2 * len(postings.rows) < len(postings.dense)

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
        return self._postings.has(rows)

    def scores_in(self, rows: Ints) -> Floats:
        """See `Match`."""
        return self._of(self._postings.codes_in(rows))

    def met(self, rows: Ints) -> tuple[NDArray[np.int64], Floats]:
        """See the function of this name: here both are told by one look."""
        held, codes = self._postings.met(rows)
        return held, self._of(codes)

    def scores_at(self, places: NDArray[np.int64]) -> Floats:
        """See the function of this name."""
        return self._of(self._postings.codes.take(places))

    def _of(self, codes: Codes) -> Floats:
        scores = self._table.take(codes, mode="clip")  # faster, and no code is out of the table
        scores *= self._worth
        return scores


class Boosted:
    """A match with all scores times a weight."""

    def __init__(self, match: Match, weight: float) -> None:
        self._match, self._weight = match, np.float32(weight)

    @property
    def rows(self) -> Ints:
        """See `Match`."""
        return self._match.rows

    @property
    def bound(self) -> float:
        """See `Match`."""
        return self._match.bound * float(self._weight)

    @property
    def slack(self) -> float:
        """See `Match`."""
        return self._match.slack * float(self._weight)

    def lists(self) -> Sequence[Ints]:
        """See `Match`."""
        return self._match.lists()

    def floors(self) -> Sequence[Floats]:
        """See `Match`."""
        return [scores * self._weight for scores in self._match.floors()]

    def floor_in(self, rows: Ints) -> Floats:
        """See `Match`."""
        return self._match.floor_in(rows) * self._weight

    def others(self) -> Sequence[Ints]:
        """See `Match`."""
        return self._match.others()

    def has(self, rows: Ints) -> Mask:
        """See `Match`."""
        return self._match.has(rows)

    def scores_in(self, rows: Ints) -> Floats:
        """See `Match`."""
        return self._match.scores_in(rows) * self._weight


class AnyOf:
    """The rows of any of some matches, their scores added. The first should be the longest."""

    def __init__(self, parts: Sequence[Match]) -> None:
        self.parts = parts
        self.bound = sum(part.bound for part in parts)

    @cached_property
    def _others(self) -> Ints:
        """The rows that the first part lacks."""
        lists = [rows for part in self.parts[1:] for rows in part.lists()]
        fresh = [rows[~self.parts[0].has(rows)] for rows in lists]
        joined = np.concatenate([np.empty(0, np.uint32), *fresh])
        return distinct(joined) if sum(map(bool, map(len, fresh))) > 1 else joined

    @property
    def rows(self) -> Ints:
        """See `Match`."""
        return self._ascending

    @cached_property
    def _ascending(self) -> Ints:
        both = (self.parts[0].rows, self._others)
        # Two lists that ascend are merged by a stable sort.
        return np.sort(np.concatenate(both), kind="stable") if len(self._others) else self.parts[0].rows

    @property
    def slack(self) -> float:
        """See `Match`."""
        return self.parts[0].slack + sum(part.bound for part in self.parts[1:])

    def lists(self) -> Sequence[Ints]:
        """See `Match`."""
        return (*self.parts[0].lists(), self._others) if len(self._others) else self.parts[0].lists()

    def floors(self) -> Sequence[Floats]:
        """See `Match`."""
        others = (np.zeros(len(self._others), np.float32),) if len(self._others) else ()
        return (*self.parts[0].floors(), *others)

    def floor_in(self, rows: Ints) -> Floats:
        """See `Match`."""
        return self.parts[0].floor_in(rows)

    def others(self) -> Sequence[Ints]:
        """See `Match`."""
        return (*self.parts[0].others(), *(rows for part in self.parts[1:] for rows in part.lists()))

    def has(self, rows: Ints) -> Mask:
        """See `Match`."""
        found = self.parts[0].has(rows)
        lacking = np.flatnonzero(~found)
        for part in self.parts[1:]:
            if not len(lacking):
                break
            there = part.has(rows.take(lacking))
            found[lacking[there]] = True
            lacking = lacking[~there]
        return found

    def scores_in(self, rows: Ints) -> Floats:
        """See `Match`."""
        scores = self.parts[0].scores_in(rows)
        for part in self.parts[1:]:
            scores = scores + part.scores_in(rows)
        return scores
