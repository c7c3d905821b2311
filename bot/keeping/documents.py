"""From what an extractor found, and what the source declares, to the documents that are stored. Pure."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TypeVar

from bot.store.sources import SourceRecord
from sources.document import Document, Extract, Mark, PartialDate, Speaker, document_id
from sources.port import Item

T = TypeVar("T")
_CLOCKS_DIFFER = timedelta(days=1)


def documents_of(
    source: SourceRecord, item: Item, extracts: Sequence[Extract], added: datetime, lasting: str | None = None
) -> tuple[Document, ...]:
    """One document for each extract of an item. Of an item of the web, `lasting` is its address (see `Raw`) where
    nobody tells another: a PDF file knows none. The document keeps its name, which is made of the item's location.

    What the source declares of a file wins over what its bytes tell; but of the parts of one file (rows, a feed's
    entries) each one's own facts win, for a declaration speaks of the whole.
    """
    seen: Counter[str] = Counter()
    documents: list[Document] = []
    for extract in extracts:
        seen[extract.part] += 1
        location = _location(item, extract.part, seen[extract.part])
        documents.append(_document(source, item, extract, location, added, lasting))
    return tuple(documents)


def _location(item: Item, part: str, occurrence: int) -> str:
    """The item's location, with the part's name, and a number where a file gives one name twice."""
    name = part if occurrence == 1 else f"{part}~{occurrence}"
    return f"{item.location}#{name}" if name else item.location


def _document(
    source: SourceRecord, item: Item, extract: Extract, location: str, added: datetime, lasting: str | None
) -> Document:
    first, second = (extract, item.declared) if extract.part else (item.declared, extract)
    return Document(
        id=document_id(source.workspace_id, source.id, location),
        workspace_id=source.workspace_id,
        source_id=source.id,
        location=location,
        text=extract.text,
        added=added,
        marks=_with_speaker(extract, _known(first.speaker, second.speaker)),
        title=_known(first.title, second.title),
        publisher=_known(first.publisher, second.publisher),
        author=_known(first.author, second.author),
        kind=_known(first.kind, second.kind),
        url=_known(_known(first.url, second.url), _address(lasting or item.location)),
        archived_url=_known(first.archived_url, second.archived_url),
        published=_known(first.published, second.published),
        modified=extract.modified,
        language=_known(first.language, second.language),
        warnings=(*extract.warnings, *_contradicted(first.published, second.published)),
    )


def _address(location: str) -> str | None:
    return location if location.startswith(("http://", "https://")) else None


def _contradicted(kept: PartialDate | None, other: PartialDate | None) -> Sequence[str]:
    """The sentence about a date that gives way to another one; clocks of two zones may stand a day apart."""
    if kept is None or other is None or max(kept.first, other.first) - min(kept.last, other.last) <= _CLOCKS_DIFFER:
        return ()
    return (f"The source and the file give two dates: {kept.value} is kept, {other.value} is not.",)


def _known(first: T | None, second: T | None) -> T | None:
    return second if first is None else first


def _with_speaker(extract: Extract, speaker: str | None) -> tuple[Mark, ...]:
    """The marks; of a text without turns that is one person's, all of it is that person's turn."""
    if speaker is None or any(isinstance(mark.value, Speaker) for mark in extract.marks):
        return extract.marks
    return (*extract.marks, Mark(0, len(extract.text), Speaker(speaker)))
