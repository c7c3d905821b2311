"""Where in the stream of a segment the words of a query stand."""

import re
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA
from rapidfuzz.process import cdist
from whoosh import query as wq

from index.whoosh_engine.schema import EXACT
from index.whoosh_engine.segment import Segment


def pattern_of(query: Any) -> str:
    """The regular expression of a prefix or a wildcard, for whole terms."""
    text = query.text + "*" if isinstance(query, wq.Prefix) else query.text
    return ".*".join(re.escape(part) for part in text.split("*"))


def near_terms(word: str, terms: Sequence[str], edits: int) -> list[str]:
    """The terms within so many edits (a swap of neighbours is one), nearest first."""
    lengths = np.fromiter(map(len, terms), np.int32, len(terms))
    fitting = [terms[at] for at in np.flatnonzero(np.abs(lengths - len(word)) <= edits).tolist()]
    distances = cdist([word], fitting, scorer=OSA.distance, score_cutoff=edits, dtype=np.uint8)[0]
    near = np.flatnonzero(distances <= edits)
    return [fitting[at] for at in near[np.argsort(distances[near], kind="stable")].tolist()]


def phrase_places(segment: Segment, words: Sequence[str]) -> NDArray[np.int64]:
    """Where in the stream the words stand side by side in one document, ascending. Begins with the rarest word."""
    numbers = [segment.terms.get(word) for word in words]
    if not words or any(number is None for number in numbers):
        return np.empty(0, np.int64)
    known = [number for number in numbers if number is not None]
    rarest = min(range(len(known)), key=lambda at: len(segment.places_of(known[at])))
    starts = segment.places_of(known[rarest]).astype(np.int64) - rarest
    starts = starts[(starts >= 0) & (starts + len(known) <= len(segment.stream))]
    for offset, number in enumerate(known):
        if offset != rarest:
            starts = starts[segment.stream[starts + offset] == number]
    first = segment.row_card[segment.row_at(starts)]
    return starts[first == segment.row_card[segment.row_at(starts + (len(known) - 1))]]


def stem_places(segment: Segment, stems: Sequence[str]) -> NDArray[np.int64]:
    """Where in the stream words of these stems stand side by side in one document, ascending."""
    numbers = [segment.stems[stem] for stem in stems if stem in segment.stems]
    if len(numbers) < len(stems):
        return np.empty(0, np.int64)
    lists = [[segment.places_of(term) for term in segment.terms_of_stem[number]] for number in numbers]
    rarest = min(range(len(lists)), key=lambda at: sum(map(len, lists[at])))
    starts = np.sort(np.concatenate(lists[rarest])).astype(np.int64) - rarest
    starts = starts[(starts >= 0) & (starts + len(numbers) <= len(segment.stream))]
    for offset, number in enumerate(numbers):
        if offset != rarest:
            starts = starts[segment.stem_of_term[segment.stream[starts + offset]] == number]
    first = segment.row_card[segment.row_at(starts)]
    return starts[first == segment.row_card[segment.row_at(starts + (len(numbers) - 1))]]


def places_of(segment: Segment, query: wq.Query) -> tuple[NDArray[np.int64], int]:
    """Where the words of an operand of NEAR stand in the stream, ascending, and how many words it is long."""
    if isinstance(query, wq.Phrase):
        return phrase_places(segment, query.words), len(query.words)
    if isinstance(query, wq.Or):
        parts = [places_of(segment, part) for part in query.subqueries]
        places = np.unique(np.concatenate([part for part, _ in parts]))
        return places, max(length for _, length in parts)
    numbers = _term_numbers(segment, query)
    lists = [segment.places_of(number) for number in numbers]
    return (np.sort(np.concatenate(lists)).astype(np.int64) if lists else np.empty(0, np.int64)), 1


def _term_numbers(segment: Segment, query: Any) -> Sequence[int]:
    if isinstance(query, wq.Term):
        if query.fieldname == EXACT:
            return [segment.terms[query.text]] if query.text in segment.terms else []
        stem = segment.stems.get(query.text)
        return [] if stem is None else segment.terms_of_stem[stem]
    if isinstance(query, wq.FuzzyTerm):
        return [segment.terms[term] for term in near_terms(query.text, segment.term_list, query.maxdist)]
    matches = re.compile(pattern_of(query)).fullmatch
    return [number for term, number in segment.terms.items() if matches(term)]


def runs(within: Sequence[str], words: Sequence[str]) -> int:
    """How often the words stand side by side in a list of words."""
    length = len(words)
    return sum(list(words) == list(within[at : at + length]) for at in range(len(within) - length + 1))
