"""A walk in slices: others write in between, what was read is kept and found, and two walks never cross."""

import asyncio
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.build import Application, build
from bot.config import Config
from bot.keeping.walks import Refreshed, Walks
from bot.lock import WriterLock
from bot.roles import operator
from bot.store.readings import Reading
from bot.store.sources import SourceRecord
from sources.document import Document, Raw, document_id
from sources.port import Item, Source
from tests.fakes.fetching import fetcher
from tests.fakes.source import NOON, FakeSource, PlainExtractor

RECORD = SourceRecord("s1", "local", "News", "folder", "/news", NOON)


@dataclass
class SlowSource(FakeSource):
    """Items named in `slow` come only once `go` is set."""

    slow: frozenset[str] = frozenset()
    go: asyncio.Event = field(default_factory=asyncio.Event)

    async def fetch(self, item: Item) -> Raw:
        if item.location in self.slow:
            await self.go.wait()
        return await super().fetch(item)


@dataclass
class HurryingClock:
    """Six minutes pass between two looks at it: every item is late enough for a slice of its own."""

    now: datetime = NOON

    def __call__(self) -> datetime:
        self.now += timedelta(minutes=6)
        return self.now


class WalksOf(Walks):
    """Walks one given source."""

    source: Source

    def opened(self, record: SourceRecord) -> Source:
        return self.source


@dataclass
class Room:
    app: Application
    walks: WalksOf
    source: SlowSource
    lock: WriterLock

    async def found(self, question: str) -> int:
        return (await self.app.desk.answer(operator(), question)).total

    async def until_found(self, question: str) -> None:
        for _ in range(400):
            if await self.found(question):
                return
            await asyncio.sleep(0.05)
        raise AssertionError(f"{question} was not found in time")

    async def locations(self) -> list[str]:
        return [document.location for document in await self.app.store.archive.documents(RECORD.id)]


@pytest.fixture
async def room(tmp_path: Path) -> AsyncIterator[Room]:
    """A walk that stops before its last item, c.txt."""
    config = Config.model_validate({"quotedesk_home": tmp_path / "home"})
    items = {"a.txt": b"An apple fell.", "b.txt": b"A barge sank.", "c.txt": b"A crane stood."}
    source = SlowSource(dict[str, bytes | Exception](items), slow=frozenset({"c.txt"}))
    async with await build(config) as app, fetcher() as web:
        lock = WriterLock(tmp_path / "home" / "writer.lock")
        clock = HurryingClock()
        walks = WalksOf(app.store.archive, app.engine, PlainExtractor(), clock, fetcher=web, lock=lock, readers=2)
        walks.source = source
        await app.store.archive.add_source(RECORD)
        await walks.catch_up()  # the first index
        yield Room(app, walks, source, lock)


async def test_what_was_read_is_found_and_others_write_while_the_walk_goes_on(room: Room, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "o.txt").write_text("An otter swam.")
    walking = asyncio.create_task(room.walks.walk(RECORD))
    await room.until_found("apple")
    async with asyncio.timeout(20):
        async with room.lock.hold("looking"):
            pass
        await room.app.holdings.add(operator(), str(other))
        assert await room.found("otter") == 1
        await room.app.holdings.remove(operator(), "other")
    assert await room.found("otter") == 0
    assert not walking.done()
    room.source.go.set()
    refreshed = await walking
    assert refreshed.summary is not None
    assert (refreshed.summary.new, refreshed.summary.removed) == (3, 0)


async def test_a_walk_that_is_cut_off_loses_nothing_and_is_gone_on_with(room: Room) -> None:
    walking = asyncio.create_task(room.walks.walk(RECORD))
    await room.until_found("barge")
    walking.cancel()
    await asyncio.gather(walking, return_exceptions=True)
    assert await room.locations() == ["a.txt", "b.txt"]
    room.source.go.set()
    room.source.fetched.clear()
    refreshed = await room.walks.walk(RECORD)
    assert room.source.fetched == ["c.txt"]
    assert refreshed.summary is not None
    assert (refreshed.summary.new, refreshed.summary.unchanged, refreshed.summary.documents) == (1, 2, 3)


