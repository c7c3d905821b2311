"""Finds what watches wait for: follows the change log, and asks all standing questions of what is new in it.

The place in the log and what was found on the way are committed together, so a find is neither lost nor found twice,
whenever this dies. Who may read a find is not asked here but when it is told: then it counts.
"""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import lru_cache

import structlog

from bot import metrics
from bot.pin_names import without_pins
from bot.source_names import resolve_sources
from bot.store.archive import Archive
from bot.store.sources import SourceRecord
from bot.store.watching import Find, News, Outbox, Watch, Watches
from index.analysis import terms
from index.entries import Entry, entry
from index.errors import BadQuery
from index.passage import Passage
from index.port import Access, Engine, Percolator, Standing
from index.query import Query, parse

log: structlog.stdlib.BoundLogger = structlog.stdlib.get_logger()

CHANGES = 300
"""So many changes are looked through in one step."""
OLDER = 20
"""A passage's words are new if they stand in none of so many earlier versions of its document."""
_QUESTIONS = 20_000


class Finder:
    """`step` does one step along the log. Raises StoreUnavailable, IndexUnavailable."""

    def __init__(
        self,
        watches: Watches,
        outbox: Outbox,
        archive: Archive,
        engine: Engine,
        percolator: Percolator,
        clock: Callable[[], datetime],
    ) -> None:
        self._watches = watches
        self._outbox = outbox
        self._archive = archive
        self._engine = engine
        self._percolator = percolator
        self._clock = clock
        self._parsed = lru_cache(_QUESTIONS)(parse)

    async def step(self) -> bool:
        """Look through some changes, as far as the index holds them. False: there were none."""
        before, head = await self._outbox.position(), await self._archive.head()
        if head <= before:
            return False
        active = [watch for watch in await self._watches.all() if not watch.paused]
        begin = max(before, min((watch.since for watch in active), default=head))
        live = (await self._engine.status()).live
        # A watch that begins within the step would hear of what was there before it: the step ends where it begins.
        later = [watch.since for watch in active if watch.since > begin]
        end = min([head, live.sequence if live else begin, begin + CHANGES, *later])
        if end <= begin and end < head:
            return False  # the index is behind: what is told is to be found by a search as well
        with metrics.WATCH_SECONDS.time():
            news = await self._outbox.news(begin, end)
            finds = await self._finds([watch for watch in active if watch.since <= begin], news)
        if not await self._outbox.commit(before, end, finds):
            return False
        metrics.WATCH_FINDS.inc(len(finds))
        return True

    async def _finds(self, watches: Sequence[Watch], news: Sequence[News]) -> list[Find]:
        found: list[Find] = []
        for workspace_id in sorted({each.workspace_id for each in news}):
            its = [each for each in news if each.workspace_id == workspace_id]
            found += await self._finds_in(workspace_id, [w for w in watches if w.workspace_id == workspace_id], its)
        return found

    async def _finds_in(self, workspace_id: str, watches: Sequence[Watch], news: Sequence[News]) -> list[Find]:
        sources = await self._archive.sources(workspace_id)
        everything = Access(workspace_id, frozenset(source.id for source in sources))
        asked = await self._asked(watches, sources)
        entries = [read for each in news if (read := await self._read(each, each.version)) is not None]
        standing = [Standing(query, everything) for _, query in asked]
        answers = await self._percolator.percolate(entries, standing) if standing and entries else ()
        matched = {passage.document_id for passages in answers for passage in passages}
        fresh = _Fresh({each.document_id: await self._known(each) for each in news if each.document_id in matched})
        now = self._clock()
        return [
            Find(watch.id, passage.document_id, passage.version, passage.start, passage.end, now)
            for (watch, _), passages in zip(asked, answers, strict=True)
            for passage in passages
            if fresh.has(passage, watch.least)
        ]

    async def _asked(self, watches: Sequence[Watch], sources: Sequence[SourceRecord]) -> list[tuple[Watch, Query]]:
        """The watches whose questions can be asked; the others are paused, and their owners hear of it."""
        asked, wrong = await asyncio.to_thread(self._understood, watches, sources)
        for watch, problem in wrong:
            log.warning("watch paused", watch=watch.id, reason=problem)
            await self._watches.replace(replace(watch, paused=True, problem=problem, owner_told=False))
        return asked

    def _understood(
        self, watches: Sequence[Watch], sources: Sequence[SourceRecord]
    ) -> tuple[list[tuple[Watch, Query]], list[tuple[Watch, str]]]:
        asked, wrong = list[tuple[Watch, Query]](), list[tuple[Watch, str]]()
        for watch in watches:
            try:
                asked.append((watch, resolve_sources(without_pins(self._parsed(watch.question)), sources)))
            except BadQuery as error:
                wrong.append((watch, str(error)))
        return asked, wrong

    async def _read(self, news: News, version: int) -> Entry | None:
        stored = await self._archive.version(news.workspace_id, news.document_id, version)
        if stored is None or stored.removed:
            return None
        return await asyncio.to_thread(entry, stored.document, version)

    async def _known(self, news: News) -> str:
        """All words of the versions that were known before, as one run."""
        texts: list[str] = []
        for number in range(max(1, news.known - OLDER + 1), news.known + 1):
            stored = await self._archive.version(news.workspace_id, news.document_id, number)
            if stored is not None:
                texts.append(_run(stored.document.text))
        return "\0".join(texts)


class _Fresh:
    """Whether passages are new in their documents; looked up once, however many watches they answer."""

    def __init__(self, known: Mapping[str, str]) -> None:
        self._known = known
        self._words: dict[tuple[str, int, int], int] = {}

    def has(self, passage: Passage, least: int) -> bool:
        """Whether its words were not there before, and are `least` or more."""
        place = (passage.document_id, passage.start, passage.end)
        if place not in self._words:
            old = _run(passage.text) in self._known[passage.document_id]
            self._words[place] = -1 if old else len(terms(passage.text))
        return self._words[place] >= max(least, 0)


def _run(text: str) -> str:
    return f" {' '.join(terms(text))} "
