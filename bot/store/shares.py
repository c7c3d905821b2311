"""The port of what was shared where."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Share:
    """A passage posted to a channel: where it stands in Slack, and what it shows."""

    workspace_id: str
    channel: str
    ts: str
    shared_by: str
    at: datetime
    document_id: str
    version: int
    start: int
    end: int


class Shares(Protocol):
    """What was shared where, so that a shared card can later be told that its source changed."""

    async def add(self, share: Share) -> None:
        """Keep one share."""
        ...

    async def of_documents(self, document_ids: Sequence[str]) -> Sequence[Share]:
        """All shares of these documents, oldest first."""
        ...
