"""The parts of a query, each with what it found: a spelling may be mended, and a date is also found by its days."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from index.query.named_dates import NamedDate, named_dates
from index.query.nodes import DateField, DateFilter, DateTest, Node
from index.whoosh_engine.matching.match import Match
from index.whoosh_engine.matching.statistics import Statistics
from index.whoosh_engine.ranking.weights import Weights
from index.whoosh_engine.segment.days import Dated, Mask
from index.whoosh_engine.segment.inverted import Ints
from index.whoosh_engine.segment.postings import Floats
from index.whoosh_engine.segment.readable import Readable, among_readable

_WORD_OF_A_DATE = 0.3


@dataclass(frozen=True, slots=True, eq=False)
class Clue:
    """A part of the query: as it was asked, as it was searched (a spelling may be mended), and what it found in each
    leaf, and in how many rows that may be read.

    `rarity` is the idf of all that it found there. `evidence` is a word of a date: it lifts, and a passage without it
    still has all that was asked for.
    """

    asked: Node
    searched: Node
    found: tuple[Match, ...]
    rows: int
    rarity: float
    evidence: bool = False


def clue(asked: Node, searched: Node, found: Sequence[Match], readable: Readable, statistics: Statistics) -> Clue:
    """The clue of what was found, counted in what may be read."""
    rows = sum(among_readable(part.lists(), mask) for part, mask in zip(found, readable, strict=True))
    return Clue(asked, searched, tuple(found), rows, max(statistics.idf_of(rows), 0.0))


def with_days(
    clues: Sequence[Clue],
    readable: Readable,
    days: Callable[[DateFilter], Sequence[Dated]],
    statistics: Statistics,
    weights: Weights,
) -> list[Clue]:
    """The clues, those of a named date widened by the passages said, published or telling of those days.

    Where the question is nothing but a date, its words stay words. `days` judges the rows of each leaf by a date.
    """
    result = list(clues)
    for named in named_dates([clue.asked for clue in clues]):
        if named.end - named.begin == len(clues):
            continue
        inside = [dated.inside for dated in days(_during(named))]
        worth = weights.date * statistics.idf_of(0) / (named.end - named.begin)
        for at in range(named.begin, named.end):
            old = clues[at]
            found = [Lifted(part, mask, worth) for part, mask in zip(old.found, inside, strict=True)]
            result[at] = replace(clue(old.asked, old.searched, found, readable, statistics), evidence=True)
    return result


def _during(named: NamedDate) -> DateFilter:
    return DateFilter(DateField.DURING, DateTest.INSIDE, named.first, named.last, "")


class Lifted:
    """What holds a word or lies in the days. A year or a month by itself tells little of which day is meant."""

    slack = 0.0

    def __init__(self, words: Match, days: Mask, worth: float) -> None:
        self._words, self._days, self._worth = words, days, np.float32(worth)
        self.bound = max(words.bound * _WORD_OF_A_DATE, worth)

    @cached_property
    def _dated(self) -> Ints:
        return np.flatnonzero(self._days).astype(np.uint32)

    @property
    def rows(self) -> Ints:
        """All of them, ascending."""
        return np.sort(np.concatenate(self.lists()))

    def lists(self) -> Sequence[Ints]:
        """The rows in the days, and those that only hold the word."""
        return (self._dated, *(rows[~self._days.take(rows)] for rows in self._words.lists()))

    def floors(self) -> Sequence[Floats]:
        """Their scores."""
        return [self.scores_in(rows) for rows in self.lists()]

    def floor_in(self, rows: Ints) -> Floats:
        """Their scores."""
        return self.scores_in(rows)

    def others(self) -> Sequence[Ints]:
        """None: `floors` are their scores."""
        return ()

    def has(self, rows: Ints) -> Mask:
        """Whether each lies in the days or holds the word."""
        return self._days.take(rows) | self._words.has(rows)

    def scores_in(self, rows: Ints) -> Floats:
        """What the days are worth, or the word where that is more."""
        words = self._words.scores_in(rows) * np.float32(_WORD_OF_A_DATE)
        return np.where(self._days.take(rows), np.maximum(words, self._worth), words)
