"""The ports of the store: what was taken in, what changed, and who did what. Every row belongs to a workspace.

All times are aware UTC. Every method raises `StoreUnavailable` when the database can't be reached. Each writing
method is one transaction: a version and its change row are committed together or not at all.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from bot.store.edits import Edit, Fact
from index.port import Change, Versioned
from sources.document import Document, Raw
from sources.port import Refused


@dataclass(frozen=True, slots=True)
class SourceRecord:
    """A place the newsroom has added. `visible_to` holds Slack ids of people, groups and channels; empty means everyone
    of the workspace. `name` is unique in its workspace.

    `every` is how long to wait before it is read again by itself (`keeping.schedule`): None never, zero as soon as
    a look shows that something changed. `synced` is when a walk last came to its end, `attempted` when one last ended
    in whatever way, `failures` how many in a row could not be done.
    """

    id: str
    workspace_id: str
    name: str
    connector: str
    place: str
    added: datetime
    visible_to: frozenset[str] = frozenset()
    manifest: bool = True
    paused: bool = False
    synced: datetime | None = None
    problem: str | None = None
    every: timedelta | None = None
    attempted: datetime | None = None
    failures: int = 0


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
class StoredVersion:
    """One version of a document with its text and marks; the card's facts are the document's present ones."""

    document: Document
    number: int
    raw_sha256: str
    text_sha256: str
    extractor: str
    observed: datetime
    current: bool
    removed: bool


@dataclass(frozen=True, slots=True)
class VersionRecord:
    """What is known of a version beside its text: see `StoredVersion`."""

    number: int
    raw_sha256: str
    text_sha256: str
    extractor: str
    observed: datetime


@dataclass(frozen=True, slots=True)
class History:
    """A document's versions, the newest first, without their texts. `removed`: it is not there any more."""

    source_id: str
    removed: bool
    versions: tuple[VersionRecord, ...]


@dataclass(frozen=True, slots=True)
class SourceCount:
    """What a source holds: live documents, those without a date, and items that could not be read."""

    documents: int
    undated: int
    unreadable: int


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """Who did what to what, when. `detail` is a short sentence without secrets and without source text."""

    workspace_id: str
    at: datetime
    actor: str
    action: str
    subject: str
    detail: str = ""


