"""Tells what was found for watches: once, and only what its readers may read at that moment.

Theory of operation. A message is sent in three steps: `begin` writes down which post is to tell of which finds, then
the message is posted with the post's id in its metadata, then `finish` takes the post off the list. Killed before
`begin` or after `finish`, nothing is half done. Killed between them, the post is found open at the next start, and the
conversation is looked through for a message with its id: where the app may read the conversation (direct messages) it
is sent again only if it is not there. Slack knows no idempotency key and lets the app read no channel, so there it is
sent once more, and says that it may come twice: rather that than never.
"""

import asyncio
import secrets
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import groupby

import structlog

from bot import metrics
from bot.asking.cards import Card, PassageRef
from bot.asking.desk import Desk
from bot.asking.proof import Evidence, judge
from bot.errors import NotAllowed, SourceChanged
from bot.roles import SCHEDULER, may_share
from bot.store.archive import Archive
from bot.store.audit import Audit, AuditEntry
from bot.store.shares import Share
from bot.store.watching import Came, Find, Outbox, Post, Settled, Watch, Watches
from bot.watches.copies import Told, kept, read, runs_of, with_around
from bot.watches.due import next_due
from bot.watches.telling import Audience, Away, CannotLook, Digest, Refused, Telling
from bot.wording import watch_words
from index.port import Percolator
from index.query import parse

log: structlog.stdlib.BoundLogger = structlog.stdlib.get_logger()

SHOWN = 4
"""Passages in one message; the rest is counted."""
AT_MOST = 1000
"""Finds that one message tells of."""
REMEMBERED = 2000
"""Told passages of a watch against which copies are known."""
TRIES = 20
BETWEEN = 1.1
"""Seconds between two messages to one conversation: Slack takes about one a second."""
PLACES_AT_ONCE = 4
KEPT = timedelta(days=90)
"""What came of a find is forgotten after that; what copies are known by is kept."""
PRUNE_EVERY = timedelta(days=1)


