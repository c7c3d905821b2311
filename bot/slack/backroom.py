"""What the admins' part of Slack works with: the use cases behind the counter, as far as Slack calls them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from bot.keeping.admin import DocumentView, Generation, SourceView, TaskPage
from bot.keeping.preview import Preview
from bot.keeping.schedule import Every, Usual
from bot.keeping.uploads import Held
from bot.keeping.walks import Refreshed, Told, quiet
from bot.roles import Person
from bot.store.edits import Fact
from bot.store.sources import SourceRecord
from bot.store.tasks import Queue
from index.hit import Stamp


class Keeping(Protocol):
    """What brings words in or takes them out; `bot.keeping.holdings.Holdings` implements it, and raises as it does."""

    async def add(
        self,
        person: Person,
        place: str,
        *,
        name: str | None = None,
        visible_to: frozenset[str] = frozenset(),
        manifest: bool = True,
        every: Every = Usual.USUAL,
        told: Told = quiet,
    ) -> Refreshed:
        """Add a place, and read all of it."""
        ...

    async def refresh(self, person: Person, name: str | None = None, *, told: Told = quiet) -> list[Refreshed]:
        """Read one source, or all that are not paused, again."""
        ...

    async def pause(self, person: Person, name: str) -> SourceRecord:
        """Leave it unread until it is resumed."""
        ...

    async def resume(self, person: Person, name: str) -> SourceRecord:
        """Read it again with the others."""
        ...

    async def schedule(self, person: Person, name: str, every: timedelta | None) -> SourceRecord:
        """Have it read by itself so often."""
        ...

    async def remove(self, person: Person, name: str) -> tuple[SourceRecord, int]:
        """Hide it at once."""
        ...

    async def take(self, person: Person, name: str, location: str) -> Refreshed:
        """Take a reading that was held back."""
        ...

    async def reindex(self, person: Person, *, full: bool = False, told: Told = quiet) -> list[Refreshed]:
        """Bring the index up to date, or build it anew."""
        ...

    async def rollback(self, person: Person) -> Stamp:
        """Go back to the generation before."""
        ...


class Correcting(Protocol):
    """What admins look through and correct; `bot.keeping.admin.Admin` implements it, and raises as it does."""

    async def show(self, person: Person, name: str) -> SourceView:
        """One source."""
        ...

    async def queues(self, person: Person) -> Mapping[Queue, int]:
        """How much waits in each queue."""
        ...

    async def queue(self, person: Person, queue: Queue, *, limit: int = 20, cursor: str | None = None) -> TaskPage:
        """A page of a queue."""
        ...

    async def dismiss(self, person: Person, question: str) -> int:
        """Take a question out of the unanswered ones."""
        ...

    async def dismiss_feedback(self, person: Person, question: str, passage: str | None = None) -> int:
        """Take what people thought of a question's passages out of its queue."""
        ...

    async def document(self, person: Person, document_id: str) -> DocumentView:
        """A document with what was set by hand."""
        ...

    async def edit(self, person: Person, document_id: str, values: Mapping[Fact, str | None]) -> DocumentView:
        """Set facts by hand."""
        ...

    async def generations(self, person: Person) -> Sequence[Generation]:
        """The index's generations, the live one first."""
        ...


class Previewing(Protocol):
    """What would be kept; `bot.keeping.preview.Previews` implements it."""

    async def place(self, person: Person, place: str) -> Preview:
        """Read a first part of a place."""
        ...

    async def file(self, person: Person, name: str, content: bytes) -> Preview:
        """Read a file that was handed in."""
        ...


class Receiving(Protocol):
    """Files that were handed in; `bot.keeping.uploads.Uploads` implements it."""

    async def hold(self, person: Person, name: str, content: bytes) -> Held:
        """Lay a file aside until somebody decides."""
        ...

    async def keep(self, person: Person, held: str, *, told: Told = quiet) -> Refreshed:
        """Make the file a document of the workspace's uploads."""
        ...

    async def discard(self, person: Person, held: str) -> None:
        """Forget the file."""
        ...


class Installing(Protocol):
    """What is kept of the bot's being installed; `bot.installing.Installing` implements it."""

    async def ended(self, workspace_id: str, reason: str) -> None:
        """Note that Slack takes the token no more."""
        ...


@dataclass(frozen=True, slots=True)
class Backroom:
    """The admins' use cases, each of which asks for the person's rights itself; and what nobody asked for."""

    keeping: Keeping
    correcting: Correcting
    previewing: Previewing
    receiving: Receiving
    installing: Installing