class Archive(Protocol):
    """Sources, documents and their versions, raw snapshots, and the change log (it is an `index.port.Changes` too)."""

    async def add_source(self, source: SourceRecord) -> None:
        """Raises `AlreadyThere` when the workspace has a live source of that name or place."""
        ...

    async def sources(self, workspace_id: str | None = None) -> Sequence[SourceRecord]:
        """Live sources by name; of all workspaces when None."""
        ...

    async def update_source(self, source: SourceRecord) -> None:
        """Keep a changed record; other visibility makes an access change of each of its documents."""
        ...

    async def note_sync(self, source_id: str, at: datetime, problem: str | None) -> None:
        """Keep when and how the last walk ended, whatever else was changed meanwhile. With a problem it is one more
        failure in a row, and `synced` stays what it was; without one there is none any more.
        """
        ...

    async def remove_source(self, source_id: str) -> int:
        """Hide it at once: tombstones for all its documents, versions and snapshots stay. Returns how many."""
        ...

    async def removed_sources(self, workspace_id: str) -> Sequence[SourceRecord]:
        """Sources that were removed and whose texts are still kept, by name; one name may come more than once."""
        ...

    async def kept_sources(self, workspace_id: str) -> Sequence[SourceRecord]:
        """The live sources and the `removed_sources`, by name."""
        ...

    async def purge_source(self, source_id: str) -> int:
        """Erase the texts, facts, edits and raw files of a removed source; raw files that another source brought too
        stay. Tombstones, numbers of versions and the change log remain. Returns how many documents were erased.

        Interrupted, it can be done again until it ends. Raises BadRequest while the source is live. Nobody else may
        be writing meanwhile.
        """
        ...

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

    async def version(self, workspace_id: str, document_id: str, number: int | None = None) -> StoredVersion | None:
        """One version, the newest when None, also of a removed document. None: never heard of it in that workspace."""
        ...

    async def versions(
        self, workspace_id: str, wanted: Collection[tuple[str, int]]
    ) -> Mapping[tuple[str, int], StoredVersion]:
        """Those of the versions (document id and number) that `version` would give, read together at one moment."""
        ...

    async def evidence(
        self, workspace_id: str, wanted: Collection[tuple[str, int]]
    ) -> tuple[Sequence[SourceRecord], Mapping[tuple[str, int], StoredVersion]]:
        """What `sources` and `versions` would give at one and the same moment."""
        ...

    async def history(self, workspace_id: str, document_id: str) -> History | None:
        """All versions, also of a removed document. None: never heard of it in that workspace."""
        ...

    async def edit(self, document_id: str, edits: Sequence[Edit], taken_back: Collection[Fact] = ()) -> None:
        """Set facts of a live document by hand, and take others back, as one METADATA change.

        Wherever this port gives a document, its edits are laid over it (`bot.store.edits`). Raises BadRequest when it
        is not there.
        """
        ...

    async def edits(self, workspace_id: str, document_id: str) -> Sequence[Edit]:
        """What was set by hand of a document, in the order of `Fact`."""
        ...

    async def documents(self, source_id: str) -> Sequence[Document]:
        """All live documents of a source without their texts (`text` is empty, no marks), by location."""
        ...

    async def same_text(self, workspace_id: str, text_sha256s: Collection[str]) -> Sequence[Document]:
        """Live documents whose text now is one of these, by its hash; without their texts, those of longest standing
        first.
        """
        ...

    async def newest(self, workspace_id: str, source_ids: Collection[str], limit: int) -> Sequence[Document]:
        """The live documents of these sources that were added last, the newest first; without their texts."""
        ...

    async def listing(self, source_id: str) -> str | None:
        """The `cursor` of the last `sources.port.Discovery` that had one and was worked off."""
        ...

    async def keep_listing(self, source_id: str, cursor: str | None) -> None:
        """Keep it for the next time; None forgets it. Of a source that was removed nothing is kept."""
        ...

    async def head(self) -> int:
        """See `index.port.Changes`."""
        ...

    async def since(self, sequence: int, limit: int) -> Sequence[Change]:
        """See `index.port.Changes`."""
        ...

    async def current(self, document_ids: Sequence[str]) -> Sequence[Versioned]:
        """See `index.port.Changes`."""
        ...

    async def superseded(self, document_ids: Sequence[str]) -> Sequence[Versioned]:
        """See `index.port.Changes`."""
        ...

    async def live_ids(self) -> Sequence[str]:
        """See `index.port.Changes`."""
        ...

    async def close(self) -> None:
        """Release the connections."""
        ...


class Audit(Protocol):
    """The audit trail: only ever added to."""

    async def write(self, entry: AuditEntry) -> None:
        """Add one entry."""
        ...

    async def entries(self, workspace_id: str, limit: int) -> Sequence[AuditEntry]:
        """The newest first."""
        ...


class Deliveries(Protocol):
    """Remembers what Slack has delivered, so that a repeated delivery is answered once."""

    async def first(self, workspace_id: str, key: str, at: datetime) -> bool:
        """True the first time this key is seen, also across processes; keys older than a day may be forgotten."""
        ...


@dataclass(frozen=True, slots=True)
class Share:
    """A passage posted to a channel: where it stands in Slack, and what it shows."""

    workspace_id: str
    channel: str
    ts: str
    shared_by: str
    at: datetime
    document_id: str
    version: int
    start: int
    end: int


class Shares(Protocol):
    """What was shared where, so that a shared card can later be told that its source changed."""

    async def add(self, share: Share) -> None:
        """Keep one share."""
        ...

    async def of_documents(self, document_ids: Sequence[str]) -> Sequence[Share]:
        """All shares of these documents, oldest first."""
        ...
