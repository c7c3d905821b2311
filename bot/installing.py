"""What is kept of the bot's being installed in a Slack workspace: that it ended."""

from collections.abc import Callable
from datetime import datetime

from bot.store.audit import Audit, AuditEntry

SLACK = "slack"
"""Stands in the audit trail where nobody of the newsroom acted."""


class Installing:
    """Notes an installation's end. Sources, documents and the trail are the newsroom's and stay; the token stands in
    the settings of the process, so there is none to erase.
    """

    def __init__(self, audit: Audit, clock: Callable[[], datetime]) -> None:
        self._audit = audit
        self._clock = clock

    async def ended(self, workspace_id: str, reason: str) -> None:
        """Write it into the audit trail; `reason` is Slack's word. Raises StoreUnavailable."""
        await self._audit.write(AuditEntry(workspace_id, self._clock(), SLACK, "uninstall", "Slack", reason))
