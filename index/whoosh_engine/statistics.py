"""What is known of all segments together, and the rows that hold a term: what every score is made of."""

from collections.abc import Sequence
from functools import reduce
from math import log

import numpy as np
from whoosh import query as wq

from index.analysis import stem_of, terms
from index.whoosh_engine.inverted import Ints
from index.whoosh_engine.places import runs, stem_places
from index.whoosh_engine.schema import EXACT, SOURCE, TEXT_FIELD
from index.whoosh_engine.segment import Label, Segment


class AnyRun(wq.Query):
    """Any of some runs of stems, each side by side in a field, scored as one term (Lucene's SynonymQuery): the
    frequencies are added, and it is as rare as its most frequent run."""

    def __init__(self, field: str, runs: Sequence[tuple[str, ...]]) -> None:
        self.field = field
        self.runs = tuple(runs)
        self.boost = 1.0


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

    def idf_of_any(self, query: AnyRun) -> float:
        """How rare the most frequent of the runs is."""
        return min(self._idf_of_run(query.field, run) for run in query.runs)

    def _idf_of_run(self, field: str, run: tuple[str, ...]) -> float:
        if len(run) == 1:
            return self.idf(field, run[0])
        key = (field, " ".join(run))
        if key not in self._idf:
            self._idf[key] = self.idf_of(sum(len(rows_of_run(segment, field, run)[0]) for segment in self._segments))
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
        return (nothing, nothing) if number is None else counted(segment.row_at(segment.places_of(number)))
    label = segment.labels[field]
    if field == SOURCE:
        numbers = [label.terms[term]] if term in label.terms else []
    else:
        numbers = list(label.stems.get(term, ()))
    return label_rows(label, numbers)


def rows_of_run(segment: Segment, field: str, run: Sequence[str]) -> tuple[Ints, Ints]:
    """Rows in whose field these stems stand side by side, ascending, with how often."""
    if len(run) == 1:
        return rows_of_term(segment, field, run[0])
    if field == TEXT_FIELD:
        return counted(segment.row_at(stem_places(segment, run)))
    label = segment.labels[field]
    lists = [[label.inverted.of(number)[0] for number in label.stems.get(stem, ())] for stem in run]
    if not all(lists):
        return rows_of_values(label, {})
    common: list[int] = reduce(np.intersect1d, [np.concatenate(values) for values in lists]).tolist()
    freqs = {value: runs([stem_of(term) for term in terms(label.values[value])], run) for value in common}
    return rows_of_values(label, {value: count for value, count in freqs.items() if count})


def label_rows(label: Label, terms: Sequence[int]) -> tuple[Ints, Ints]:
    """Rows whose value holds any of the terms, ascending, with how often in all."""
    freqs: dict[int, int] = {}
    for term in terms:
        for value, freq in zip(*label.inverted.of(term), strict=True):
            freqs[int(value)] = freqs.get(int(value), 0) + int(freq)
    return rows_of_values(label, freqs)


def rows_of_values(label: Label, freqs: dict[int, int]) -> tuple[Ints, Ints]:
    """The rows of some values of a label, ascending, with the frequency given for their value."""
    if not freqs:
        return np.empty(0, np.uint32), np.empty(0, np.uint32)
    lists = [label.rows_of(value) for value in freqs]
    rows = np.concatenate(lists)
    counts = np.repeat(np.fromiter(freqs.values(), np.uint32, len(freqs)), [len(part) for part in lists])
    order = np.argsort(rows, kind="stable")
    return rows[order], counts[order]


def counted(rows: Ints) -> tuple[Ints, Ints]:
    """Distinct rows of an ascending list, and how often each occurs."""
    if not len(rows):
        return rows, rows
    fresh = np.flatnonzero(np.append(True, rows[1:] != rows[:-1]))
    return rows[fresh], np.diff(np.append(fresh, len(rows))).astype(np.uint32)
