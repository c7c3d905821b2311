"""Unanswered questions in memory."""

from dataclasses import dataclass, field
from datetime import datetime

from bot.errors import StoreUnavailable


@dataclass
class FakeUnanswered:
    """See `bot.store.tasks.Unanswered`. `kept` are workspace, question and asker; with `down`, nothing can be kept."""

    kept: list[tuple[str, str, str | None]] = field(default_factory=list[tuple[str, str, str | None]])
    down: bool = False

    async def add(self, workspace_id: str, question: str, asker: str | None, at: datetime) -> None:
        if self.down:
            raise StoreUnavailable("The database can't be written.")
        self.kept.append((workspace_id, question, asker))

    async def dismiss(self, workspace_id: str, question: str) -> int:
        kept = len(self.kept)
        self.kept = [one for one in self.kept if one[:2] != (workspace_id, question)]
        return kept - len(self.kept)
