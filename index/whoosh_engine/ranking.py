"""From what was found to an order: passages with all words first, then the nearest."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from index.query.nodes import Sort
from index.whoosh_engine.closeness import closeness
from index.whoosh_engine.clues import Clue
from index.whoosh_engine.days import Mask
from index.whoosh_engine.evaluate import Found
from index.whoosh_engine.inverted import Ints
from index.whoosh_engine.rows import NO_DAY
from index.whoosh_engine.segment import Segment
from index.whoosh_engine.statistics import Statistics
from index.whoosh_engine.weights import Weights

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
    and less the more of it they lack; `complete_rows` counts the former. `close` and `primary` are the parts of the
    score for closeness and for being a record.
    """

    leaf: NDArray[np.int32]
    row: Ints
    score: NDArray[np.float64]
    share: NDArray[np.float64]
    key: NDArray[np.float64]
    complete_rows: int
    close: NDArray[np.float64]
    primary: NDArray[np.float64]

    def best(self, most: int) -> NDArray[np.int64]:
        """Indexes of the best candidates, best first; of equal ones the earlier in reading order comes first."""
        key = self.key
        chosen = np.arange(len(key))
        if most < len(key):
            lowest = np.partition(key, len(key) - most)[len(key) - most]
            chosen = np.flatnonzero(key >= lowest)
        order = np.lexsort((self.row[chosen], self.leaf[chosen], -key[chosen]))
        return chosen[order][:most]


def ranked(
    segments: Sequence[Segment],
    allowed: Sequence[Mask],
    wanted: Sequence[Clue],
    required: Sequence[Clue],
    helping: Sequence[Sequence[Found]],
    sort: Sort,
    weights: Weights,
) -> Ranking:
    """Rank the allowed rows that hold anything wanted. By date, only those with everything count when there are any.

    Of two rows that lack something, the one that holds more of what was asked, counted by its rarity, is nearer.
    """
    none = np.empty(0, np.float64)
    parts = [(np.empty(0, np.uint32), none, none, np.empty(0, bool), none)]
    content = [clue for clue in wanted if not clue.evidence]
    for number, (segment, mask) in enumerate(zip(segments, allowed, strict=True)):
        scores, rarity = np.zeros(segment.rows, np.float64), np.zeros(segment.rows, np.float64)
        held, any_held = np.zeros(segment.rows, np.uint8), np.zeros(segment.rows, bool)
        for clue in wanted:
            scores[clue.found[number].rows] += clue.found[number].scores
            rarity[clue.found[number].rows] += clue.rarity
            any_held[clue.found[number].rows] = True
        for clue in content:
            held[clue.found[number].rows] += 1
        for clue in required:
            scores[clue.found[number].rows] += clue.found[number].scores
        for found in helping:
            scores[found[number].rows] += weights.helping * found[number].scores
        rows = np.flatnonzero(mask & any_held if wanted else mask).astype(np.uint32)
        complete = held[rows] == len(content)
        whole = sum(clue.rarity for clue in wanted) or 1.0
        share = np.where(complete, 1.0, (rarity[rows] / whole) ** weights.lacking)
        parts.append((rows, scores[rows] * share, share, complete, _day_key(segment, rows, sort)))
    rows, scores, share, complete, day_key = (np.concatenate(column) for column in zip(*parts, strict=True))
    leaf = np.repeat(np.arange(-1, len(segments), dtype=np.int32), [len(part[0]) for part in parts])
    if sort is not Sort.RELEVANCE and complete.any():
        leaf, rows, scores, share = leaf[complete], rows[complete], scores[complete], share[complete]
        return _unlifted(leaf, rows, scores, share, day_key[complete], len(rows))
    return _unlifted(leaf, rows, scores, share, scores + _COMPLETE * complete, int(complete.sum()))


def _unlifted(
    leaf: NDArray[np.int32],
    row: Ints,
    score: NDArray[np.float64],
    share: NDArray[np.float64],
    key: NDArray[np.float64],
    complete: int,
) -> Ranking:
    return Ranking(leaf, row, score, share, key, complete, np.zeros(len(row)), np.zeros(len(row)))


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
