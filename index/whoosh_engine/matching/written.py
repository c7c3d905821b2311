"""What a written word adds to a score, known without a list of its rows."""

from collections.abc import Sequence

import numpy as np

from index.whoosh_engine.segment.inverted import Ints
from index.whoosh_engine.segment.postings import PEAK, Codes, Floats, code
from index.whoosh_engine.segment.segment import Segment


class Written:
    """A word of a phrase: its rows are the phrase's, and only the scores are wanted. See `match.Scoring`."""

    def __init__(self, segment: Segment, term: int, table: Floats, idf: float) -> None:
        self.term, self.idf = term, np.float32(idf)
        self.bound = PEAK * idf
        self._segment, self._table = segment, table

    def scores_in(self, rows: Ints) -> Floats:
        """See `match.Scoring`."""
        codes: Codes = self._segment.codes_in([self.term], rows)[0]
        return self._table.take(codes, mode="clip") * self.idf

    def score_among(self, terms: Sequence[int]) -> np.float32:
        """The score in a row of these words."""
        worth: np.float32 = self._table[code(terms.count(self.term), len(terms))]
        return worth * self.idf
