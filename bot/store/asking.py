"""The ports for what those who ask leave behind. All times are aware UTC. Every method raises StoreUnavailable."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

MOST_RECENT = 20
"""So many questions are kept of one person; older ones go."""


class Recent(Protocol):
    """The newest questions of each person, for that person alone. Questions that differ only in blanks and capitals are
    one, kept as it was asked last."""

    async def add(self, workspace_id: str, asker: str, question: str, at: datetime) -> None:
        """Keep one."""
        ...

    async def of(self, workspace_id: str, asker: str) -> Sequence[str]:
        """At most `MOST_RECENT`, the newest first."""
        ...

    async def clear(self, workspace_id: str, asker: str) -> int:
        """Forget all of that person's. Returns how many there were."""
        ...


@dataclass(frozen=True, slots=True)
class Opinion:
    """What somebody thinks of a passage of that version as an answer to a question: useful, or not what was asked.

    `passage` is the whole reference, `document:version:start-end`; `who` is None where a newsroom does not keep who
    asked.
    """

    workspace_id: str
    question: str
    document_id: str
    version: int
    passage: str
    useful: bool
    who: str | None
    at: datetime


class Feedback(Protocol):
    """What people think of the passages they were shown."""

    async def add(self, opinion: Opinion) -> None:
        """Keep one; it takes the place of the same person's earlier one of this passage and question. Those of nobody
        in particular add up."""
        ...

    async def dismiss(
        self, workspace_id: str, sources: Collection[str], question: str, passage: str | None = None
    ) -> int:
        """Forget what was thought of the question's passages (or of this one) in documents of `sources`. Returns how
        many opinions there were."""
        ...
