"""An engine that finds what it is told to find, for tests of what is done with hits."""

from collections.abc import AsyncIterable, Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from index.entries import entry
from index.hit import Hit, LeftOut, Located, Results, Stamp
from index.port import Access, Batch, Breakdown, Choice, EngineStatus, Utterance, Utterances
from index.query import FieldName, Query
from sources.document import Document

STAMP = Stamp("g000001", 1, "1", datetime(2026, 11, 22, tzinfo=UTC), 1, 1)


def hits_of(document: Document, version: int = 1) -> list[Hit]:
    """Every passage of the document as a hit."""
    taken = entry(document, version)
    return [Hit(passage, taken.card, score=1.0) for passage in taken.passages]


@dataclass
class ScriptedEngine:
    """Answers every search with those of `hits` that the asker may read. `meanwhile` runs while it searches."""

    hits: list[Hit] = field(default_factory=list[Hit])
    meanwhile: Callable[[], Awaitable[None]] | None = None
    failure: Exception | None = None
    asked: list[tuple[Query, Access]] = field(default_factory=list[tuple[Query, Access]])
    afresh: int = 0

    async def search(self, query: Query, access: Access, *, fresh: bool = False) -> Results:
        self.asked.append((query, access))
        self.afresh += fresh
        if self.failure:
            raise self.failure
        found = tuple(hit for hit in self.hits if hit.document.source_id in access.sources)
        if self.meanwhile:
            await self.meanwhile()
        return Results(found[: query.limit], len(found), bool(found), query.understood, LeftOut(), STAMP)

    async def suggest(self, prefix: str, access: Access) -> Sequence[str]:
        return ()

    async def locate(self, words: Sequence[str], access: Access, most: int) -> Sequence[Located]:
        return ()

    async def facet(self, field: FieldName, typed: str, access: Access, limit: int = 100) -> Sequence[Choice]:
        return ()

    async def breakdown(self, query: Query, access: Access, limit: int = 8) -> Breakdown:
        total = sum(hit.document.source_id in access.sources for hit in self.hits)
        return Breakdown(total, (), (), (), (), total, 0)

    async def utterances(self, words: str, access: Access, limit: int = 10) -> Utterances:
        found = tuple(Utterance(hit.passage, hit.document, hit.spans) for hit in self.hits)
        return Utterances(found, (), len(found), 0, earliest=False)

    async def apply(self, batch: Batch) -> None:
        """Follows nothing."""

    async def rebuild(self, batches: AsyncIterable[Batch]) -> Stamp:
        return STAMP

    async def rollback(self, batches: AsyncIterable[Batch]) -> Stamp:
        return STAMP

    async def verify(self) -> None:
        """Has nothing on disk."""

    async def status(self) -> EngineStatus:
        return EngineStatus(STAMP, None, 0, outdated=False)

    async def close(self) -> None:
        """Holds nothing."""
