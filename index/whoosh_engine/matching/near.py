"""Words close together: in any order within a distance, or in one sentence, or in one passage.

Closeness adds nothing to a score and only decides whether a row counts. So rows are found and scored by their words
alone, and then looked at, word by word, as one array; who wants only the best looks at the best.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import reduce

import numpy as np
from numpy.typing import NDArray
from whoosh import query as wq

from index.query.nodes import Scope
from index.whoosh_engine.segment.days import Mask
from index.whoosh_engine.segment.inverted import Ints, distinct, indexes
from index.whoosh_engine.segment.places import phrase_places, places_of_terms, term_numbers
from index.whoosh_engine.segment.postings import among
from index.whoosh_engine.segment.segment import Segment

Places = NDArray[np.int64]

_AT_ONCE = 16_384
"""So many rows are looked at in one go: this bounds the memory."""

_WORDS_A_PLACE = 4
"""To look a place up among others costs as much as to look at so many words of a row."""


class Near(wq.Query):
    """All parts close together. With `Scope.WORDS`, at most `distance` other words between one part and the next."""

    def __init__(self, parts: Sequence[wq.Query], distance: int, scope: Scope) -> None:
        self.parts = tuple(parts)
        self.distance = distance
        self.scope = scope
        self.boost = 1.0


@dataclass(frozen=True, slots=True)
class _Looked:
    """Rows that are looked at: the terms of all their words, and where these stand in the stream."""

    rows: Ints
    terms: Ints
    places: Places


class Nearness:
    """Tells in which rows the parts of one query stand close enough."""

    def __init__(self, segment: Segment, query: Near) -> None:
        self._segment, self._query = segment, query
        self._parts = [_Part(segment, part) for part in query.parts]

    def among(self, rows: Ints) -> Mask:
        """For each of the rows, which have all parts, whether they stand close there. The rows ascend."""
        if self._query.scope is Scope.PASSAGE:
            return np.ones(len(rows), bool)
        if self._few_places(rows):
            return among(rows, self._close([part.places() for part in self._parts]))
        chunks = (rows[at : at + _AT_ONCE] for at in range(0, len(rows), _AT_ONCE))
        return np.concatenate([np.empty(0, bool), *(among(chunk, self._near(chunk)) for chunk in chunks)])

    def _few_places(self, rows: Ints) -> bool:
        """Whether it is less work to go through all places of the parts than through all words of the rows."""
        if len(self._parts) > 2 and self._query.scope is Scope.WORDS:
            return False
        words = len(rows) * len(self._segment.stream) // max(self._segment.rows, 1)
        return sum(part.many for part in self._parts) * _WORDS_A_PLACE < words

    def _near(self, rows: Ints) -> Ints:
        segment = self._segment
        places = indexes(segment.row_tokens, rows.astype(np.int64))
        looked = _Looked(rows, segment.stream.take(places), places)
        return self._close([part.places_in(looked) for part in self._parts])

    def _close(self, found: Sequence[Places]) -> Ints:
        """The rows in which the parts stand close enough, by where each of them stands."""
        segment = self._segment
        if self._query.scope is Scope.SENTENCE:
            return _in_one_sentence(segment, found)
        lengths = [part.length for part in self._parts]
        if len(found) == 2:
            return _near_pairs(segment, found, lengths, self._query.distance)
        return _chains(segment, found, lengths, self._query.distance)


class _Part:
    """A part of a near query: words that are one word long, or phrases."""

    def __init__(self, segment: Segment, query: wq.Query) -> None:
        parts = query.subqueries if isinstance(query, wq.Or) else [query]
        phrases = [part for part in parts if isinstance(part, wq.Phrase)]
        self._segment = segment
        self._phrases = [phrase_places(segment, phrase.words) for phrase in phrases]
        self.length = max([1, *(len(phrase.words) for phrase in phrases)])
        words = [part for part in parts if not isinstance(part, wq.Phrase)]
        self._terms = np.array([number for word in words for number in term_numbers(segment, word)], np.int64)

    @property
    def many(self) -> int:
        """At how many places it stands at most."""
        ptr = self._segment.place_ptr
        return int((ptr[self._terms + 1] - ptr[self._terms]).sum()) + sum(map(len, self._phrases))

    def places(self) -> Places:
        """Where the part stands, ascending."""
        words = places_of_terms(self._segment, self._terms).astype(np.int64)
        return distinct(np.concatenate([words, *self._phrases])) if self._phrases else words

    def places_in(self, looked: _Looked) -> Places:
        """Where the part stands in the rows, ascending."""
        if len(self._terms) == 1:
            words = looked.places[looked.terms == self._terms[0]]
        else:
            wanted = np.zeros(len(self._segment.terms), bool)
            wanted[self._terms] = True
            words = looked.places[wanted.take(looked.terms)]
        if not self._phrases:
            return words
        runs = [places[among(self._segment.row_at(places), looked.rows)] for places in self._phrases]
        return distinct(np.concatenate([words, *runs]))


def _in_one_sentence(segment: Segment, parts: Sequence[Places]) -> Ints:
    units = [distinct(segment.sentences.searchsorted(places, side="right")) for places in parts]
    common: NDArray[np.int64] = reduce(lambda first, second: first[np.isin(first, second)], units)
    return distinct(segment.row_at(segment.sentences[common - 1]))


def _near_pairs(segment: Segment, parts: Sequence[Places], lengths: Sequence[int], distance: int) -> Ints:
    """Rows with a pair of neighbours in either order; the nearest occurrence on each side decides."""
    # The fewer are looked up among the more.
    (first, first_length), (second, second_length) = sorted(
        zip(parts, lengths, strict=True), key=lambda each: len(each[0])
    )
    ahead = second.searchsorted(first + first_length)
    behind = second.searchsorted(first - second_length, side="right") - 1
    rows: list[Ints] = []
    for index, gap_of in ((ahead, 1), (behind, -1)):
        valid = (index >= 0) & (index < len(second))
        here, there = first[valid], second[index[valid]]
        gap = there - here - first_length if gap_of > 0 else here - there - second_length
        close = (gap >= 0) & (gap <= distance)
        row = segment.row_at(here[close])
        rows.append(row[row == segment.row_at(there[close])])
    return distinct(np.concatenate(rows))


def _chains(segment: Segment, parts: Sequence[Places], lengths: Sequence[int], distance: int) -> Ints:
    """Rows in which all parts stand in some order, each within `distance` words of the next."""
    begin = np.concatenate(parts)
    part = np.repeat(np.arange(len(parts)), [len(places) for places in parts])
    order = np.lexsort((part, begin))
    begin, part = begin[order], part[order]
    end, row = begin + np.array(lengths)[part], segment.row_at(begin)
    found = [
        int(row[first])
        for first, last in _runs(begin, end, part, row, distance, len(parts))
        if _chained(
            list(zip(begin[first:last].tolist(), end[first:last].tolist(), part[first:last].tolist(), strict=True)),
            distance,
            len(parts),
        )
    ]
    return np.array(sorted(set(found)), np.uint32)


def _runs(
    begin: Places, end: Places, part: NDArray[np.int64], row: Ints, distance: int, parts: int
) -> Iterator[tuple[int, int]]:
    """Stretches of occurrences of one row, none too far from those before, that hold every part: outside of them there
    is no chain."""
    if not len(begin):
        return
    reach = np.maximum.accumulate(end)
    apart = (begin[1:] - reach[:-1] > distance) | (row[1:] != row[:-1])
    edges = np.concatenate([[0], np.flatnonzero(apart) + 1, [len(begin)]])
    held = np.bitwise_or.reduceat(1 << part, edges[:-1])
    for at in np.flatnonzero(held == (1 << parts) - 1).tolist():
        yield int(edges[at]), int(edges[at + 1])


def _chained(ordered: Sequence[tuple[int, int, int]], distance: int, parts: int) -> bool:
    """Whether all parts are met in some order; each occurrence is where it begins, where it ends, and its part."""
    return any(_reaches(ordered, at, distance, parts) for at in range(len(ordered)))


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
