"""From what was found to an order: passages with all words first, then the nearest."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from index.analysis import stem_of
from index.query.nodes import Node, Sort
from index.whoosh_engine.days import Mask
from index.whoosh_engine.evaluate import Found, Statistics
from index.whoosh_engine.inverted import Ints
from index.whoosh_engine.rows import NO_DAY
from index.whoosh_engine.schema import TEXT_FIELD
from index.whoosh_engine.segment import Segment

_HELP = 0.2
"""What a function word is worth beside a content word."""

_CLOSELY = 200
"""So many of the best candidates are looked at word by word."""

_SIDE_BY_SIDE = 0.5

_COMPLETE = 1e6
"""More than any score: lifts passages with all words above the others."""


@dataclass(frozen=True, slots=True, eq=False)
class Clue:
    """A part of the query: as it was asked, as it was searched (a spelling may be mended), and what it found in each
    leaf.
    """

    asked: Node
    searched: Node
    found: tuple[Found, ...]


@dataclass(frozen=True, slots=True)
class Ranking:
    """Candidates of all leaves with a key each: the higher the better. `complete_rows` counts those with everything
    wanted.
    """

    leaf: NDArray[np.int32]
    row: Ints
    score: NDArray[np.float64]
    key: NDArray[np.float64]
    complete_rows: int

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
) -> Ranking:
    """Rank the allowed rows that hold anything wanted. By date, only those with everything count when there are any."""
    none = np.empty(0, np.float64)
    parts = [(np.empty(0, np.uint32), none, np.empty(0, bool), none)]
    for number, (segment, mask) in enumerate(zip(segments, allowed, strict=True)):
        scores = np.zeros(segment.rows, np.float64)
        held = np.zeros(segment.rows, np.uint8)
        for clue in wanted:
            scores[clue.found[number].rows] += clue.found[number].scores
            held[clue.found[number].rows] += 1
        for clue in required:
            scores[clue.found[number].rows] += clue.found[number].scores
        for found in helping:
            scores[found[number].rows] += _HELP * found[number].scores
        rows = np.flatnonzero(mask & (held > 0) if wanted else mask).astype(np.uint32)
        complete = held[rows] == len(wanted)
        # Of two that lack something, the one that holds more of what was asked is nearer (Lucene's coordination
        # factor).
        share = np.where(complete, 1.0, held[rows] / max(1, len(wanted)))
        parts.append((rows, scores[rows] * share, complete, _day_key(segment, rows, sort)))
    rows, scores, complete, day_key = (np.concatenate(column) for column in zip(*parts, strict=True))
    leaf = np.repeat(np.arange(-1, len(segments), dtype=np.int32), [len(part[0]) for part in parts])
    if sort is not Sort.RELEVANCE and complete.any():
        leaf, rows, scores, day_key = leaf[complete], rows[complete], scores[complete], day_key[complete]
        return Ranking(leaf, rows, scores, day_key, len(rows))
    return Ranking(leaf, rows, scores, scores + _COMPLETE * complete, int(complete.sum()))


def closer(ranking: Ranking, segments: Sequence[Segment], statistics: Statistics, words: Sequence[str]) -> Ranking:
    """Lift those of the best candidates in which neighbours of the query stand side by side in the same order.

    Each such pair adds half of the idf of its rarer word, once. The pairs are of stems, function words included.
    """
    best = ranking.best(_CLOSELY)
    pairs = list(dict.fromkeys(itertools.pairwise(stem_of(term) for term in words)))
    worth = [_SIDE_BY_SIDE * max(statistics.idf(TEXT_FIELD, stem) for stem in pair) for pair in pairs]
    added = np.zeros(len(ranking.key))
    for number, segment in enumerate(segments):
        here = best[ranking.leaf[best] == number]
        added[here] = _worth_of_pairs(segment, ranking.row[here], pairs, worth)
    return replace(ranking, score=ranking.score + added, key=ranking.key + added)


def _worth_of_pairs(
    segment: Segment, rows: Ints, pairs: Sequence[tuple[str, str]], worth: Sequence[float]
) -> NDArray[np.float64]:
    """For each row, what the pairs that stand side by side in it are worth together."""
    added = np.zeros(len(rows))
    if not len(rows):
        return added
    slices = [segment.stream[segment.row_tokens[row] : segment.row_tokens[row + 1]] for row in rows]
    stems = segment.stem_of_term[np.concatenate(slices)]
    owner = np.repeat(np.arange(len(rows)), [len(each) for each in slices])
    same_row = owner[:-1] == owner[1:]
    for (first, second), value in zip(pairs, worth, strict=True):
        if first in segment.stems and second in segment.stems:
            beside = (stems[:-1] == segment.stems[first]) & (stems[1:] == segment.stems[second]) & same_row
            added[np.unique(owner[:-1][beside])] += value
    return added


def _day_key(segment: Segment, rows: Ints, sort: Sort) -> NDArray[np.float64]:
    """Undated rows come last in both orders of time."""
    first, last = segment.row_days[0][rows].astype(np.float64), segment.row_days[1][rows].astype(np.float64)
    key = -first if sort is Sort.OLDEST else last
    return np.where(first == NO_DAY, -np.inf, key)
