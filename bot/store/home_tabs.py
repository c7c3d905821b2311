"""The home tabs that people have opened, in an SQL database."""

from collections.abc import Iterable, Sequence
from dataclasses import fields
from datetime import datetime

from sqlalchemy import Column, Integer, String, Table, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.database import Database, chunks
from bot.store.homes import HomeTab
from bot.store.tables import UtcTime, changes, metadata

homes = Table(
    "homes",
    metadata,
    Column("workspace_id", String(64), primary_key=True),
    Column("user_id", String(64), primary_key=True),
    Column("team_id", String(64), nullable=False),
    Column("conversation", String(64), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("shown", Integer, nullable=False),
    Column("published", UtcTime, nullable=False),
)
_COLUMNS = [homes.c[field.name] for field in fields(HomeTab)]
_LAST_CHANGE = (
    select(changes.c.at)
    .where(changes.c.workspace_id == homes.c.workspace_id)
    .order_by(changes.c.sequence.desc())
    .limit(1)
    .scalar_subquery()
)
"""When a document of the tab's workspace changed last."""


async def touch(connection: AsyncConnection, people: Iterable[tuple[str, str]]) -> None:
    """Note, in the transaction that writes it, that what the homes of these people (workspace and id) show has
    changed."""
    for workspace_id, users in _by_workspace(people).items():
        for some in chunks(sorted(users)):
            theirs = update(homes).where(homes.c.workspace_id == workspace_id, homes.c.user_id.in_(some))
            await connection.execute(theirs.values(revision=homes.c.revision + 1))


def _by_workspace(people: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for workspace_id, user_id in people:
        found.setdefault(workspace_id, set()).add(user_id)
    return found


class SqlHomes:
    """See `bot.store.homes.Homes`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def opened(self, workspace_id: str, user_id: str, team_id: str, conversation: str, at: datetime) -> None:
        """It is shown as everything is now."""
        key = (homes.c.workspace_id == workspace_id) & (homes.c.user_id == user_id)
        seen = {"team_id": team_id, "conversation": conversation, "published": at}

        async def put(connection: AsyncConnection) -> None:
            if not (await connection.execute(update(homes).where(key).values(shown=homes.c.revision, **seen))).rowcount:
                new = {"workspace_id": workspace_id, "user_id": user_id, "revision": 0, "shown": 0, **seen}
                await connection.execute(insert(homes), new)

        await self._database.write(put)

    async def waiting(self, before: datetime, long_before: datetime, limit: int) -> Sequence[HomeTab]:
        """Those that show what is not so any more."""
        own = (homes.c.revision > homes.c.shown) & (homes.c.published < before)
        corpus = (homes.c.published < long_before) & (homes.c.published < _LAST_CHANGE)
        stale = select(*_COLUMNS).where(own | corpus)
        async with self._database.reading() as connection:
            rows = await connection.execute(stale.order_by(homes.c.published, homes.c.user_id).limit(limit))
            return [HomeTab(**row) for row in rows.mappings()]

    async def shown(self, tab: HomeTab, at: datetime) -> None:
        """It was published as everything was at the tab's revision."""
        key = (homes.c.workspace_id == tab.workspace_id) & (homes.c.user_id == tab.user_id)
        now = update(homes).where(key).values(shown=tab.revision, published=at)
        await self._database.write(lambda connection: connection.execute(now))
