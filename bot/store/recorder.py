"""The statements that keep what was read, all within the transaction of their caller."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Insert, RowMapping, Update, bindparam, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import BadRequest
from bot.store import changelog, stored
from bot.store.database import chunks, rows_among
from bot.store.readings import Outcome, Reading
from bot.store.recording import Held, Step
from bot.store.rows import FACTS
from bot.store.sources import SourceRecord
from bot.store.tables import documents, items, snapshots, sources, versions

_HELD = select(
    documents.c.id,
    documents.c.removed,
    *(documents.c[name] for name in FACTS),
    versions.c.number,
    versions.c.text_sha256,
    versions.c.marks,
).join(versions, (versions.c.document_id == documents.c.id) & (versions.c.number == documents.c.version))


async def lock_live(connection: AsyncConnection, source: SourceRecord) -> None:
    """Hold the source's row, so that nobody removes it meanwhile. Raises BadRequest when somebody did."""
    wanted = select(sources.c.id).where(
        sources.c.id == source.id, sources.c.workspace_id == source.workspace_id, sources.c.removed.is_(None)
    )
    if (await connection.execute(wanted.with_for_update())).first() is None:
        raise BadRequest(f"There is no source {source.name!r} any more.")


async def held_documents(
    connection: AsyncConnection, source_id: str, locations: Sequence[str], ids: Sequence[str]
) -> Mapping[str, Held]:
    """By id, what is stored of these documents and of all others of these items."""
    found: dict[str, Held] = {}
    for column, values in ((documents.c.item_location, locations), (documents.c.id, ids)):
        rows = await rows_among(connection, _HELD.where(documents.c.source_id == source_id), column, values)
        found |= {row["id"]: _held(row) for row in rows}
    return found


async def held_items(connection: AsyncConnection, source_id: str, locations: Sequence[str]) -> Mapping[str, RowMapping]:
    """By location, the rows of these items that were read or refused before."""
    wanted = select(items).where(items.c.source_id == source_id)
    return {row["location"]: row for row in await rows_among(connection, wanted, items.c.location, locations)}


async def forget_items(connection: AsyncConnection, source_id: str, locations: Sequence[str]) -> None:
    """Drop these items' rows; their documents are not touched."""
    for some in chunks(locations):
        await connection.execute(delete(items).where(items.c.source_id == source_id, items.c.location.in_(some)))


async def replace_items(connection: AsyncConnection, source: SourceRecord, rows: Sequence[Mapping[str, Any]]) -> None:
    """Keep these items of the source: location, all its own columns."""
    if rows:
        await forget_items(connection, source.id, [row["location"] for row in rows])
        whose = {"source_id": source.id, "workspace_id": source.workspace_id}
        await connection.execute(insert(items), [{**whose, **row} for row in rows])


async def keep_snapshots(
    connection: AsyncConnection, source: SourceRecord, readings: Sequence[Reading], hashes: Sequence[str]
) -> None:
    """Note which raw files the source has brought."""
    known: set[str] = set()
    for some in chunks(hashes):
        wanted = select(snapshots.c.raw_sha256).where(
            snapshots.c.source_id == source.id, snapshots.c.raw_sha256.in_(some)
        )
        known |= set((await connection.execute(wanted)).scalars())
    rows = {
        sha256: {
            "source_id": source.id,
            "raw_sha256": sha256,
            "workspace_id": source.workspace_id,
            "media_type": reading.raw.media_type,
            "fetched": reading.raw.fetched_at,
        }
        for reading, sha256 in zip(readings, hashes, strict=True)
        if sha256 not in known
    }
    if rows:
        await connection.execute(insert(snapshots), list(rows.values()))


async def write_steps(connection: AsyncConnection, steps: Sequence[Step]) -> None:
    """Write documents, then their versions."""
    await _many(connection, insert(documents), [_new_document(step) for step in steps if not step.known])
    changed = [_document_changes(step) for step in steps if step.known and step.outcome is not Outcome.UNCHANGED]
    await _many(connection, update(documents).where(documents.c.id == bindparam("document")), changed)
    await _many(connection, insert(versions), [_new_version(step) for step in steps if step.new_version])
    here = (versions.c.document_id == bindparam("document")) & (versions.c.number == bindparam("current"))
    await _many(connection, update(versions).where(here), [_new_marks(step) for step in steps if step.new_marks])


async def tombstone(connection: AsyncConnection, document_ids: Sequence[str], at: datetime) -> None:
    """Mark documents as gone; their versions stay."""
    for some in chunks(document_ids):
        await connection.execute(update(documents).where(documents.c.id.in_(some)).values(removed=at))


async def live_ids(connection: AsyncConnection, source_id: str) -> Sequence[str]:
    """The live documents of a source."""
    wanted = select(documents.c.id).where(documents.c.source_id == source_id, stored.LIVE)
    return (await connection.execute(wanted)).scalars().all()


async def live_ids_at(connection: AsyncConnection, source_id: str, locations: Collection[str]) -> Sequence[str]:
    """Those of them that came from the items at these locations."""
    wanted = select(documents.c.id).where(documents.c.source_id == source_id, stored.LIVE)
    rows = await rows_among(connection, wanted, documents.c.item_location, list(locations))
    return [row["id"] for row in rows]


async def bury(connection: AsyncConnection, source_id: str, document_ids: Sequence[str], at: datetime) -> int:
    """Tombstone these documents of a source, with the change of each. Returns how many."""
    if document_ids:
        await tombstone(connection, document_ids, at)
        whose = await connection.execute(select(sources.c.workspace_id).where(sources.c.id == source_id))
        await changelog.append(connection, whose.scalar_one(), dict.fromkeys(document_ids, Outcome.REMOVED), at)
    return len(document_ids)


async def _many(connection: AsyncConnection, statement: Insert | Update, rows: Sequence[Mapping[str, Any]]) -> None:
    if rows:
        await connection.execute(statement, rows)


def _held(row: RowMapping) -> Held:
    return Held(
        document_id=row["id"],
        number=row["number"],
        text_sha256=row["text_sha256"],
        marks=row["marks"],
        facts={name: row[name] for name in FACTS},
        removed=row["removed"] is not None,
    )


def _new_document(step: Step) -> dict[str, Any]:
    document = step.found.document
    names = ("id", "workspace_id", "source_id", "added")
    return {name: getattr(document, name) for name in names} | {"version": step.number, **step.found.facts}


def _document_changes(step: Step) -> dict[str, Any]:
    return {"document": step.found.document.id, "version": step.number, "removed": None, **step.found.facts}


def _made_by(step: Step) -> dict[str, Any]:
    found = step.found
    return {"raw_sha256": found.raw_sha256, "extractor": found.reading.extractor, "marks": found.marks}


def _new_marks(step: Step) -> dict[str, Any]:
    return {"document": step.found.document.id, "current": step.number, **_made_by(step)}


def _new_version(step: Step) -> dict[str, Any]:
    document = step.found.document
    return {
        "document_id": document.id,
        "number": step.number,
        "workspace_id": document.workspace_id,
        "text_sha256": step.found.text_sha256,
        "observed": step.found.reading.raw.fetched_at,
        "text": document.text,
        **_made_by(step),
    }
