"""Reads the items of one source side by side, and keeps what was read a slice at a time.

A slice is a few dozen items, since each commit waits for the disk; fewer where they come slowly, so that what a polite
reading of a big site brought is kept, and can be found, while it goes on. Nothing is held up meanwhile: only the
keeping of a slice has its turn among those who write. Only so many items are in memory at once as there are readers.
"""

import asyncio
import hashlib
from collections import Counter
from collections.abc import Awaitable, Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol
from uuid import uuid4

import structlog

from bot import metrics
from bot.keeping.copies import NO_COPIES, Copies
from bot.keeping.documents import documents_of
from bot.keeping.shrink import shrunk
from bot.store.archive import Archive
from bot.store.packed_marks import PackedMarks
from bot.store.readings import Outcome, Reading
from bot.store.sources import SourceRecord
from sources.document import Document, Extract, Raw
from sources.errors import Gone, SourceError, Unreachable
from sources.extract.formats import FORMATS
from sources.extract.sniff import HEAD_BYTES, format_of
from sources.fetch import fingerprint_of
from sources.port import Item, Refused, Source, Trouble, Unchanged
from sources.wire import pack_marks

log: structlog.stdlib.BoundLogger = structlog.stdlib.get_logger()

READINGS_AT_ONCE = 40
BYTES_AT_ONCE = 16 << 20
KEPT_WITHIN = timedelta(seconds=10)

UNKNOWN_FORMAT = "unknown/" + hashlib.sha256("".join(row.extractor for row in FORMATS).encode()).hexdigest()[:8]
_FAILED = "failed"
"""The fingerprint of an item that was read before and then could not be fetched: nothing is made of it."""

InTurn = Callable[[Callable[[], Awaitable[None]]], Awaitable[None]]
"""Does the work while nobody else writes, and to its end."""


async def at_once(work: Callable[[], Awaitable[None]]) -> None:
    """For a place where nobody else writes."""
    await work()


class Extractor(Protocol):
    """Reads files; `sources.extract.pool.Extractors` is one."""

    async def extract(self, raw: Raw) -> Sequence[Extract]:
        """The documents in `raw`, at least one. Raises Unreadable."""
        ...


@dataclass(frozen=True, slots=True)
class Asked:
    """An item to fetch. `asks`: only its place knows whether it changed, given the fingerprint of its last reading."""

    item: Item
    asks: bool


@dataclass(frozen=True, slots=True)
class _Refusal:
    """An item that can't be read. An empty fingerprint has it tried again next time. `gone`: so are its documents."""

    location: str
    reason: str
    fingerprint: str = ""
    extractor: str = UNKNOWN_FORMAT
    trouble: Trouble = Trouble.UNREADABLE
    gone: bool = False


@dataclass(frozen=True, slots=True)
class Remark:
    """What is to be known of an item that was read: what of it was left out, or guessed, as one sentence."""

    location: str
    sentence: str


