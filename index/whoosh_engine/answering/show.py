"""A ranked row as a `Hit`: the words, the found ones marked, what is missing, where else it stands."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from index.analysis import chunks
from index.hit import MOST_SIMILAR, Copy, Hit
from index.query.describe import say
from index.spans import spans
from index.whoosh_engine.ranking.clues import Clue
from index.whoosh_engine.ranking.copies import Stretch, Twin
from index.whoosh_engine.ranking.fold import Group
from index.whoosh_engine.ranking.ranking import Ranking
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
        missing=tuple(dict.fromkeys(say(clue.asked) for clue in clues if clue not in group.held)),
        also_in=tuple(_copy(leaves, twin.place) for twin in group.twins if twin.exact and not twin.within),
        similar_in=tuple(_copy(leaves, twin.place) for twin in islice(_edited(group), MOST_SIMILAR)),
        elsewhere=tuple(_copy(leaves, twin.place) for twin in group.twins if twin.within),
        earliest=_earliest(leaves, segment, row, [twin for twin in group.twins if not twin.within]),
    )


def _edited(group: Group) -> Iterator[Twin]:
    return (twin for twin in group.twins if not twin.exact)


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


def _earliest(leaves: Sequence[Leaf], segment: Segment, row: int, twins: Sequence[Twin]) -> bool:
    """Whether all are dated and the last day that this one may mean lies before the first of every other."""
    first, last = segment.row_days[:2, row].tolist()
    others = [
        int(other.row_days[0, _row(other, twin.place.first)])
        for twin, other in ((twin, leaves[twin.place.leaf].segment) for twin in twins)
    ]
    return bool(others) and first != NO_DAY and all(last < day for day in others)
