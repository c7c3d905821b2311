"""The port of the audit trail: who did what."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """Who did what to what, when. `detail` is a short sentence without secrets and without source text."""

    workspace_id: str
    at: datetime
    actor: str
    action: str
    subject: str
    detail: str = ""


class Audit(Protocol):
    """The audit trail: only ever added to."""

    async def write(self, entry: AuditEntry) -> None:
        """Add one entry."""
        ...

    async def entries(self, workspace_id: str, limit: int) -> Sequence[AuditEntry]:
        """The newest first."""
        ...
