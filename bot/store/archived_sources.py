"""The sources of the SQL archive: added, changed, hidden, erased."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import AlreadyThere
from bot.store import changelog, listing, purging, recorder
from bot.store.ground import Ground
from bot.store.readings import Outcome
from bot.store.rows import source_from, source_row
from bot.store.sources import SourceRecord
from bot.store.tables import items, sources

_ALL = select(sources).order_by(sources.c.name, sources.c.id)
_OF_WORKSPACE = sources.c.workspace_id == bindparam("workspace")
_EVERYWHERE = _ALL.where(sources.c.removed.is_(None))
_LIVE = _EVERYWHERE.where(_OF_WORKSPACE)
_KEPT = _ALL.where(sources.c.purged.is_(None), _OF_WORKSPACE)
_REMOVED = _KEPT.where(sources.c.removed.is_not(None))


def live_sources(connection: Connection, workspace_id: str) -> Sequence[SourceRecord]:
    """The live sources of a workspace, by name."""
    return [source_from(row) for row in connection.execute(_LIVE, {"workspace": workspace_id}).mappings()]


class SqlSources(Ground):
    """See `bot.store.sources.Sources`."""

    async def add_source(self, source: SourceRecord) -> None:
        """Raises `AlreadyThere` when the workspace has a live source of that name or place."""
        row = source_row(source)
        try:
            await self._database.write(lambda connection: connection.execute(insert(sources), row))
        except IntegrityError as error:
            raise _taken(source) from error

    async def sources(self, workspace_id: str | None = None) -> Sequence[SourceRecord]:
        """Live sources by name; of all workspaces when None."""
        if workspace_id is not None:
            return await self._database.look(lambda connection: live_sources(connection, workspace_id))
        return [source_from(row) for row in await self._database.rows(_EVERYWHERE)]

    async def update_source(self, source: SourceRecord) -> None:
        """Keep a changed record; other visibility makes an access change of each of its documents."""
        row = source_row(source)

        async def work(connection: AsyncConnection) -> None:
            await recorder.lock_live(connection, source)
            here = sources.c.id == source.id
            before = await connection.execute(select(sources.c.visible_to).where(here))
            await connection.execute(update(sources).where(here).values(row))
            if before.scalar_one() != row["visible_to"]:
                ids = await recorder.live_ids(connection, source.id)
                outcomes = dict.fromkeys(ids, Outcome.ACCESS)
                await changelog.append(connection, source.workspace_id, outcomes, self._clock())

        try:
            await self._database.write(work)
        except IntegrityError as error:
            raise _taken(source) from error

    async def note_sync(self, source_id: str, at: datetime, problem: str | None) -> None:
        """Keep when and how the last walk ended, whatever else was changed meanwhile; a problem counts as a failure."""
        ended = {"synced": at, "failures": 0} if problem is None else {"failures": sources.c.failures + 1}
        values = {"attempted": at, "problem": problem, **ended}
        noted = update(sources).where(sources.c.id == source_id, sources.c.removed.is_(None)).values(values)
        await self._database.write(lambda connection: connection.execute(noted))

    async def remove_source(self, source_id: str) -> int:
        """Hide it at once: tombstones for all its documents, versions and snapshots stay. Returns how many."""

        async def work(connection: AsyncConnection) -> int:
            at = self._clock()
            here = (sources.c.id == source_id) & sources.c.removed.is_(None)
            await connection.execute(update(sources).where(here).values(removed=at))
            await connection.execute(delete(items).where(items.c.source_id == source_id))
            await listing.forget(connection, source_id)
            return await recorder.bury(connection, source_id, await recorder.live_ids(connection, source_id), at)

        return await self._database.write(work)

    async def removed_sources(self, workspace_id: str) -> Sequence[SourceRecord]:
        """Sources that were removed and whose texts are still kept, by name; one name may come more than once."""
        return [source_from(row) for row in await self._database.rows(_REMOVED, workspace=workspace_id)]

    async def kept_sources(self, workspace_id: str) -> Sequence[SourceRecord]:
        """The live sources and the `removed_sources`, by name."""
        return [source_from(row) for row in await self._database.rows(_KEPT, workspace=workspace_id)]

    async def purge_source(self, source_id: str) -> int:
        """Erase a removed source, as `bot.store.purging` tells. Raises BadRequest while it is live."""
        erased = await self._database.write(lambda connection: purging.blank(connection, source_id))
        async with self._database.reading() as connection:
            files = await purging.own_files(connection, source_id)
        await self._snapshots.erase(files)
        await self._database.compact()
        await self._database.write(lambda connection: purging.close(connection, source_id, self._clock()))
        return erased


def _taken(source: SourceRecord) -> AlreadyThere:
    return AlreadyThere(f"There is a source named {source.name!r}, or one at {source.place!r}, already.")
