"""Questions that found no answer, in an SQL database."""

from datetime import datetime

from sqlalchemy import delete, insert

from bot.store.database import Database
from bot.store.tables import unanswered


class SqlUnanswered:
    """See `bot.store.tasks.Unanswered`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, workspace_id: str, question: str, asker: str | None, at: datetime) -> None:
        """Keep one."""
        row = {"workspace_id": workspace_id, "question": question, "asker": asker, "at": at, "folded": folded(question)}
        await self._database.note(lambda connection: connection.execute(insert(unanswered), row))

    async def dismiss(self, workspace_id: str, question: str) -> int:
        """Forget a question, however often it was asked. Returns how often."""
        same = (unanswered.c.workspace_id == workspace_id) & (unanswered.c.folded == folded(question))
        done = await self._database.write(lambda connection: connection.execute(delete(unanswered).where(same)))
        return done.rowcount


def folded(question: str) -> str:
    """The same for questions that differ only in their blanks and capitals.

    >>> folded(" Barr  foreign dirt ") == folded("barr Foreign dirt")
    True
    """
    return " ".join(question.casefold().split())
