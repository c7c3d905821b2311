"""From a source to the archive: list it, read what is new or changed, forget what is gone.

One bad item never stops the rest. What is gone is told only by a complete listing, and only of what was known before
the listing began: a document that comes meanwhile is never taken for gone.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import count

from bot.errors import BadRequest
from bot.keeping.copies import NO_COPIES, Copies
from bot.keeping.intake import UNKNOWN_FORMAT, Asked, Extractor, Intake, InTurn, Remark, at_once
from bot.store.archive import Archive
from bot.store.readings import Known, Outcome
from bot.store.sources import SourceRecord
from sources.extract.formats import FORMATS
from sources.port import Discovery, Item, Refused, Source, Trouble

Progress = Callable[[int, int], None]
"""Called with how many items are done, and of how many."""


def silent(_done: int, _total: int) -> None:
    """For those whom nobody watches."""


_EXTRACTORS = frozenset({UNKNOWN_FORMAT, *(row.extractor for row in FORMATS)})


@dataclass(frozen=True, slots=True)
class Summary:
    """What taking a source in did, counted in documents; `unchanged` are items that did not have to be read again.

    `unreadable` are all items of the source that can't be read, whether or not they were tried this time; `remarks` are
    about what was read this time.
    """

    documents: int
    new: int
    changed: int
    removed: int
    unchanged: int
    unreadable: tuple[Refused, ...]
    remarks: tuple[Remark, ...] = ()


async def ingest(
    record: SourceRecord,
    source: Source,
    archive: Archive,
    extractor: Extractor,
    clock: Callable[[], datetime],
    *,
    readers: int,
    progress: Progress = silent,
    in_turn: InTurn = at_once,
    copies: Copies = NO_COPIES,
) -> Summary:
    """Bring the archive to what the source holds now, with `readers` items in hand at once; what was read is kept a
    slice at a time, each `in_turn`. What was never read comes first, so that a walk that is cut off again and again
    still gets everywhere.

    Raises Unreachable when the source as a whole can't be read: nothing is then removed, and what was read stays.
    """
    known = await archive.known(record.id)
    last = await archive.listing(record.id)
    discovery = await source.discover(last)
    stale = [item for item in discovery.items if not _is_current(item, known.get(item.location))]
    dead = {refused.location for refused in await archive.refused(record.id) if refused.trouble is Trouble.DEAD}
    intake = Intake(record, source, archive, extractor, clock, dead, in_turn=in_turn, copies=copies)
    skipped = len(discovery.items) - len(stale)
    done = count(skipped + 1)
    asked = [_with_last(item, known.get(item.location)) for item in stale]
    asked.sort(key=lambda one: one.item.location in known)
    await intake.take(asked, readers, lambda: progress(next(done), len(discovery.items)))
    removed = 0

    async def end() -> None:
        nonlocal removed
        await intake.keep()
        if discovery.complete:
            removed = await _forget(record, archive, discovery, known)
        await archive.refuse(record, discovery.refused, {}, UNKNOWN_FORMAT)
        if discovery.cursor != last:
            await archive.keep_listing(record.id, discovery.cursor)

    await in_turn(end)
    return await _summary(record, archive, intake, removed, skipped)


async def take(
    record: SourceRecord,
    source: Source,
    archive: Archive,
    extractor: Extractor,
    clock: Callable[[], datetime],
    location: str,
    *,
    in_turn: InTurn = at_once,
    copies: Copies = NO_COPIES,
) -> Summary:
    """Read one item again and keep what it brings, also where so little is left that it would be held back.

    Raises Unreachable; BadRequest when the source does not list the item any more.
    """
    listed = (await source.discover()).items
    asked = [Asked(item, asks=not item.fingerprint) for item in listed if item.location == location]
    if not asked:
        raise BadRequest(f"“{location}” is not in the source “{record.name}” any more.")
    intake = Intake(record, source, archive, extractor, clock, guarded=False, in_turn=in_turn, copies=copies)
    await intake.take(asked, 1, lambda: None)
    await in_turn(intake.keep)
    return await _summary(record, archive, intake, 0, len(listed) - 1)


async def _summary(record: SourceRecord, archive: Archive, intake: Intake, removed: int, skipped: int) -> Summary:
    seen = intake.outcomes
    return Summary(
        documents=(await archive.counts(record.id)).documents,
        new=seen[Outcome.NEW],
        changed=seen[Outcome.TEXT] + seen[Outcome.REEXTRACTED] + seen[Outcome.METADATA],
        removed=removed + intake.removed + seen[Outcome.REMOVED],
        unchanged=skipped + intake.unchanged,
        unreadable=tuple(await archive.refused(record.id)),
        remarks=tuple(sorted(intake.remarks, key=lambda remark: remark.location)),
    )


def _is_current(item: Item, known: Known | None) -> bool:
    """Whether nothing can have changed: neither the item nor the way it was read."""
    return (
        known is not None
        and bool(item.fingerprint)
        and known.fingerprint == item.fingerprint
        and known.extractor in _EXTRACTORS
    )


def _with_last(item: Item, known: Known | None) -> Asked:
    if item.fingerprint:
        return Asked(item, asks=False)
    last = known.fingerprint if known is not None and known.extractor in _EXTRACTORS else ""
    return Asked(replace(item, fingerprint=last), asks=True)


async def _forget(record: SourceRecord, archive: Archive, discovery: Discovery, before: Mapping[str, Known]) -> int:
    """Forget what is gone, but for what somebody has read anew since the listing."""
    now = await archive.known(record.id)
    return await archive.forget(record.id, [one for one in _gone(discovery, before) if now.get(one) == before[one]])


def _gone(discovery: Discovery, known: Mapping[str, Known]) -> list[str]:
    there = {item.location for item in discovery.items}
    there |= {refused.location for refused in discovery.refused if not refused.absent}
    return sorted(known.keys() - there)
