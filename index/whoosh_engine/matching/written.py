"""What a written word adds to a score, known without a list of its rows."""

import numpy as np

from index.whoosh_engine.segment.inverted import Ints
from index.whoosh_engine.segment.postings import PEAK, Floats, coded
from index.whoosh_engine.segment.segment import Segment


class Written:
    """A word of a phrase: its rows are the phrase's, and only the scores are wanted. See `match.Scoring`."""

    def __init__(self, segment: Segment, term: int, table: Floats, idf: float) -> None:
        self._segment, self._term, self._table, self._idf = segment, term, table, np.float32(idf)
        self.bound = PEAK * idf

    def scores_in(self, rows: Ints) -> Floats:
        """See `match.Scoring`."""
        freqs = self._segment.frequencies_in([self._term], rows)[0]
        return self._table.take(coded(freqs, self._segment.lengths.take(rows))) * self._idf
