"""Where in the stream of a segment the words of a query stand."""

import fnmatch
import re
from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA
from rapidfuzz.process import cdist
from whoosh import query as wq

from index.whoosh_engine.segment.dictionary import Dictionary
from index.whoosh_engine.segment.inverted import Ints, gathered, once, true_at
from index.whoosh_engine.segment.postings import among
from index.whoosh_engine.segment.schema import EXACT
from index.whoosh_engine.segment.segment import Segment

Places = NDArray[np.int64]

_SPECIAL = re.compile(r"[*?\[]")
"""What in a wildcard stands for other letters."""

_NOWHERE, _NO_PLACE = np.empty(0, np.int64), np.empty(0, np.uint32)
_LISTED, _FARTHER = 256, 4
"""So many places at least are looked up in lists up to so many times as long: to read the stream at each costs more."""

_FEW = 8
"""The rows of so few places are found one by one."""

_MANY, _LOOKED_AT = 32_768, 64
"""Of so many places so many tell whether terms that may stand there most often do."""


def terms_like(known: Dictionary, query: Any) -> list[int]:
    """The numbers of the terms that a prefix, a wildcard, a fuzzy term or a term itself stands for."""
    if isinstance(query, wq.Term):
        number = known.find(query.text)
        return [] if number is None else [number]
    if isinstance(query, wq.FuzzyTerm):
        near = near_terms(query.text, known.like(query.text, query.maxdist), query.maxdist)
        return [known[term] for term in near if term.startswith(query.text[: query.prefixlength])]
    if isinstance(query, wq.Prefix):
        return list(known.beginning(query.text))
    matches = re.compile(fnmatch.translate(query.text)).match
    plain = _SPECIAL.split(query.text, maxsplit=1)[0]
    return [number for number in known.beginning(plain) if matches(known.text(number))]


def near_terms(word: str, terms: Sequence[str], edits: int) -> list[str]:
    """The terms within so many edits (a swap of neighbours is one), nearest first."""
    distances = cdist([word], terms, scorer=OSA.distance, score_cutoff=edits, dtype=np.uint8)[0]
    near = np.flatnonzero(distances <= edits)
    order: list[int] = near[np.argsort(distances[near], kind="stable")].tolist()
    return [terms[at] for at in order]


def phrase_places(segment: Segment, words: Sequence[str]) -> Places:
    """Where in the stream the words stand side by side in one document, ascending."""
    numbers = [number for word in words if (number := segment.terms.find(word)) is not None]
    return run_places(segment, numbers) if len(numbers) == len(words) else _NOWHERE


def loose_places(segment: Segment, words: Sequence[str], slop: int) -> Places:
    """Where the last of the words stands, ascending, when all are in one passage in this order and each is at most
    `slop` places after the one before."""
    numbers = [number for word in words if (number := segment.terms.find(word)) is not None]
    if not words or len(numbers) < len(words):
        return _NOWHERE
    ends = segment.places_of(numbers[0]).astype(np.int64)
    for number in numbers[1:]:
        places = segment.places_of(number).astype(np.int64)
        places = places[ends.searchsorted(places) > 0]
        before = ends[ends.searchsorted(places) - 1]
        near = places - before <= slop
        near[near] = segment.row_at(places[near]) == segment.row_at(before[near])
        ends = places[near]
    return ends


_Run = tuple[int, int, int, Ints]
"""Where words of a phrase stand side by side: at so many places, from which of its words on, how many of them, and the
places."""


class Runs:
    """Where some terms stand side by side in one document. Where they may, the rarest of them tells, or two neighbours
    that are kept together; whether they do is looked up for those rows that somebody asks for."""

    def __init__(self, segment: Segment, numbers: Sequence[int]) -> None:
        self._segment, self._numbers = segment, numbers
        self._known = _known(segment, numbers)
        self._starts = _shifted(segment, self._known[0], len(numbers)) if numbers else _NO_PLACE

    @property
    def likely(self) -> bool:
        """Whether they may begin to stand at many places, and at most of some of these do: then it pays to ask for
        rows rather than for all."""
        if len(self._starts) < _MANY:
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
        return self._rows_of(self._starts)

    @property
    def places(self) -> Places:
        """Where in the stream they begin to stand, ascending."""
        standing = _compared(self._segment, self._numbers, self._starts, self._known)
        return _whole(self._segment, standing, len(self._numbers))[0].astype(np.int64)

    def among(self, rows: Ints) -> NDArray[np.bool_]:
        """For each of the rows, which ascend, whether they begin to stand there."""
        ends = self._segment.row_tokens.take(np.add.outer(rows.astype(np.int64), (0, 1)).ravel()).astype(np.uint32)
        starts = gathered(self._starts, self._starts.searchsorted(ends), np.arange(0, len(ends), 2))
        return among(rows, self._rows_of(starts))

    def _rows_of(self, starts: Ints) -> Ints:
        standing = _compared(self._segment, self._numbers, starts, self._known)
        if len(standing) <= _FEW:
            return _rows_one_by_one(self._segment, standing.tolist(), len(self._numbers))
        return once(_whole(self._segment, standing, len(self._numbers))[1])


