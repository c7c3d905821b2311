"""From what was found to an order: passages with all words first, then the nearest."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.query.nodes import Sort
from index.whoosh_engine.matching.statistics import Statistics
from index.whoosh_engine.ranking.candidates import Asked, best_complete, best_incomplete, complete
from index.whoosh_engine.ranking.closeness import closeness
from index.whoosh_engine.ranking.weights import Weights
from index.whoosh_engine.segment.days import Mask
from index.whoosh_engine.segment.inverted import Ints
from index.whoosh_engine.segment.rows import NO_DAY
from index.whoosh_engine.segment.segment import Segment

CLOSELY = 500
"""So many of the best candidates are looked at word by word."""

PRIMARY = (
    "transcript",
    "hearing",
    "record",
    "debate",
    "briefing",
    "report",
    "statute",
    "speech",
    "remarks",
    "captions",
)
"""A document whose kind names one of these is the record itself, not what somebody wrote about it."""

_COMPLETE = 1e6
"""More than any score: lifts passages with all words above the others."""


@dataclass(frozen=True, slots=True)
class Ranking:
    """Candidates of all leaves with a key each: the higher the better. `share` is 1 for those with everything wanted,
    and less the more of it they lack; `complete_rows` counts the former in all. `close` and `primary` are the parts of
    the score for closeness and for being a record. `document` is the key of each one's document: rows of one key follow
    each other in reading order, wherever the index keeps them. `cut`: other candidates follow that aren't listed.
    """

    leaf: NDArray[np.int32]
    row: Ints
    document: NDArray[np.uint64]
    score: NDArray[np.float64]
    share: NDArray[np.float64]
    key: NDArray[np.float64]
    complete_rows: int
    close: NDArray[np.float64]
    primary: NDArray[np.float64]
    cut: bool = False

    def best(self, most: int) -> NDArray[np.int64]:
        """Indexes of the best candidates, best first. Equal ones come by documents, whose order says nothing but is the
        same in every index of them, and then in reading order."""
        key = self.key
        chosen = np.arange(len(key))
        if most < len(key):
            lowest = np.partition(key, len(key) - most)[len(key) - most]
            chosen = np.flatnonzero(key >= lowest)
        return self.in_order(chosen)[:most]

    def in_order(self, chosen: NDArray[np.int64]) -> NDArray[np.int64]:
        """Some of the candidates in the order of `best`."""
        return chosen[np.lexsort((self.row[chosen], self.document[chosen], -self.key[chosen]))]


def ranked(segments: Sequence[Segment], asked: Sequence[Asked], sort: Sort, depth: int | None) -> Ranking:
    """Rank the allowed rows that hold anything wanted. By date, only those with everything count when there are any.

    Of two rows that lack something, the one that holds more of what was asked, counted by its rarity, is nearer. With
    `depth`, only about so many of the best are listed, and all that are as good as the last of these.
    """
    if not asked:
        return _unlifted((), np.empty(0, np.int32), np.empty(0, np.uint32), *(np.empty(0),) * 3, total=0, cut=False)
    whole = [complete(each) for each in asked]
    total = sum(map(len, whole))
    if sort is not Sort.RELEVANCE and total:
        return _by_day(segments, asked, whole, sort, depth)
    found = [best_complete(each, rows, depth) for each, rows in zip(asked, whole, strict=True)]
    lifted = [np.full(len(each.rows), _COMPLETE) for each in found]
    if depth is None or total < depth:
        nearest = [best_incomplete(each, rows, depth) for each, rows in zip(asked, whole, strict=True)]
        found, lifted = [*found, *nearest], [*lifted, *(np.zeros(len(each.rows)) for each in nearest)]
    cut = any(each.cut for each in found) or len(found) == len(asked)
    leaf = np.repeat(np.arange(len(found)) % len(asked), [len(each.rows) for each in found]).astype(np.int32)
    row, share = (_joined([getattr(each, name) for each in found]) for name in ("rows", "shares"))
    score = _joined([each.scores * each.shares for each in found])
    return _unlifted(segments, leaf, row, score, share, score + _joined(lifted), total, cut)


def _by_day(
    segments: Sequence[Segment], asked: Sequence[Asked], whole: Sequence[Ints], sort: Sort, depth: int | None
) -> Ranking:
    keys = _joined([_day_key(segment, rows, sort) for segment, rows in zip(segments, whole, strict=True)])
    total = len(keys)
    cut = depth is not None and total > depth
    kept = (
        keys >= np.partition(keys, total - depth)[total - depth] if depth is not None and cut else np.ones(total, bool)
    )
    bounds = np.cumsum([len(rows) for rows in whole])[:-1]
    found = [
        best_complete(each, rows[here], None)
        for each, rows, here in zip(asked, whole, np.split(kept, bounds), strict=True)
    ]
    leaf = np.repeat(np.arange(len(asked), dtype=np.int32), [len(each.rows) for each in found])
    row, score, share = (_joined([getattr(each, name) for each in found]) for name in ("rows", "scores", "shares"))
    return _unlifted(segments, leaf, row, score, share, keys[kept], total, cut)


def _joined(columns: Sequence[NDArray[Any]]) -> NDArray[Any]:
    return columns[0] if len(columns) == 1 else np.concatenate(columns)


def _unlifted(
    segments: Sequence[Segment],
    leaf: NDArray[np.int32],
    row: Ints,
    score: NDArray[np.float64],
    share: NDArray[np.float64],
    key: NDArray[np.float64],
    total: int,
    cut: bool,
) -> Ranking:
    none = np.zeros(len(row))
    return Ranking(leaf, row, _documents(segments, leaf, row), score, share, key, total, none, none, cut)


def _documents(segments: Sequence[Segment], leaf: NDArray[np.int32], row: Ints) -> NDArray[np.uint64]:
    """The key of each row's document."""
    keys = np.empty(len(row), np.uint64)
    for number, segment in enumerate(segments):
        here = np.flatnonzero(leaf == number)
        keys[here] = segment.card_key.take(segment.row_card.take(row.take(here)))
    return keys


def closer(
    ranking: Ranking, segments: Sequence[Segment], statistics: Statistics, words: Sequence[str], weights: Weights
) -> Ranking:
    """Look at the best candidates word by word: lift those in which words of the question stand close together, and of
    the nearly equal ones the records themselves.
    """
    best = ranking.best(CLOSELY)
    close, primary = np.zeros(len(ranking.key)), np.zeros(len(ranking.key))
    for number, segment in enumerate(segments):
        here = best[ranking.leaf[best] == number]
        rows = ranking.row[here]
        close[here] = ranking.share[here] * closeness(segment, rows, statistics, words, weights)
        primary[here] = weights.primary * is_primary(segment, rows) * (ranking.score[here] + close[here])
    added = close + primary
    return replace(ranking, score=ranking.score + added, key=ranking.key + added, close=close, primary=primary)


def is_primary(segment: Segment, rows: Ints) -> Mask:
    """For each of the rows whether its document is a record itself."""
    kinds = segment.labels["kind"]
    primary = np.array([any(word in value for word in PRIMARY) for value in kinds.values], bool)
    return primary[kinds.of_row[rows]]


def _day_key(segment: Segment, rows: Ints, sort: Sort) -> NDArray[np.float64]:
    """Undated rows come last in both orders of time."""
    first, last = segment.row_days[0][rows].astype(np.float64), segment.row_days[1][rows].astype(np.float64)
    key = -first if sort is Sort.OLDEST else last
    return np.where(first == NO_DAY, -np.inf, key)
