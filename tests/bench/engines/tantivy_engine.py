"""tantivy, stems of one field, run by a Python that has it: `PYTHON -m tests.bench.engines.tantivy_engine`.

Its totals are not asked for: with them it could skip nothing.
"""

import importlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.bench.engines.passages import read
from tests.bench.engines.questions import Kind
from tests.bench.engines.talk import speak

_HEAP = 1_000_000_000
_THREADS = 2


class Tantivy:
    """One index with a stemmed text and a number."""

    def __init__(self) -> None:
        self._library: Any = importlib.import_module("tantivy")  # only the peer's Python has it
        self._index: Any = None
        self._searcher: Any = None

    def build(self, passages: Path, folder: Path) -> None:
        folder.mkdir()
        schema = self._library.SchemaBuilder()
        schema.add_integer_field("number", fast=True)
        schema.add_text_field("text", tokenizer_name="en_stem", index_option="position")
        index = self._library.Index(schema.build(), path=str(folder))
        writer = index.writer(_HEAP, _THREADS)
        for line in read(passages):
            writer.add_document(self._library.Document(number=line.number, text=line.text))
        writer.commit()
        writer.wait_merging_threads()

    def open(self, folder: Path) -> None:
        self._index = self._library.Index.open(str(folder))
        self._searcher = self._index.searcher()

    def ask(self, kind: Kind, words: Sequence[str], k: int) -> Sequence[int] | None:
        if kind in (Kind.NEAR2, Kind.NEAR3):
            return None  # its slop is of the words in their order
        text = {Kind.OR: " OR ", Kind.AND: " AND "}.get(kind, " ").join(words)
        query = self._index.parse_query(f'"{text}"' if kind in (Kind.PHRASE, Kind.FREQUENT) else text, ["text"])
        hits = self._searcher.search(query, limit=k, count=False).hits
        return self._searcher.fast_field_values("number", [address for _, address in hits])


if __name__ == "__main__":
    speak(Tantivy())
