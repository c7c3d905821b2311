"""Whoosh's query objects evaluated over the arrays of one segment, a whole list of rows at a time.

Every evaluation gives the matching rows, ascending, with their scores. Scores are BM25 as Whoosh's BM25F computes it:
each field by itself, summed; idf = ln(N / (df + 1)) + 1 with N and df over all segments, gone documents included; K1
= 1.2, B = 0.75. A phrase scores its words; closeness decides only whether a row matches.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from math import log
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA
from rapidfuzz.process import cdist
from whoosh import query as wq

from index.analysis import terms
from index.whoosh_engine.inverted import Ints
from index.whoosh_engine.near import Near, near_rows
from index.whoosh_engine.schema import EXACT, SOURCE, TEXT_FIELD
from index.whoosh_engine.segment import Label, Segment

K1, B = 1.2, 0.75

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Found:
    """Matching rows, ascending and distinct, and the score of each."""

    rows: Ints
    scores: Floats

    @classmethod
    def nothing(cls) -> "Found":
        """No rows."""
        return cls(np.empty(0, np.uint32), np.empty(0, np.float32))

    def weighted(self, weight: float) -> "Found":
        """The same rows with their scores times `weight`."""
        return self if weight == 1.0 else Found(self.rows, self.scores * np.float32(weight))


class Statistics:
    """What scoring needs to know of all segments together. Made once for a set of segments."""

    def __init__(self, segments: Sequence[Segment]) -> None:
        self._segments = segments
        self.rows = sum(segment.rows for segment in segments)
        self._mean: dict[str, float] = {}
        self._idf: dict[tuple[str, str], float] = {}

    def mean_length(self, field: str) -> float:
        """The mean number of words of a field over all rows."""
        if field not in self._mean:
            total = sum(_total_length(segment, field) for segment in self._segments)
            self._mean[field] = total / self.rows if total else 1.0
        return self._mean[field]

    def idf(self, field: str, term: str) -> float:
        """How rare a term is in a field."""
        key = (field, term)
        if key not in self._idf:
            if len(self._idf) > 100_000:
                self._idf.clear()
            self._idf[key] = self.idf_of(sum(len(rows_of_term(segment, field, term)[0]) for segment in self._segments))
        return self._idf[key]

    def idf_of(self, frequency: int) -> float:
        """The idf of anything that is found in so many rows."""
        return log(self.rows / (frequency + 1)) + 1 if self.rows else 0.0


def _total_length(segment: Segment, field: str) -> int:
    if field in (EXACT, TEXT_FIELD):
        return len(segment.stream)
    label = segment.labels[field]
    return int((label.lengths[label.of_row]).sum())


def rows_of_term(segment: Segment, field: str, term: str) -> tuple[Ints, Ints]:
    """Rows that hold a term in a field (a stem in `text`), ascending, with how often."""
    nothing = np.empty(0, np.uint32)
    if field == TEXT_FIELD:
        number = segment.stems.get(term)
        return (nothing, nothing) if number is None else segment.stem_rows.of(number)
    if field == EXACT:
        number = segment.terms.get(term)
        return (nothing, nothing) if number is None else _counted(segment.row_at(segment.places_of(number)))
    label = segment.labels[field]
    if field == SOURCE:
        numbers = [label.terms[term]] if term in label.terms else []
    else:
        numbers = list(label.stems.get(term, ()))
    return _label_rows(label, numbers)


def _label_rows(label: Label, terms: Sequence[int]) -> tuple[Ints, Ints]:
    """Rows whose value holds any of the terms, ascending, with how often in all."""
    freqs: dict[int, int] = {}
    for term in terms:
        for value, freq in zip(*label.inverted.of(term), strict=True):
            freqs[int(value)] = freqs.get(int(value), 0) + int(freq)
    return _rows_of_values(label, freqs)


def _rows_of_values(label: Label, freqs: dict[int, int]) -> tuple[Ints, Ints]:
    if not freqs:
        return np.empty(0, np.uint32), np.empty(0, np.uint32)
    lists = [label.rows_of(value) for value in freqs]
    rows = np.concatenate(lists)
    counts = np.repeat(np.fromiter(freqs.values(), np.uint32, len(freqs)), [len(part) for part in lists])
    order = np.argsort(rows, kind="stable")
    return rows[order], counts[order]


def _counted(rows: Ints) -> tuple[Ints, Ints]:
    """Distinct rows of an ascending list, and how often each occurs."""
    if not len(rows):
        return rows, rows
    fresh = np.flatnonzero(np.append(True, rows[1:] != rows[:-1]))
    return rows[fresh], np.diff(np.append(fresh, len(rows))).astype(np.uint32)


class Evaluator:
    """Evaluates queries over one segment with the statistics of all."""

    def __init__(self, segment: Segment, statistics: Statistics) -> None:
        self._segment = segment
        self._statistics = statistics
        self._handlers: dict[type, Callable[[Any], Found]] = {
            wq.Term: self._term,
            wq.Or: self._or,
            wq.And: self._and,
            wq.Not: self._not,
            wq.Phrase: self._phrase,
            wq.Prefix: self._pattern,
            wq.Wildcard: self._pattern,
            wq.FuzzyTerm: self._fuzzy,
            Near: self._near,
        }

    def found(self, query: wq.Query) -> Found:
        """The rows that match. Raises KeyError for a kind of query that the compiler never makes."""
        found = self._handlers[type(query)](query)
        return found.weighted(getattr(query, "boost", 1.0))

    def _term(self, query: Any) -> Found:
        rows, freqs = rows_of_term(self._segment, query.fieldname, query.text)
        return self._scored(query.fieldname, rows, freqs, self._statistics.idf(query.fieldname, query.text))

    def _scored(self, field: str, rows: Ints, freqs: Ints, idf: float) -> Found:
        if not len(rows):
            return Found.nothing()
        if field in (EXACT, TEXT_FIELD):
            lengths = self._segment.lengths[rows]
        else:
            label = self._segment.labels[field]
            lengths = label.lengths[label.of_row[rows]]
        freq = freqs.astype(np.float32)
        norm = lengths.astype(np.float32) * np.float32(B / self._statistics.mean_length(field))
        norm += np.float32(1 - B)
        scores = np.float32(idf * (K1 + 1)) * freq / (freq + np.float32(K1) * norm)
        return Found(rows, scores.astype(np.float32))

    def _or(self, query: Any) -> Found:
        return self._summed([self.found(part) for part in query.subqueries])

    def _summed(self, parts: Sequence[Found]) -> Found:
        parts = [part for part in parts if len(part.rows)]
        if len(parts) < 2:
            return parts[0] if parts else Found.nothing()
        dense = np.zeros(self._segment.rows, np.float32)
        seen = np.zeros(self._segment.rows, bool)
        for part in parts:
            dense[part.rows] += part.scores
            seen[part.rows] = True
        rows = np.flatnonzero(seen).astype(np.uint32)
        return Found(rows, dense[rows])

    def _and(self, query: Any) -> Found:
        wanted = [self.found(part) for part in query.subqueries if not isinstance(part, wq.Not)]
        unwanted = [self.found(part.query) for part in query.subqueries if isinstance(part, wq.Not)]
        rows = reduce(np.intersect1d, (part.rows for part in sorted(wanted, key=lambda part: len(part.rows))))
        for part in unwanted:
            rows = np.setdiff1d(rows, part.rows, assume_unique=True)
        return Found(rows.astype(np.uint32), _added(rows, wanted))

    def _not(self, query: Any) -> Found:
        unwanted = self.found(query.query).rows
        rows = np.setdiff1d(np.arange(self._segment.rows, dtype=np.uint32), unwanted, assume_unique=True)
        return Found(rows, np.zeros(len(rows), np.float32))

    def _phrase(self, query: Any) -> Found:
        if query.fieldname != EXACT:
            return self._label_phrase(query.fieldname, query.words)
        rows, _ = _counted(self._segment.row_at(phrase_places(self._segment, query.words)))
        words = [self._term(wq.Term(EXACT, word)) for word in query.words] if len(rows) else []
        return Found(rows, _added(rows, words))

    def _label_phrase(self, field: str, words: Sequence[str]) -> Found:
        label = self._segment.labels[field]
        if any(word not in label.terms for word in words):
            return Found.nothing()
        common = reduce(np.intersect1d, (label.inverted.of(label.terms[word])[0] for word in words))
        freqs = {int(value): count for value in common if (count := _runs(terms(label.values[int(value)]), words))}
        rows, counts = _rows_of_values(label, freqs)
        return self._scored(field, rows, counts, self._statistics.idf_of(len(rows)) * len(words))

    def _pattern(self, query: Any) -> Found:
        matches = re.compile(_regex(query)).fullmatch
        return self._any_term(query.fieldname, lambda known: (term for term in known if matches(term)))

    def _fuzzy(self, query: Any) -> Found:
        return self._any_term(query.fieldname, lambda known: near_terms(query.text, known, query.maxdist))

    def _any_term(self, field: str, choose: Callable[[Sequence[str]], Iterable[str]]) -> Found:
        """Rows with any of the chosen written terms, scored as if they were one term."""
        if field == EXACT:
            segment = self._segment
            numbers = [segment.terms[term] for term in choose(segment.term_list)]
            places = [segment.places_of(number) for number in numbers]
            rows, freqs = _counted(np.sort(segment.row_at(np.concatenate(places)))) if places else _counted(_NO_ROWS)
        else:
            label = self._segment.labels[field]
            rows, freqs = _label_rows(label, [label.terms[term] for term in choose(list(label.terms))])
        return self._scored(field, rows, freqs, self._statistics.idf_of(len(rows)))

    def _near(self, query: Near) -> Found:
        rows = near_rows(self._segment, query, lambda part: places_of(self._segment, part))
        parts = [self.found(part) for part in query.parts]
        return Found(rows, _added(rows, parts))


_NO_ROWS = np.empty(0, np.uint32)


def _added(rows: Ints, parts: Sequence[Found]) -> Floats:
    """The scores of the parts together. Where a phrase runs on into the next row, a part may lack the first one."""
    scores = np.zeros(len(rows), np.float32)
    for part in parts:
        at = np.minimum(np.searchsorted(part.rows, rows), len(part.rows) - 1)
        scores += np.where(part.rows[at] == rows, part.scores[at], 0)
    return scores


def _regex(query: Any) -> str:
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
    matches = re.compile(_regex(query)).fullmatch
    return [number for term, number in segment.terms.items() if matches(term)]


def _runs(within: Sequence[str], words: Sequence[str]) -> int:
    length = len(words)
    return sum(list(words) == list(within[at : at + length]) for at in range(len(within) - length + 1))
