"""Quotedesk's engine: `python -m tests.bench.engines.our_engine field|whole`.

`field`: one field, ids alone, as the others are asked; loose words by their stems, phrases as they are written.
`whole`: what a reporter's question costs, all fields, closeness, folding, passages and spans (`Snapshot.search`). Both
read the one index that the engine builds of everything.
"""

import asyncio
import sys
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import groupby, islice
from pathlib import Path

from index.entries import Entry
from index.hit import DocumentCard
from index.passage import Passage
from index.port import Access, Batch
from index.query import parse
from index.sync import DOCUMENTS
from index.whoosh_engine import WhooshEngine
from index.whoosh_engine.answering.search import Snapshot
from sources.document import PartialDate
from tests.bench.engines.one_field import OneField
from tests.bench.engines.passages import Line, read
from tests.bench.engines.questions import Kind, Question
from tests.bench.engines.talk import speak
from tests.bench.relevance.opened import snapshot

_WORKSPACE, _SOURCE = "bench", "bench"
_ADDED = datetime(2026, 11, 22, tzinfo=UTC)
_GAP = "\n\n"


class Ours:
    """The engine, asked in one of both ways."""

    def __init__(self, whole: bool) -> None:
        self._whole = whole
        self._snapshot: Snapshot | None = None
        self._field: OneField | None = None

    def build(self, passages: Path, folder: Path) -> None:
        asyncio.run(_build(passages, folder))

    def open(self, folder: Path) -> None:
        """As a server does, which answers from then on and reads ahead meanwhile."""
        self._snapshot = snapshot(folder)
        self._field = OneField(self._snapshot)

    def ready(self) -> None:
        assert self._snapshot
        self._snapshot.warm()

    def ask(self, kind: Kind, words: Sequence[str], k: int) -> Sequence[int] | None:
        assert self._snapshot
        assert self._field
        if not self._whole:
            return self._field.best(kind, words, k)
        query = parse(Question(kind, tuple(words)).written, limit=k)
        found = self._snapshot.search(query, Access(_WORKSPACE, frozenset((_SOURCE,))))
        return [place for place, _ in enumerate(found.hits)]


async def _build(passages: Path, folder: Path) -> None:
    engine = WhooshEngine(folder / "index")
    await engine.rebuild(_batches(read(passages)))
    await engine.close()


async def _batches(lines: Iterable[Line]) -> AsyncIterator[Batch]:
    entries = _entries(lines)
    while held := list(islice(entries, DOCUMENTS)):
        yield Batch(held, (), 1)


def _entries(lines: Iterable[Line]) -> Iterator[Entry]:
    for document, given in groupby(lines, lambda line: line.document):
        of_document = list(given)
        first = of_document[0]
        published = PartialDate.parse(first.date) if first.date else None
        card = DocumentCard(
            document, _WORKSPACE, _SOURCE, document, 1, _ADDED, title=first.title or None, published=published
        )
        passages: list[Passage] = []
        at = 0
        for line in of_document:
            passages.append(Passage(document, 1, at, at + len(line.text), line.text))
            at += len(line.text) + len(_GAP)
        yield Entry(card, _GAP.join(line.text for line in of_document), tuple(passages))


if __name__ == "__main__":
    speak(Ours(whole=sys.argv[1] == "whole"))
