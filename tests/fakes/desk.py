"""A desk that answers from a list, and the cards to put there. Rights are the real ones of `bot.roles`."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from bot.asking.cards import Answer, Card, Context, PassageRef, SourceState, Status
from bot.errors import NotAllowed
from bot.roles import Person, may_read, may_share
from bot.store.shares import Share
from bot.store.sources import SourceRecord
from index.hit import DocumentCard, LeftOut, Stamp

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
STAMP = Stamp("g1", 1, "1", NOW, 1, 1)


def a_document(**facts: Any) -> DocumentCard:
    """A document's card."""
    plain = DocumentCard("d1", "local", "s1", "notes/harbor.txt", 1, NOW, title="Harbor Notes", publisher="The Gazette")
    return replace(plain, **facts)


def a_card(text: str = "The tide turned at noon.", start: int = 0, **facts: Any) -> Card:
    """A card of `text`, which stands at `start` of its document."""
    document = facts.pop("document", None) or a_document()
    return Card(PassageRef(document.id, 1, start, start + len(text)), text, document, **facts)


def an_answer(*cards: Card, **facts: Any) -> Answer:
    """An answer with these cards."""
    plain = Answer("tide", cards, len(cards), True, "Searched: tide.", LeftOut(), STAMP)
    return replace(plain, **facts)


@dataclass(slots=True)
class FakeDesk:
    """Answers every question with the readable ones of `cards`, `limit` a page; `failure` is raised instead."""

    cards: list[Card]
    source: SourceRecord = field(default_factory=lambda: SourceRecord("s1", "local", "harbor", "folder", "/x", NOW))
    failure: Exception | None = None
    asked: list[tuple[Person, str, str | None]] = field(default_factory=list[tuple[Person, str, str | None]])
    shares: list[Share] = field(default_factory=list[Share])

    async def answer(
        self, person: Person, question: str, *, limit: int = 3, cursor: str | None = None, explain: bool = False
    ) -> Answer:
        """A page of the cards; the cursor is the number of the first one."""
        self._check()
        self.asked.append((person, question, cursor))
        readable = self.cards if may_read(person, self.source) else []
        first = int(cursor or 0)
        further = str(first + limit) if first + limit < len(readable) else None
        page = readable[first : first + limit]
        return an_answer(*page, question=question, total=len(readable), answered=bool(readable), cursor=further)

    async def context(self, person: Person, ref: PassageRef) -> Context:
        """The card at `ref` between its neighbours in the list."""
        here = self.cards.index(await self.card(person, ref))
        before = self.cards[here - 1] if here else None
        return Context(before, self.cards[here], self.cards[here + 1] if here + 1 < len(self.cards) else None)

    async def shareable(self, person: Person, ref: PassageRef, readers: Sequence[Person]) -> Card:
        """The card, for these readers."""
        card = await self.card(person, ref)
        if not may_share(self.source, readers):
            raise NotAllowed("Not everyone there may read this source.")
        return card

    async def shared(self, person: Person, share: Share) -> None:
        """Keeps it in `shares`."""
        self.shares.append(share)

    async def status(self, person: Person) -> Status:
        """The one source, for those who may read it."""
        self._check()
        sources = (SourceState(self.source, 12, 3, 1),) if may_read(person, self.source) else ()
        return Status(sources, None)

    async def card(self, person: Person, ref: PassageRef) -> Card:
        """The card at `ref`, for those who may read it."""
        self._check()
        found = [card for card in self.cards if card.ref == ref and may_read(person, self.source)]
        if not found:
            raise NotAllowed("That passage is not here any more, or you may not read it.")
        return found[0]

    def _check(self) -> None:
        if self.failure is not None:
            raise self.failure