class Intake:
    """What one walk takes in. `outcomes`, `unchanged` (items) and `removed` (documents) count what came of it;
    `remarks` are about what was read.

    `dead` are the items that a walk before found gone; `guarded`: a page that lost most of its words is held back.
    """

    def __init__(
        self,
        record: SourceRecord,
        source: Source,
        archive: Archive,
        extractor: Extractor,
        clock: Callable[[], datetime],
        dead: Collection[str] = (),
        *,
        guarded: bool = True,
        in_turn: InTurn = at_once,
        copies: Copies = NO_COPIES,
    ) -> None:
        self.outcomes: Counter[Outcome] = Counter()
        self.unchanged = 0
        self.removed = 0
        self.remarks: list[Remark] = []
        self._record = record
        self._source = source
        self._archive = archive
        self._extractor = extractor
        self._clock = clock
        self._dead = dead
        self._guarded = guarded
        self._in_turn = in_turn
        self._copies = copies
        self._readings: list[Reading] = []
        self._refusals: list[_Refusal] = []
        self._kept_at = clock()
        self._turn = asyncio.Lock()

    async def take(self, items: Sequence[Asked], readers: int, told: Callable[[], None]) -> None:
        """Read all items, and keep all but the last slice, which `keep` does.

        Raises Unreachable, after keeping what was read until then.
        """
        waiting = iter(items)
        try:
            async with asyncio.TaskGroup() as group:
                for _ in range(max(1, readers)):
                    group.create_task(self._work(waiting, told))
        except ExceptionGroup as failed:  # the first reader to fail has ended the others
            error = failed.exceptions[0]
            if isinstance(error, Unreachable):
                await self._in_turn(self.keep)
            raise error from None

    async def _work(self, waiting: Iterator[Asked], told: Callable[[], None]) -> None:
        for asked in waiting:  # shared: each reader takes the next one
            result = await self._read(asked)
            async with self._turn:  # while one keeps a slice, the others wait with at most one item each
                self._note(result)
                if self._is_slice():
                    await self._in_turn(self.keep)
            told()

    async def _read(self, asked: Asked) -> Reading | _Refusal | None:
        """None: it is unchanged."""
        item, extractor = asked.item, UNKNOWN_FORMAT
        try:
            raw = await self._source.fetch(item)
        except Unchanged:
            return None
        except Unreachable:
            raise
        except SourceError as error:
            return self._unfetched(asked, error)
        fingerprint = fingerprint_of(raw, item.declared) if asked.asks else item.fingerprint
        try:
            if found := format_of(raw.location, raw.media_type, raw.content[:HEAD_BYTES]):
                extractor = found.extractor
            extracts = await self._extractor.extract(raw)
            documents = documents_of(self._record, item, extracts, self._clock(), raw.lasting)
            if loss := await self._loss(item, raw, documents):
                return _Refusal(item.location, loss, extractor=extractor, trouble=Trouble.HELD_BACK)
        except SourceError as error:
            return _Refusal(item.location, str(error), fingerprint, extractor)
        except Exception:  # a defect of ours in one item must not cost the others
            trouble = uuid4().hex[:8]
            log.exception("item failed", location=item.location, id=trouble)
            return _Refusal(item.location, f"Reading it failed in an unexpected way (log id {trouble}).")
        documents = await self._copies.added(self._record, documents)
        return Reading(item.location, fingerprint, extractor, raw, await asyncio.to_thread(_packed, documents))

    def _unfetched(self, asked: Asked, error: SourceError) -> _Refusal:
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

    def _note(self, result: Reading | _Refusal | None) -> None:
        match result:
            case None:
                self.unchanged += 1
            case _Refusal():
                self._refusals.append(result)
            case Reading():
                self._readings.append(result)
                told = dict.fromkeys(told for document in result.documents for told in document.warnings)
                self.remarks += [Remark(result.location, sentence) for sentence in told]

    def _is_slice(self) -> bool:
        read = len(self._readings) + len(self._refusals)
        held = sum(len(reading.raw.content) for reading in self._readings)
        late = self._clock() - self._kept_at >= KEPT_WITHIN
        return read >= READINGS_AT_ONCE or held >= BYTES_AT_ONCE or (read > 0 and late)

    async def keep(self) -> None:
        """Keep what was read since the last slice. To be called in turn."""
        readings, self._readings = self._readings, []
        refusals, self._refusals = self._refusals, []
        if readings:
            outcomes = await self._archive.record(self._record, readings)
            self.outcomes.update(outcomes.values())
            for outcome in outcomes.values():
                metrics.DOCUMENTS.labels(outcome.value).inc()
        for extractor in {refusal.extractor for refusal in refusals}:
            alike = [refusal for refusal in refusals if refusal.extractor == extractor]
            refused = [Refused(refusal.location, refusal.reason, trouble=refusal.trouble) for refusal in alike]
            fingerprints = {refusal.location: refusal.fingerprint for refusal in alike}
            gone = [refusal.location for refusal in alike if refusal.gone]
            self.removed += await self._archive.refuse(self._record, refused, fingerprints, extractor, gone)
        metrics.UNREADABLE.inc(len(refusals))
        self._kept_at = self._clock()


def _packed(documents: Sequence[Document]) -> tuple[Document, ...]:
    """With their marks as they will be stored: the hundred thousand of a slice would be looked through by each
    collection of garbage, and hold up whoever asks meanwhile."""
    return tuple(replace(one, marks=PackedMarks(pack_marks(one.marks))) for one in documents)
