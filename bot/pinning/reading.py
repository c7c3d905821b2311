"""What people see of pins: one, a list of them, those that answer a question, and what became of their words."""

import asyncio
from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime
from itertools import count

from bot.asking.cards import PassageRef
from bot.errors import NotAllowed
from bot.keeping.diff import Piece, diff
from bot.pinning.matching import Sources, certain, matches
from bot.pinning.pinboard import Pinboard
from bot.pinning.view import PinPage, PinView
from bot.roles import Person
from bot.store.archive import Archive
from bot.store.audit import Audit
from bot.store.pins import Doubt, Notice, Pin, PinChange, PinFilter, Pins, Where
from bot.store.sources import SourceRecord
from bot.wording import pin_words
from index.query import Query, parse

_ALL = PinFilter()
_AT_ONCE = 10
"""So many pins that may answer a question are read at once."""


class PinReading:
    """Every method may raise StoreUnavailable, and NotAllowed in the same words for a pin that is not there and for one
    that is not this person's to see. `editors` are Slack ids of people and user groups.
    """

    def __init__(
        self,
        archive: Archive,
        pins: Pins,
        audit: Audit,
        clock: Callable[[], datetime],
        *,
        editors: AbstractSet[str] = frozenset(),
        public_url: str | None = None,
    ) -> None:
        self._pins = pins
        self._clock = clock
        self._editors = editors
        self._board = Pinboard(archive, audit, clock, editors=editors, public_url=public_url)

    async def show(self, person: Person, pin_id: str) -> PinView:
        """One pin. Raises SourceChanged where what is stored is not what was pinned."""
        return await self._board.view(person, await self._readable(person, pin_id))

    async def history(self, person: Person, pin_id: str) -> Sequence[PinChange]:
        """All that was done to it, in order."""
        return await self._pins.history((await self._readable(person, pin_id)).id)

    async def list(
        self,
        person: Person,
        wanted: PinFilter = _ALL,
        *,
        question: str = "",
        limit: int = 20,
        cursor: str | None = None,
    ) -> PinPage:
        """The pins that are wanted and that this person may see, the newest first; with a `question` those that have
        all that it asks for, in the language of a search. Raises BadQuery.
        """
        found, understood = await self._found(person, wanted), ""
        if question.strip():
            query, sources = parse(question, dates_alone=True), await self._board.readable(person)
            found, understood = await asyncio.to_thread(_having, query, found, sources), query.understood
        first = int(cursor) if cursor and cursor.isdecimal() else 0
        views = await self._board.views(person, found[first : first + limit])
        further = str(first + limit) if first + limit < len(found) else None
        return PinPage(views, len(found), further, understood)

    async def stories(self, person: Person, *, owner: str | None = None) -> Sequence[str]:
        """The stories that this person's readable pins, or those of one owner among them, are for, by name."""
        return sorted({pin.story for pin in await self._found(person, PinFilter(owner=owner)) if pin.story})

    async def tags(self, person: Person) -> Sequence[str]:
        """The tags of this person's readable pins, by name."""
        return sorted({tag for pin in await self._found(person, _ALL) for tag in pin.tags})

    async def owners(self, person: Person) -> Sequence[str]:
        """Who owns this person's readable pins, by id."""
        return sorted({pin.owner for pin in await self._found(person, _ALL)})

    async def matching(self, person: Person, question: str, *, limit: int = 3) -> tuple[PinView, ...]:
        """Active pins that have all that was asked for, verified ones first. Raises BadQuery."""
        query, now = parse(question), self._clock()
        words, found, sources = certain(query), list[Pin](), dict[str, SourceRecord]()
        for skip in count(0, _AT_ONCE):
            active = await self._pins.standing(person.workspace_id, words, now, skip, _AT_ONCE)
            if active and not sources:  # for most questions there are no pins
                sources = dict(await self._board.readable(person))
            found += _having(query, [pin for pin in active if pin.source_id in sources], sources)
            if len(found) >= limit or len(active) < _AT_ONCE:
                break
        return await self._board.views(person, found[:limit])

    async def difference(self, person: Person, pin_id: str) -> tuple[tuple[Piece, str], ...]:
        """The pinned words against what stands there now; empty where nothing is near."""
        pin = await self._readable(person, pin_id)
        return await self._between(person, pin.document_id, pin.quote, pin.now)

    async def told(self, person: Person, notice: Notice) -> tuple[tuple[Piece, str], ...]:
        """What changed, for the one who is told. Raises NotAllowed where they may not read it any more."""
        was = PassageRef(notice.document_id, notice.was.version, notice.was.start, notice.was.end)
        stored = await self._board.version(person, was)
        return await self._between(person, was.document_id, stored.document.text[was.start : was.end], notice.now)

    async def _between(
        self, person: Person, document_id: str, quote: str, now: Where | None
    ) -> tuple[tuple[Piece, str], ...]:
        if now is None:
            return ()
        stored = await self._board.version(person, PassageRef(document_id, now.version, now.start, now.end))
        here = stored.document.text[now.start : now.end]
        return tuple(piece for hunk in diff(quote, here) for piece in hunk.pieces) or ((Piece.KEPT, here),)

    async def _found(self, person: Person, wanted: PinFilter) -> Sequence[Pin]:
        sources = await self._board.readable(person)
        return await self._pins.search(person.workspace_id, sources, wanted, self._clock())

    async def _readable(self, person: Person, pin_id: str) -> Pin:
        pin = await self._pins.get(person.workspace_id, pin_id)
        if pin is None or pin.source_id not in await self._board.readable(person) or pin.doubt is Doubt.PURGED:
            raise NotAllowed(pin_words.NO_PIN)
        return pin


def _having(query: Query, pins: Sequence[Pin], sources: Sources) -> list[Pin]:
    return [pin for pin in pins if matches(query, pin, sources)]
