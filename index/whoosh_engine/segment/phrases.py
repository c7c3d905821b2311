"""Where in the stream of a segment terms stand side by side."""

from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.whoosh_engine.segment.inverted import Ints, gathered, once, true_at
from index.whoosh_engine.segment.postings import among
from index.whoosh_engine.segment.segment import Segment
from index.whoosh_engine.segment.term import Term

Places = NDArray[np.int64]

NOWHERE, _NO_PLACE = np.empty(0, np.int64), np.empty(0, np.uint32)

_LISTED, _FARTHER = 256, 4
"""So many places at least are looked up in lists up to so many times as long: to read the stream at each costs more."""

_FEW, _LEFT = 128, 10
"""So few places are looked at one by one, and so few that are left when others were compared as arrays: what numpy does
first takes longer than that."""

_MANY, _LOOKED_AT = 32_768, 64
"""Of so many places so many tell whether terms that may stand there most often do."""

_Run = tuple[int, int, int, Ints]
"""Where words of a phrase stand side by side: at so many places, from which of its words on, how many of them, and the
places."""


class Runs:
    """Where some terms stand side by side in one document. Where they may, the rarest of them tells, or two neighbours
    that are kept together; whether they do is looked up for those rows that somebody asks for."""

    def __init__(self, segment: Segment, terms: Sequence[Term]) -> None:
        self._segment = segment
        self._numbers = [term.number for term in terms]
        self._known = _known(segment, terms)

    @cached_property
    def _starts(self) -> Ints:
        """Where they may begin to stand."""
        return shifted(self._segment, self._known[0], len(self._numbers)) if self._known else _NO_PLACE

    @property
    def likely(self) -> bool:
        """Whether they may begin to stand at many places, and at most of some of these do: then it pays to ask for
        rows rather than for all."""
        if not self._known or self._known[0][0] < _MANY:
            return False
        some = self._starts[:: len(self._starts) // _LOOKED_AT]
        return 2 * len(_compared(self._segment, self._numbers, some, self._known)) > len(some)

    @cached_property
    def possible(self) -> Ints:
        """The rows in which they may begin to stand, ascending, each once."""
        return once(self._segment.row_at(self._starts))

    @property
    def rows(self) -> Ints:
        """The rows in which they begin to stand, ascending, each once."""
        found = self.found()
        return np.array(found, np.uint32) if isinstance(found, list) else found

    def found(self) -> list[int] | Ints:
        """The same, as plain numbers where they are few."""
        if not self._known:
            return []
        many, shift, _, places = self._known[0]
        if many > _FEW:
            places = _with_room(self._segment, self._known[0], len(self._numbers))
            places = _compared(self._segment, self._numbers, places, self._known, shift, _LEFT)
            if len(places) > _LEFT:
                return self._rows_of(places - shift)
        starts = self._read_one_by_one([place - shift for place in places.tolist()])
        return self._rows_one_by_one(starts) if len(starts) <= _LEFT else self._rows_of(np.array(starts, np.uint32))

    @property
    def places(self) -> Places:
        """Where in the stream they begin to stand, ascending."""
        standing = _compared(self._segment, self._numbers, self._starts, self._known)
        return _whole(self._segment, standing, len(self._numbers))[0].astype(np.int64)

    def among(self, rows: Ints) -> NDArray[np.bool_]:
        """For each of the rows, which ascend, whether they begin to stand there."""
        ends = self._segment.row_tokens.take(np.add.outer(rows.astype(np.int64), (0, 1)).ravel()).astype(np.uint32)
        starts = gathered(self._starts, self._starts.searchsorted(ends), np.arange(0, len(ends), 2))
        return among(rows, self._rows_of(_compared(self._segment, self._numbers, starts, self._known)))

    def _rows_of(self, standing: Ints) -> Ints:
        return once(_whole(self._segment, standing, len(self._numbers))[1])

    def _read_one_by_one(self, starts: list[int]) -> list[int]:
        """Those of the places where the terms stand, in whatever document."""
        words, numbers, length = self._segment.words, self._numbers, len(self._numbers)
        at = next(iter(_others(self._known)), 0)  # most don't get beyond the look at the rarest
        word, last = numbers[at], len(words) - length
        return [
            start
            for start in starts
            if 0 <= start <= last and words[start + at] == word and words[start : start + length].tolist() == numbers
        ]

    def _rows_one_by_one(self, starts: list[int]) -> list[int]:
        """The rows of those places, which ascend, from which on so many words stand in one document, each once."""
        segment, length, rows = self._segment, len(self._numbers), dict[int, None]()
        for start in starts:
            row, end = segment.row_of(start), start + length
            if end <= segment.edges(row)[1] or segment.row_card[row] == segment.row_card[segment.row_of(end - 1)]:
                rows[row] = None
        return [*rows]


def phrase_places(segment: Segment, words: Sequence[str]) -> Places:
    """Where in the stream the words stand side by side in one document, ascending."""
    numbers = [number for word in words if (number := segment.terms.find(word)) is not None]
    return run_places(segment, numbers) if len(numbers) == len(words) else NOWHERE


def phrase(segment: Segment, words: Sequence[str]) -> Runs:
    """Where the words stand side by side in one document."""
    numbers = [number for word in words if (number := segment.terms.find(word)) is not None]
    return Runs(segment, [*map(segment.term, numbers)] if len(numbers) == len(words) else ())


def run_places(segment: Segment, numbers: Sequence[int]) -> Places:
    """Where in the stream these terms stand side by side in one document, ascending."""
    return Runs(segment, [*map(segment.term, numbers)]).places


def runs_at(segment: Segment, numbers: Sequence[int], starts: Places) -> Places:
    """Those of some ascending places, each with room for all terms, where these stand side by side in one document."""
    return _whole(segment, _read(segment, numbers, starts, range(len(numbers))), len(numbers))[0]


def _known(segment: Segment, terms: Sequence[Term]) -> list[_Run]:
    """Where each of the terms stands, and those two neighbours that are kept together; the fewest places first."""
    known = [(len(term.places), at, 1, term.places) for at, term in enumerate(terms)]
    if known and min(known)[0] <= _FEW:
        return sorted(known)
    for at, (first, second) in enumerate(pairwise(terms)):
        if first.gram is not None and second.gram is not None:
            places = segment.grams.of(first.gram, second.gram)
            known.append((len(places), at, 2, places))
    known.sort()
    return known


def _others(known: Sequence[_Run]) -> list[int]:
    """Which of the terms the first run lacks, the rarest first."""
    _, first, width, _ = known[0]
    return [at for _, at, wide, _ in known if wide == 1 and not first <= at < first + width]


def shifted(segment: Segment, run: _Run, length: int) -> Ints:
    """Where a phrase of so many words may begin to stand."""
    return _with_room(segment, run, length) - run[1]


def _with_room(segment: Segment, run: _Run, length: int) -> Ints:
    """The places of a run around which there is room for all of a phrase of so many words."""
    last, shift, _, places = run
    first, room = 0, len(segment.stream) - length + shift
    while first < last and places.item(first) < shift:
        first += 1
    while first < last and places.item(last - 1) > room:
        last -= 1
    return places[first:last] if last - first < len(places) else places


def _compared(
    segment: Segment, numbers: Sequence[int], places: Ints, known: Sequence[_Run], which: int = 0, enough: int = 0
) -> Ints:
    """Those of the places, which the first run tells, where the terms stand, in whatever document; `which` of the terms
    it is that the places are of. Of so few places that they are `enough` the rest is not compared.
    """
    if not known:
        return places
    left = _others(known)
    for many, at, wide, listed in known[1:]:
        if len(places) < _LISTED or many > _FARTHER * len(places):
            break
        if any(at <= other < at + wide for other in left):
            there = places + (at - which) if at >= which else places - (which - at)
            places = places.take(true_at(listed.take(listed.searchsorted(there), mode="clip") == there))
            left = [other for other in left if not at <= other < at + wide]
    return _read(segment, numbers, places, left, which, enough)


def _read(
    segment: Segment,
    numbers: Sequence[int],
    places: NDArray[Any],
    offsets: Iterable[int],
    which: int = 0,
    enough: int = 0,
) -> NDArray[Any]:
    """Those of the places around which these of the terms stand, as one reads in the stream; the others as above."""
    for offset in offsets:
        if len(places) <= enough:
            break
        by = offset - which
        words = segment.stream[by:].take(places) if by >= 0 else segment.stream.take(places - abs(by))
        places = places.take(true_at(words == numbers[offset]))
    return places


def _whole(segment: Segment, starts: NDArray[Any], length: int) -> tuple[NDArray[Any], Ints]:
    """Those of the places from which on so many words stand in one document, and their rows."""
    rows = segment.row_at(starts)
    apart = _apart(segment, starts, rows, length)
    return (np.delete(starts, apart), np.delete(rows, apart)) if len(apart) else (starts, rows)


def in_one_document(segment: Segment, starts: Places, length: int) -> NDArray[np.bool_]:
    """For each of the places whether all of so many words from there on stand in one document."""
    whole = np.ones(len(starts), bool)
    whole[_apart(segment, starts, segment.row_at(starts), length)] = False
    return whole


def _apart(segment: Segment, starts: NDArray[Any], rows: Ints, length: int) -> NDArray[np.int64]:
    """Which of the places, which are in these rows, have so many words that do not stand in one document."""
    crossing = true_at(segment.row_ends.take(rows) < starts + length)
    if len(crossing):
        ends = segment.row_at(starts[crossing] + (length - 1))
        crossing = crossing[segment.row_card[rows[crossing]] != segment.row_card[ends]]
    return crossing
