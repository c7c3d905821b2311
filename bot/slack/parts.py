"""What every listener is given, and what one call from Slack says."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from slack_sdk.web.async_client import AsyncWebClient

from bot.asking.cards import Answer, Card, Checked, Context, DraftCheck, PassageRef, Status
from bot.roles import Person
from bot.slack.installation import Installation
from bot.slack.people import People
from bot.slack.reading_room import ReadingRoom
from bot.slack.replies import ByResponseUrl, Reply
from bot.slack.work import Work
from bot.store.deliveries import Deliveries
from bot.store.shares import Share


class QuoteDesk(Protocol):
    """The use cases that Slack offers; `bot.asking.desk.Desk` implements them."""

    async def answer(
        self, person: Person, question: str, *, limit: int = 3, cursor: str | None = None, explain: bool = False
    ) -> Answer:
        """The best passages for a question; with `explain`, each with why it ranks. Raises BadQuery, IndexUnavailable,
        StoreUnavailable.
        """
        ...

    async def card(self, person: Person, ref: PassageRef) -> Card:
        """The words at `ref` and what is told of them. Raises NotAllowed, SourceChanged, StoreUnavailable."""
        ...

    async def context(self, person: Person, ref: PassageRef) -> Context:
        """A passage with its neighbours. Raises NotAllowed, SourceChanged, StoreUnavailable."""
        ...

    async def shareable(self, person: Person, ref: PassageRef, readers: Sequence[Person]) -> Card:
        """The card to post where `readers` see it. Raises NotAllowed when one of them may not."""
        ...

    async def shared(self, person: Person, share: Share) -> None:
        """Keep that a card was posted."""
        ...

    async def status(self, person: Person) -> Status:
        """What can be searched."""
        ...


class QuoteChecks(Protocol):
    """The check of quotations; `bot.checks.checks.Checks` is it. Both raise IndexUnavailable, StoreUnavailable."""

    async def check(self, person: Person, quote: str, *, speaker: str | None = None) -> Checked:
        """One quotation against the corpus. Raises BadRequest when it is empty or too long."""
        ...

    async def draft(self, person: Person, text: str) -> DraftCheck:
        """Every quotation in a text. Raises BadRequest when it is too long."""
        ...


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts a listener works with. `clock` gives aware UTC times."""

    desk: QuoteDesk
    checks: QuoteChecks
    people: People
    deliveries: Deliveries
    work: Work
    clock: Callable[[], datetime]
    installation: Installation
    reading_room: ReadingRoom


@dataclass(frozen=True, slots=True)
class Call:
    """One command, message or click. `delivery` names it, so that a repetition is known.

    `text` is what was typed (unescaped) or the pressed button's value; `thread_ts` the thread it happened in.
    `original` reaches the message whose button was pressed, `message_ts` names it; None and empty for a message typed
    to the bot. `trigger_id` opens one view within three seconds; empty where there is none. `mentions` are the ids of
    the people that are named in what was typed, by their names.
    """

    team_id: str
    user_id: str
    channel_id: str
    delivery: str
    text: str
    client: AsyncWebClient
    reply: Reply
    thread_ts: str | None = None
    original: ByResponseUrl | None = None
    message_ts: str = ""
    trigger_id: str = ""
    mentions: Mapping[str, str] = field(default_factory=dict[str, str])

    @property
    def in_channel(self) -> bool:
        """Whether there is someone to share with: not in the conversation between person and bot, or two people."""
        return not self.channel_id.startswith("D")
