"""The documents of the SQL archive, their versions, and what was set by hand."""

import asyncio
from collections.abc import Collection, Mapping, Sequence
from dataclasses import fields

from sqlalchemy import Connection, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store import changelog, editing, stored
from bot.store.archived_sources import live_sources
from bot.store.database import rows_among
from bot.store.documents import History, StoredVersion, VersionRecord
from bot.store.edits import Edit, Fact
from bot.store.ground import Ground
from bot.store.readings import Outcome
from bot.store.rows import document_from
from bot.store.sources import SourceRecord
from bot.store.tables import documents, versions
from sources.document import Document

_TOLD = [field.name for field in fields(VersionRecord)]
_HISTORY = select(documents.c.source_id, documents.c.removed, *(versions.c[name] for name in _TOLD)).join(
    versions, versions.c.document_id == documents.c.id
)
_LIVE = select(documents).where(stored.LIVE)


class SqlDocuments(Ground):
    """See `bot.store.documents.Documents`."""

    async def version(self, workspace_id: str, document_id: str, number: int | None = None) -> StoredVersion | None:
        """One version, the newest when None, also of a removed document. None: never heard of it there."""
        if number is not None:
            return (await self.versions(workspace_id, [(document_id, number)])).get((document_id, number))
        return await self._database.look(lambda connection: stored.newest(connection, workspace_id, document_id))

    async def versions(
        self, workspace_id: str, wanted: Collection[tuple[str, int]]
    ) -> Mapping[tuple[str, int], StoredVersion]:
        """Those of the versions (document id and number) that `version` would give, read together at one moment."""
        return await self._database.look(lambda connection: stored.numbered(connection, workspace_id, wanted))

    async def evidence(
        self, workspace_id: str, wanted: Collection[tuple[str, int]]
    ) -> tuple[Sequence[SourceRecord], Mapping[tuple[str, int], StoredVersion]]:
        """What `sources` and `versions` would give at one and the same moment."""

        def work(
            connection: Connection,
        ) -> tuple[Sequence[SourceRecord], Mapping[tuple[str, int], StoredVersion]]:
            return live_sources(connection, workspace_id), stored.numbered(connection, workspace_id, wanted)

        return await self._database.look(work)

    async def history(self, workspace_id: str, document_id: str) -> History | None:
        """All versions, also of a removed document. None: never heard of it there."""
        here = (documents.c.id == document_id) & (documents.c.workspace_id == workspace_id)
        rows = await self._database.rows(_HISTORY.where(here).order_by(versions.c.number.desc()))
        if not rows:
            return None
        told = tuple(VersionRecord(**{name: row[name] for name in _TOLD}) for row in rows)
        return History(rows[0]["source_id"], rows[0]["removed"] is not None, told)

    async def edit(self, document_id: str, edits: Sequence[Edit], taken_back: Collection[Fact] = ()) -> None:
        """Set facts of a live document by hand, and take others back, as one METADATA change.

        Raises BadRequest when it is not there.
        """

        async def work(connection: AsyncConnection) -> None:
            workspace_id = await editing.replace_edits(connection, document_id, edits, taken_back)
            await changelog.append(connection, workspace_id, {document_id: Outcome.METADATA}, self._clock())

        await self._database.write(work)

    async def edits(self, workspace_id: str, document_id: str) -> Sequence[Edit]:
        """What was set by hand of a document, in the order of `Fact`."""
        wanted = select(documents.c.id).where(documents.c.id == document_id, documents.c.workspace_id == workspace_id)
        async with self._database.reading() as connection:
            here = (await connection.execute(wanted)).scalars().all()
            return (await editing.of_documents(connection, here)).get(document_id, [])

    async def documents(self, source_id: str) -> Sequence[Document]:
        """All live documents of a source without their texts (`text` is empty, no marks), by location."""
        wanted = _LIVE.where(documents.c.source_id == source_id).order_by(documents.c.location)
        async with self._database.reading() as connection:
            rows = (await connection.execute(wanted)).mappings().all()
            edits = await editing.of_source(connection, source_id)
        return await asyncio.to_thread(lambda: [document_from(row, edits.get(row["id"], ())) for row in rows])

    async def same_text(self, workspace_id: str, text_sha256s: Collection[str]) -> Sequence[Document]:
        """Live documents whose text now is one of these, by its hash; without their texts, oldest first."""
        now = (versions.c.document_id == documents.c.id) & (versions.c.number == documents.c.version)
        wanted = _LIVE.join(versions, now).where(versions.c.workspace_id == workspace_id)
        async with self._database.reading() as connection:
            rows = await rows_among(connection, wanted, versions.c.text_sha256, sorted(text_sha256s))
            edits = await editing.of_documents(connection, [row["id"] for row in rows])
        found = [document_from(row, edits.get(row["id"], ())) for row in rows]
        return sorted(found, key=lambda document: (document.added, document.id))

    async def newest(self, workspace_id: str, source_ids: Collection[str], limit: int) -> Sequence[Document]:
        """The live documents of these sources that were added last, the newest first; without their texts."""
        here = _LIVE.where(documents.c.workspace_id == workspace_id)
        wanted = here.order_by(documents.c.added.desc(), documents.c.id).limit(limit)
        async with self._database.reading() as connection:
            rows = await rows_among(connection, wanted, documents.c.source_id, sorted(source_ids))
            edits = await editing.of_documents(connection, [row["id"] for row in rows])
        found = sorted((document_from(row, edits.get(row["id"], ())) for row in rows), key=lambda document: document.id)
        return sorted(found, key=lambda document: document.added, reverse=True)[:limit]
