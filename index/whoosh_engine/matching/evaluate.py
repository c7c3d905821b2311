"""Whoosh's query objects evaluated over the arrays of one segment, a whole list of rows at a time.

Every evaluation gives a `Match`: the rows and their scores, worked out as far as somebody asks for them. Scores are
BM25 as Whoosh's BM25F computes it: each field by itself, summed; idf = ln(N / (df + 1)) + 1 with N and df over all
segments, gone documents included; K1 = 1.2, B = 0.75. A phrase scores its words; closeness decides only whether a row
matches.
"""

from collections.abc import Callable, Sequence
from functools import reduce
from typing import Any

import numpy as np
from whoosh import query as wq

from index.analysis import terms
from index.whoosh_engine.matching.documents import OfDocuments
from index.whoosh_engine.matching.match import NOTHING, AnyOf, Boosted, Labelled, Listed, Match, Scored, size
from index.whoosh_engine.matching.near import Near, Nearness
from index.whoosh_engine.matching.reader import matched
from index.whoosh_engine.matching.statistics import (
    AnyRun,
    Statistics,
    postings,
    postings_of_run,
    values_of_runs,
    values_of_term,
)
from index.whoosh_engine.segment.inverted import Ints, distinct
from index.whoosh_engine.segment.places import phrase_places, places_of_terms, runs, terms_like
from index.whoosh_engine.segment.postings import Floats, Postings, coded
from index.whoosh_engine.segment.schema import EXACT, TEXT_FIELD
from index.whoosh_engine.segment.segment import Segment, Values, counted


