"""Whoosh's query objects evaluated over the arrays of one segment, a whole list of rows at a time.

Every evaluation gives a `Match`: the rows and their scores, worked out as far as somebody asks for them. Scores are
BM25 as Whoosh's BM25F computes it: each field by itself, summed; K1 = 1.2, B = 0.75; but with Lucene's idf (see
`Statistics.idf_of`), with N and df over all segments, gone documents included. A phrase scores its words; closeness
decides only whether a row matches.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache, partial, reduce
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh import query as wq

from index.analysis import terms
from index.whoosh_engine.matching.documents import OfDocuments
from index.whoosh_engine.matching.labelled import Labelled
from index.whoosh_engine.matching.match import (
    NOTHING,
    AnyOf,
    Boosted,
    Listed,
    Match,
    Scored,
    Scoring,
    met,
    scores_at,
    size,
)
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
from index.whoosh_engine.matching.written import Written, words_in
from index.whoosh_engine.segment.inverted import Ints, distinct, once, true_at
from index.whoosh_engine.segment.phrases import phrase
from index.whoosh_engine.segment.places import loose_places, runs
from index.whoosh_engine.segment.postings import MOST_COUNTED, Floats, Postings, coded
from index.whoosh_engine.segment.schema import EXACT, LABELS, TEXT_FIELD
from index.whoosh_engine.segment.segment import Segment, Values

_STEMS = 4_096
"""Of so many stems it is kept where their rows lie, and of so many written words what they are worth."""

_MANY = 16
"""Of all rows this part is too many to look them up one by one."""


class Evaluator:
    """Evaluates queries over one segment with the statistics of all. `fell_back` is called for each that is left to
    Whoosh."""

    def __init__(self, segment: Segment, statistics: Statistics, fell_back: Callable[[], None] = lambda: None) -> None:
        self._fell_back = fell_back
        self.segment = segment
        self._statistics = statistics
        self._growth = statistics.growth(segment)
        self._written = lru_cache(_STEMS)(self._word)
        self._stem = lru_cache(_STEMS)(partial(self._passages_with, TEXT_FIELD))
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
        if handler is None or (type(query) is wq.Phrase and _unruled(query)):
            self._fell_back()
            return matched(self.segment, self._statistics, query)
        if getattr(query, "fieldname", EXACT) not in _FIELDS:
            return NOTHING
        found = handler(query)
        weight = getattr(query, "boost", 1.0)
        return found if weight == 1.0 or found is NOTHING else Boosted(found, weight)

    def _term(self, query: Any) -> Match:
        field, text = query.fieldname, query.text
        if field == TEXT_FIELD:
            return self._stem(text)
        if field == EXACT:
            return self._passages_with(field, text)
        values = values_of_term(self.segment.labels[field], field, text)
        return self._labelled(field, values, self._statistics.idf(field, text)) if len(values[0]) else NOTHING

    def _passages_with(self, field: str, text: str) -> Match:
        found = postings(self.segment, field, text)
        return self._scored(field, found, self._statistics.idf(field, text)) if len(found.rows) else NOTHING

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
        if sum(len(each.rows) for each in found) * _MANY > self.segment.rows:
            return self._summed(found)
        rows = distinct(np.concatenate([each.rows for each in found]))
        freqs = np.zeros(len(rows), np.uint32)
        for each in found:
            freqs[rows.searchsorted(each.rows)] += each.frequencies
        return Postings(rows, coded(freqs, self.segment.lengths.take(rows)))

    def _summed(self, found: Sequence[Postings]) -> Postings:
        """The same of words that stand in many rows: every row is counted."""
        lengths, freqs = self.segment.lengths, np.zeros(self.segment.rows, np.uint16)
        for each in found:
            if each.dense is None:
                freqs[each.rows] += each.frequencies
            else:
                freqs += each.dense
        rows, dense = true_at(freqs != 0).astype(np.uint32), np.minimum(freqs, MOST_COUNTED).astype(np.uint8)
        return Postings(rows, coded(dense.take(rows), lengths.take(rows)), dense, lengths)

    def _scored(self, field: str, found: Postings, idf: float) -> Match:
        return Scored(found, self._statistics.table(field), idf, self._growth) if len(found.rows) else NOTHING

    def _labelled(self, field: str, found: Values, idf: float) -> Match:
        values, freqs = found
        if not len(values):
            return NOTHING
        return Labelled(self.segment.labels[field], values, self._worth(field, values, freqs, idf))

    def _worth(self, field: str, values: NDArray[np.int64], freqs: Ints, idf: float) -> Floats:
        """The score of each of some values of a label that hold a term so often."""
        codes = coded(freqs, self.segment.labels[field].lengths.take(values))
        return self._statistics.table(field).take(codes) * np.float32(idf)

    def _or(self, query: Any) -> Match:
        return self._any([self.found(part) for part in query.subqueries])

    def _any(self, parts: Sequence[Match]) -> Match:
        parts = [part for part in parts if part is not NOTHING]
        if len(parts) < 2:
            return parts[0] if parts else NOTHING
        return AnyOf(parts)

    def _and(self, query: Any) -> Match:
        return Listed(*self.every(query))

    def every(self, query: wq.And) -> tuple[Ints, Floats]:
        """The rows that all parts of a query match, ascending, and their scores but for the query's boost."""
        excluded = [part.query for part in query.subqueries if type(part) is wq.Not]
        wanted = [self.found(part) for part in query.subqueries if type(part) is not wq.Not]
        if not wanted:
            rows = np.arange(self.segment.rows * bool(query.subqueries), dtype=np.uint32)
            wanted = [Listed(rows, np.zeros(len(rows), np.float32))]
        rows, scores = together(wanted)
        for part in excluded:
            left = ~self.found(part).has(rows)
            rows, scores = rows[left], scores[left]
        return rows, scores

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

    def written(self, words: Sequence[str]) -> list[Written]:
        """What those of some written words that there are add to a score."""
        found = map(self._written, words)
        return [word for word in found if word is not None]

    def _word(self, word: str) -> Written | None:
        segment, statistics = self.segment, self._statistics
        number = segment.terms.find(word)
        if number is None:
            return None
        return Written(segment, segment.term(number), statistics.table(EXACT), statistics.idf(EXACT, word))

    def _phrase(self, query: Any) -> Match:
        if query.fieldname != EXACT:
            return self._label_phrase(query.fieldname, query.words)
        segment, words = self.segment, query.words
        loose = query.slop != 1
        rows = once(segment.row_at(loose_places(segment, words, query.slop))) if loose else phrase(segment, words).rows
        return Listed(rows, words_in(segment, rows, self.written(words))) if len(rows) else NOTHING

    def _label_phrase(self, field: str, words: Sequence[str]) -> Match:
        label, held = self.segment.labels[field], [self._statistics.values_like(wq.Term(field, each)) for each in words]
        found = [(*values[self.segment], idf) for values, idf in held]
        common: list[int] = reduce(np.intersect1d, [values for values, _, _ in found]).tolist()
        chosen = [value for value in common if runs(terms(label.values[value]), words)]
        if not chosen:
            return NOTHING
        values, scores = np.array(chosen, np.int64), np.zeros(len(chosen), np.float32)
        for holding, freqs, idf in found:
            scores += self._worth(field, values, freqs[holding.searchsorted(values)], idf)
        return Labelled(label, values, scores)

    def _pattern(self, query: Any) -> Match:
        """Rows with any of the written terms that a pattern stands for, scored as if they were one term."""
        if query.fieldname in (EXACT, TEXT_FIELD):
            found, idf = self._statistics.like(query)
            return self._scored(query.fieldname, found[self.segment], idf)
        held, idf = self._statistics.values_like(query)
        return self._labelled(query.fieldname, held[self.segment], idf)

    def _near(self, query: Near) -> Match:
        parts = [self.found(part) for part in query.parts]
        rows, scores = together(parts)
        close = Nearness(self.segment, query).among(rows)
        return Listed(rows[close], scores[close])

    def _of_documents(self, query: OfDocuments) -> Match:
        rows = query.rows(self.segment)
        return Listed(rows, np.zeros(len(rows), np.float32))


