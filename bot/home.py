"""What a person comes home to: what waits for them, their pins, watches and questions, and what is new."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.asking.cards import Status
from bot.asking.desk import Desk
from bot.asking.links import document_link
from bot.asking.searches import Searches
from bot.keeping.admin import Admin, Generation
from bot.pinning import PinDesk, PinPage
from bot.pinning.asked import SOON
from bot.roles import Person, may_administer, may_pin, may_read
from bot.store.archive import Archive
from bot.store.homes import Homes
from bot.store.pins import PinFilter, PinStatus
from bot.store.tasks import Queue
from bot.store.watching import Watch
from bot.watches.watches import WatchDesk
from sources.document import Document

SHOWN = 5
"""So many pins are shown, of each kind that waits as well, and so many new documents."""


@dataclass(frozen=True, slots=True)
class Pinned:
    """The person's own pins. `waiting` holds by status those that want something of them: orphans, moved ones, expired
    ones, and of the active ones those that expire within a week. `stories` are those that their pins are for."""

    waiting: Mapping[PinStatus, PinPage]
    newest: PinPage
    stories: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Came:
    """A document that came in lately (without its text), its source's name, and its page where pages are served."""

    document: Document
    source: str
    permalink: str | None = None


@dataclass(frozen=True, slots=True)
class BackOffice:
    """How the desk stands, for its admins: of the sources that they may read, and of the index."""

    status: Status
    queues: Mapping[Queue, int]
    generations: tuple[Generation, ...]


@dataclass(frozen=True, slots=True)
class Home:
    """What one person may see of it at the time `at`. `pinned` is None for those who can't pin, `office` for all but
    admins. Watches are the person's own, the oldest first; questions and documents the newest first."""

    at: datetime
    pinned: Pinned | None
    watches: Sequence[Watch]
    recent: Sequence[str]
    came: Sequence[Came]
    office: BackOffice | None


class HomeDesk:
    """Puts a person's home together out of the other use cases, each of which looks at their rights itself."""

    def __init__(
        self,
        archive: Archive,
        desk: Desk,
        admin: Admin,
        pins: PinDesk,
        watching: WatchDesk,
        searches: Searches,
        homes: Homes,
        clock: Callable[[], datetime],
        *,
        public_url: str | None = None,
    ) -> None:
        self._archive = archive
        self._desk = desk
        self._admin = admin
        self._pins = pins
        self._watching = watching
        self._searches = searches
        self._homes = homes
        self._clock = clock
        self._public_url = public_url

    async def opened(self, person: Person, team_id: str, conversation: str) -> None:
        """Know that this person looks at their home, and from where. Raises StoreUnavailable."""
        await self._homes.opened(person.workspace_id, person.user_id, team_id, conversation, self._clock())

    async def home(self, person: Person) -> Home:
        """What is there for this person now. Raises StoreUnavailable, and for admins IndexUnavailable."""
        return Home(
            at=self._clock(),
            pinned=await self._pinned(person) if may_pin(person) else None,
            watches=await self._watching.listed(person),
            recent=await self._searches.recent(person),
            came=await self._came(person),
            office=await self._office(person) if may_administer(person) else None,
        )

    async def _pinned(self, person: Person) -> Pinned:
        mine, soon = person.user_id, self._clock() + SOON
        wanted = {status: PinFilter(owner=mine, status=status) for status in _WAITING}
        wanted[PinStatus.ACTIVE] = PinFilter(owner=mine, status=PinStatus.ACTIVE, expires_by=soon)
        waiting = {status: await self._pins.list(person, each, limit=SHOWN) for status, each in wanted.items()}
        newest = await self._pins.list(person, PinFilter(owner=mine), limit=SHOWN)
        return Pinned(waiting, newest, tuple(await self._pins.stories(person, owner=mine)))

    async def _came(self, person: Person) -> tuple[Came, ...]:
        records = await self._archive.sources(person.workspace_id)
        names = {record.id: record.name for record in records if may_read(person, record)}
        newest = await self._archive.newest(person.workspace_id, names, SHOWN)
        return tuple(
            Came(document, names[document.source_id], document_link(self._public_url, document.id))
            for document in newest
        )

    async def _office(self, person: Person) -> BackOffice:
        return BackOffice(
            await self._desk.status(person), await self._admin.queues(person), await self._admin.generations(person)
        )


_WAITING = (PinStatus.ORPHAN, PinStatus.MOVED, PinStatus.EXPIRED)
