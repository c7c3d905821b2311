"""The statements that erase a removed source, all within the transaction of their caller.

First `blank` empties the rows, then the raw files go, and only then `close` forgets their names and marks the source as
purged: whatever interrupts this, doing it again finishes it. What stays of a document is its row, which says that an id
was used and is gone, and the numbers of its versions, which shares and the change log name.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, null, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import BadRequest
from bot.store import listing
from bot.store.pin_tables import notices, pin_changes, pin_stems, pins
from bot.store.pins import Doubt
from bot.store.rows import FACTS
from bot.store.tables import documents, edits, feedback, items, snapshots, sources, versions
from bot.store.watch_tables import watch_finds

_BLANK: dict[str, Any] = {name: null() for name in FACTS} | {"item_location": "", "location": "", "warnings": []}


async def blank(connection: AsyncConnection, source_id: str) -> int:
    """Empty the texts, marks, hashes and facts of all its documents. Returns how many there are.

    Raises BadRequest while the source is live, or when it was purged before.
    """
    removed = select(sources.c.id).where(
        sources.c.id == source_id, sources.c.removed.is_not(None), sources.c.purged.is_(None)
    )
    if (await connection.execute(removed.with_for_update())).first() is None:
        raise BadRequest("A source is removed before it is purged, and purged once.")
    its = select(documents.c.id).where(documents.c.source_id == source_id)
    nothing = {"raw_sha256": "", "text_sha256": "", "marks": "[]", "text": ""}
    await connection.execute(update(versions).where(versions.c.document_id.in_(its)).values(nothing))
    await connection.execute(delete(edits).where(edits.c.document_id.in_(its)))
    await connection.execute(delete(feedback).where(feedback.c.document_id.in_(its)))
    await connection.execute(delete(watch_finds).where(watch_finds.c.document_id.in_(its)))
    await connection.execute(delete(items).where(items.c.source_id == source_id))
    await _blank_pins(connection, source_id)
    await listing.forget(connection, source_id)
    emptied = await connection.execute(update(documents).where(documents.c.source_id == source_id).values(_BLANK))
    return emptied.rowcount


async def _blank_pins(connection: AsyncConnection, source_id: str) -> None:
    """Empty its pins, the history of their words, and what was to be told of them; that somebody pinned something
    stays.
    """
    its = select(pins.c.id).where(pins.c.source_id == source_id)
    words = dict.fromkeys(("quote", "prefix", "suffix", "note", "stems"), "")
    told: dict[str, Any] = {"tags": [], "tag_keys": "\n", "story": None, "story_key": None, "snapshot": {}}
    told |= {"doubt": Doubt.PURGED.value}
    await connection.execute(update(pin_changes).where(pin_changes.c.pin_id.in_(its)).values(detail={}))
    await connection.execute(delete(notices).where(notices.c.pin_id.in_(its)))
    await connection.execute(delete(pin_stems).where(pin_stems.c.pin_id.in_(its)))
    await connection.execute(
        update(pins).where(pins.c.source_id == source_id).values({**words, **told, "revision": pins.c.revision + 1})
    )


async def own_files(connection: AsyncConnection, source_id: str) -> Sequence[str]:
    """The raw files that no other source has brought."""
    others = select(snapshots.c.raw_sha256).where(snapshots.c.source_id != source_id)
    wanted = select(snapshots.c.raw_sha256).where(
        snapshots.c.source_id == source_id, snapshots.c.raw_sha256.not_in(others)
    )
    return (await connection.execute(wanted)).scalars().all()


async def close(connection: AsyncConnection, source_id: str, at: datetime) -> None:
    """Forget the raw files' names, and mark the source as purged; its name stays for the audit trail to refer to."""
    await connection.execute(delete(snapshots).where(snapshots.c.source_id == source_id))
    gone: dict[str, Any] = {"place": "", "problem": None, "visible_to": [], "purged": at}
    await connection.execute(update(sources).where(sources.c.id == source_id).values(gone))
