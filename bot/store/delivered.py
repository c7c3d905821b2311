"""What Slack has delivered, in an SQL database."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, insert
from sqlalchemy.exc import IntegrityError

from bot.store.database import Database
from bot.store.tables import deliveries

_PUT = insert(deliveries)
_KEPT = timedelta(days=1)
_SWEPT_EVERY = timedelta(hours=1)


class SqlDeliveries:
    """See `bot.store.deliveries.Deliveries`. The table's key makes the first one first, in whatever process."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._swept: datetime | None = None

    async def first(self, workspace_id: str, key: str, at: datetime) -> bool:
        """True the first time this key is seen, also across processes; keys older than a day are forgotten in time."""
        row = {"workspace_id": workspace_id, "key": key, "at": at}
        sweep = self._swept is None or at - self._swept >= _SWEPT_EVERY
        self._swept = at if sweep else self._swept

        def note(connection: Connection) -> None:
            if sweep:
                connection.execute(delete(deliveries).where(deliveries.c.at < at - _KEPT))
            connection.execute(_PUT, row)

        try:
            await self._database.note(note)
        except IntegrityError:
            return False
        return True
