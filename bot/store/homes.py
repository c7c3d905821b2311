"""The port of the home tabs that people have opened: what they show has a revision, and so has what was published."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class HomeTab:
    """A person's home tab in the Slack team, and their conversation with the bot. `revision` goes up whenever a pin or
    a watch of theirs is written, in the same transaction; `published` is when the tab was published last (aware UTC).
    """

    workspace_id: str
    user_id: str
    team_id: str
    conversation: str
    revision: int
    published: datetime


class Homes(Protocol):
    """Every method raises StoreUnavailable."""

    async def opened(self, workspace_id: str, user_id: str, team_id: str, conversation: str, at: datetime) -> None:
        """It is shown as everything is now: from now on it is known."""
        ...

    async def waiting(self, before: datetime, long_before: datetime, limit: int) -> Sequence[HomeTab]:
        """Those that show what is not so any more, the longest ago first: published before `before` and of another
        revision now, or published before `long_before` and before the last change of the workspace's documents.
        """
        ...

    async def shown(self, tab: HomeTab, at: datetime) -> None:
        """It was published as everything was at the tab's revision."""
        ...
