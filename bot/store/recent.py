"""Each person's newest questions, in an SQL database."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, bindparam, delete, insert, select

from bot.store.asking import MOST_RECENT
from bot.store.database import Database
from bot.store.questions import folded
from bot.store.tables import recent_questions as recent

_ITS = (recent.c.workspace_id == bindparam("workspace")) & (recent.c.asker == bindparam("who"))
_NEWEST = select(recent.c.folded).where(_ITS).order_by(recent.c.at.desc(), recent.c.folded).limit(MOST_RECENT)
_DROP = delete(recent).where(_ITS, recent.c.folded == bindparam("same"))
_DROP_OLDER = delete(recent).where(_ITS, recent.c.folded.not_in(_NEWEST))
_PUT = insert(recent)


class SqlRecent:
    """See `bot.store.asking.Recent`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, workspace_id: str, asker: str, question: str, at: datetime) -> None:
        """Keep one, and no more than so many."""
        same = folded(question)
        row = {"workspace_id": workspace_id, "asker": asker, "folded": same, "question": question, "at": at}
        whose = {"workspace": workspace_id, "who": asker}

        def put(connection: Connection) -> None:
            connection.execute(_DROP, {**whose, "same": same})
            connection.execute(_PUT, row)
            connection.execute(_DROP_OLDER, whose)

        await self._database.note(put)

    async def of(self, workspace_id: str, asker: str) -> Sequence[str]:
        """The newest first."""
        wanted = select(recent.c.question).where(_of(workspace_id, asker))
        async with self._database.reading() as connection:
            rows = await connection.execute(wanted.order_by(recent.c.at.desc(), recent.c.folded))
            return rows.scalars().all()

    async def clear(self, workspace_id: str, asker: str) -> int:
        """Forget all of that person's. Returns how many there were."""
        its = delete(recent).where(_of(workspace_id, asker))
        return (await self._database.write(lambda connection: connection.execute(its))).rowcount


def _of(workspace_id: str, asker: str) -> ColumnElement[bool]:
    return (recent.c.workspace_id == workspace_id) & (recent.c.asker == asker)