def _unruled(query: wq.Phrase) -> bool:
    """Whether the arrays have no rule for this phrase: those of stems, and loose ones in a label."""
    return query.fieldname != EXACT and (query.fieldname == TEXT_FIELD or query.slop != 1)


_FIELDS = frozenset({EXACT, TEXT_FIELD, *LABELS})


def together(parts: Sequence[Match]) -> tuple[Ints, Floats]:
    """The rows that all of them have, with their scores; begins with the part that has the fewest, and goes on with
    those in which rows are looked up quickly."""
    first, *others = sorted(range(len(parts)), key=[size(part) for part in parts].__getitem__)
    if len(others) > 1:
        others.sort(key=lambda at: not isinstance(part := parts[at], Scored) or not part.quick)
    rows, found, held = parts[first].rows, dict[int, Floats](), None
    for at in others:
        there, scores = met(parts[at], rows)
        rows, held = rows.take(there), there if held is None else held.take(there)
        for other in found:
            found[other] = found[other].take(there)
        found[at] = scores
    found[first] = parts[first].scores_in(rows) if held is None else scores_at(parts[first], held)
    # In the order of the question: sums of the same numbers in another order may differ in the last digit.
    return rows, reduce(np.add, map(found.__getitem__, range(len(parts))))


def added(rows: Ints, parts: Sequence[Scoring]) -> Floats:
    """The scores of the parts together. Where a phrase runs on into the next row, a part may lack the first one."""
    scores = np.zeros(len(rows), np.float32)
    for part in parts:
        scores += part.scores_in(rows)
    return scores
