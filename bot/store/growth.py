"""How the corpus has grown: documents by the day on which they came in."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Grown:
    """So many of the documents that are live now were added on that day (UTC)."""

    day: date
    documents: int


class Growth(Protocol):
    """Raises StoreUnavailable."""

    async def days(self, workspace_id: str, sources: Collection[str]) -> Sequence[Grown]:
        """Of these sources (ids), by day, the earliest first; days without any are left out."""
        ...
