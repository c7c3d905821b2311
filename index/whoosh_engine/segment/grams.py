"""Pairs of frequent words, which have lists of places of their own."""

from index.whoosh_engine.segment.arrays import Arrays
from index.whoosh_engine.segment.inverted import Ints


class Grams:
    """Where each two of the most frequent terms stand side by side. `index`: these terms, each with its place among
    them.
    """

    def __init__(self, arrays: Arrays) -> None:
        self.index: dict[int, int] = {term: at for at, term in enumerate(arrays["gram_terms"].tolist())}
        self._ptr, self._places = arrays["gram_ptr"].data, arrays["gram_places"]

    def of(self, first: int, second: int) -> Ints:
        """The places at which one of these terms stands before another, ascending."""
        key = first * len(self.index) + second
        return self._places[self._ptr[key] : self._ptr[key + 1]]
