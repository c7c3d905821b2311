"""The archive in an SQL database, with the raw files beside it."""

from bot.store.archived_changes import SqlChanges
from bot.store.archived_documents import SqlDocuments
from bot.store.archived_readings import SqlReadings
from bot.store.archived_sources import SqlSources


class SqlArchive(SqlSources, SqlReadings, SqlDocuments, SqlChanges):
    """See `bot.store.archive.Archive`."""

    async def close(self) -> None:
        """Release the connections."""
        await self._database.close()
