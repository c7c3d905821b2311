"""The audit trail in an SQL database."""

from collections.abc import Sequence
from dataclasses import fields

from sqlalchemy import insert, select

from bot.store.audit import AuditEntry
from bot.store.database import Database
from bot.store.tables import audit

_COLUMNS = [audit.c[field.name] for field in fields(AuditEntry)]


class SqlAudit:
    """See `bot.store.audit.Audit`. There is no statement here that changes or deletes an entry."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def write(self, entry: AuditEntry) -> None:
        """Add one entry."""
        row = {column.name: getattr(entry, column.name) for column in _COLUMNS}
        await self._database.write(lambda connection: connection.execute(insert(audit), row))

    async def entries(self, workspace_id: str, limit: int) -> Sequence[AuditEntry]:
        """The newest first."""
        wanted = select(*_COLUMNS).where(audit.c.workspace_id == workspace_id).order_by(audit.c.id.desc()).limit(limit)
        async with self._database.reading() as connection:
            return [AuditEntry(**row) for row in (await connection.execute(wanted)).mappings()]
