"""What those who ask work with beside the desk, as far as Slack calls it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.asking.cards import Answer, Firsts, PassageRef
from bot.home import Home
from bot.roles import Person
from bot.slack.pinning import Exporting, Pinning
from bot.store.watching import Watch
from bot.watches.watches import Preview, Told, Wish
from index.port import Choice
from index.query import FieldName


class Searching(Protocol):
    """What helps to ask; `bot.asking.searches.Searches` implements it, and raises as it does."""

    async def choices(self, person: Person, field: FieldName, typed: str, limit: int = 100) -> Sequence[Choice]:
        """What a field can be narrowed to."""
        ...

    async def recent(self, person: Person) -> Sequence[str]:
        """The person's own newest questions."""
        ...

    async def note(self, person: Person, answer: Answer) -> None:
        """Keep a question whose answer was given."""
        ...

    async def forget(self, person: Person) -> int:
        """Clear the person's recent questions."""
        ...


class Tracing(Protocol):
    """Who said it first; `bot.asking.desk.Desk` implements it, and raises as it does."""

    async def firsts(self, person: Person, words: str, *, limit: int = 10) -> Firsts:
        """Where exact words stand, in the order of time."""
        ...

    async def words_at(self, person: Person, ref: PassageRef) -> str:
        """The words of a passage."""
        ...


class Judging(Protocol):
    """What people think of passages; `bot.asking.opinions.Opinions` implements it, and raises as it does."""

    async def judge(self, person: Person, question: str, ref: PassageRef, *, useful: bool) -> None:
        """Keep whether these words were useful."""
        ...


class Watching(Protocol):
    """Standing questions; `bot.watches.watches.WatchDesk` implements it, and raises as it does."""

    async def preview(self, person: Person, question: str) -> Preview:
        """What a watch would be for."""
        ...

    async def start(self, person: Person, wish: Wish, told: Told) -> Watch:
        """Set one up."""
        ...

    async def listed(self, person: Person, place: str | None = None) -> Sequence[Watch]:
        """The person's own, and those of a conversation."""
        ...

    async def one(self, person: Person, watch_id: str) -> Watch:
        """One that this person may change."""
        ...

    async def edit(self, person: Person, watch_id: str, wish: Wish) -> Watch:
        """Watch for something else, or be told at another time."""
        ...

    async def pause(self, person: Person, watch_id: str) -> Watch:
        """Tell of nothing until it is resumed."""
        ...

    async def resume(self, person: Person, watch_id: str) -> Watch:
        """Go on from now."""
        ...

    async def remove(self, person: Person, watch_id: str) -> Watch:
        """Take it away."""
        ...


class Welcoming(Protocol):
    """The home tab; `bot.home.HomeDesk` implements it, and raises as it does."""

    async def opened(self, person: Person, team_id: str, conversation: str) -> None:
        """Know that this person looks at their home, and from where."""
        ...

    async def home(self, person: Person) -> Home:
        """What is there for this person now."""
        ...


@dataclass(frozen=True, slots=True)
class ReadingRoom:
    """The use cases beside the desk, of those who ask. `public_url` is where Quotedesk's own pages are served."""

    searching: Searching
    tracing: Tracing
    judging: Judging
    watching: Watching
    pinning: Pinning
    exporting: Exporting
    welcoming: Welcoming
    public_url: str | None = None
