"""What people think of the passages they were shown, in an SQL database."""

from collections.abc import Collection
from dataclasses import asdict

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.asking import Opinion
from bot.store.database import Database
from bot.store.questions import folded
from bot.store.tables import documents, feedback

_SAME = ("workspace_id", "folded", "passage", "who")


class SqlFeedback:
    """See `bot.store.asking.Feedback`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, opinion: Opinion) -> None:
        """Keep one, in the place of the same person's earlier one."""
        row = asdict(opinion) | {"folded": folded(opinion.question)}
        earlier = delete(feedback).where(*(feedback.c[name] == row[name] for name in _SAME))

        async def put(connection: AsyncConnection) -> None:
            if opinion.who is not None:
                await connection.execute(earlier)
            await connection.execute(insert(feedback), row)

        await self._database.write(put)

    async def dismiss(
        self, workspace_id: str, sources: Collection[str], question: str, passage: str | None = None
    ) -> int:
        """Forget what was thought of the question's passages. Returns how many opinions there were."""
        its = select(documents.c.id).where(documents.c.source_id.in_(sources))
        same = [
            feedback.c.workspace_id == workspace_id,
            feedback.c.folded == folded(question),
            feedback.c.document_id.in_(its),
            *([feedback.c.passage == passage] if passage is not None else []),
        ]
        return (
            await self._database.write(lambda connection: connection.execute(delete(feedback).where(*same)))
        ).rowcount
