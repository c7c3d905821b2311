"""A ranked row as a `Hit`: the words, the found ones marked, what is missing, where else it stands."""

import re
from collections.abc import Sequence
from itertools import islice

from index.analysis import chunks
from index.hit import MOST_COPIES, Copy, Hit
from index.query.describe import say
from index.query.nodes import Near, Phrase
from index.spans import spans
from index.whoosh_engine.ranking.clues import Clue
from index.whoosh_engine.ranking.copies import Stretch
from index.whoosh_engine.ranking.fold import Group
from index.whoosh_engine.ranking.ranking import Ranking
from index.whoosh_engine.ranking.twins import Twins
from index.whoosh_engine.segment.leaf import Leaf
from index.whoosh_engine.segment.rows import NO_DAY
from index.whoosh_engine.segment.segment import Segment

_SIGNS = re.compile(r"[^\w\s]*")


def hit(leaves: Sequence[Leaf], group: Group, ranking: Ranking, clues: Sequence[Clue]) -> Hit:
    """The hit of one group. A phrase that runs on into the next passage widens what is shown up to its end."""
    number, row = int(ranking.leaf[group.best]), int(ranking.row[group.best])
    segment = leaves[number].segment
    passage = segment.passage(row, group.last)
    return Hit(
        passage=passage,
        document=segment.card_of(row),
        score=round(float(ranking.score[group.best]), 4),
        spans=spans(passage.text, [clue.searched for clue in group.held]),
        missing=tuple(dict.fromkeys(say(clue.asked) for clue in clues if clue not in group.held or _loosened(clue))),
        also_in=tuple(_copy(leaves, place) for place in group.twins.same),
        similar_in=tuple(_copy(leaves, place) for place in group.twins.edited),
        elsewhere=tuple(_copy(leaves, place) for place in group.twins.within),
        earliest=_earliest(leaves, segment, row, group.twins),
    )


def _loosened(clue: Clue) -> bool:
    """Whether parts are searched for words or a nearness that is nowhere: it is missing even where they all stand."""
    return isinstance(clue.asked, Phrase | Near) and clue.searched is not clue.asked


def _copy(leaves: Sequence[Leaf], place: Stretch) -> Copy:
    segment = leaves[place.leaf].segment
    first, last = _row(segment, place.first), _row(segment, place.last - 1)
    start = _edge(segment, first, place.first)[0] if place.first > segment.row_tokens[first] else 0
    end = _edge(segment, last, place.last - 1)[1] if place.last < segment.row_tokens[last + 1] else None
    document = segment.card_of(first)
    begins = int(segment.row_place[first, 0]) + start
    return Copy(document, begins, int(segment.row_place[last, 1] if end is None else segment.row_place[last, 0] + end))


def _row(segment: Segment, place: int) -> int:
    return int(segment.row_tokens.searchsorted(place, side="right")) - 1


def _edge(segment: Segment, row: int, place: int) -> tuple[int, int]:
    """Where in the row's text the word at `place` begins and ends, with the signs (quotes, stops) that touch it."""
    text = segment.text(row, row)
    word = next(islice(chunks(text), place - int(segment.row_tokens[row]), None))
    before = _SIGNS.match(text[: word.start()][::-1])
    after = _SIGNS.match(text, word.end())
    return word.start() - (before.end() if before else 0), after.end() if after else word.end()


def _earliest(leaves: Sequence[Leaf], segment: Segment, row: int, twins: Twins) -> bool:
    """Whether all are told and dated, and the last day that this one may mean lies before the first of every other."""
    if max(len(twins.same), len(twins.edited)) >= MOST_COPIES:
        return False
    first, last = segment.row_days[:2, row].tolist()
    others = [
        int(other.row_days[0, _row(other, place.first)])
        for place, other in ((place, leaves[place.leaf].segment) for place in (*twins.same, *twins.edited))
    ]
    return bool(others) and first != NO_DAY and all(last < day for day in others)
