"""The port of the documents: their versions, which never change, and the facts of now that lie over them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.store.edits import Edit, Fact
from bot.store.sources import SourceRecord
from sources.document import Document


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


class Documents(Protocol):
    """Documents and their versions. Wherever a document is given, its edits are laid over it (`bot.store.edits`)."""

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

        Raises BadRequest when it is not there.
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
