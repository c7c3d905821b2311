"""A word that a passage lacks may stand in the passages beside it: who asks has the whole speech or article in mind.

Such a word counts as held by a part of its rarity (`Weights.nearby`), so that of passages that lack as much one comes
first whose surroundings speak of the rest. What a passage holds itself still counts more, and no passage that lacks
something comes before one that has everything. That a passage ranks by its document too is old advice (Callan 1994,
https://doi.org/10.1007/978-1-4471-2099-5_31); but a document may be a report of three hundred pages, in which every
word stands somewhere, so only what is close in reading order is looked at.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from index.whoosh_engine.ranking.candidates import Asked
from index.whoosh_engine.ranking.ranking import Ranking
from index.whoosh_engine.segment.inverted import Ints, distinct
from index.whoosh_engine.segment.segment import Segment

_REACH = 10
"""So many passages of the same document before and after one are close."""

_LOOKED_AT = 150
"""So many of the best candidates have their surroundings looked at."""

_AROUND = np.arange(-_REACH, _REACH + 1)


def surrounded(ranking: Ranking, segments: Sequence[Segment], asked: Sequence[Asked]) -> Ranking:
    """The ranking in which the best of the passages that lack something count for what stands close by, too."""
    best = ranking.best(_LOOKED_AT)
    best = best[(ranking.share[best] > 0) & (ranking.share[best] < 1)]
    grown = np.ones(len(ranking.key))
    for number, (segment, each) in enumerate(zip(segments, asked, strict=True)):
        here = best[ranking.leaf[best] == number]
        rarity = _rarity(_close(segment, ranking.row[here]), each)
        grown[here] = each.share(rarity) / ranking.share[here]
    score = ranking.score * grown
    return replace(ranking, score=score, share=ranking.share * grown, key=np.where(grown > 1, score, ranking.key))


def close_to(segment: Segment, row: int) -> Ints:
    """The rows close to one, itself included, ascending."""
    return distinct(_close(segment, np.array([row], np.uint32))[0])


def _close(segment: Segment, rows: Ints) -> Ints:
    """A line for each of the rows: those around it, itself where there are none of its document; it is in the
    middle."""
    around = (rows.astype(np.int64)[:, None] + _AROUND).clip(0, segment.rows - 1)
    same = segment.row_card.take(around) == segment.row_card.take(rows)[:, None]
    return np.where(same, around, rows[:, None]).astype(np.uint32)


def _rarity(close: Ints, asked: Asked) -> NDArray[np.float64]:
    """For each line the rarity of what its middle holds, and of a part of what only the others hold."""
    rows = distinct(close.ravel())
    at = rows.searchsorted(close)
    rarity = np.zeros(len(close))
    for clue in asked.wanted:
        held = clue.found[asked.leaf].has(rows)[at]
        rarity += clue.rarity * np.where(held[:, _REACH], 1.0, asked.weights.nearby * held.any(axis=1))
    return rarity
