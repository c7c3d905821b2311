"""A ranked row as a `Hit`: the words, the found ones marked, what is missing, where else it stands."""

from collections.abc import Sequence

import numpy as np

from index.analysis import terms
from index.hit import Copy, Hit
from index.query.describe import say
from index.query.nodes import Node, Phrase
from index.spans import spans
from index.whoosh_engine.evaluate import phrase_places
from index.whoosh_engine.fold import Group
from index.whoosh_engine.leaf import Leaf
from index.whoosh_engine.ranking import Clue, Ranking
from index.whoosh_engine.segment import Segment


def hit(leaves: Sequence[Leaf], group: Group, ranking: Ranking, clues: Sequence[Clue]) -> Hit:
    """The hit of one group. A phrase that runs on into the next passage widens what is shown up to its end."""
    number, row = int(ranking.leaf[group.best]), int(ranking.row[group.best])
    segment = leaves[number].segment
    held = [clue for clue in clues if _holds(clue, number, row)]
    last = max((_last_row(segment, row, clue.searched) for clue in held), default=row)
    passage = segment.passage(row, last)
    copies = [_copy(leaves, place) for place in group.copies] if last == row else []
    return Hit(
        passage=passage,
        document=segment.cards[int(segment.row_card[row])],
        score=round(float(ranking.score[group.best]), 4),
        spans=spans(passage.text, [clue.searched for clue in held]),
        missing=tuple(dict.fromkeys(say(clue.asked) for clue in clues if clue not in held)),
        also_in=tuple(copy for text, copy in copies if text == passage.text),
        similar_in=tuple(copy for text, copy in copies if text != passage.text),
    )


def _holds(clue: Clue, number: int, row: int) -> bool:
    rows = clue.found[number].rows
    at = int(np.searchsorted(rows, row))
    return at < len(rows) and int(rows[at]) == row


def _last_row(segment: Segment, row: int, node: Node) -> int:
    """The row in which the longest reaching occurrence of a phrase that begins in `row` ends."""
    if not isinstance(node, Phrase):
        return row
    words = terms(node.text)
    places = phrase_places(segment, words)
    first, last = np.searchsorted(places, segment.row_tokens[row : row + 2])
    inside = segment.row_at(places[first:last] + (len(words) - 1))
    # A phrase that is whole within the passage needs no more of the next one.
    return row if not len(inside) or int(inside.min()) == row else int(inside.min())


def _copy(leaves: Sequence[Leaf], place: tuple[int, int]) -> tuple[str, Copy]:
    segment, row = leaves[place[0]].segment, place[1]
    start, end = (int(offset) for offset in segment.row_place[row, :2])
    return segment.text(row, row), Copy(segment.cards[int(segment.row_card[row])], start, end)
