"""From a source to the archive: walk it, read what is new or changed, forget what is gone.

One bad item never stops the rest. Only so many items are in memory at once as there are readers, and what was read is
recorded a few dozen at a time, since each commit waits for the disk.
"""

import asyncio
import hashlib
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import count
from typing import Protocol
from uuid import uuid4

import structlog

from bot import metrics
from bot.documents import documents_of
from bot.errors import BadRequest
from bot.shrink import shrunk
from bot.store.port import Archive, Known, Outcome, Reading, SourceRecord
from sources.document import Document, Extract, Raw
from sources.errors import Gone, SourceError, Unreachable
from sources.extract.formats import FORMATS
from sources.extract.sniff import HEAD_BYTES, format_of
from sources.fetch import fingerprint_of
from sources.port import Discovery, Item, Refused, Source, Trouble, Unchanged

log: structlog.stdlib.BoundLogger = structlog.stdlib.get_logger()

Progress = Callable[[int, int], None]
"""Called with how many items are done, and of how many."""


def silent(_done: int, _total: int) -> None:
    """For those whom nobody watches."""


READINGS_AT_ONCE = 40
BYTES_AT_ONCE = 16 << 20

_UNKNOWN_FORMAT = "unknown/" + hashlib.sha256("".join(row.extractor for row in FORMATS).encode()).hexdigest()[:8]
_EXTRACTORS = frozenset({_UNKNOWN_FORMAT, *(row.extractor for row in FORMATS)})
_FAILED = "failed"
"""The fingerprint of an item that was read before and then could not be fetched: nothing is made of it."""


class Extractor(Protocol):
    """Reads files; `sources.extract.pool.Extractors` is one."""

    async def extract(self, raw: Raw) -> Sequence[Extract]:
        """The documents in `raw`, at least one. Raises Unreadable."""
        ...


@dataclass(frozen=True, slots=True)
class Summary:
    """What taking a source in did, counted in documents; `unchanged` are items that did not have to be read again.

    `unreadable` are all items of the source that can't be read, whether or not they were tried this time.
    """

    documents: int
    new: int
    changed: int
    removed: int
    unchanged: int
    unreadable: tuple[Refused, ...]


async def ingest(
    record: SourceRecord,
    source: Source,
    archive: Archive,
    extractor: Extractor,
    clock: Callable[[], datetime],
    *,
    readers: int,
    progress: Progress = silent,
) -> Summary:
    """Bring the archive to what the source holds now, with `readers` items in hand at once.

    Raises Unreachable when the source as a whole can't be read: nothing is then removed, and what was read stays.
    """
    discovery = await source.discover()
    known = await archive.known(record.id)
    stale = [item for item in discovery.items if not _is_current(item, known.get(item.location))]
    dead = {refused.location for refused in await archive.refused(record.id) if refused.trouble is Trouble.DEAD}
    intake = _Intake(record, source, archive, extractor, clock, dead)
    skipped = len(discovery.items) - len(stale)
    done = count(skipped + 1)
    asked = [_with_last(item, known.get(item.location)) for item in stale]
    await intake.take(asked, readers, lambda: progress(next(done), len(discovery.items)))
    removed = await archive.forget(record.id, _gone(discovery, known)) if discovery.complete else 0
    await archive.refuse(record, discovery.refused, {}, _UNKNOWN_FORMAT)
    return await _summary(record, archive, intake, removed, skipped)


async def take(
    record: SourceRecord,
    source: Source,
    archive: Archive,
    extractor: Extractor,
    clock: Callable[[], datetime],
    location: str,
) -> Summary:
    """Read one item again and keep what it brings, also where so little is left that it would be held back.

    Raises Unreachable; BadRequest when the source does not list the item any more.
    """
    listed = (await source.discover()).items
    asked = [_Asked(item, asks=not item.fingerprint) for item in listed if item.location == location]
    if not asked:
        raise BadRequest(f"“{location}” is not in the source “{record.name}” any more.")
    intake = _Intake(record, source, archive, extractor, clock, (), guarded=False)
    await intake.take(asked, 1, lambda: None)
    return await _summary(record, archive, intake, 0, len(listed) - 1)


async def _summary(record: SourceRecord, archive: Archive, intake: "_Intake", removed: int, skipped: int) -> Summary:
    seen = intake.outcomes
    return Summary(
        documents=(await archive.counts(record.id)).documents,
        new=seen[Outcome.NEW],
        changed=seen[Outcome.TEXT] + seen[Outcome.REEXTRACTED] + seen[Outcome.METADATA],
        removed=removed + intake.removed + seen[Outcome.REMOVED],
        unchanged=skipped + intake.unchanged,
        unreadable=tuple(await archive.refused(record.id)),
    )


def _is_current(item: Item, known: Known | None) -> bool:
    """Whether nothing can have changed: neither the item nor the way it was read."""
    return (
        known is not None
        and bool(item.fingerprint)
        and known.fingerprint == item.fingerprint
        and known.extractor in _EXTRACTORS
    )


@dataclass(frozen=True, slots=True)
class _Asked:
    """An item to fetch. `asks`: only its place knows whether it changed, given the fingerprint of its last reading."""

    item: Item
    asks: bool


def _with_last(item: Item, known: Known | None) -> _Asked:
    if item.fingerprint:
        return _Asked(item, asks=False)
    last = known.fingerprint if known is not None and known.extractor in _EXTRACTORS else ""
    return _Asked(replace(item, fingerprint=last), asks=True)


def _gone(discovery: Discovery, known: Mapping[str, Known]) -> list[str]:
    there = {item.location for item in discovery.items}
    there |= {refused.location for refused in discovery.refused if not refused.absent}
    return sorted(known.keys() - there)


