"""Where in the stream of a segment the words of a query stand."""

import fnmatch
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
from index.whoosh_engine.segment.phrases import NOWHERE, Places, in_one_document, shifted
from index.whoosh_engine.segment.schema import EXACT
from index.whoosh_engine.segment.segment import Segment

_SPECIAL = re.compile(r"[*?\[]")
"""What in a wildcard stands for other letters."""


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


def loose_places(segment: Segment, words: Sequence[str], slop: int) -> Places:
    """Where the last of the words stands, ascending, when all are in one passage in this order and each is at most
    `slop` places after the one before."""
    numbers = [number for word in words if (number := segment.terms.find(word)) is not None]
    if not words or len(numbers) < len(words):
        return NOWHERE
    ends = segment.places_of(numbers[0]).astype(np.int64)
    for number in numbers[1:]:
        places = segment.places_of(number).astype(np.int64)
        places = places[ends.searchsorted(places) > 0]
        before = ends[ends.searchsorted(places) - 1]
        near = places - before <= slop
        near[near] = segment.row_at(places[near]) == segment.row_at(before[near])
        ends = places[near]
    return ends


def stem_places(segment: Segment, stems: Sequence[str]) -> Places:
    """Where in the stream words of these stems stand side by side in one document, ascending."""
    numbers = [number for stem in stems if (number := segment.stems.numbers.find(stem)) is not None]
    if len(numbers) < len(stems):
        return NOWHERE
    forms = [segment.stems.terms_of(number) for number in numbers]
    many = [int((segment.place_ptr[terms + 1] - segment.place_ptr[terms]).sum()) for terms in forms]
    rarest = many.index(min(many))
    places = places_of_terms(segment, forms[rarest])
    starts = shifted(segment, (len(places), rarest, 1, places), len(numbers)).astype(np.int64)
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
