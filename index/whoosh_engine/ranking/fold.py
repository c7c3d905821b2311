"""Copies of one passage folded into one hit."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from index.analysis import terms
from index.query.nodes import Node, Phrase
from index.whoosh_engine.ranking.clues import Clue
from index.whoosh_engine.ranking.copies import FEWEST_EDITED, rows_of
from index.whoosh_engine.ranking.ranking import Ranking
from index.whoosh_engine.ranking.twins import Twins
from index.whoosh_engine.segment.days import Mask
from index.whoosh_engine.segment.inverted import Ints, distinct
from index.whoosh_engine.segment.leaf import Leaf
from index.whoosh_engine.segment.phrases import Places, runs_at
from index.whoosh_engine.segment.rows import NO_DAY
from index.whoosh_engine.segment.segment import Segment

Row = tuple[int, int]
"""A leaf's number and a row of it."""


@dataclass(frozen=True, slots=True)
class Group:
    """The passage that is shown (`best`, an index into the ranking; it reaches to row `last`), the clues that it
    holds, and the other places of its words.
    """

    best: int
    last: int
    held: tuple[Clue, ...]
    twins: Twins


def folded(
    leaves: Sequence[Leaf],
    readable: Sequence[Mask],
    ranking: Ranking,
    clues: Sequence[Clue],
    offset: int,
    limit: int,
) -> tuple[list[Group], bool]:
    """The groups `offset` to `offset + limit` in ranked order, and whether more follow. Copies are looked for in all
    that may be read.
    """
    folding = _Folding(leaves, readable, ranking, clues)
    untold = folding.untold()
    groups = [folding.group(index) for index in islice(untold, offset + limit)]
    return groups[offset:], next(untold, None) is not None


class _Folding:
    """Walks down the ranking; `covered` are the rows that the groups made so far tell of, as far as they are looked
    at."""

    def __init__(
        self, leaves: Sequence[Leaf], readable: Sequence[Mask], ranking: Ranking, clues: Sequence[Clue]
    ) -> None:
        self._leaves, self._readable, self._ranking, self._clues = leaves, readable, ranking, clues
        self._groups = list[Group]()
        self._ahead = np.empty(0, np.int64)
        self._covered: set[Row] = set()

    def untold(self) -> Iterator[int]:
        """The next candidate that no group tells of; its group is to be made before the one after it is asked for."""
        for ahead in _in_order(self._ranking):
            self._ahead = ahead
            self._cover(self._groups, ahead)
            for index in ahead.tolist():
                if self._row(index) in self._covered:
                    continue
                documented = self._best_documented(index)
                if documented != index:
                    self._cover(self._groups, np.array([documented]))
                for each in dict.fromkeys((documented, index)):
                    if self._row(each) not in self._covered:
                        yield each

    def group(self, index: int) -> Group:
        """The candidate with the other places of its words."""
        number, row = self._row(index)
        segment = self._leaves[number].segment
        held = self._held((number, row))
        last = max((last_row(segment, row, clue.searched) for clue in held), default=row)
        group = Group(index, last, held, Twins(self._leaves, self._readable, rows_of(number, segment, row, last)))
        self._groups.append(group)
        self._covered.add((number, row))
        self._cover([group], self._ahead)
        return group

    def _cover(self, groups: Sequence[Group], indexes: NDArray[np.int64]) -> None:
        """Those rows of these candidates' documents are told of that hold half of their words, or a long sentence of
        them, where a group tells of, and nothing asked for but what the group's own passage holds."""
        for number, leaf in enumerate(self._leaves) if groups else ():
            segment = leaf.segment
            cards = distinct(segment.row_card.take(self._ranking.row[indexes[self._ranking.leaf[indexes] == number]]))
            for group in groups:
                first, last = group.twins.inside(number, cards)
                rows = _shared(segment, first, last) if len(first) else cards[:0]
                for clue in self._clues if len(rows) else ():
                    if clue not in group.held:
                        rows = rows[~clue.found[number].has(rows)]
                self._covered.update((number, row) for row in rows.tolist())

    def _row(self, index: int) -> Row:
        return int(self._ranking.leaf[index]), int(self._ranking.row[index])

    def _held(self, row: Row) -> tuple[Clue, ...]:
        return tuple(clue for clue in self._clues if _holds(clue, *row))

    def _best_documented(self, index: int) -> int:
        """Of passages with the same words and the same rank, the first with an address and a date."""
        number, row = self._row(index)
        key = self._leaves[number].segment.row_key[row]
        tied = np.flatnonzero(self._ranking.key == self._ranking.key[index])
        if len(tied) == 1:
            return index
        same = [
            tied[at][leaf.segment.row_key[self._ranking.row[tied[at]]] == key]
            for at, leaf in ((self._ranking.leaf[tied] == other, leaf) for other, leaf in enumerate(self._leaves))
        ]
        return max((index, *self._ranking.in_order(np.concatenate(same)).tolist()), key=self._documented)

    def _documented(self, index: int) -> int:
        number, row = self._row(index)
        segment = self._leaves[number].segment
        return 2 * bool(segment.card_of(row).url) + bool(segment.row_days[0, row] != NO_DAY)


def _in_order(ranking: Ranking) -> Iterator[NDArray[np.int64]]:
    """All candidates, best first; only as many are sorted as are asked for, and some more."""
    done, most = 0, 64
    while done < len(ranking.row):
        best = ranking.best(most)
        yield best[done:]
        done, most = len(best), 4 * most


def _shared(segment: Segment, first: Places, last: Places) -> Ints:
    """The rows that have half of their words, or a long sentence of them, in one of the stretches between these
    places."""
    begin, end = segment.row_at(first).astype(np.int64), segment.row_at(last - 1).astype(np.int64)
    many = end - begin + 1
    rows: Places = np.repeat(begin + many - np.cumsum(many), many)
    rows += np.arange(len(rows))
    starts, ends = segment.row_tokens[rows], segment.row_tokens[rows + 1]
    common = np.minimum(ends, np.repeat(last, many)) - np.maximum(starts, np.repeat(first, many))
    return rows[(2 * common >= ends - starts) | (common >= FEWEST_EDITED)].astype(np.uint32)


def _holds(clue: Clue, number: int, row: int) -> bool:
    return bool(clue.found[number].has(np.array([row], np.uint32))[0])


def last_row(segment: Segment, row: int, found: Node) -> int:
    """The row in which the longest reaching occurrence of a phrase that begins in `row` ends."""
    if not isinstance(found, Phrase):
        return row
    numbers = [-1 if number is None else number for number in map(segment.terms.find, terms(found.text))]
    if not numbers or min(numbers) < 0:
        return row
    first, last = segment.row_tokens[row : row + 2].tolist()
    last = min(last, len(segment.stream) - len(numbers) + 1)
    starts = first + np.flatnonzero(segment.stream[first:last] == numbers[0])
    inside = segment.row_at(runs_at(segment, numbers, starts) + (len(numbers) - 1))
    # A phrase that is whole within the passage needs no more of the next one.
    return row if not len(inside) or int(inside.min()) == row else int(inside.min())
