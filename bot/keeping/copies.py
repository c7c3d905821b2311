"""Asks an archive whether it has a copy of a page of the web that is new here, or that changed. It is never asked to
make one.

A third party learns from this which pages the newsroom reads: so it is asked only where an operator has named it, never
about a source that is not open to everyone, and about a host of the newsroom's own only where it is one itself.
"""

import asyncio
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Protocol
from urllib.parse import urlsplit

import structlog

from bot import metrics
from bot.store.archive import Archive
from bot.store.sources import SourceRecord
from sources.addresses import archived
from sources.document import Document
from sources.errors import Gone, SourceError
from sources.fetch import Fetcher
from sources.memento import copy_in, question

log: structlog.stdlib.BoundLogger = structlog.stdlib.get_logger()

SECONDS = 30.0
"""No reading waits longer for the archive."""
PAUSE = timedelta(minutes=10)
"""An archive that failed is left alone for so long."""
MOST_BYTES = 1 << 18
"""So much of an answer is read: a list of some two thousand copies."""


class Copies(Protocol):
    """Finds archived copies."""

    async def added(self, source: SourceRecord, documents: Sequence[Document]) -> Sequence[Document]:
        """The documents of one item as they were read, with the archived copy's address where one is found. Raises
        StoreUnavailable, and nothing else."""
        ...


class NoCopies:
    """For a newsroom that asks no archive."""

    async def added(self, source: SourceRecord, documents: Sequence[Document]) -> Sequence[Document]:  # noqa: ARG002 - nothing is asked
        """The same documents."""
        return documents


NO_COPIES = NoCopies()


class ArchiveService:
    """An archive that answers at `service`, an address with `{url}` in it. `own_hosts` (`host` or `host:port`) are the
    newsroom's own."""

    def __init__(
        self,
        service: str,
        archive: Archive,
        fetcher: Fetcher,
        clock: Callable[[], datetime],
        own_hosts: Collection[str] = (),
    ) -> None:
        self._service = service
        self._archive = archive
        self._fetcher = fetcher
        self._clock = clock
        self._own_hosts = own_hosts
        self._asked_again: datetime | None = None

    async def added(self, source: SourceRecord, documents: Sequence[Document]) -> Sequence[Document]:
        """See `Copies`. A page whose words are those that are stored is not asked about again."""
        if len(documents) != 1 or not self._is_open(documents[0]) or not await self._is_for_everyone(source):
            return documents
        held = await self._archive.version(documents[0].workspace_id, documents[0].id)
        if held is not None and not held.removed and held.text_sha256 == documents[0].text_sha256:
            return documents
        copy = await self._copy(documents[0].url or "")
        return [replace(documents[0], archived_url=copy)] if copy else documents

    async def _is_for_everyone(self, source: SourceRecord) -> bool:
        """As it stands now: a walk may have begun before somebody limited its source."""
        records = await self._archive.sources(source.workspace_id)
        return any(one.id == source.id and not one.visible_to for one in records)

    def _is_open(self, document: Document) -> bool:
        """Whether it is a page of the web that tells of no copy, and whose address this archive may learn."""
        if document.archived_url or not document.location.startswith(("http://", "https://")):
            return False
        parts = urlsplit(document.url or "")
        if parts.scheme not in ("http", "https") or "@" in parts.netloc or archived(document.url or ""):
            return False
        return self._is_own(self._service) or not self._is_own(document.url or "")

    def _is_own(self, address: str) -> bool:
        parts = urlsplit(address)
        return parts.netloc.lower() in self._own_hosts or (parts.hostname or "") in self._own_hosts

    async def _copy(self, address: str) -> str | None:
        if self._asked_again is not None and self._clock() < self._asked_again:
            metrics.ARCHIVE_LOOKUPS.labels("paused").inc()
            return None
        try:
            async with asyncio.timeout(SECONDS):
                answer = await self._fetcher.look(question(self._service, address), most=MOST_BYTES)
            copy = copy_in(answer, address)
        except Gone:  # how TimeGates say that they have none
            copy = None
        except (SourceError, TimeoutError) as error:
            self._asked_again = self._clock() + PAUSE
            metrics.ARCHIVE_LOOKUPS.labels("failed").inc()
            log.warning("archive not asked", page=address, reason=str(error) or "It takes too long to answer.")
            return None
        metrics.ARCHIVE_LOOKUPS.labels("found" if copy else "none").inc()
        return copy
