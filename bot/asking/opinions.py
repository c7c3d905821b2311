"""What people think of the passages they were shown."""

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from bot import metrics
from bot.asking.cards import PassageRef
from bot.roles import Person
from bot.store.asking import Feedback, Opinion


class Proving(Protocol):
    """Knows whether words are there for a person; `bot.asking.desk.Desk` implements it."""

    async def words_at(self, person: Person, ref: PassageRef) -> str:
        """The words at `ref`. Raises NotAllowed, SourceChanged."""
        ...


class Opinions:
    """Raises StoreUnavailable. With `log_askers` off, whose opinion it is isn't kept, and it can't be changed."""

    def __init__(
        self, proving: Proving, feedback: Feedback, clock: Callable[[], datetime], *, log_askers: bool = True
    ) -> None:
        self._proving = proving
        self._feedback = feedback
        self._clock = clock
        self._log_askers = log_askers

    async def judge(self, person: Person, question: str, ref: PassageRef, *, useful: bool) -> None:
        """Keep whether these words were useful, or not what was asked. Raises NotAllowed, SourceChanged for words that
        this person could not be shown now."""
        await self._proving.words_at(person, ref)
        who = person.user_id if self._log_askers else None
        await self._feedback.add(
            Opinion(
                workspace_id=person.workspace_id,
                question=question,
                document_id=ref.document_id,
                version=ref.version,
                passage=str(ref),
                useful=useful,
                who=who,
                at=self._clock(),
            )
        )
        metrics.OPINIONS.labels("useful" if useful else "not_asked").inc()
