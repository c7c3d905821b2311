"""Whoosh's query objects evaluated over the arrays of one segment, a whole list of rows at a time.

Every evaluation gives the matching rows, ascending, with their scores. Scores are BM25 as Whoosh's BM25F computes it:
each field by itself, summed; idf = ln(N / (df + 1)) + 1 with N and df over all segments, gone documents included; K1
= 1.2, B = 0.75. A phrase scores its words; closeness decides only whether a row matches.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh import query as wq

from index.analysis import terms
from index.whoosh_engine.inverted import Ints
from index.whoosh_engine.near import Near, near_rows
from index.whoosh_engine.places import near_terms, pattern_of, phrase_places, places_of, runs
from index.whoosh_engine.schema import EXACT, TEXT_FIELD
from index.whoosh_engine.segment import Segment
from index.whoosh_engine.statistics import (
    AnyRun,
    Statistics,
    counted,
    label_rows,
    rows_of_run,
    rows_of_term,
    rows_of_values,
)

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


class Evaluator:
    """Evaluates queries over one segment with the statistics of all."""

    def __init__(self, segment: Segment, statistics: Statistics) -> None:
        self._segment = segment
        self._statistics = statistics
        self._handlers: dict[type, Callable[[Any], Found]] = {
            wq.Term: self._term,
            AnyRun: self._any_run,
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

    def _any_run(self, query: AnyRun) -> Found:
        found = [rows_of_run(self._segment, query.field, run) for run in query.runs]
        rows = np.concatenate([rows for rows, _ in found])
        distinct, owner = np.unique(rows, return_inverse=True)
        freqs = np.bincount(owner, np.concatenate([freqs for _, freqs in found]), len(distinct))
        return self._scored(query.field, distinct, freqs.astype(np.uint32), self._statistics.idf_of_any(query))

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
        rows, _ = counted(self._segment.row_at(phrase_places(self._segment, query.words)))
        words = [self._term(wq.Term(EXACT, word)) for word in query.words] if len(rows) else []
        return Found(rows, _added(rows, words))

    def _label_phrase(self, field: str, words: Sequence[str]) -> Found:
        label = self._segment.labels[field]
        if any(word not in label.terms for word in words):
            return Found.nothing()
        common = reduce(np.intersect1d, (label.inverted.of(label.terms[word])[0] for word in words))
        freqs = {int(value): count for value in common if (count := runs(terms(label.values[int(value)]), words))}
        rows, counts = rows_of_values(label, freqs)
        return self._scored(field, rows, counts, self._statistics.idf_of(len(rows)) * len(words))

    def _pattern(self, query: Any) -> Found:
        matches = re.compile(pattern_of(query)).fullmatch
        return self._any_term(query.fieldname, lambda known: (term for term in known if matches(term)))

    def _fuzzy(self, query: Any) -> Found:
        return self._any_term(query.fieldname, lambda known: near_terms(query.text, known, query.maxdist))

    def _any_term(self, field: str, choose: Callable[[Sequence[str]], Iterable[str]]) -> Found:
        """Rows with any of the chosen written terms, scored as if they were one term."""
        if field == EXACT:
            segment = self._segment
            numbers = [segment.terms[term] for term in choose(segment.term_list)]
            places = [segment.places_of(number) for number in numbers]
            rows, freqs = counted(np.sort(segment.row_at(np.concatenate(places)))) if places else counted(_NO_ROWS)
        else:
            label = self._segment.labels[field]
            rows, freqs = label_rows(label, [label.terms[term] for term in choose(list(label.terms))])
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
