"""The admins' use cases, remembering what they were asked. They decide nothing: `failure` is raised when it is set."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from bot.asking.cards import SourceState
from bot.errors import BadRequest
from bot.keeping.admin import DocumentView, Generation, SourceView, TaskPage
from bot.keeping.ingest import Summary
from bot.keeping.preview import Preview
from bot.keeping.schedule import Every, Usual
from bot.keeping.uploads import Held
from bot.keeping.walks import Refreshed, Told, quiet
from bot.roles import Person
from bot.slack.backroom import Backroom
from bot.store.edits import Fact
from bot.store.sources import SourceRecord
from bot.store.tasks import Queue
from index.hit import Stamp
from tests.fakes.desk import NOW, STAMP


def a_source(name: str = "harbor", **facts: Any) -> SourceRecord:
    """A source's record."""
    return replace(SourceRecord("s1", "local", name, "folder", "/x", NOW), **facts)


def a_summary(**facts: Any) -> Summary:
    """What reading it brought."""
    return replace(Summary(documents=3, new=1, changed=0, removed=0, unchanged=2, unreadable=()), **facts)


@dataclass(slots=True)
class FakeBackroom:
    """One source, `harbor`, of which everything may be asked."""

    failure: Exception | None = None
    asked: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])

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
        return self._refreshed("add", place)

    async def refresh(self, person: Person, name: str | None = None, *, told: Told = quiet) -> list[Refreshed]:
        return [self._refreshed("refresh", name or "")]

    async def pause(self, person: Person, name: str) -> SourceRecord:
        return self._refreshed("pause", name).record

    async def resume(self, person: Person, name: str) -> SourceRecord:
        return self._refreshed("resume", name).record

    async def schedule(self, person: Person, name: str, every: timedelta | None) -> SourceRecord:
        return replace(self._refreshed("schedule", name).record, every=every)

    async def remove(self, person: Person, name: str) -> tuple[SourceRecord, int]:
        return self._refreshed("remove", name).record, 3

    async def take(self, person: Person, name: str, location: str) -> Refreshed:
        return self._refreshed("take", location)

    async def reindex(self, person: Person, *, full: bool = False, told: Told = quiet) -> list[Refreshed]:
        return [self._refreshed("reindex", "full" if full else "")]

    async def rollback(self, person: Person) -> Stamp:
        self._note("rollback", "")
        return STAMP

    async def show(self, person: Person, name: str) -> SourceView:
        return SourceView(SourceState(self._refreshed("show", name).record, 3, 1, 0), (), ())

    async def queues(self, person: Person) -> Mapping[Queue, int]:
        self._note("queues", "")
        return dict.fromkeys(Queue, 0)

    async def queue(self, person: Person, queue: Queue, *, limit: int = 20, cursor: str | None = None) -> TaskPage:
        self._note("queue", queue.value)
        return TaskPage((), None, {})

    async def dismiss(self, person: Person, question: str) -> int:
        self._note("dismiss", question)
        return 1

    async def dismiss_feedback(self, person: Person, question: str, passage: str | None = None) -> int:
        self._note("dismiss feedback", question)
        return 1

    async def document(self, person: Person, document_id: str) -> DocumentView:
        raise BadRequest("There is no such document.")

    async def edit(self, person: Person, document_id: str, values: Mapping[Fact, str | None]) -> DocumentView:
        raise BadRequest("There is no such document.")

    async def generations(self, person: Person) -> Sequence[Generation]:
        self._note("generations", "")
        return (Generation(STAMP, live=True, behind=0),)

    async def place(self, person: Person, place: str) -> Preview:
        self._note("place", place)
        return Preview(place, "harbor", 1, (), ())

    async def file(self, person: Person, name: str, content: bytes) -> Preview:
        self._note("file", name)
        return Preview(name, name, 1, (), ())

    async def hold(self, person: Person, name: str, content: bytes) -> Held:
        self._note("hold", name)
        return Held("0" * 32, name)

    async def keep(self, person: Person, held: str, *, told: Told = quiet) -> Refreshed:
        return self._refreshed("keep", held)

    async def discard(self, person: Person, held: str) -> None:
        self._note("discard", held)

    async def ended(self, workspace_id: str, reason: str) -> None:
        self._note("ended", reason)

    def _refreshed(self, what: str, of: str) -> Refreshed:
        self._note(what, of)
        return Refreshed(a_source(), a_summary())

    def _note(self, what: str, of: str) -> None:
        self.asked.append((what, of))
        if self.failure is not None:
            raise self.failure


def a_backroom(fake: FakeBackroom | None = None) -> Backroom:
    """All use cases from one fake."""
    fake = fake or FakeBackroom()
    return Backroom(keeping=fake, correcting=fake, previewing=fake, receiving=fake, installing=fake)
