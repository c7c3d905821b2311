"""What was shared where, in an SQL database."""

from collections.abc import Sequence
from dataclasses import fields

from sqlalchemy import insert, select

from bot.store.database import Database
from bot.store.port import Share
from bot.store.tables import shares

_COLUMNS = [shares.c[field.name] for field in fields(Share)]


class SqlShares:
    """See `bot.store.port.Shares`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, share: Share) -> None:
        """Keep one share."""
        row = {column.name: getattr(share, column.name) for column in _COLUMNS}
        await self._database.write(lambda connection: connection.execute(insert(shares), row))

    async def of_document(self, workspace_id: str, document_id: str) -> Sequence[Share]:
        """All shares of a document, oldest first."""
        wanted = select(*_COLUMNS).where(shares.c.workspace_id == workspace_id, shares.c.document_id == document_id)
        async with self._database.reading() as connection:
            rows = await connection.execute(wanted.order_by(shares.c.at, shares.c.id))
            return [Share(**row) for row in rows.mappings()]