class Sender:
    """`round` tells all that waits now. Raises StoreUnavailable, and Away when something could not be told."""

    def __init__(
        self,
        watches: Watches,
        outbox: Outbox,
        archive: Archive,
        desk: Desk,
        percolator: Percolator,
        audit: Audit,
        telling: Telling,
        clock: Callable[[], datetime],
        *,
        between: float = BETWEEN,
    ) -> None:
        self._watches = watches
        self._outbox = outbox
        self._archive = archive
        self._desk = desk
        self._percolator = percolator
        self._audit = audit
        self._telling = telling
        self._clock = clock
        self._between = between
        self._pruned: datetime | None = None

    async def round(self) -> None:
        """First what was begun and not finished, then what waits, then owners whose watches were paused."""
        jobs: list[tuple[Watch, Callable[[], Awaitable[bool]]]] = []
        jobs += [(watch, _job(self._go_on, watch, post)) for post, watch in await self._outbox.open_posts()]
        jobs += [(watch, _job(self._tell, watch)) for watch in await self._outbox.waiting(self._clock())]
        places = [list(its) for _, its in groupby(sorted(jobs, key=_place), key=_place)]
        free = asyncio.Semaphore(PLACES_AT_ONCE)
        ended = await asyncio.gather(*(self._one_place(its, free) for its in places), return_exceptions=True)
        await self._tell_owners()
        await self._prune()
        for failed in ended:
            if isinstance(failed, BaseException):
                raise failed

    async def _one_place(
        self, jobs: Sequence[tuple[Watch, Callable[[], Awaitable[bool]]]], free: asyncio.Semaphore
    ) -> None:
        """One message after the other, with time between them."""
        async with free:
            for _, job in jobs:
                if await job():
                    await asyncio.sleep(self._between)

    async def _tell(self, watch: Watch) -> bool:
        """Tell what was found for a watch. Returns whether something was posted."""
        found = await self._outbox.finds(watch.id, AT_MOST)
        due = None if watch.hour is None else next_due(watch.hour, watch.zone, self._clock())
        if not found:
            await self._outbox.begin(replace(watch, due=due), None, ())
            return False
        audience = await self._telling.audience(watch)
        if audience.problem:
            await self._pause(watch, audience.problem)
            return False
        if watch.hour is not None:
            due = next_due(watch.hour, audience.zone, self._clock())
        settled = await self._settled(watch, found, audience)
        told = any(each.came is Came.TOLD for each in settled)
        post = Post(f"p{secrets.token_hex(8)}", watch.id, self._clock()) if told else None
        begun = await self._outbox.begin(replace(watch, due=due, zone=audience.zone), post, settled)
        return begun and post is not None and await self._send(watch, post, audience)

    async def _go_on(self, watch: Watch, post: Post) -> bool:
        """A post that was begun before: it may stand there already."""
        try:
            ts, may_repeat = await self._telling.posted(watch, post), False
        except CannotLook:
            ts, may_repeat = None, True
        if ts is not None:
            await self._finish(watch, post, ts, ())
            return False
        if watch.paused or post.tries >= TRIES:
            await self._outbox.release(post.id)
            if not watch.paused:
                await self._pause(watch, watch_words.NOT_TAKEN)
            return False
        await self._outbox.tried(post)
        audience = await self._telling.audience(watch)
        if audience.problem:
            await self._outbox.release(post.id)
            await self._pause(watch, audience.problem)
            return False
        return await self._send(watch, post, audience, may_repeat=may_repeat)

    async def _send(self, watch: Watch, post: Post, audience: Audience, *, may_repeat: bool = False) -> bool:
        readable = await self._readable(await self._outbox.of_post(post.id), audience)
        cards = await self._cards(watch, [find for find, _ in readable], audience)
        if not cards:
            await self._outbox.finish(post.id)
            return False
        query = parse(watch.question)
        digest = Digest(watch, query.understood, cards, max(len(readable) - len(cards), 0), may_repeat)
        try:
            ts = await self._telling.post(digest, post.id)
        except Refused as error:
            await self._outbox.release(post.id)
            await self._pause(watch, str(error))
            return True
        except Away:
            metrics.WATCH_POSTS.labels("unsure").inc()
            raise
        await self._finish(watch, post, ts, cards)
        return True

    async def _finish(self, watch: Watch, post: Post, ts: str, cards: Sequence[Card]) -> None:
        now = self._clock()
        shares = [
            Share(
                watch.workspace_id,
                watch.place,
                ts,
                watch.owner,
                now,
                card.ref.document_id,
                card.ref.version,
                card.ref.start,
                card.ref.end,
            )
            for card in cards
        ]
        await self._outbox.finish(post.id, () if watch.personal else shares)
        metrics.WATCH_POSTS.labels("sent").inc()
        detail = f"{len(cards)} shown" if cards else "had been sent before"
        await self._audit.write(AuditEntry(watch.workspace_id, now, SCHEDULER, "watch told", watch.id, detail))

    async def _settled(self, watch: Watch, found: Sequence[Find], audience: Audience) -> list[Settled]:
        """What comes of each find: only what all readers may read counts, and of copies the first."""
        texts = dict(await self._readable(found, audience))
        before = await self._outbox.told(watch.id, REMEMBERED)
        return await asyncio.to_thread(_settled, found, texts, before)

    async def _readable(self, found: Sequence[Find], audience: Audience) -> list[tuple[Find, str]]:
        """Those that are there and that all readers may read, with the whole texts of their versions."""
        workspace_id = audience.owner.workspace_id
        records = await self._archive.sources(workspace_id)
        everyone = [audience.owner, *audience.readers]
        evidence = Evidence(self._archive, workspace_id, {one.id: one for one in records if may_share(one, everyone)})
        readable: list[tuple[Find, str]] = []
        for find in found:
            ref = PassageRef(find.document_id, find.version, find.start, find.end)
            stored = await evidence.version(ref)
            if stored is not None and judge(stored, evidence.readable, ref) is None:
                readable.append((find, stored.document.text))
        return readable

    async def _cards(self, watch: Watch, found: Sequence[Find], audience: Audience) -> list[Card]:
        """The first of them, proved, with the words marked by which they answer."""
        query, cards = parse(watch.question), list[Card]()
        for find in found:
            ref = PassageRef(find.document_id, find.version, find.start, find.end)
            try:
                card = await self._desk.shareable(audience.owner, ref, audience.readers)
            except (NotAllowed, SourceChanged):
                log.info("a find is not there any more", watch=watch.id, passage=str(ref))
                continue
            cards.append(replace(card, spans=self._percolator.marked(query, card.text)))
            if len(cards) == SHOWN:
                break
        return cards

    async def _pause(self, watch: Watch, problem: str) -> None:
        metrics.WATCH_POSTS.labels("paused").inc()
        log.warning("watch paused", watch=watch.id, reason=problem)
        await self._watches.replace(replace(watch, paused=True, problem=problem, owner_told=False))

    async def _prune(self) -> None:
        now = self._clock()
        if self._pruned is None or now - self._pruned >= PRUNE_EVERY:
            self._pruned = now
            metrics.WATCH_FINDS_FORGOTTEN.inc(await self._outbox.prune(now - KEPT, REMEMBERED))

    async def _tell_owners(self) -> None:
        """Owners whose watches Quotedesk paused. Who can't be told (they are gone) is not tried again."""
        for watch in await self._watches.all():
            if watch.problem is None or watch.owner_told:
                continue
            try:
                await self._telling.tell_owner(watch, watch_words.was_paused(watch.question, watch.problem))
            except Refused as error:
                log.warning("the owner of a watch can't be told", watch=watch.id, reason=str(error))
            entry = AuditEntry(watch.workspace_id, self._clock(), SCHEDULER, "pause watch", watch.id, watch.problem)
            await self._audit.write(entry)
            now = await self._watches.one(watch.workspace_id, watch.id)
            if now is not None and now.paused:  # it may have been resumed meanwhile
                await self._watches.replace(replace(now, owner_told=True))


def _settled(found: Sequence[Find], texts: Mapping[Find, str], before: Sequence[tuple[str, bytes]]) -> list[Settled]:
    """`texts` are those of the versions that may be read, `before` is what was told until now."""
    told, settled = Told(), list[Settled]()
    for document_id, runs in before:
        told.add(document_id, *read(runs))
    for find in found:
        if find not in texts:
            settled.append(Settled(find, Came.WITHHELD))
            continue
        text = texts[find]
        passage = text[find.start : find.end]
        if told.has(find.document_id, passage):
            settled.append(Settled(find, Came.COPY))
            continue
        own, around = runs_of(passage), with_around(text, find.start, find.end)
        told.add(find.document_id, own, around)
        settled.append(Settled(find, Came.TOLD, kept(own, around)))
    return settled


def _place(job: tuple[Watch, object]) -> str:
    return job[0].place


def _job(work: Callable[..., Awaitable[bool]], *given: object) -> Callable[[], Awaitable[bool]]:
    return lambda: work(*given)
