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

_NOWHERE = np.empty(0, np.int64)
_AT_ONCE = 500
"""So many words are compared in one go, when few places are left."""

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


class Runs:
    """Where some terms stand side by side in one document. Where they may, the rarest of them tells, or two neighbours
    that are kept together; whether they do is looked up for those rows that somebody asks for."""

    def __init__(self, segment: Segment, numbers: Sequence[int]) -> None:
        self._segment, self._numbers = segment, numbers
        self._starts, self._left = _possible(segment, numbers) if numbers else (_NOWHERE, [])

    @property
    def likely(self) -> bool:
        """Whether they may begin to stand at many places, and at most of some of these do: then it pays to ask for
        rows rather than for all."""
        if len(self._starts) < _MANY:
            return False
        some = self._starts[:: len(self._starts) // _LOOKED_AT]
        return 2 * len(_compared(self._segment, self._numbers, some, self._left)) > len(some)

    @cached_property
    def possible(self) -> Ints:
        """The rows in which they may begin to stand, ascending, each once."""
        return once(self._segment.row_at(self._starts))

    @cached_property
    def rows(self) -> Ints:
        """The rows in which they begin to stand, ascending, each once."""
        return once(self._standing(self._starts)[1])

    def among(self, rows: Ints) -> NDArray[np.bool_]:
        """For each of the rows, which ascend, whether they begin to stand there."""
        ends = self._segment.row_tokens.take(np.add.outer(rows.astype(np.int64), (0, 1)).ravel())
        starts = gathered(self._starts, self._starts.searchsorted(ends), np.arange(0, len(ends), 2))
        return among(rows, once(self._standing(starts)[1]))

    def _standing(self, starts: Places) -> tuple[Places, Ints]:
        return _standing(self._segment, self._numbers, starts, self._left)


def phrase(segment: Segment, words: Sequence[str]) -> Runs:
    """Where the words stand side by side in one document."""
    numbers = [number for word in words if (number := segment.terms.find(word)) is not None]
    return Runs(segment, numbers if len(numbers) == len(words) else ())


def run_places(segment: Segment, numbers: Sequence[int]) -> Places:
    """Where in the stream these terms stand side by side in one document, ascending."""
    return _standing(segment, numbers, *_possible(segment, numbers))[0] if len(numbers) else _NOWHERE


def runs_at(segment: Segment, numbers: Sequence[int], starts: Places) -> Places:
    """Those of some ascending places, each with room for all terms, where these stand side by side in one document."""
    return _standing(segment, numbers, starts, list(range(len(numbers))))[0]


def _standing(segment: Segment, numbers: Sequence[int], starts: Places, left: Sequence[int]) -> tuple[Places, Ints]:
    """Those of the places, and their rows, at which the terms stand in one document, as far as they are `left` to be
    compared."""
    starts = _compared(segment, numbers, starts, left)
    rows = segment.row_at(starts)
    whole = _whole(segment, starts, rows, len(numbers))
    return (starts, rows) if whole.all() else (starts[whole], rows[whole])


def _compared(segment: Segment, numbers: Sequence[int], starts: Places, left: Sequence[int]) -> Places:
    """Those of the places at which the terms stand, in whatever document."""
    wanted, left = np.array(numbers, np.uint32), list(left)
    while left and len(starts):
        if len(starts) * len(left) <= _AT_ONCE:
            return starts[(segment.stream.take(np.add.outer(starts, left)) == wanted.take(left)).all(axis=1)]
        offset = left.pop(0)
        starts = starts.take(true_at(segment.stream.take(starts + offset) == wanted[offset]))
    return starts


def _possible(segment: Segment, numbers: Sequence[int]) -> tuple[Places, list[int]]:
    """Where the terms may begin to stand side by side, by the one that stands at the fewest places, or by two
    neighbours; and which are still to be compared, rare ones first."""
    each = [segment.places_of(number) for number in numbers]
    known = [(places, at, 1) for at, places in enumerate(each)]
    pairs = (segment.grams.of(*pair) for pair in pairwise(numbers))
    known += [(places, at, 2) for at, places in enumerate(pairs) if places is not None]
    places, first, width = min(known, key=lambda run: len(run[0]))
    left = {*range(len(numbers))} - {*range(first, first + width)}
    return _shifted(segment, places, first, len(numbers)), sorted(left, key=lambda at: len(each[at]))


def _shifted(segment: Segment, places: NDArray[Any], shift: int, length: int) -> Places:
    """The beginnings of runs of `length` words whose word number `shift` stands at these places."""
    starts = places.astype(np.int64)
    starts -= shift
    first, last = starts.searchsorted([0, len(segment.stream) - length + 1])
    return starts[first:last]


def in_one_document(segment: Segment, starts: Places, length: int) -> NDArray[np.bool_]:
    """For each of the places whether all of so many words from there on stand in one document."""
    return _whole(segment, starts, segment.row_at(starts), length)


def _whole(segment: Segment, starts: Places, rows: Ints, length: int) -> NDArray[np.bool_]:
    """See `in_one_document`; the places are in these rows."""
    last = starts + (length - 1)
    whole = segment.row_tokens[1:].take(rows) > last
    crossing = true_at(~whole)
    if len(crossing):
        ends = segment.row_at(last.take(crossing))
        whole[crossing] = segment.row_card.take(rows.take(crossing)) == segment.row_card.take(ends)
    return whole


def stem_places(segment: Segment, stems: Sequence[str]) -> Places:
    """Where in the stream words of these stems stand side by side in one document, ascending."""
    numbers = [number for stem in stems if (number := segment.stems.numbers.find(stem)) is not None]
    if len(numbers) < len(stems):
        return _NOWHERE
    forms = [segment.stems.terms_of(number) for number in numbers]
    many = [int((segment.place_ptr[terms + 1] - segment.place_ptr[terms]).sum()) for terms in forms]
    rarest = many.index(min(many))
    starts = _shifted(segment, places_of_terms(segment, forms[rarest]), rarest, len(numbers))
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
