"""The port of the readings: what was read from the items of a source, and what recording it did to their documents."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from bot.store.sources import SourceRecord
from sources.document import Document, Raw
from sources.port import Refused


@dataclass(frozen=True, slots=True)
class Known:
    """What the archive holds of one item of a source: its fingerprint when it was last read, and by which extractor."""

    fingerprint: str
    extractor: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read from one item of a source: its bytes, and the documents that `extractor` made of them."""

    location: str
    fingerprint: str
    extractor: str
    raw: Raw
    documents: Sequence[Document]


class Outcome(StrEnum):
    """What recording did to a document. The values are also the kinds of change (`UNCHANGED` makes no row)."""

    NEW = "new"
    TEXT = "text"
    REEXTRACTED = "reextracted"
    METADATA = "metadata"
    ACCESS = "access"
    REMOVED = "removed"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class SourceCount:
    """What a source holds: live documents, those without a date, and items that could not be read."""

    documents: int
    undated: int
    unreadable: int


class Readings(Protocol):
    """The items of each source: what was read of them, what could not be, and the documents that came of it."""

    async def known(self, source_id: str) -> Mapping[str, Known]:
        """By location, all items of a source that were read or refused before."""
        ...

    async def record(self, source: SourceRecord, readings: Sequence[Reading]) -> Mapping[str, Outcome]:
        """Keep what was read: raw snapshots first, then, in one transaction for all readings, new versions where the
        text changed and the change rows. Give a few dozen readings at a time: a commit waits for the disk.

        Documents that an item held before and holds no more are tombstoned. A document that was removed and is back
        is NEW and goes on from its last version number. The same raw bytes with other text, as under another
        extractor, is REEXTRACTED. The same text with other marks is METADATA: they are replaced within the version.
        `added` of a known document stays what it was, and so does a web document's archived copy where a reading tells
        of none. Returns the outcome by document id.

        Raises `BadRequest` when the source was removed meanwhile.
        """
        ...

    async def refuse(
        self,
        source: SourceRecord,
        refused: Sequence[Refused],
        fingerprints: Mapping[str, str],
        extractor: str,
        gone: Collection[str] = (),
    ) -> int:
        """Keep why these items can't be read, and how often in a row. A good version from before stays live, unless
        its item is `gone`: its documents are tombstoned in the same step. Returns how many.
        """
        ...

    async def forget(self, source_id: str, locations: Sequence[str]) -> int:
        """Tombstone the documents of items that are gone from their source. Returns how many documents."""
        ...

    async def refused(self, source_id: str) -> Sequence[Refused]:
        """Items that can't be read, by location."""
        ...

    async def counts(self, source_id: str) -> SourceCount:
        """How much a source holds."""
        ...

    async def listing(self, source_id: str) -> str | None:
        """The `cursor` of the last `sources.port.Discovery` that had one and was worked off."""
        ...

    async def keep_listing(self, source_id: str, cursor: str | None) -> None:
        """Keep it for the next time; None forgets it. Of a source that was removed nothing is kept."""
        ...
