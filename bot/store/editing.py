"""The statements that keep what people set by hand, all within the transaction of their caller."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import Connection, Select, bindparam, delete, exists, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import BadRequest
from bot.store.database import chunks
from bot.store.edits import Edit, Fact
from bot.store.rows import edit_from, edit_row
from bot.store.tables import documents, edits

DATED_BY_HAND = exists().where(edits.c.document_id == documents.c.id, edits.c.fact == Fact.PUBLISHED.value)
"""For a statement on `documents`: its date was set by hand."""

_OF_THESE = select(edits).where(edits.c.document_id.in_(bindparam("documents", expanding=True)))
_ORDER = {fact: number for number, fact in enumerate(Fact)}

EditsOf = Mapping[str, Sequence[Edit]]
"""By document id, the edits of those that have any."""


async def of_documents(connection: AsyncConnection, document_ids: Sequence[str]) -> EditsOf:
    """What was set by hand of these documents."""
    return await connection.run_sync(edits_of, document_ids)


def edits_of(connection: Connection, document_ids: Sequence[str]) -> EditsOf:
    """What was set by hand of these documents."""
    read = (connection.execute(_OF_THESE, {"documents": some}) for some in chunks(document_ids))
    return _by_document([edit_from(row) for rows in read for row in rows.mappings()])


async def of_source(connection: AsyncConnection, source_id: str) -> EditsOf:
    """What was set by hand of all documents of a source."""
    wanted = select(edits).join(documents, documents.c.id == edits.c.document_id)
    return _by_document(await _read(connection, wanted.where(documents.c.source_id == source_id)))


async def replace_edits(
    connection: AsyncConnection, document_id: str, new: Sequence[Edit], taken_back: Collection[Fact]
) -> str:
    """Keep the new edits of a live document and drop those taken back. Returns the document's workspace.

    Raises BadRequest when the document is not there.
    """
    live = select(documents.c.workspace_id).where(documents.c.id == document_id, documents.c.removed.is_(None))
    workspace_id = (await connection.execute(live.with_for_update())).scalar()
    if workspace_id is None:
        raise BadRequest("That document is not here any more.")
    facts = {edit.fact.value for edit in new} | {fact.value for fact in taken_back}
    await connection.execute(delete(edits).where(edits.c.document_id == document_id, edits.c.fact.in_(facts)))
    if new:
        await connection.execute(insert(edits), [edit_row(edit, workspace_id) for edit in new])
    return workspace_id


async def _read(connection: AsyncConnection, wanted: Select[*tuple[object, ...]]) -> list[Edit]:
    return [edit_from(row) for row in (await connection.execute(wanted)).mappings()]


def _by_document(found: Sequence[Edit]) -> EditsOf:
    grouped: defaultdict[str, list[Edit]] = defaultdict(list)
    for edit in sorted(found, key=lambda edit: _ORDER[edit.fact]):
        grouped[edit.document_id].append(edit)
    return grouped
