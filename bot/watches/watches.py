"""Watches: standing questions, as people set them up and look after them. No Slack, no SQL."""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.errors import BadRequest, NotAllowed
from bot.pin_names import without_pins
from bot.roles import Person, access, may_administer, may_read
from bot.source_names import resolve_sources
from bot.store.archive import Archive
from bot.store.audit import Audit, AuditEntry
from bot.store.sources import SourceRecord
from bot.store.watching import Watch, Watches
from bot.watches.due import next_due, zone_or_utc
from bot.wording import watch_words
from index.port import Engine
from index.query import Query, parse

MOST = 50
"""So many watches one person can have."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants to be told of: the question, the words that a passage must have, and when (None: at once)."""

    question: str
    least: int = 0
    hour: int | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """Where a watch is told: the Slack team, and the conversation; `personal` is the owner's own with the bot. `zone`
    is the owner's time zone."""

    team_id: str
    place: str
    personal: bool
    zone: str = "UTC"


@dataclass(frozen=True, slots=True)
class Preview:
    """How a question is understood, and how many passages answer it today."""

    question: str
    understood: str
    total: int


class WatchDesk:
    """Every method may raise StoreUnavailable. A watch is its owner's; admins may look after it too."""

    def __init__(
        self, watches: Watches, archive: Archive, engine: Engine, audit: Audit, clock: Callable[[], datetime]
    ) -> None:
        self._watches = watches
        self._archive = archive
        self._engine = engine
        self._audit = audit
        self._clock = clock

    async def preview(self, person: Person, question: str) -> Preview:
        """What a watch would be for. Raises BadQuery, BadRequest, IndexUnavailable."""
        query, readable = await self._understood(person, question)
        found = await self._engine.search(replace(query, limit=1), access(person, readable))
        return Preview(question, found.understood, found.total)

    async def start(self, person: Person, wish: Wish, told: Told) -> Watch:
        """Set one up, from now on. Raises BadQuery, and BadRequest where there are too many."""
        await self._understood(person, wish.question)
        if len([one for one in await self._all(person) if one.owner == person.user_id]) >= MOST:
            raise BadRequest(watch_words.TOO_MANY.format(MOST))
        now, zone = self._clock(), zone_or_utc(told.zone).key
        watch = Watch(
            id=f"w{secrets.token_hex(8)}",
            workspace_id=person.workspace_id,
            team_id=told.team_id,
            owner=person.user_id,
            place=told.place,
            personal=told.personal,
            question=wish.question,
            created=now,
            since=0,
            least=wish.least,
            hour=wish.hour,
            zone=zone,
            due=None if wish.hour is None else next_due(wish.hour, zone, now),
        )
        kept = await self._watches.add(watch)
        await self._note(person, "add watch", kept)
        return kept

    async def listed(self, person: Person, place: str | None = None) -> Sequence[Watch]:
        """The person's own, and those that tell the conversation `place`; all for the operator. The oldest first."""
        return [
            one
            for one in await self._all(person)
            if person.operator or one.owner == person.user_id or (one.place == place and not one.personal)
        ]

    async def pause(self, person: Person, watch_id: str) -> Watch:
        """Tell of nothing until it is resumed. Raises NotAllowed."""
        watch = await self._own(person, watch_id)
        return await self._changed(person, "pause watch", replace(watch, paused=True))

    async def resume(self, person: Person, watch_id: str) -> Watch:
        """Go on from now. What was found before and not told yet is told. Raises NotAllowed, and BadQuery where the
        question still can't be asked."""
        watch = await self._own(person, watch_id)
        await self._understood(person, watch.question)
        due = None if watch.hour is None else next_due(watch.hour, watch.zone, self._clock())
        going = replace(watch, paused=False, problem=None, owner_told=True, due=due)
        return await self._changed(person, "resume watch", going, from_now=True)

    async def edit(self, person: Person, watch_id: str, wish: Wish) -> Watch:
        """Watch for something else, or be told at another time. With another question it goes on from now, and what
        waited to be told is dropped. Raises NotAllowed, BadQuery, BadRequest."""
        watch = await self._own(person, watch_id)
        await self._understood(person, wish.question)
        due = None if wish.hour is None else next_due(wish.hour, watch.zone, self._clock())
        changed = replace(watch, question=wish.question, least=wish.least, hour=wish.hour, due=due)
        if changed.question != watch.question:
            changed = replace(changed, paused=watch.paused and watch.problem is None, problem=None, owner_told=True)
        anew = (wish.question, wish.least) != (watch.question, watch.least)
        return await self._changed(person, "edit watch", changed, from_now=anew, anew=anew)

    async def one(self, person: Person, watch_id: str) -> Watch:
        """One that this person may change. Raises NotAllowed."""
        return await self._own(person, watch_id)

    async def remove(self, person: Person, watch_id: str) -> Watch:
        """Take it away. Raises NotAllowed."""
        watch = await self._own(person, watch_id)
        if not await self._watches.remove(person.workspace_id, watch_id):
            raise NotAllowed(watch_words.GONE)
        await self._note(person, "remove watch", watch)
        return watch

    async def _understood(self, person: Person, question: str) -> tuple[Query, Sequence[SourceRecord]]:
        if not question.strip():
            raise BadRequest(watch_words.NO_WORDS)
        records = await self._archive.sources(person.workspace_id)
        readable = [record for record in records if may_read(person, record)]
        return resolve_sources(without_pins(parse(question)), readable), readable

    async def _all(self, person: Person) -> Sequence[Watch]:
        return await self._watches.all(person.workspace_id)

    async def _own(self, person: Person, watch_id: str) -> Watch:
        watch = await self._watches.one(person.workspace_id, watch_id)
        if watch is None or (watch.owner != person.user_id and not may_administer(person)):
            raise NotAllowed(watch_words.GONE)
        return watch

    async def _changed(
        self, person: Person, action: str, watch: Watch, *, from_now: bool = False, anew: bool = False
    ) -> Watch:
        if not await self._watches.replace(watch, from_now=from_now, anew=anew):
            raise NotAllowed(watch_words.GONE)
        await self._note(person, action, watch)
        return watch

    async def _note(self, person: Person, action: str, watch: Watch) -> None:
        where = "in direct messages" if watch.personal else f"in {watch.place}"
        detail = f"told {watch_words.when(watch.hour, watch.zone)} {where}"
        await self._audit.write(
            AuditEntry(person.workspace_id, self._clock(), person.user_id, action, watch.id, detail)
        )
