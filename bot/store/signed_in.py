"""Who is signed in to the pages, in an SQL database."""

from dataclasses import asdict, fields
from datetime import datetime

from sqlalchemy import Column, Index, String, Table, delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.database import Database
from bot.store.sessions import Session
from bot.store.tables import UtcTime, metadata

sessions = Table(
    "sessions",
    metadata,
    Column("key", String(64), primary_key=True),
    Column("workspace_id", String(64), nullable=False),
    Column("team_id", String(64), nullable=False),
    Column("user_id", String(64), nullable=False),
    Column("began", UtcTime, nullable=False),
    Column("ends", UtcTime, nullable=False),
    Index("ix_sessions_user", "workspace_id", "user_id"),
)
_COLUMNS = [sessions.c[field.name] for field in fields(Session)]


class SqlSessions:
    """See `bot.store.sessions.Sessions`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def begin(self, session: Session) -> None:
        """Keep one; those that have ended before it begins are forgotten."""

        async def work(connection: AsyncConnection) -> None:
            await connection.execute(delete(sessions).where(sessions.c.ends <= session.began))
            await connection.execute(insert(sessions), asdict(session))

        await self._database.write(work)

    async def find(self, key: str, now: datetime) -> Session | None:
        """The session, where it is open at this moment."""
        wanted = select(*_COLUMNS).where(sessions.c.key == key, sessions.c.ends > now)
        async with self._database.reading() as connection:
            row = (await connection.execute(wanted)).mappings().first()
        return Session(**row) if row else None

    async def end(self, key: str) -> None:
        """Close one."""
        await self._database.write(lambda connection: connection.execute(delete(sessions).where(sessions.c.key == key)))

    async def end_all(self, workspace_id: str, user_id: str) -> int:
        """Close all of one person's. Returns how many there were."""
        theirs = (sessions.c.workspace_id == workspace_id) & (sessions.c.user_id == user_id)
        gone = delete(sessions).where(theirs)
        return (await self._database.write(lambda connection: connection.execute(gone))).rowcount