class Evaluator:
    """Evaluates queries over one segment with the statistics of all. `fell_back` is called for each that is left to
    Whoosh."""

    def __init__(self, segment: Segment, statistics: Statistics, fell_back: Callable[[], None] = lambda: None) -> None:
        self._fell_back = fell_back
        self.segment = segment
        self._statistics = statistics
        self._growth = statistics.growth(segment)
        self._handlers: dict[type, Callable[[Any], Match]] = {
            wq.Term: self._term,
            AnyRun: self._any_run,
            wq.Or: self._or,
            wq.And: self._and,
            wq.Not: self._not,
            wq.Phrase: self._phrase,
            wq.Prefix: self._pattern,
            wq.Wildcard: self._pattern,
            wq.FuzzyTerm: self._pattern,
            Near: self._near,
            OfDocuments: self._of_documents,
            wq.AndMaybe: self._and_maybe,
            wq.AndNot: self._and_not,
            wq.Require: self._require,
        }

    def found(self, query: wq.Query) -> Match:
        """What matches. What there is no rule for is left to Whoosh's matchers, and counted."""
        handler = self._handlers.get(type(query))
        if handler is None:
            self._fell_back()
            return matched(self.segment, self._statistics, query)
        found = handler(query)
        weight = getattr(query, "boost", 1.0)
        return found if weight == 1.0 or found is NOTHING else Boosted(found, weight)

    def _term(self, query: Any) -> Match:
        field, text = query.fieldname, query.text
        if field in (EXACT, TEXT_FIELD):
            found = postings(self.segment, field, text)
            return self._scored(field, found, self._statistics.idf(field, text)) if len(found.rows) else NOTHING
        values = values_of_term(self.segment.labels[field], field, text)
        return self._labelled(field, values, self._statistics.idf(field, text)) if len(values[0]) else NOTHING

    def _any_run(self, query: AnyRun) -> Match:
        idf = self._statistics.idf_of_any(query)
        if query.field != TEXT_FIELD:
            return self._labelled(
                query.field, values_of_runs(self.segment.labels[query.field], query.field, query.runs), idf
            )
        found = [postings_of_run(self.segment, run) for run in query.runs]
        return self._scored(query.field, self._joined(found), idf)

    def _joined(self, found: Sequence[Postings]) -> Postings:
        """The postings of several words as if they were one."""
        found = [each for each in found if len(each.rows)]
        if len(found) < 2:
            return found[0] if found else Postings.nothing()
        rows = distinct(np.concatenate([each.rows for each in found]))
        freqs = np.zeros(len(rows), np.uint32)
        for each in found:
            freqs[rows.searchsorted(each.rows)] += each.frequencies
        return Postings(rows, coded(freqs, self.segment.lengths.take(rows)))

    def _scored(self, field: str, found: Postings, idf: float) -> Match:
        return Scored(found, self._statistics.table(field), idf, self._growth) if len(found.rows) else NOTHING

    def _labelled(self, field: str, found: Values, idf: float) -> Match:
        values, freqs = found
        if not len(values):
            return NOTHING
        label = self.segment.labels[field]
        worth = self._statistics.table(field).take(coded(freqs, label.lengths.take(values)))
        return Labelled(label, values, worth * np.float32(idf))

    def _or(self, query: Any) -> Match:
        return self._any([self.found(part) for part in query.subqueries])

    def _any(self, parts: Sequence[Match]) -> Match:
        parts = [part for part in parts if part is not NOTHING]
        if len(parts) < 2:
            return parts[0] if parts else NOTHING
        return AnyOf(parts)

    def _and(self, query: Any) -> Match:
        wanted = [self.found(part) for part in query.subqueries if not isinstance(part, wq.Not)]
        rows = all_of(wanted)
        for part in query.subqueries:
            if isinstance(part, wq.Not) and len(rows):
                rows = rows[~self.found(part.query).has(rows)]
        return Listed(rows, added(rows, wanted))

    def _not(self, query: Any) -> Match:
        mask = np.ones(self.segment.rows, bool)
        for rows in self.found(query.query).lists():
            mask[rows] = False
        rows = np.flatnonzero(mask).astype(np.uint32)
        return Listed(rows, np.zeros(len(rows), np.float32))

    def _and_maybe(self, query: Any) -> Match:
        wanted, helping = self.found(query.a), self.found(query.b)
        return Listed(wanted.rows, added(wanted.rows, [wanted, helping]))

    def _and_not(self, query: Any) -> Match:
        wanted = self.found(query.a)
        rows = wanted.rows[~self.found(query.b).has(wanted.rows)]
        return Listed(rows, wanted.scores_in(rows))

    def _require(self, query: Any) -> Match:
        wanted = self.found(query.a)
        rows = wanted.rows[self.found(query.b).has(wanted.rows)]
        return Listed(rows, wanted.scores_in(rows))

    def _phrase(self, query: Any) -> Match:
        if query.fieldname != EXACT:
            return self._label_phrase(query.fieldname, query.words)
        rows, _ = counted(self.segment.row_at(phrase_places(self.segment, query.words)))
        return Listed(rows, self._words_in(rows, query.words)) if len(rows) else NOTHING

    def _words_in(self, rows: Ints, words: Sequence[str]) -> Floats:
        """The scores of written words in some rows."""
        segment, scores, table = self.segment, np.zeros(len(rows), np.float32), self._statistics.table(EXACT)
        lengths = segment.lengths.take(rows)
        for word in words:
            codes = coded(segment.frequency_in(segment.terms[word], rows), lengths)
            codes[codes < _ONCE] = 0  # where a phrase runs on into the next row, this one may lack the word
            scores += table.take(codes) * np.float32(self._statistics.idf(EXACT, word))
        return scores

    def _label_phrase(self, field: str, words: Sequence[str]) -> Match:
        label = self.segment.labels[field]
        if any(word not in label.terms for word in words):
            return NOTHING
        common = reduce(np.intersect1d, (label.inverted.of(label.terms[word])[0] for word in words))
        freqs = {int(value): count for value in common if (count := runs(terms(label.values[int(value)]), words))}
        values = np.array(list(freqs), np.int64)
        found = values, np.array(list(freqs.values()), np.uint32)
        return self._labelled(field, found, self._statistics.idf_of(label.count(values)) * len(words))

    def _pattern(self, query: Any) -> Match:
        """Rows with any of the written terms that a pattern stands for, scored as if they were one term."""
        segment, field = self.segment, query.fieldname
        if field != EXACT:
            label = segment.labels[field]
            values = label.values_of_terms(terms_like(label.terms, query))
            return self._labelled(field, values, self._statistics.idf_of(label.count(values[0])))
        places = places_of_terms(segment, np.array(terms_like(segment.terms, query), np.int64))
        rows, freqs = counted(segment.row_at(places))
        found = Postings(rows, coded(freqs, segment.lengths.take(rows)))
        return self._scored(field, found, self._statistics.idf_of(len(rows)))

    def _near(self, query: Near) -> Match:
        parts = [self.found(part) for part in query.parts]
        rows = all_of(parts)
        rows = rows[Nearness(self.segment, query).among(rows)]
        return Listed(rows, added(rows, parts))

    def _of_documents(self, query: OfDocuments) -> Match:
        rows = query.rows(self.segment)
        return Listed(rows, np.zeros(len(rows), np.float32))


_ONCE = coded(np.ones(1, np.uint32), np.zeros(1, np.uint32))[0]


def all_of(parts: Sequence[Match]) -> Ints:
    """The rows that all of them have; begins with the one that has the fewest."""
    lists = [(size(part), at) for at, part in enumerate(parts)]
    order = [at for _, at in sorted(lists)]
    rows = parts[order[0]].rows
    for at in order[1:]:
        rows = rows[parts[at].has(rows)]
    return rows


def added(rows: Ints, parts: Sequence[Match]) -> Floats:
    """The scores of the parts together. Where a phrase runs on into the next row, a part may lack the first one."""
    scores = np.zeros(len(rows), np.float32)
    for part in parts:
        scores += part.scores_in(rows)
    return scores
