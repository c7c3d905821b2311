"""Copies of one passage folded into one hit."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from index.whoosh_engine.days import Mask
from index.whoosh_engine.leaf import Leaf
from index.whoosh_engine.ranking import Ranking

Place = tuple[int, int]
"""A leaf's number and a row."""


@dataclass(frozen=True, slots=True)
class Group:
    """The best-ranked of passages with the same words (an index into the ranking), and the other places of them."""

    best: int
    copies: tuple[Place, ...]


def folded(
    leaves: Sequence[Leaf], readable: Sequence[Mask], ranking: Ranking, offset: int, limit: int
) -> tuple[list[Group], bool]:
    """The groups `offset` to `offset + limit` in ranked order, and whether more follow. Copies are looked for in all
    that may be read.
    """
    wanted, most = offset + limit + 1, 4 * (offset + limit) + 16
    while True:
        firsts = _distinct(leaves, ranking, ranking.best(most).tolist(), wanted)
        if len(firsts) >= wanted or most >= len(ranking.row):
            break
        most *= 4
    page = firsts[offset : offset + limit]
    return [Group(index, _copies(leaves, readable, ranking, index)) for index in page], len(firsts) > offset + limit


def _distinct(leaves: Sequence[Leaf], ranking: Ranking, best: Sequence[int], wanted: int) -> list[int]:
    seen: set[int] = set()
    firsts: list[int] = []
    for index in best:
        key = int(leaves[int(ranking.leaf[index])].segment.row_key[ranking.row[index]])
        if key not in seen:
            seen.add(key)
            firsts.append(int(index))
            if len(firsts) == wanted:
                break
    return firsts


def _copies(leaves: Sequence[Leaf], readable: Sequence[Mask], ranking: Ranking, index: int) -> tuple[Place, ...]:
    own = (int(ranking.leaf[index]), int(ranking.row[index]))
    key = leaves[own[0]].segment.row_key[own[1]]
    places = (
        (number, int(row))
        for number, (leaf, mask) in enumerate(zip(leaves, readable, strict=True))
        for row in np.flatnonzero((leaf.segment.row_key == key) & mask)
    )
    return tuple(place for place in places if place != own)
