"""What recording a reading does to each document: decided here, on what is held and what was found, without any I/O.

- Not known, or removed before: NEW. A removed document that is back with the same text keeps its last version, with
  another text it gets the next number.
- Another text: TEXT and a new version; REEXTRACTED when the item's bytes are those of its last reading, for then
  the source did not change and only our reading of it did.
- The same text with other marks or facts: METADATA. Marks belong to the version and are replaced in place, together
  with the extractor and the raw bytes that gave them: a version's extractor always makes its text and marks of its raw.
- The same text, marks and facts: UNCHANGED, also when the raw bytes differ (a page's advertisements) or the
  extractor is newer.
- The address of an archived copy stays a web document's fact where a reading tells of none: a copy doesn't go away.
- Held of a read item and not found there: REMOVED.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.store.readings import Outcome, Reading
from bot.store.rows import facts_of
from bot.store.sources import SourceRecord
from sources.document import Document
from sources.wire import pack_marks


@dataclass(frozen=True, slots=True)
class Found:
    """A document of a reading, with all that is compared and stored of it."""

    document: Document
    reading: Reading
    raw_sha256: str
    text_sha256: str
    marks: str
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Held:
    """What the store has of a document: its current version's number, hash and packed marks, and its facts."""

    document_id: str
    number: int
    text_sha256: str
    marks: str
    facts: Mapping[str, Any]
    removed: bool


@dataclass(frozen=True, slots=True)
class Step:
    """What to write for one found document. `number` is the version that its text is or becomes."""

    found: Found
    outcome: Outcome
    number: int
    known: bool
    new_version: bool
    new_marks: bool


def check(source: SourceRecord, readings: Sequence[Reading]) -> None:
    """Raises ValueError when an item or a document comes twice, or a document is not the source's."""
    documents = [document for reading in readings for document in reading.documents]
    for names in ([reading.location for reading in readings], [document.id for document in documents]):
        if len(set(names)) != len(names):
            raise ValueError("an item or a document is given twice")
    for document in documents:
        if (document.workspace_id, document.source_id) != (source.workspace_id, source.id):
            raise ValueError(f"document {document.id} is not of source {source.id}")


def find(readings: Sequence[Reading], hashes: Sequence[str]) -> Sequence[Found]:
    """All documents of the readings, ready to be compared; `hashes` are those of the raw bytes, in the same order."""
    return [
        Found(
            document,
            reading,
            raw_sha256,
            document.text_sha256,
            pack_marks(document.marks),
            facts_of(document, reading.location),
        )
        for reading, raw_sha256 in zip(readings, hashes, strict=True)
        for document in reading.documents
    ]


def decide(found: Found, held: Held | None, last_raw: str | None) -> Step:
    """What happens to a found document. `last_raw`: the hash of its item's bytes at the last reading, if any."""
    if held is None:
        return Step(found, Outcome.NEW, 1, known=False, new_version=True, new_marks=False)
    found = _with_copy(found, held)
    other_text = found.text_sha256 != held.text_sha256
    other_marks = found.marks != held.marks
    if held.removed:
        outcome = Outcome.NEW
    elif other_text:
        outcome = Outcome.REEXTRACTED if found.raw_sha256 == last_raw else Outcome.TEXT
    elif other_marks or found.facts != held.facts:
        outcome = Outcome.METADATA
    else:
        outcome = Outcome.UNCHANGED
    return Step(
        found,
        outcome,
        held.number + other_text,
        known=True,
        new_version=other_text,
        new_marks=other_marks and not other_text,
    )


def _with_copy(found: Found, held: Held) -> Found:
    """What was found, with the archived copy that is known already of what is on the web."""
    known = held.facts["archived_url"]
    told = found.document.archived_url is not None
    if known is None or told or not found.reading.location.startswith(("http://", "https://")):
        return found
    document = replace(found.document, archived_url=known)
    return replace(found, document=document, facts=facts_of(document, found.reading.location))


def gone(held: Iterable[Held], found: Iterable[Found], locations: Collection[str]) -> Sequence[str]:
    """The ids of live documents that items at these locations held before and hold no more."""
    here = {one.document.id for one in found}
    return [
        one.document_id
        for one in held
        if not one.removed and one.document_id not in here and one.facts["item_location"] in locations
    ]
