"""What the sender of watches needs of the place where people are told."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.asking.cards import Card
from bot.errors import QuotedeskError
from bot.roles import Person
from bot.store.watching import Post, Watch


class Away(QuotedeskError):
    """The place can't be reached now, or did not say whether it took a message."""


class Refused(QuotedeskError):
    """The place surely did not take a message and will not take another one; the sentence is for the owner."""


class CannotLook(QuotedeskError):
    """What stands there can't be seen."""


@dataclass(frozen=True, slots=True)
class Audience:
    """Who hears of a watch now: its owner with their rights, and all who read the conversation. `problem` says why it
    can't go on as it is; `zone` is the owner's time zone."""

    owner: Person
    readers: Sequence[Person]
    zone: str
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class Digest:
    """What one message tells: some passages as cards, and how many more there are. `understood` is how the question is
    read. `may_repeat`: it is not known whether the same was sent before."""

    watch: Watch
    understood: str
    cards: Sequence[Card]
    more: int = 0
    may_repeat: bool = False


class Telling(Protocol):
    """Where people are told. Every method raises Away."""

    async def audience(self, watch: Watch) -> Audience:
        """Who would read it at this moment."""
        ...

    async def post(self, digest: Digest, post_id: str) -> str:
        """Post it, marked with the id; returns the message's own id (`ts`). Raises Refused."""
        ...

    async def posted(self, watch: Watch, post: Post) -> str | None:
        """The id of the message that is marked so, if it stands there. Raises CannotLook."""
        ...

    async def tell_owner(self, watch: Watch, sentence: str) -> None:
        """A direct message to the owner. Raises Refused where there is nobody to tell."""
        ...
