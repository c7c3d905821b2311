"""What Slack has delivered, in an SQL database."""

from datetime import datetime, timedelta

from sqlalchemy import delete, insert
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.database import Database
from bot.store.tables import deliveries

_KEPT = timedelta(days=1)


class SqlDeliveries:
    """See `bot.store.port.Deliveries`. The table's key makes the first one first, whichever process it reached."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def first(self, workspace_id: str, key: str, at: datetime) -> bool:
        """True the first time this key is seen, also across processes; keys older than a day are forgotten."""

        async def note(connection: AsyncConnection) -> None:
            await connection.execute(delete(deliveries).where(deliveries.c.at < at - _KEPT))
            await connection.execute(insert(deliveries), {"workspace_id": workspace_id, "key": key, "at": at})

        try:
            await self._database.write(note)
        except IntegrityError:
            return False
        return True
