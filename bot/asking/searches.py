"""What helps a person to ask: choices for the search form, and their own recent questions; and what became of them."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime

import structlog

from bot.asking.cards import Answer
from bot.errors import StoreUnavailable
from bot.pin_names import Labels, resolve_pins
from bot.roles import Person, access, may_read
from bot.source_names import resolve_sources
from bot.store.archive import Archive
from bot.store.asking import Recent
from bot.store.sources import SourceRecord
from bot.store.tasks import Unanswered
from index.analysis import terms
from index.port import Breakdown, Choice, Engine
from index.query import FieldName, parse

log: structlog.stdlib.BoundLogger = structlog.stdlib.get_logger()


class Searches:
    """Every method may raise StoreUnavailable, `choices` IndexUnavailable. With `log_askers` off, no
    question is kept with the one who asked it."""

    def __init__(
        self,
        archive: Archive,
        engine: Engine,
        recent: Recent,
        clock: Callable[[], datetime],
        *,
        unanswered: Unanswered,
        pins: Labels,
        log_askers: bool = True,
    ) -> None:
        self._archive = archive
        self._engine = engine
        self._recent = recent
        self._clock = clock
        self._unanswered = unanswered
        self._pins = pins
        self._log_askers = log_askers

    async def choices(self, person: Person, field: FieldName, typed: str, limit: int = 100) -> tuple[Choice, ...]:
        """What a field can be narrowed to of what this person may read; sources by their names."""
        records = await self._archive.sources(person.workspace_id)
        readable = {record.id: record for record in records if may_read(person, record)}
        allowed = access(person, readable.values())
        if field is FieldName.SOURCE:
            return _sources(await self._engine.facet(field, "", allowed, len(readable)), readable, typed)[:limit]
        return tuple(await self._engine.facet(field, typed, allowed, limit))

    async def breakdown(self, person: Person, question: str, limit: int = 8) -> Breakdown:
        """Of what the passages are that answer the question wholly, as far as this person may read them. Raises
        BadQuery."""
        records = await self._archive.sources(person.workspace_id)
        readable = [record for record in records if may_read(person, record)]
        query = resolve_sources(parse(question), readable)
        query = await resolve_pins(query, self._pins, person.workspace_id, [record.id for record in readable])
        return await self._engine.breakdown(query, access(person, readable), limit)

    async def recent(self, person: Person) -> Sequence[str]:
        """The person's own newest questions."""
        return await self._recent.of(person.workspace_id, person.user_id) if self._log_askers else ()

    async def note(self, person: Person, answer: Answer) -> None:
        """Keep a question for the one who asked it, and for the admins where it found no answer. Done when the answer
        was given: whoever got none asks again, and would be counted twice."""
        if self._log_askers:
            await _kept(self._recent.add(person.workspace_id, person.user_id, answer.question, self._clock()))
        await self.missed(person, answer)

    async def missed(self, person: Person, answer: Answer) -> None:
        """Keep a question for the admins where it found no answer."""
        if not answer.answered:
            asker = person.user_id if self._log_askers else None
            await _kept(self._unanswered.add(person.workspace_id, answer.question, asker, self._clock()))

    async def forget(self, person: Person) -> int:
        """Clear the person's recent questions. Returns how many there were."""
        return await self._recent.clear(person.workspace_id, person.user_id)


async def _kept(keeping: Awaitable[None]) -> None:
    """What was found must not be spoilt by a store that can't be written: that is the log's matter."""
    try:
        await keeping
    except StoreUnavailable:
        log.exception("A question was not kept")


def _sources(counted: Sequence[Choice], readable: dict[str, SourceRecord], typed: str) -> tuple[Choice, ...]:
    """The readable sources whose names hold words that begin so, the largest first."""
    wanted = terms(typed)
    named = [Choice(readable[one.value].name, one.passages) for one in counted]
    return tuple(one for one in named if _begins(wanted, terms(one.value)))


def _begins(wanted: Sequence[str], words: Sequence[str]) -> bool:
    return all(any(word.startswith(one) for word in words) for one in wanted)
