"""Pins and shared cards follow their documents: after the change log, a batch at a time.

What a batch brings (pins, their history, what is to be told) and how far the log was followed are committed together.
So a process that is killed leaves nothing half done, and two that follow at once don't tell anything twice: the second
one finds that the log was followed, and reads on from there.
"""

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime

import structlog

from bot import metrics
from bot.asking.stored_card import stored_card
from bot.errors import Overtaken
from bot.pinning.anchored import CardAt, Followed, follow, removed
from bot.store.archive import Archive
from bot.store.documents import StoredVersion
from bot.store.pins import Doubt, Notice, NoticeKind, Pin, Pins, Where
from bot.store.shares import Share, Shares
from index.anchor import Alignment, Fate, anchor
from index.split import split

log: structlog.stdlib.BoundLogger = structlog.stdlib.get_logger()

_BATCH = 100
_EVERY = 5.0


class Follower:
    """`follow` raises StoreUnavailable."""

    def __init__(
        self,
        archive: Archive,
        pins: Pins,
        shares: Shares,
        clock: Callable[[], datetime],
    ) -> None:
        self._archive = archive
        self._pins = pins
        self._shares = shares
        self._clock = clock

    async def run(self) -> None:
        """Follow until cancelled; a database that is away for a minute is the log's matter."""
        while True:
            try:
                await self.follow()
            except Exception:
                log.exception("pins could not follow their sources")
            await asyncio.sleep(_EVERY)

    async def follow(self) -> int:
        """Bring all pins up to the change log. Returns how many changed documents were looked at."""
        looked = 0
        while batch := await self._archive.since(before := await self._pins.followed(), _BATCH):
            ids = list(dict.fromkeys(change.document_id for change in batch))
            found, notices = await self._followed(ids)
            try:
                told = await self._pins.follow(
                    before, batch[-1].sequence, [(one.pin, one.change) for one in found], notices
                )
            except Overtaken:
                continue  # somebody else was faster, or edited one of them: read all of it again
            looked += len(ids)
            metrics.PINS_FOLLOWED.inc(len(found))
            metrics.NOTICES.inc(told)
        await self._tell_expired()
        return looked

    async def _followed(self, ids: Sequence[str]) -> tuple[list[Followed], list[Notice]]:
        pins, shares = await self._pins.of_documents(ids), await self._shares.of_documents(ids)
        whose = {(one.workspace_id, one.document_id) for one in (*pins, *shares)}
        found: list[Followed] = []
        notices: list[Notice] = []
        for here in sorted(whose, key=lambda each: (ids.index(each[1]), each[0])):
            document = _Document(self._archive, *here, self._clock())
            found += await document.pins([pin for pin in pins if (pin.workspace_id, pin.document_id) == here])
            notices += await document.shares([one for one in shares if (one.workspace_id, one.document_id) == here])
        return found, [*(one.notice for one in found if one.notice), *notices]

    async def _tell_expired(self) -> None:
        now = self._clock()
        notices = [
            Notice(
                pin.workspace_id,
                f"pin/{pin.id}/expired/{pin.expires}",
                NoticeKind.EXPIRED,
                pin.owner,
                now,
                pin.document_id,
                pin.at,
                pin_id=pin.id,
            )
            for pin in await self._pins.expiring(now)
        ]
        if not notices:
            return
        position = await self._pins.followed()
        try:
            metrics.NOTICES.inc(await self._pins.follow(position, position, (), notices))
        except Overtaken:
            return  # the next time


async def brought_up(archive: Archive, pin: Pin, at: datetime) -> Followed | None:
    """What a pin of an older version is in the present one; None where that is the same."""
    followed = await _Document(archive, pin.workspace_id, pin.document_id, at).pins([pin])
    return followed[0] if followed else None


class _Document:
    """One changed document: its versions are read and aligned once, for all that points into it."""

    def __init__(self, archive: Archive, workspace_id: str, document_id: str, at: datetime) -> None:
        self._archive = archive
        self._whose = (workspace_id, document_id)
        self._at = at
        self._versions: dict[int | None, StoredVersion | None] = {}
        self._aligned: dict[int, Alignment] = {}
        self._card_at: CardAt | None = None

    async def pins(self, pins: Sequence[Pin]) -> list[Followed]:
        """What becomes of its pins."""
        found = [await self._pin(pin) for pin in pins]
        return [one for one in found if one is not None]

    async def shares(self, shares: Sequence[Share]) -> list[Notice]:
        """What those are told who shared words that are not there any more."""
        found = [await self._share(share) for share in shares]
        return [one for one in found if one is not None]

    async def _pin(self, pin: Pin) -> Followed | None:
        new, old = await self._version(None), await self._version(pin.at.version)
        if new is None or old is None:
            return None  # a pin out of a file, whose document was never here
        if new.removed:
            return removed(pin, self._at)
        if pin.doubt is Doubt.UNPROVED:
            return None
        texts, card_at = await self._texts(old, new), await self._cards(new)
        return await asyncio.to_thread(follow, pin, old, new, texts, card_at, self._at)

    async def _share(self, share: Share) -> Notice | None:
        new, old = await self._version(None), await self._version(share.version)
        if new is None or old is None:
            return None
        was, now, doubt = Where(share.version, share.start, share.end), None, Doubt.REMOVED
        if not new.removed:
            texts = await self._texts(old, new)
            found = await asyncio.to_thread(anchor, texts, share.start, share.end)
            if found.fate is not Fate.GONE or old.raw_sha256 == new.raw_sha256:
                return None
            doubt = Doubt.ALTERED
            now = Where(new.number, found.nearest.start, found.nearest.end) if found.nearest else None
        return Notice(
            share.workspace_id,
            f"share/{share.channel}/{share.ts}",
            NoticeKind.SHARE,
            share.shared_by,
            self._at,
            share.document_id,
            was,
            now,
            doubt,
            channel=share.channel,
            ts=share.ts,
        )

    async def _version(self, number: int | None) -> StoredVersion | None:
        if number not in self._versions:
            self._versions[number] = await self._archive.version(*self._whose, number)
        return self._versions[number]

    async def _texts(self, old: StoredVersion, new: StoredVersion) -> Alignment:
        if old.number not in self._aligned:
            self._aligned[old.number] = await asyncio.to_thread(Alignment, old.document.text, new.document.text)
        return self._aligned[old.number]

    async def _cards(self, new: StoredVersion) -> CardAt:
        if self._card_at is None:
            passages = await asyncio.to_thread(split, new.document, new.number)
            self._card_at = lambda place: stored_card(new, passages, place.start, place.end)
        return self._card_at
