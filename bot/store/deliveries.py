"""The port of what Slack has delivered."""

from datetime import datetime
from typing import Protocol


class Deliveries(Protocol):
    """Remembers what Slack has delivered, so that a repeated delivery is answered once."""

    async def first(self, workspace_id: str, key: str, at: datetime) -> bool:
        """True the first time this key is seen, also across processes; keys older than a day may be forgotten."""
        ...
