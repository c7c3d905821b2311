"""The words of passages, collected."""

from pathlib import Path
from typing import Any

from numpy.typing import NDArray

from index.whoosh_engine.bulk.disk import SCRATCH
from index.whoosh_engine.bulk.files import WORDS, ArrayFile, Stored
from index.whoosh_engine.bulk.postings import word_arrays
from index.whoosh_engine.bulk.words import Words, WordTable

TOGETHER = 2_000
"""Of so many passages at a time the words are counted."""


class WordColumns:
    """The words of passages, which come one after another."""

    def __init__(self) -> None:
        self._table = WordTable()
        self._parts: list[Words] = []

    def add(self, content: bytes, rows: int) -> None:
        """Add so many passages, given as `passages.bytes_of` makes them."""
        self._parts.append(self._table.words(content, rows))

    def arrays(self) -> dict[str, NDArray[Any]]:
        """The arrays of all that was added, but for those that follow from others."""
        return word_arrays(self._table, self._parts)

    def begin_anew(self) -> None:
        """Forget the passages; what is known of words is kept, within bounds."""
        self._parts = []
        if self._table.full:
            self._table = WordTable()

    def write_run(self, folder: Path) -> Stored:
        """Write the words of a run into its folder and begin anew."""
        with ArrayFile(folder / WORDS, SCRATCH) as file:
            file.add(self.arrays())
        self.begin_anew()
        return file.stored()
