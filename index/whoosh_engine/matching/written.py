"""What written words add to a score, known without a list of the rows of each."""

from collections.abc import Iterator, Sequence
from ctypes import c_float

import numpy as np

from index.whoosh_engine.segment.inverted import Ints
from index.whoosh_engine.segment.postings import PEAK, Codes, Floats, code, recoded
from index.whoosh_engine.segment.segment import Segment
from index.whoosh_engine.segment.term import Term

_FEW = 3
"""In so few rows words are counted by reading them all."""


class Written:
    """A word of a phrase: its rows are the phrase's, and only the scores are wanted. See `match.Scoring`."""

    def __init__(self, segment: Segment, term: Term, table: Floats, idf: float) -> None:
        self.term = term
        self.bound = PEAK * idf
        self._segment, self._table = segment, table
        self._idf = np.array(idf, np.float32)  # an array is multiplied by sooner than a scalar
        self._worth, self._single_idf = table.data, _single(idf)

    def scores_in(self, rows: Ints) -> Floats:
        """See `match.Scoring`."""
        return words_in(self._segment, rows, [self])

    def scores_of(self, codes: Codes) -> Floats:
        """The scores of some codes."""
        scores = self._table.take(codes, mode="clip")
        scores *= self._idf
        return scores

    def score_among(self, terms: Sequence[int]) -> float:
        """The score in a row of these words."""
        return _single(self._worth[code(terms.count(self.term.number), len(terms))] * self._single_idf)


def words_in(segment: Segment, rows: Ints, words: Sequence[Written]) -> Floats:
    """The scores of some words in some rows."""
    first, *others = (word.scores_of(codes) for word, codes in zip(words, _codes(segment, rows, words), strict=True))
    for scores in others:
        first += scores
    return first


def words_in_each(segment: Segment, rows: list[int], words: Sequence[Written]) -> list[float]:
    """The same in plain numbers."""
    if len(rows) > _FEW:
        return words_in(segment, np.array(rows, np.uint32), words).tolist()
    scores: list[float] = []
    for row in rows:
        begin, end = segment.edges(row)
        terms, score = segment.words[begin:end].tolist(), 0.0
        for word in words:
            score = _single(score + word.score_among(terms))
        scores.append(score)
    return scores


def _codes(segment: Segment, rows: Ints, words: Sequence[Written]) -> Iterator[Codes]:
    """The codes of the words in each of the rows, word after word."""
    lengths, edges = segment.lengths.take(rows), None
    for word in words:
        _, places, _, dense = word.term
        if dense is not None:
            yield recoded(dense.take(rows), lengths)
            continue
        if edges is None:
            edges = np.concatenate((segment.row_edges.take(rows), segment.row_edges[1:].take(rows)))
        at = places.searchsorted(edges)
        yield recoded(at[len(rows) :] - at[: len(rows)], lengths)


def _single(value: float) -> float:
    """The nearest number of 32 bits. Sums and products of these, rounded each time, are those that numpy makes."""
    return c_float(value).value
