"""Words close together: in any order within a distance, or in one sentence, or in one passage."""

from collections.abc import Callable, Sequence
from functools import reduce
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh import query as wq

from index.query.nodes import Scope
from index.whoosh_engine.inverted import Ints
from index.whoosh_engine.segment import Segment

Places = NDArray[np.int64]


class Near(wq.Query):
    """All parts close together. With `Scope.WORDS`, at most `distance` other words between one part and the next."""

    def __init__(self, parts: Sequence[wq.Query], distance: int, scope: Scope) -> None:
        self.parts = tuple(parts)
        self.distance = distance
        self.scope = scope
        self.boost = 1.0


def near_rows(segment: Segment, query: Near, places_of: Callable[[wq.Query], tuple[Places, int]]) -> Ints:
    """The rows in which the parts stand close enough, ascending."""
    parts = [places_of(part) for part in query.parts]
    if query.scope is Scope.PASSAGE:
        return _common([segment.row_at(places) for places, _ in parts])
    if query.scope is Scope.SENTENCE:
        units = _common([np.searchsorted(segment.sentences, places, side="right") for places, _ in parts])
        return np.unique(segment.row_at(segment.sentences[units.astype(np.int64) - 1]))
    rows = _common([segment.row_at(places) for places, _ in parts])
    inside = [(places[np.isin(segment.row_at(places), rows)], length) for places, length in parts]
    near = {int(row) for row in _near_pairs(segment, inside, query.distance)} if len(parts) == 2 else None
    if near is None:
        near = {int(row) for row in rows if _chained(segment, int(row), inside, query.distance)}
    return np.array(sorted(near), np.uint32)


def _common(lists: Sequence[NDArray[Any]]) -> Ints:
    return reduce(np.intersect1d, lists).astype(np.uint32)


def _near_pairs(segment: Segment, parts: Sequence[tuple[Places, int]], distance: int) -> Ints:
    """Rows with a pair of neighbours in either order; the nearest occurrence on each side decides."""
    (first, first_length), (second, second_length) = parts
    ahead = np.searchsorted(second, first + first_length)
    behind = np.searchsorted(second, first - second_length, side="right") - 1
    rows: list[Ints] = []
    for index, gap_of in ((ahead, 1), (behind, -1)):
        valid = (index >= 0) & (index < len(second))
        here, there = first[valid], second[index[valid]]
        gap = there - here - first_length if gap_of > 0 else here - there - second_length
        row = segment.row_at(here)
        rows.append(row[(gap >= 0) & (gap <= distance) & (row == segment.row_at(there))])
    return np.unique(np.concatenate(rows))


def _chained(segment: Segment, row: int, parts: Sequence[tuple[Places, int]], distance: int) -> bool:
    """Whether all parts stand in one row in some order, each within `distance` words of the next."""
    first, last = segment.row_tokens[row], segment.row_tokens[row + 1]
    lists = [
        [
            (int(place), int(place) + length)
            for place in places[np.searchsorted(places, first) : np.searchsorted(places, last)]
        ]
        for places, length in parts
    ]
    ordered = sorted((start, end, part) for part, spans in enumerate(lists) for start, end in spans)
    return any(_reaches(ordered, at, distance, len(parts)) for at in range(len(ordered)))


def _reaches(ordered: Sequence[tuple[int, int, int]], at: int, distance: int, wanted: int) -> bool:
    """Whether a chain that begins at `ordered[at]` meets every part, passing from one to the next within reach."""
    _, end, part = ordered[at]
    seen = {part}
    for start, stop, other in ordered[at + 1 :]:
        if start - end > distance:
            return False
        if start >= end and other not in seen:
            seen.add(other)
            end = stop
            if len(seen) == wanted:
                return True
    return False
