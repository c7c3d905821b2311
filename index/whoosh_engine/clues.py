"""The parts of a query, each with what it found: a spelling may be mended, and a date is also found by its days."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from index.query.named_dates import NamedDate, named_dates
from index.query.nodes import DateField, DateFilter, DateTest, Node
from index.whoosh_engine.days import Mask, dated
from index.whoosh_engine.evaluate import Found
from index.whoosh_engine.leaf import Leaf
from index.whoosh_engine.statistics import Statistics
from index.whoosh_engine.weights import Weights

_WORD_OF_A_DATE = 0.3


@dataclass(frozen=True, slots=True, eq=False)
class Clue:
    """A part of the query: as it was asked, as it was searched (a spelling may be mended), and what it found in each
    leaf.

    `rarity` is the idf of all that it found. `evidence` is a word of a date: it lifts, and a passage without it still
    has all that was asked for.
    """

    asked: Node
    searched: Node
    found: tuple[Found, ...]
    rarity: float = 0.0
    evidence: bool = False


def rare(clue: Clue, statistics: Statistics) -> Clue:
    """The clue with its rarity."""
    return replace(clue, rarity=max(statistics.idf_of(sum(len(part.rows) for part in clue.found)), 0.0))


def with_days(
    clues: Sequence[Clue], leaves: Sequence[Leaf], readable: Sequence[Mask], statistics: Statistics, weights: Weights
) -> list[Clue]:
    """The clues, those of a named date widened by the passages said, published or telling of those days.

    Where the question is nothing but a date, its words stay words.
    """
    result = list(clues)
    for named in named_dates([clue.asked for clue in clues]):
        if named.end - named.begin == len(clues):
            continue
        rows = [_rows_of_days(leaf, mask, named) for leaf, mask in zip(leaves, readable, strict=True)]
        worth = weights.date * statistics.idf_of(0) / (named.end - named.begin)
        for at in range(named.begin, named.end):
            found = tuple(_lifted(part, days, worth) for part, days in zip(clues[at].found, rows, strict=True))
            result[at] = replace(clues[at], found=found, evidence=True)
    return [rare(clue, statistics) for clue in result]


def _rows_of_days(leaf: Leaf, readable: Mask, named: NamedDate) -> Found:
    asked = DateFilter(DateField.DURING, DateTest.INSIDE, named.first, named.last, "")
    rows = np.flatnonzero(dated(leaf.segment, asked).inside & readable).astype(np.uint32)
    return Found(rows, np.zeros(len(rows), np.float32))


def _lifted(words: Found, days: Found, worth: float) -> Found:
    """What holds the word or lies in the days. A year or a month by itself tells little of which day is meant."""
    rows = np.union1d(words.rows, days.rows).astype(np.uint32)
    scores = np.zeros(len(rows), np.float32)
    scores[np.searchsorted(rows, words.rows)] = words.scores * np.float32(_WORD_OF_A_DATE)
    at = np.searchsorted(rows, days.rows)
    scores[at] = np.maximum(scores[at], np.float32(worth))
    return Found(rows, scores)
