"""The port for who is signed in to the pages. All times are aware UTC. Every method raises StoreUnavailable."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Session:
    """Somebody who has signed in. `key` is the SHA-256 of the secret that their browser holds: what is kept opens
    nothing. It ends at `ends`, whatever happens until then.
    """

    key: str
    workspace_id: str
    team_id: str
    user_id: str
    began: datetime
    ends: datetime


class Sessions(Protocol):
    """The open sessions of all workspaces."""

    async def begin(self, session: Session) -> None:
        """Keep one; those that have ended before it begins are forgotten."""
        ...

    async def find(self, key: str, now: datetime) -> Session | None:
        """The session, where it is open at this moment."""
        ...

    async def end(self, key: str) -> None:
        """Close one; it is no error where there is none."""
        ...

    async def end_all(self, workspace_id: str, user_id: str) -> int:
        """Close all of one person's. Returns how many there were."""
        ...
