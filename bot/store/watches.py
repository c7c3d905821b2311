"""The standing questions, in an SQL database."""

from collections.abc import Sequence
from dataclasses import asdict, fields, replace

from sqlalchemy import ColumnElement, RowMapping, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store import changelog
from bot.store.database import Database
from bot.store.home_tabs import touch
from bot.store.watch_tables import watch_finds, watch_posts, watches
from bot.store.watching import Watch

COLUMNS = [watches.c[field.name] for field in fields(Watch)]


class SqlWatches:
    """See `bot.store.watching.Watches`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, watch: Watch) -> Watch:
        """Keep one, from the newest change on.

        That change is read in the same transaction: whoever follows the log has looked no further when the watch is
        there, and meets it before going on.
        """

        async def put(connection: AsyncConnection) -> Watch:
            begun = replace(watch, since=await changelog.head(connection))
            await connection.execute(insert(watches), asdict(begun))
            await touch(connection, [(watch.workspace_id, watch.owner)])
            return begun

        return await self._database.write(put)

    async def replace(self, watch: Watch, *, from_now: bool = False, anew: bool = False) -> bool:
        """Put it in the place of the one with its id."""
        waiting = delete(watch_finds).where(watch_finds.c.watch_id == watch.id, watch_finds.c.came.is_(None))

        async def put(connection: AsyncConnection) -> bool:
            if anew:
                await connection.execute(waiting)
            since = await changelog.head(connection) if from_now else watch.since
            await touch(connection, [(watch.workspace_id, watch.owner)])
            changed = update(watches).where(_is(watch.workspace_id, watch.id))
            return bool((await connection.execute(changed.values(asdict(watch) | {"since": since}))).rowcount)

        return await self._database.write(put)

    async def remove(self, workspace_id: str, watch_id: str) -> bool:
        """Take it away with all that was found for it."""

        async def take(connection: AsyncConnection) -> bool:
            owner = (await connection.execute(select(watches.c.owner).where(_is(workspace_id, watch_id)))).scalar()
            if owner is None:
                return False
            await touch(connection, [(workspace_id, owner)])
            for table in (watch_finds, watch_posts):
                await connection.execute(delete(table).where(table.c.watch_id == watch_id))
            await connection.execute(delete(watches).where(_is(workspace_id, watch_id)))
            return True

        return await self._database.write(take)

    async def one(self, workspace_id: str, watch_id: str) -> Watch | None:
        """The one with this id."""
        async with self._database.reading() as connection:
            row = (await connection.execute(select(*COLUMNS).where(_is(workspace_id, watch_id)))).mappings().first()
        return watch_from(row) if row else None

    async def all(self, workspace_id: str | None = None) -> Sequence[Watch]:
        """All, the oldest first."""
        wanted = select(*COLUMNS).order_by(watches.c.created, watches.c.id)
        if workspace_id is not None:
            wanted = wanted.where(watches.c.workspace_id == workspace_id)
        async with self._database.reading() as connection:
            return [watch_from(row) for row in (await connection.execute(wanted)).mappings()]


def watch_from(row: RowMapping) -> Watch:
    """A watch from its row."""
    return Watch(**{column.name: row[column.name] for column in COLUMNS})


def _is(workspace_id: str, watch_id: str) -> ColumnElement[bool]:
    return (watches.c.workspace_id == workspace_id) & (watches.c.id == watch_id)
