"""Where in the stream of a segment the words of a query stand."""

import re
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA
from rapidfuzz.process import cdist
from whoosh import query as wq

from index.whoosh_engine.segment.dictionary import Dictionary
from index.whoosh_engine.segment.inverted import gathered
from index.whoosh_engine.segment.schema import EXACT
from index.whoosh_engine.segment.segment import Segment

Places = NDArray[np.int64]

_NOWHERE = np.empty(0, np.int64)
_AT_ONCE = 4_000
"""So many words are compared in one go, when few places are left."""


def pattern_of(query: Any) -> str:
    """The regular expression of a prefix or a wildcard, for whole terms."""
    text = query.text + "*" if isinstance(query, wq.Prefix) else query.text
    return ".*".join(re.escape(part) for part in text.split("*"))


def terms_like(known: Dictionary, query: Any) -> list[int]:
    """The numbers of the terms that a prefix, a wildcard or a fuzzy term stands for."""
    if isinstance(query, wq.FuzzyTerm):
        return [known[term] for term in near_terms(query.text, known.like(query.text, query.maxdist), query.maxdist)]
    if isinstance(query, wq.Prefix):
        return list(known.beginning(query.text))
    matches = re.compile(pattern_of(query)).fullmatch
    return [number for number in known.beginning(query.text.partition("*")[0]) if matches(known.text(number))]


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


def run_places(segment: Segment, numbers: Sequence[int]) -> Places:
    """Where in the stream these terms stand side by side in one document, ascending."""
    if not len(numbers):
        return _NOWHERE
    wanted = np.array(numbers, np.uint32)
    rarity = segment.place_ptr[wanted + np.uint32(1)] - segment.place_ptr[wanted]
    starts = _starts(segment, numbers, rarity)
    order = np.argsort(rarity, kind="stable").tolist()
    while order and len(starts):
        if len(starts) * len(order) <= _AT_ONCE:
            rest = np.sort(np.array(order))
            starts = starts[(segment.stream.take(starts[:, None] + rest) == wanted[rest]).all(axis=1)]
            break
        offset = order.pop(0)
        starts = starts[segment.stream.take(starts + offset) == wanted[offset]]
    return starts[in_one_document(segment, starts, len(numbers))]


def _starts(segment: Segment, numbers: Sequence[int], rarity: NDArray[np.int64]) -> Places:
    """Where the phrase may begin: by its rarest word, or by its rarest two neighbours that are both very frequent."""
    rarest = int(np.argmin(rarity))
    shift, places = rarest, segment.places_of(numbers[rarest])
    for at in range(len(numbers) - 1) if numbers[rarest] in segment.grams else ():
        pair = segment.grams.of(numbers[at], numbers[at + 1])
        if pair is not None and len(pair) < len(places):
            shift, places = at, pair
    return _shifted(segment, places, shift, len(numbers))


def _shifted(segment: Segment, places: NDArray[Any], shift: int, length: int) -> Places:
    """The beginnings of runs of `length` words whose word number `shift` stands at these places."""
    starts = places.astype(np.int64)
    starts -= shift
    first, last = starts.searchsorted([0, len(segment.stream) - length + 1])
    return starts[first:last]


def in_one_document(segment: Segment, starts: Places, length: int) -> NDArray[np.bool_]:
    """For each of the places whether all of so many words from there on stand in one document."""
    begin, end = segment.row_at(starts), segment.row_at(starts + (length - 1))
    same = begin == end
    crossing = np.flatnonzero(~same)
    same[crossing] = segment.row_card.take(begin[crossing]) == segment.row_card.take(end[crossing])
    return same


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
            number = segment.terms.find(query.text)
            return [] if number is None else [number]
        stem = segment.stems.numbers.find(query.text)
        return [] if stem is None else segment.stems.terms_of(stem).tolist()
    return terms_like(segment.terms, query)


def runs(within: Sequence[str], words: Sequence[str]) -> int:
    """How often the words stand side by side in a list of words."""
    length = len(words)
    return sum(list(words) == list(within[at : at + length]) for at in range(len(within) - length + 1))
