"""Pairs of frequent words, which have lists of places of their own."""

from functools import lru_cache

from index.whoosh_engine.segment.arrays import Arrays
from index.whoosh_engine.segment.inverted import Ints

_KEPT = 4096
"""Of so many pairs it is kept where their places lie."""


class Grams:
    """Where each two of the most frequent terms stand side by side."""

    def __init__(self, arrays: Arrays) -> None:
        self._index = {term: at for at, term in enumerate(arrays["gram_terms"].tolist())}
        self._many, self._ptr, self._places = len(self._index), arrays["gram_ptr"].data, arrays["gram_places"]
        self.of = lru_cache(_KEPT)(self._of)

    def _of(self, first: int, second: int) -> Ints | None:
        """The places at which the term `first` stands before `second`, ascending; None where they aren't kept."""
        one, other = self._index.get(first), self._index.get(second)
        if one is None or other is None:
            return None
        key = one * self._many + other
        return self._places[self._ptr[key] : self._ptr[key + 1]]
