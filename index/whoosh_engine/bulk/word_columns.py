"""The words of passages, collected."""

from collections.abc import Iterable
from typing import Any

from numpy.typing import NDArray

from index.whoosh_engine.bulk.postings import word_arrays
from index.whoosh_engine.bulk.words import Words, WordTable, joined

TOGETHER = 2_000
"""Of so many passages at a time the words are counted."""


class WordColumns:
    """The words of passages, which come one after another."""

    def __init__(self) -> None:
        self._table = WordTable()
        self._texts: list[bytes] = []
        self._parts: list[Words] = []

    def add(self, texts: Iterable[bytes]) -> None:
        """Add passages."""
        self._texts.extend(texts)
        while len(self._texts) >= TOGETHER:
            self._count()

    def _count(self) -> None:
        self._parts.append(self._table.words(self._texts[:TOGETHER]))
        del self._texts[:TOGETHER]

    def arrays(self) -> dict[str, NDArray[Any]]:
        """The arrays of all that was added since the last time, but for those that follow from others."""
        self._count()
        words, self._parts = joined(self._parts), []  # while arrays are made, each word is in memory once
        return word_arrays(self._table, words)

    def begin_anew(self) -> None:
        """Forget what is known of words where it is too much."""
        if self._table.full:
            self._table = WordTable()
