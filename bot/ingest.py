"""From a source to the archive: walk it, read what is new or changed, forget what is gone.

One bad item never stops the rest. Only so many items are in memory at once as there are readers, and what was read is
recorded a few dozen at a time, since each commit waits for the disk.
"""

import asyncio
import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from typing import Protocol
from uuid import uuid4

import structlog

from bot import metrics
from bot.documents import documents_of
from bot.store.port import Archive, Known, Outcome, Reading, SourceRecord
from sources.document import Extract, Raw
from sources.errors import SourceError, Unreachable
from sources.extract.formats import FORMATS
from sources.extract.sniff import HEAD_BYTES, format_of
from sources.port import Discovery, Item, Refused, Source

log: structlog.stdlib.BoundLogger = structlog.stdlib.get_logger()

Progress = Callable[[int, int], None]
"""Called with how many items are done, and of how many."""


def silent(_done: int, _total: int) -> None:
    """For those whom nobody watches."""


READINGS_AT_ONCE = 40
BYTES_AT_ONCE = 16 << 20

_UNKNOWN_FORMAT = "unknown/" + hashlib.sha256("".join(row.extractor for row in FORMATS).encode()).hexdigest()[:8]
_EXTRACTORS = frozenset({_UNKNOWN_FORMAT, *(row.extractor for row in FORMATS)})


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
    intake = _Intake(record, source, archive, extractor, clock)
    skipped = len(discovery.items) - len(stale)
    done = count(skipped + 1)
    await intake.take(stale, readers, lambda: progress(next(done), len(discovery.items)))
    removed = await archive.forget(record.id, _gone(discovery, known)) if discovery.complete else 0
    await archive.refuse(record, discovery.refused, {}, _UNKNOWN_FORMAT)
    counts = await archive.counts(record.id)
    seen = intake.outcomes
    return Summary(
        documents=counts.documents,
        new=seen[Outcome.NEW],
        changed=seen[Outcome.TEXT] + seen[Outcome.REEXTRACTED] + seen[Outcome.METADATA],
        removed=removed + seen[Outcome.REMOVED],
        unchanged=skipped,
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


def _gone(discovery: Discovery, known: Mapping[str, Known]) -> list[str]:
    there = {item.location for item in discovery.items}
    there |= {refused.location for refused in discovery.refused if not refused.absent}
    return sorted(known.keys() - there)


@dataclass(frozen=True, slots=True)
class _Refusal:
    """An item that can't be read. An empty fingerprint has it tried again next time."""

    location: str
    reason: str
    fingerprint: str = ""
    extractor: str = _UNKNOWN_FORMAT


class _Intake:
    """Reads items side by side and records them as they come, a batch at a time."""

    def __init__(
        self,
        record: SourceRecord,
        source: Source,
        archive: Archive,
        extractor: Extractor,
        clock: Callable[[], datetime],
    ) -> None:
        self.outcomes: Counter[Outcome] = Counter()
        self._record = record
        self._source = source
        self._archive = archive
        self._extractor = extractor
        self._clock = clock
        self._readings: list[Reading] = []
        self._refusals: list[_Refusal] = []
        self._turn = asyncio.Lock()

    async def take(self, items: Sequence[Item], readers: int, told: Callable[[], None]) -> None:
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

    async def _work(self, waiting: Iterator[Item], told: Callable[[], None]) -> None:
        for item in waiting:  # shared: each reader takes the next one
            result = await self._read(item)
            async with self._turn:  # while one records, the others wait with at most one item each
                await self._keep(result)
            told()

    async def _read(self, item: Item) -> Reading | _Refusal:
        extractor = _UNKNOWN_FORMAT
        try:
            raw = await self._source.fetch(item)
        except Unreachable:
            raise
        except SourceError as error:
            return _Refusal(item.location, str(error))
        try:
            if found := format_of(raw.location, raw.media_type, raw.content[:HEAD_BYTES]):
                extractor = found.extractor
            extracts = await self._extractor.extract(raw)
            documents = documents_of(self._record, item, extracts, self._clock())
        except SourceError as error:
            return _Refusal(item.location, str(error), item.fingerprint, extractor)
        except Exception:  # a defect of ours in one item must not cost the others
            trouble = uuid4().hex[:8]
            log.exception("item failed", location=item.location, id=trouble)
            return _Refusal(item.location, f"Reading it failed in an unexpected way (log id {trouble}).")
        return Reading(item.location, item.fingerprint, extractor, raw, documents)

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
        for extractor in {refusal.extractor for refusal in refusals}:
            alike = [refusal for refusal in refusals if refusal.extractor == extractor]
            refused = [Refused(refusal.location, refusal.reason) for refusal in alike]
            fingerprints = {refusal.location: refusal.fingerprint for refusal in alike}
            await self._archive.refuse(self._record, refused, fingerprints, extractor)
        metrics.UNREADABLE.inc(len(refusals))
