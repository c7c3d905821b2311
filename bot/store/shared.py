"""What was shared where, in an SQL database."""

from collections.abc import Sequence
from dataclasses import fields

from sqlalchemy import bindparam, insert, select

from bot.store.database import Database, chunks
from bot.store.shares import Share
from bot.store.tables import shares

_COLUMNS = [shares.c[field.name] for field in fields(Share)]
_OF_THESE = select(shares).where(shares.c.document_id.in_(bindparam("documents", expanding=True)))


class SqlShares:
    """See `bot.store.shares.Shares`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, share: Share) -> None:
        """Keep one share."""
        row = {column.name: getattr(share, column.name) for column in _COLUMNS}
        await self._database.write(lambda connection: connection.execute(insert(shares), row))

    async def of_documents(self, document_ids: Sequence[str]) -> Sequence[Share]:
        """All shares of these documents, oldest first."""
        async with self._database.reading() as connection:
            found = [
                row
                for some in chunks(document_ids)
                for row in (await connection.execute(_OF_THESE, {"documents": some})).mappings()
            ]
        found.sort(key=lambda row: (row["at"], row["id"]))
        return [Share(**{column.name: row[column.name] for column in _COLUMNS}) for row in found]
