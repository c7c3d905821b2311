"""The statements that read versions with what is told of their documents; built once, since answers wait for them."""

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import Connection, Select, bindparam, exists, select, tuple_

from bot.store import editing
from bot.store.database import chunks
from bot.store.documents import StoredVersion
from bot.store.rows import version_from
from bot.store.tables import documents, edits, versions

_OWN_COLUMNS = [column for column in versions.c if column.name not in documents.c]
_EACH = select(documents, *_OWN_COLUMNS).join(versions, versions.c.document_id == documents.c.id)
LIVE = documents.c.removed.is_(None)
"""For a statement on `documents`: it is there, now."""

PRESENT = _EACH.where(versions.c.number == documents.c.version, LIVE)
"""Of live documents the version that they are now."""

_now = versions.alias("present")
SUPERSEDED = (
    _EACH.join(_now, (_now.c.document_id == documents.c.id) & (_now.c.number == documents.c.version))
    .where(
        LIVE,
        versions.c.number < documents.c.version,
        versions.c.text != "",
        versions.c.text_sha256 != _now.c.text_sha256,
    )
    .order_by(documents.c.id, versions.c.number.desc())
)
"""Of live documents the older versions that had other words, the newest first."""

_OF_WORKSPACE = documents.c.workspace_id == bindparam("workspace")
_BY_HAND = exists().where(edits.c.document_id == documents.c.id).label("by_hand")
_HERE = _EACH.add_columns(_BY_HAND).where(_OF_WORKSPACE)
_NEWEST = _HERE.where(documents.c.id == bindparam("document"), versions.c.number == documents.c.version)
# The documents are named twice: by the pairs alone SQLite finds no index, and reads them all.
_NUMBERED = _HERE.where(
    documents.c.id.in_(bindparam("documents", expanding=True)),
    tuple_(versions.c.document_id, versions.c.number).in_(bindparam("numbered", expanding=True)),
)


def newest(connection: Connection, workspace_id: str, document_id: str) -> StoredVersion | None:
    """The newest version, also of a removed document."""
    found = _read(connection, _NEWEST, {"workspace": workspace_id, "document": document_id})
    return found[0] if found else None


def numbered(
    connection: Connection, workspace_id: str, wanted: Collection[tuple[str, int]]
) -> Mapping[tuple[str, int], StoredVersion]:
    """Those of the versions, by document id and number, that there are."""
    return {
        (one.document.id, one.number): one
        for some in chunks(sorted(wanted))
        for one in _read(
            connection,
            _NUMBERED,
            {"workspace": workspace_id, "documents": list({name for name, _ in some}), "numbered": some},
        )
    }


def _read(connection: Connection, wanted: Select[*tuple[Any, ...]], values: Mapping[str, Any]) -> list[StoredVersion]:
    rows = connection.execute(wanted, values).mappings().all()
    by_hand = editing.edits_of(connection, [row["id"] for row in rows if row["by_hand"]])
    return [version_from(row, by_hand.get(row["id"], ())) for row in rows]
