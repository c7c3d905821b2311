"""The change log of the SQL archive, and the documents as the index takes them."""

import asyncio
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, select

from bot.store import changelog, editing, stored
from bot.store.database import rows_among
from bot.store.ground import Ground
from bot.store.rows import versioned_from
from bot.store.tables import documents
from index.entries import Versioned
from index.port import Change

_LIVE_IDS = select(documents.c.id).where(stored.LIVE).order_by(documents.c.id)


class SqlChanges(Ground):
    """See `index.port.Changes`."""

    async def head(self) -> int:
        """The sequence number of the newest change."""
        async with self._database.reading() as connection:
            return await changelog.head(connection)

    async def since(self, sequence: int, limit: int) -> Sequence[Change]:
        """Changes after `sequence`, oldest first, at most `limit`."""
        async with self._database.reading() as connection:
            return await changelog.since(connection, sequence, limit)

    async def current(self, document_ids: Sequence[str]) -> Sequence[Versioned]:
        """Those of the documents that are live now, with text and marks."""
        return await self._versioned(stored.PRESENT, document_ids)

    async def superseded(self, document_ids: Sequence[str]) -> Sequence[Versioned]:
        """Their older versions that had other words, newest first within a document."""
        return await self._versioned(stored.SUPERSEDED, document_ids)

    async def live_ids(self) -> Sequence[str]:
        """The ids of all live documents of all workspaces, sorted."""
        return await self._database.look(lambda connection: connection.execute(_LIVE_IDS).scalars().all())

    async def _versioned(self, statement: Select[*tuple[Any, ...]], document_ids: Sequence[str]) -> Sequence[Versioned]:
        async with self._database.reading() as connection:
            rows = await rows_among(connection, statement, documents.c.id, document_ids)
            edits = await editing.of_documents(connection, list({row["id"] for row in rows}))
        # Hundreds of documents have many thousand marks: they are read where they hold up nobody else.
        return await asyncio.to_thread(lambda: [versioned_from(row, edits.get(row["id"], ())) for row in rows])
