"""What is known of all segments together, and the postings of a word: what every score is made of."""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache, reduce
from math import log1p
from typing import Any

import numpy as np
from whoosh import query as wq

from index.analysis import stem_of, terms
from index.whoosh_engine.segment.inverted import gathered
from index.whoosh_engine.segment.places import places_of_terms, runs, stem_places, terms_like
from index.whoosh_engine.segment.postings import Floats, Postings, coded, table
from index.whoosh_engine.segment.schema import EXACT, SOURCE, TEXT_FIELD
from index.whoosh_engine.segment.segment import Label, Segment, Values, counted, summed

_KEPT = 100_000
_PATTERNS = 32
"""So many patterns are kept with what they found: one segment after the other asks for its part."""


class AnyRun(wq.Query):
    """Any of some runs of stems, each side by side in a field, scored as one term (Lucene's SynonymQuery): the
    frequencies are added, and it is as rare as its most frequent run."""

    def __init__(self, field: str, runs: Sequence[tuple[str, ...]]) -> None:
        self.field = field
        self.runs = tuple(runs)
        self.boost = 1.0


class Statistics:
    """What scoring needs to know of all segments together. Made once for a set of segments.

    `length_of` gives the length that a passage's score is reckoned with: its own, or as another index rounds it.
    """

    def __init__(self, segments: Sequence[Segment], length_of: Callable[[int], int] = int) -> None:
        self._segments = segments
        self._length_of = length_of
        self.rows = sum(segment.rows for segment in segments)
        self._mean: dict[str, float] = {}
        self._idf: dict[tuple[str, str], float] = {}
        self.like = lru_cache(_PATTERNS)(self._like)
        self.values_like = lru_cache(_PATTERNS)(self._values_like)

    def mean_length(self, field: str) -> float:
        """The mean number of words of a field over all rows."""
        if field not in self._mean:
            total = sum(total_length(segment, field) for segment in self._segments)
            self._mean[field] = total / self.rows if total else 1.0
        return self._mean[field]

    def table(self, field: str) -> Floats:
        """What each code of the field's postings is worth, but for idf."""
        return table(self.mean_length(field), self._length_of)

    def growth(self, segment: Segment) -> float:
        """How much more a posting of the segment can be worth by the mean length of all than by the segment's own."""
        own = len(segment.stream) / segment.rows if segment.rows else 0.0
        if self._length_of is not int or not own:
            return float("inf")
        return max(1.0, self.mean_length(TEXT_FIELD) / own)

    def idf(self, field: str, term: str) -> float:
        """How rare a term is in a field."""
        key = (field, term)
        found = self._idf.get(key)
        if found is None:
            if len(self._idf) > _KEPT:
                self._idf.clear()
            found = self._idf[key] = self.idf_of(sum(_frequency(segment, field, term) for segment in self._segments))
        return found

    def idf_of_any(self, query: AnyRun) -> float:
        """How rare the most frequent of the runs is."""
        return min(self._idf_of_run(query.field, run) for run in query.runs)

    def _idf_of_run(self, field: str, run: tuple[str, ...]) -> float:
        if len(run) == 1:
            return self.idf(field, run[0])
        key = (field, " ".join(run))
        if key not in self._idf:
            self._idf[key] = self.idf_of(sum(_frequency_of_run(segment, field, run) for segment in self._segments))
        return self._idf[key]

    def _like(self, query: Any) -> tuple[Mapping[Segment, Postings], float]:
        """What a prefix, a wildcard or a fuzzy term finds in the passages of each segment, all its terms taken for one,
        and how rare that one is."""
        found = {segment: postings_like(segment, query) for segment in self._segments}
        return found, self.idf_of(sum(len(each.rows) for each in found.values()))

    def _values_like(self, query: Any) -> tuple[Mapping[Segment, Values], float]:
        """The same in a label: of each segment the values that hold what the query stands for, as it is written."""
        labels = {segment: segment.labels[query.fieldname] for segment in self._segments}
        found = {segment: label.values_of_terms(terms_like(label.terms, query)) for segment, label in labels.items()}
        return found, self.idf_of(sum(labels[segment].count(values) for segment, (values, _) in found.items()))

    def idf_of(self, frequency: int) -> float:
        """The idf of anything that is found in so many rows: ln(1 + (N - df + 0.5) / (df + 0.5)).

        That is Robertson and Spärck Jones's weight as Lucene's BM25Similarity keeps it above 0 (Robertson and Zaragoza
        2009, https://doi.org/10.1561/1500000019). Whoosh's own adds 1, which lifts words that stand nearly everywhere.
        """
        return log1p((self.rows - frequency + 0.5) / (frequency + 0.5)) if self.rows else 0.0


