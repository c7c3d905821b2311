"""What those who ask work with beside the desk, remembering what it was asked. `failure` is raised when it is set."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.asking.cards import Answer, Firsts, PassageRef
from bot.errors import NotAllowed
from bot.home import Home
from bot.roles import Person
from bot.slack.reading_room import ReadingRoom
from bot.store.watching import Watch
from bot.watches.watches import Preview, Told, Wish
from index.port import Choice
from index.query import FieldName
from tests.fakes.desk import NOW
from tests.fakes.pinning import NoPins
from tests.fakes.watches import a_watch


@dataclass(slots=True)
class FakeReadingRoom:
    """Offers no choices, remembers questions, finds no first place."""

    failure: Exception | None = None
    questions: list[str] = field(default_factory=list[str])
    watches: list[Watch] = field(default_factory=list[Watch])
    verdicts: list[tuple[str, PassageRef, bool]] = field(default_factory=list[tuple[str, PassageRef, bool]])

    async def choices(self, person: Person, field: FieldName, typed: str, limit: int = 100) -> Sequence[Choice]:
        self._check()
        return ()

    async def recent(self, person: Person) -> Sequence[str]:
        self._check()
        return self.questions

    async def note(self, person: Person, answer: Answer) -> None:
        self.questions.insert(0, answer.question)

    async def forget(self, person: Person) -> int:
        self._check()
        asked = len(self.questions)
        self.questions.clear()
        return asked

    async def firsts(self, person: Person, words: str, *, limit: int = 10) -> Firsts:
        self._check()
        return Firsts(words, (), (), 0, 0, earliest=False)

    async def words_at(self, person: Person, ref: PassageRef) -> str:
        self._check()
        return "The tide turned at noon."

    async def judge(self, person: Person, question: str, ref: PassageRef, *, useful: bool) -> None:
        self._check()
        self.verdicts.append((question, ref, useful))

    async def preview(self, person: Person, question: str) -> Preview:
        self._check()
        return Preview(question, f"Words: {question}.", 0)

    async def start(self, person: Person, wish: Wish, told: Told) -> Watch:
        self._check()
        self.watches.append(a_watch(question=wish.question, owner=person.user_id, place=told.place))
        return self.watches[-1]

    async def listed(self, person: Person, place: str | None = None) -> Sequence[Watch]:
        self._check()
        return self.watches

    async def one(self, person: Person, watch_id: str) -> Watch:
        raise NotAllowed("No watch.")

    async def edit(self, person: Person, watch_id: str, wish: Wish) -> Watch:
        raise NotAllowed("No watch.")

    async def pause(self, person: Person, watch_id: str) -> Watch:
        raise NotAllowed("No watch.")

    async def resume(self, person: Person, watch_id: str) -> Watch:
        raise NotAllowed("No watch.")

    async def remove(self, person: Person, watch_id: str) -> Watch:
        raise NotAllowed("No watch.")

    async def opened(self, person: Person, team_id: str, conversation: str) -> None:
        self._check()

    async def home(self, person: Person) -> Home:
        self._check()
        return Home(NOW, None, self.watches, self.questions, (), None)

    def _check(self) -> None:
        if self.failure is not None:
            raise self.failure


def a_reading_room(fake: FakeReadingRoom | None = None) -> ReadingRoom:
    """All use cases from one fake."""
    fake = fake or FakeReadingRoom()
    return ReadingRoom(
        searching=fake,
        tracing=fake,
        judging=fake,
        watching=fake,
        pinning=NoPins(),
        exporting=NoPins(),
        welcoming=fake,
    )
