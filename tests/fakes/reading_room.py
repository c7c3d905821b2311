"""What those who ask work with beside the desk, remembering what it was asked. `failure` is raised when it is set."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.cards import Firsts, PassageRef
from bot.roles import Person
from bot.slack.reading_room import ReadingRoom
from index.port import Choice
from index.query import FieldName


@dataclass(slots=True)
class FakeReadingRoom:
    """Offers no choices, remembers questions, finds no first place."""

    failure: Exception | None = None
    questions: list[str] = field(default_factory=list[str])
    verdicts: list[tuple[str, PassageRef, bool]] = field(default_factory=list[tuple[str, PassageRef, bool]])

    async def choices(self, person: Person, field: FieldName, typed: str, limit: int = 100) -> Sequence[Choice]:
        self._check()
        return ()

    async def recent(self, person: Person) -> Sequence[str]:
        self._check()
        return self.questions

    async def note(self, person: Person, question: str) -> None:
        self.questions.insert(0, question)

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

    def _check(self) -> None:
        if self.failure is not None:
            raise self.failure


def a_reading_room(fake: FakeReadingRoom | None = None) -> ReadingRoom:
    """All use cases from one fake."""
    fake = fake or FakeReadingRoom()
    return ReadingRoom(searching=fake, tracing=fake, judging=fake)
