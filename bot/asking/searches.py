"""What helps a person to ask: choices for the search form, and their own recent questions."""

from collections.abc import Callable, Sequence
from datetime import datetime

import structlog

from bot.errors import StoreUnavailable
from bot.pin_names import Labels, resolve_pins
from bot.roles import Person, access, may_read
from bot.source_names import resolve_sources
from bot.store.archive import Archive
from bot.store.asking import Recent
from bot.store.sources import SourceRecord
from index.analysis import terms
from index.port import Breakdown, Choice, Engine
from index.query import FieldName, parse

log: structlog.stdlib.BoundLogger = structlog.stdlib.get_logger()


class Searches:
    """Every method may raise StoreUnavailable, `choices` IndexUnavailable. With `log_askers` off, nothing of what
    somebody asks is kept."""

    def __init__(
        self,
        archive: Archive,
        engine: Engine,
        recent: Recent,
        clock: Callable[[], datetime],
        *,
        pins: Labels,
        log_askers: bool = True,
    ) -> None:
        self._archive = archive
        self._engine = engine
        self._recent = recent
        self._clock = clock
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

    async def note(self, person: Person, question: str) -> None:
        """Keep a question for the one who asked it. What was found must not be spoilt by a store that can't be written:
        that is the log's matter."""
        if not self._log_askers:
            return
        try:
            await self._recent.add(person.workspace_id, person.user_id, question, self._clock())
        except StoreUnavailable:
            log.exception("recent question not kept")

    async def forget(self, person: Person) -> int:
        """Clear the person's recent questions. Returns how many there were."""
        return await self._recent.clear(person.workspace_id, person.user_id)


def _sources(counted: Sequence[Choice], readable: dict[str, SourceRecord], typed: str) -> tuple[Choice, ...]:
    """The readable sources whose names hold words that begin so, the largest first."""
    wanted = terms(typed)
    named = [Choice(readable[one.value].name, one.passages) for one in counted]
    return tuple(one for one in named if _begins(wanted, terms(one.value)))


def _begins(wanted: Sequence[str], words: Sequence[str]) -> bool:
    return all(any(word.startswith(one) for word in words) for one in wanted)