async def test_a_document_that_comes_meanwhile_is_not_taken_for_gone(room: Room) -> None:
    walking = asyncio.create_task(room.walks.walk(RECORD))
    await room.until_found("apple")
    name = document_id("local", RECORD.id, "new.txt")
    document = Document(name, "local", RECORD.id, "new.txt", "A newt hid.", NOON)
    raw = Raw("new.txt", b"A newt hid.", "text/plain", NOON)
    await room.app.store.archive.record(RECORD, [Reading("new.txt", "1", "plain/1", raw, [document])])
    room.source.go.set()
    await walking
    assert await room.locations() == ["a.txt", "b.txt", "c.txt", "new.txt"]


async def test_a_pause_ends_the_walk_before_its_next_slice(room: Room) -> None:
    walking = asyncio.create_task(room.walks.walk(RECORD))
    await room.until_found("apple")
    await room.app.holdings.pause(operator(), "News")
    room.source.go.set()
    assert "was paused" in ((await walking).problem or "")
    (record,) = await room.app.store.archive.sources()
    assert (record.paused, record.problem, record.failures) == (True, None, 0)
    assert "c.txt" not in await room.locations()


async def test_a_removal_ends_the_walk_and_nothing_comes_back(room: Room) -> None:
    walking = asyncio.create_task(room.walks.walk(RECORD))
    await room.until_found("apple")
    await room.app.holdings.remove(operator(), "News")
    room.source.go.set()
    assert "any more" in ((await walking).problem or "")
    assert await room.locations() == []
    assert await room.found("apple") == 0


async def test_what_was_never_read_comes_first(room: Room) -> None:
    room.source.go.set()
    await room.walks.walk(RECORD)
    room.source.items |= {"a.txt": b"An apple fell again.", "z.txt": b"A zebra."}
    room.source.fetched.clear()
    await room.walks.walk(RECORD)
    assert sorted(room.source.fetched) == ["a.txt", "z.txt"]
    assert room.source.fetched[0] == "z.txt"


HOLDER = """
import asyncio, sys
from pathlib import Path
from bot.lock import WriterLock

async def hold():
    async with WriterLock(Path(sys.argv[1])).of_source("s1").hold("reading a source"):
        print("held", flush=True)
        await asyncio.to_thread(sys.stdin.read, 1)

asyncio.run(hold())
"""


async def test_two_processes_never_walk_a_source_at_once(room: Room) -> None:
    room.source.go.set()
    pipe = asyncio.subprocess.PIPE
    place = str(room.app.config.home / "writer.lock")
    other = await asyncio.create_subprocess_exec(sys.executable, "-c", HOLDER, place, stdin=pipe, stdout=pipe)
    assert other.stdout is not None
    assert await other.stdout.readline() == b"held\n"
    assert await room.walks.walk_if(RECORD.id, lambda _record: True) is None
    waiting = asyncio.create_task(room.walks.walk(RECORD))
    await asyncio.sleep(0.5)
    assert not waiting.done()
    assert room.source.fetched == []
    other.kill()  # the system gives the lock back, however its holder ends
    assert isinstance(await asyncio.wait_for(waiting, 20), Refreshed)
    await other.communicate()


async def test_what_is_not_wanted_any_more_is_not_walked(room: Room) -> None:
    room.source.go.set()
    assert await room.walks.walk_if(RECORD.id, lambda record: record.paused) is None
    assert await room.walks.walk_if("unknown", lambda _record: True) is None
    assert room.source.fetched == []
    refreshed = await room.walks.walk_if(RECORD.id, lambda record: record == replace(RECORD))
    assert refreshed is not None
    assert refreshed.told == "3 new, 0 changed, 0 removed"
    assert await room.found("crane") == 1
