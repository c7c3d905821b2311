"""Between the values of the contracts and the rows of the tables."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields
from functools import lru_cache
from typing import Any, overload

from sqlalchemy import RowMapping

from bot.store.documents import StoredVersion
from bot.store.edits import Edit, Fact, edited
from bot.store.sources import SourceRecord
from index.entries import Versioned
from sources.document import Document, Mark, MarkValue, PartialDate
from sources.wire import KIND_OF, date_from_json, date_to_json, unpack_marks

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


class PackedMarks(Sequence[Mark]):
    """Marks as `pack_marks` makes one text of them, read when they are asked for: a hearing has thousands, and most
    answers need none. Equal to a tuple of the same marks.
    """

    __slots__ = ("packed",)

    def __init__(self, packed: str) -> None:
        self.packed = packed

    @overload
    def __getitem__(self, index: int) -> Mark: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Mark, ...]: ...
    def __getitem__(self, index: int | slice) -> Mark | tuple[Mark, ...]:
        return _unpacked(self.packed)[index]

    def __iter__(self) -> Iterator[Mark]:
        return iter(_unpacked(self.packed))

    def __len__(self) -> int:
        return len(_unpacked(self.packed))

    def of(self, kinds: tuple[type[MarkValue], ...]) -> Sequence[Mark]:
        """Those of these kinds. Where there is none, as in most documents, nothing is unpacked."""
        if not any(f'{{"kind":"{KIND_OF[kind]}"' in self.packed for kind in kinds):
            return ()
        return [mark for mark in _unpacked(self.packed) if isinstance(mark.value, kinds)]

    def __eq__(self, other: object) -> bool:
        if isinstance(other, PackedMarks):
            return self.packed == other.packed
        return _unpacked(self.packed) == other

    def __hash__(self) -> int:
        return hash(_unpacked(self.packed))

    def __repr__(self) -> str:
        return repr(_unpacked(self.packed))


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


@lru_cache(maxsize=256)
def _unpacked(packed: str) -> tuple[Mark, ...]:
    """The inverse of `pack_marks`. The same few documents answer most questions."""
    return unpack_marks(packed)


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