def total_length(segment: Segment, field: str) -> int:
    """The words of a field in all rows."""
    if field in (EXACT, TEXT_FIELD):
        return len(segment.stream)
    label = segment.labels[field]
    return int((np.diff(label.rows_ptr) * label.lengths).sum())


def _frequency(segment: Segment, field: str, term: str) -> int:
    """In how many rows of a segment a term stands in a field, gone ones included."""
    if field == TEXT_FIELD:
        number = segment.stems.numbers.find(term)
        return 0 if number is None else segment.rows_with_stem(number)
    if field == EXACT:
        number = segment.terms.find(term)
        return 0 if number is None else int(segment.term_rows[number])
    return segment.labels[field].count(values_of_term(segment.labels[field], field, term)[0])


def _frequency_of_run(segment: Segment, field: str, run: Sequence[str]) -> int:
    if field == TEXT_FIELD:
        return len(postings_of_run(segment, run).rows)
    return segment.labels[field].count(values_of_run(segment.labels[field], field, run)[0])


def postings(segment: Segment, field: str, term: str) -> Postings:
    """The postings of a term in the passages: a stem in `text`, a written word in `exact`."""
    known = segment.terms if field == EXACT else segment.stems.numbers
    number = known.find(term)
    if number is None:
        return Postings.nothing()
    return segment.postings_of_term(number) if field == EXACT else segment.postings_of_stem(number)


def postings_of_run(segment: Segment, run: Sequence[str]) -> Postings:
    """The postings of stems that stand side by side in the passages."""
    if len(run) == 1:
        return postings(segment, TEXT_FIELD, run[0])
    rows, freqs = counted(segment.row_at(stem_places(segment, run)))
    return Postings(rows, coded(freqs, segment.lengths.take(rows)))


def postings_like(segment: Segment, query: Any) -> Postings:
    """The postings of all terms that a prefix, a wildcard or a fuzzy term stands for, as if they were one."""
    known = segment.terms if query.fieldname == EXACT else segment.stems.numbers
    numbers = np.array(terms_like(known, query), np.int64)
    if query.fieldname == TEXT_FIELD:
        numbers = gathered(segment.stems.terms, segment.stems.terms_ptr, numbers)
    places = places_of_terms(segment, numbers)
    rows, freqs = counted(segment.row_at(places))
    return Postings(rows, coded(freqs, segment.lengths.take(rows)))


def values_of_term(label: Label, field: str, term: str) -> Values:
    """The values of a label that hold a term."""
    if field != SOURCE:
        return label.values_of_stem(term)
    number = label.terms.find(term)
    return label.values_of_terms([] if number is None else [number])


def values_of_run(label: Label, field: str, run: Sequence[str]) -> Values:
    """The values of a label in which these stems stand side by side."""
    if len(run) == 1:
        return values_of_term(label, field, run[0])
    common: list[int] = reduce(np.intersect1d, [values_of_term(label, field, stem)[0] for stem in run]).tolist()
    freqs = {value: runs([stem_of(term) for term in terms(label.values[value])], run) for value in common}
    found = {value: count for value, count in freqs.items() if count}
    return np.array(list(found), np.int64), np.array(list(found.values()), np.uint32)


def values_of_runs(label: Label, field: str, asked: Sequence[Sequence[str]]) -> Values:
    """The values of a label that hold any of the runs, with how often in all."""
    found = [values_of_run(label, field, run) for run in asked]
    return summed(np.concatenate([values for values, _ in found]), np.concatenate([freqs for _, freqs in found]))
