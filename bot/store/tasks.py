"""The queues that admins work off: their rows, and the port that reads them. All times are aware UTC."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol


class Queue(StrEnum):
    """What an admin can work off. `UNREADABLE` holds readings that were held back too, `DEAD_LINK` only such items as
    are known to be gone from their address."""

    UNDATED = "undated"
    UNREADABLE = "unreadable"
    DUPLICATE = "duplicate"
    DEAD_LINK = "dead_link"
    UNANSWERED = "unanswered"
    FEEDBACK = "feedback"


@dataclass(frozen=True, slots=True)
class Twin:
    """A document that has the same text, letter for letter, as the one in the row."""

    document_id: str
    source_id: str
    title: str


@dataclass(frozen=True, slots=True)
class Task:
    """One row of a queue. What does not apply is None or empty.

    `title` is what to show: a document's title or location, an item's location, the question as it was asked.
    `problem` is a sentence, of unreadable items and dead links; with `held_back` the newer reading can be taken anyway
    (`Holdings.take`). `times` counts refreshes in a row that found a link dead, or how often a question was asked;
    `at` is when it was last asked, or when the document was added, and `askers` the people who asked, where kept.
    Of FEEDBACK, `title` is the question, `passage` what was shown for it (`document:version:start-end`), `useful` and
    `not_asked` count what people thought of it, and `askers` are those people.
    """

    queue: Queue
    title: str
    source_id: str | None = None
    location: str | None = None
    document_id: str | None = None
    problem: str | None = None
    held_back: bool = False
    times: int = 1
    at: datetime | None = None
    twins: tuple[Twin, ...] = ()
    askers: tuple[str, ...] = ()
    passage: str | None = None
    useful: int = 0
    not_asked: int = 0


class Tasks(Protocol):
    """Reads the queues of one workspace, as far as `sources` (ids) reach. Raises StoreUnavailable."""

    async def counts(self, workspace_id: str, sources: Collection[str]) -> Mapping[Queue, int]:
        """How many rows each queue has."""
        ...

    async def rows(
        self, workspace_id: str, sources: Collection[str], queue: Queue, limit: int, offset: int
    ) -> Sequence[Task]:
        """Rows `offset` to `offset + limit` of a queue, in an order that lasts as long as nothing changes."""
        ...


class Unanswered(Protocol):
    """The questions that found no answer, in the askers' own words."""

    async def add(self, workspace_id: str, question: str, asker: str | None, at: datetime) -> None:
        """Keep one. `asker` is None where a newsroom does not keep who asked."""
        ...

    async def dismiss(self, workspace_id: str, question: str) -> int:
        """Forget a question, however often it was asked. Returns how often."""
        ...