def phrase(segment: Segment, words: Sequence[str]) -> Runs:
    """Where the words stand side by side in one document."""
    numbers = [number for word in words if (number := segment.terms.find(word)) is not None]
    return Runs(segment, numbers if len(numbers) == len(words) else ())


def run_places(segment: Segment, numbers: Sequence[int]) -> Places:
    """Where in the stream these terms stand side by side in one document, ascending."""
    return Runs(segment, numbers).places


def runs_at(segment: Segment, numbers: Sequence[int], starts: Places) -> Places:
    """Those of some ascending places, each with room for all terms, where these stand side by side in one document."""
    return _whole(segment, _read(segment, numbers, starts, range(len(numbers))), len(numbers))[0]


def _known(segment: Segment, numbers: Sequence[int]) -> list[_Run]:
    """Where each of the terms stands, and those two neighbours that are kept together; the fewest places first."""
    known = [(len(places), at, 1, places) for at, places in enumerate(map(segment.places_of, numbers))]
    for at, pair in enumerate(pairwise(numbers)):
        if (places := segment.grams.of(*pair)) is not None:
            known.append((len(places), at, 2, places))
    known.sort()
    return known


def _shifted(segment: Segment, run: _Run, length: int) -> Ints:
    """Where a phrase of so many words may begin to stand."""
    last, shift, _, places = run
    first, room = 0, len(segment.stream) - length + shift
    while first < last and places.item(first) < shift:
        first += 1
    while first < last and places.item(last - 1) > room:
        last -= 1
    places = places[first:last]
    return places - shift if shift else places


def _compared(segment: Segment, numbers: Sequence[int], starts: Ints, known: Sequence[_Run]) -> Ints:
    """Those of the places, at which the first run stands, where the terms do, in whatever document."""
    if not known:
        return starts
    _, first, width, _ = known[0]
    left = [at for _, at, wide, _ in known if wide == 1 and not first <= at < first + width]
    for many, at, wide, places in known[1:]:
        if len(starts) < _LISTED or many > _FARTHER * len(starts):
            break
        if any(at <= other < at + wide for other in left):
            there = starts + at
            starts = starts.take(true_at(places.take(places.searchsorted(there), mode="clip") == there))
            left = [other for other in left if not at <= other < at + wide]
    return _read(segment, numbers, starts, left)


def _read(segment: Segment, numbers: Sequence[int], starts: NDArray[Any], offsets: Sequence[int]) -> NDArray[Any]:
    """Those of the places where the terms stand at these offsets, as one reads in the stream."""
    for offset in offsets:
        starts = starts.take(true_at(segment.stream[offset:].take(starts) == numbers[offset]))
    return starts


def _whole(segment: Segment, starts: NDArray[Any], length: int) -> tuple[NDArray[Any], Ints]:
    """Those of the places from which on so many words stand in one document, and their rows."""
    rows = segment.row_at(starts)
    apart = _apart(segment, starts, rows, length)
    return (np.delete(starts, apart), np.delete(rows, apart)) if len(apart) else (starts, rows)


def _rows_one_by_one(segment: Segment, starts: Sequence[int], length: int) -> Ints:
    """The rows of ascending places from which on so many words stand in one document, each once."""
    runs = [(segment.row_of(start), segment.row_of(start + length - 1)) for start in starts]
    cards = segment.row_card
    rows = dict.fromkeys(first for first, last in runs if first == last or cards[first] == cards[last])
    return np.array([*rows], np.uint32)


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


def stem_places(segment: Segment, stems: Sequence[str]) -> Places:
    """Where in the stream words of these stems stand side by side in one document, ascending."""
    numbers = [number for stem in stems if (number := segment.stems.numbers.find(stem)) is not None]
    if len(numbers) < len(stems):
        return _NOWHERE
    forms = [segment.stems.terms_of(number) for number in numbers]
    many = [int((segment.place_ptr[terms + 1] - segment.place_ptr[terms]).sum()) for terms in forms]
    rarest = many.index(min(many))
    places = places_of_terms(segment, forms[rarest])
    starts = _shifted(segment, (len(places), rarest, 1, places), len(numbers)).astype(np.int64)
    for offset, number in enumerate(numbers):
        if offset != rarest:
            starts = starts[segment.stem_of_term.take(segment.stream.take(starts + offset)) == number]
    return starts[in_one_document(segment, starts, len(numbers))]


def places_of_terms(segment: Segment, terms: NDArray[Any]) -> NDArray[np.uint32]:
    """Where any of the terms stands, ascending."""
    if len(terms) == 1:
        return segment.places_of(int(terms[0]))
    return np.sort(gathered(segment.places, segment.place_ptr, terms))


def term_numbers(segment: Segment, query: Any) -> Sequence[int]:
    """The written terms that one word of a query stands for."""
    if isinstance(query, wq.Term):
        if query.fieldname == EXACT:
            return terms_like(segment.terms, query)
        stem = segment.stems.numbers.find(query.text)
        return [] if stem is None else segment.stems.terms_of(stem).tolist()
    return terms_like(segment.terms, query)


def runs(within: Sequence[str], words: Sequence[str]) -> int:
    """How often the words stand side by side in a list of words."""
    length = len(words)
    return sum(list(words) == list(within[at : at + length]) for at in range(len(within) - length + 1))