@dataclass(frozen=True, slots=True)
class _Refusal:
    """An item that can't be read. An empty fingerprint has it tried again next time. `gone`: so are its documents."""

    location: str
    reason: str
    fingerprint: str = ""
    extractor: str = _UNKNOWN_FORMAT
    trouble: Trouble = Trouble.UNREADABLE
    gone: bool = False


class _Intake:
    """Reads items side by side and records them as they come, a batch at a time.

    `guarded`: a page that lost most of its words is held back.
    """

    def __init__(
        self,
        record: SourceRecord,
        source: Source,
        archive: Archive,
        extractor: Extractor,
        clock: Callable[[], datetime],
        dead: Collection[str],
        *,
        guarded: bool = True,
    ) -> None:
        self.outcomes: Counter[Outcome] = Counter()
        self.unchanged = 0
        self.removed = 0
        self._record = record
        self._source = source
        self._archive = archive
        self._extractor = extractor
        self._clock = clock
        self._dead = dead
        self._guarded = guarded
        self._readings: list[Reading] = []
        self._refusals: list[_Refusal] = []
        self._turn = asyncio.Lock()

    async def take(self, items: Sequence[_Asked], readers: int, told: Callable[[], None]) -> None:
        """Read and record all items. Raises Unreachable, after recording what was read until then."""
        waiting = iter(items)
        try:
            async with asyncio.TaskGroup() as group:
                for _ in range(max(1, readers)):
                    group.create_task(self._work(waiting, told))
        except ExceptionGroup as failed:  # the first reader to fail has ended the others
            error = failed.exceptions[0]
            if isinstance(error, Unreachable):
                await self._flush()
            raise error from None
        await self._flush()

    async def _work(self, waiting: Iterator[_Asked], told: Callable[[], None]) -> None:
        for asked in waiting:  # shared: each reader takes the next one
            try:
                result = await self._read(asked)
            except Unchanged:
                self.unchanged += 1
            else:
                async with self._turn:  # while one records, the others wait with at most one item each
                    await self._keep(result)
            told()

    async def _read(self, asked: _Asked) -> Reading | _Refusal:
        item, extractor = asked.item, _UNKNOWN_FORMAT
        try:
            raw = await self._source.fetch(item)
        except Unreachable:
            raise
        except SourceError as error:
            return self._unfetched(asked, error)
        fingerprint = fingerprint_of(raw, item.declared) if asked.asks else item.fingerprint
        try:
            if found := format_of(raw.location, raw.media_type, raw.content[:HEAD_BYTES]):
                extractor = found.extractor
            extracts = await self._extractor.extract(raw)
            documents = documents_of(self._record, item, extracts, self._clock())
            if loss := await self._loss(item, raw, documents):
                return _Refusal(item.location, loss, extractor=extractor, trouble=Trouble.HELD_BACK)
        except SourceError as error:
            return _Refusal(item.location, str(error), fingerprint, extractor)
        except Exception:  # a defect of ours in one item must not cost the others
            trouble = uuid4().hex[:8]
            log.exception("item failed", location=item.location, id=trouble)
            return _Refusal(item.location, f"Reading it failed in an unexpected way (log id {trouble}).")
        return Reading(item.location, fingerprint, extractor, raw, documents)

    def _unfetched(self, asked: _Asked, error: SourceError) -> _Refusal:
        """An item is gone when its place says so for good, or says twice, at two refreshes, that nothing is there."""
        item = asked.item
        dead = isinstance(error, Gone)
        return _Refusal(
            item.location,
            str(error),
            _FAILED if asked.asks and item.fingerprint else "",
            trouble=Trouble.DEAD if dead else Trouble.UNREADABLE,
            gone=isinstance(error, Gone) and (error.certain or item.location in self._dead),
        )

    async def _loss(self, item: Item, raw: Raw, documents: Sequence[Document]) -> str | None:
        """Why the new reading of a page must not replace the stored one. The same bytes read anew may."""
        if not self._guarded or not item.location.startswith(("http://", "https://")):
            return None
        for document in documents:
            held = await self._archive.version(document.workspace_id, document.id)
            if held is None or held.removed or held.raw_sha256 == raw.sha256:
                continue
            if loss := await asyncio.to_thread(shrunk, held.document.text, document.text):
                return loss
        return None

    async def _keep(self, result: Reading | _Refusal) -> None:
        if isinstance(result, _Refusal):
            self._refusals.append(result)
        else:
            self._readings.append(result)
        held = sum(len(reading.raw.content) for reading in self._readings)
        if len(self._readings) + len(self._refusals) >= READINGS_AT_ONCE or held >= BYTES_AT_ONCE:
            await self._flush()

    async def _flush(self) -> None:
        readings, self._readings = self._readings, []
        refusals, self._refusals = self._refusals, []
        if readings:
            outcomes = await self._archive.record(self._record, readings)
            self.outcomes.update(outcomes.values())
            for outcome in outcomes.values():
                metrics.DOCUMENTS.labels(outcome.value).inc()
        if gone := [refusal.location for refusal in refusals if refusal.gone]:
            self.removed += await self._archive.forget(self._record.id, gone)
        for extractor in {refusal.extractor for refusal in refusals}:
            alike = [refusal for refusal in refusals if refusal.extractor == extractor]
            refused = [Refused(refusal.location, refusal.reason, trouble=refusal.trouble) for refusal in alike]
            fingerprints = {refusal.location: refusal.fingerprint for refusal in alike}
            await self._archive.refuse(self._record, refused, fingerprints, extractor)
        metrics.UNREADABLE.inc(len(refusals))
