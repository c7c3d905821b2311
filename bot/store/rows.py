"""Between the values of the contracts and the rows of the tables."""

from collections.abc import Iterable
from dataclasses import fields
from typing import Any

from sqlalchemy import RowMapping

from bot.store.documents import StoredVersion
from bot.store.edits import Edit, Fact, edited
from bot.store.packed_marks import PackedMarks
from bot.store.sources import SourceRecord
from index.entries import Versioned
from sources.document import Document, PartialDate
from sources.wire import date_from_json, date_to_json

_PLAIN = ("location", "title", "publisher", "author", "kind", "url", "archived_url", "language")
_DATES = ("published", "modified")
FACTS = ("item_location", *_PLAIN, *_DATES, "warnings")


def source_row(source: SourceRecord) -> dict[str, Any]:
    """All columns of a live source."""
    row: dict[str, Any] = {field.name: getattr(source, field.name) for field in fields(source)}
    return row | {"visible_to": sorted(source.visible_to)}


def source_from(row: RowMapping) -> SourceRecord:
    """The inverse of `source_row`."""
    values: dict[str, Any] = {field.name: row[field.name] for field in fields(SourceRecord)}
    values["visible_to"] = frozenset(values["visible_to"])
    return SourceRecord(**values)


def facts_of(document: Document, item_location: str) -> dict[str, Any]:
    """The `FACTS` columns: what is known of the document as it stands now, whatever its version."""
    facts: dict[str, Any] = {name: getattr(document, name) for name in _PLAIN}
    facts |= {name: date_to_json(getattr(document, name)) for name in _DATES}
    return facts | {"item_location": item_location, "warnings": list(document.warnings)}


def edit_row(edit: Edit, workspace_id: str) -> dict[str, Any]:
    """All columns of an edit."""
    value = date_to_json(edit.value) if isinstance(edit.value, PartialDate) else edit.value
    row = {"document_id": edit.document_id, "workspace_id": workspace_id, "by": edit.by, "at": edit.at}
    return row | {"fact": edit.fact.value, "value": value}


def edit_from(row: RowMapping) -> Edit:
    """The inverse of `edit_row`."""
    fact = Fact(row["fact"])
    date = date_from_json(row["value"]) if fact is Fact.PUBLISHED else None
    return Edit(row["document_id"], fact, date or row["value"], row["by"], row["at"])


def document_from(row: RowMapping, edits: Iterable[Edit] = (), text: str = "", marks: str = "[]") -> Document:
    """A document out of its row and its edits, with the text and packed marks of a version."""
    values: dict[str, Any] = {name: row[name] for name in ("id", "workspace_id", "source_id", "added", *_PLAIN)}
    values |= {name: date_from_json(row[name]) for name in _DATES}
    found = Document(**values, text=text, marks=PackedMarks(marks), warnings=tuple(row["warnings"]))
    return edited(found, edits)


def version_from(row: RowMapping, edits: Iterable[Edit]) -> StoredVersion:
    """One version out of the row of its document joined with its own."""
    return StoredVersion(
        document=document_from(row, edits, row["text"], row["marks"]),
        number=row["number"],
        raw_sha256=row["raw_sha256"],
        text_sha256=row["text_sha256"],
        extractor=row["extractor"],
        observed=row["observed"],
        current=row["number"] == row["version"],
        removed=row["removed"] is not None,
    )


def versioned_from(row: RowMapping, edits: Iterable[Edit]) -> Versioned:
    """A document with its current version, as the index takes it."""
    return Versioned(document_from(row, edits, row["text"], row["marks"]), row["number"])
