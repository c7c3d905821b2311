"""Taking pages of the web in: what did not change is not read again, and what is gone for good is forgotten."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import pytest

from bot.keeping.ingest import Summary, ingest
from bot.store.sources import SourceRecord
from sources.connectors import open_source
from sources.document import Extract, Raw
from sources.port import Trouble
from tests.fakes.archive import FakeArchive
from tests.fakes.fetching import fetcher
from tests.fakes.source import NOON, PlainExtractor
from tests.fakes.web_server import Page, WebServer, serving


@dataclass
class CountingExtractor(PlainExtractor):
    """Tells which addresses it was given to read."""

    read: list[str] = field(default_factory=list[str])

    async def extract(self, raw: Raw) -> Sequence[Extract]:
        self.read.append(raw.location)
        return await super().extract(raw)


@dataclass
class Room:
    server: WebServer
    record: SourceRecord
    archive: FakeArchive = field(default_factory=FakeArchive)
    extractor: CountingExtractor = field(default_factory=CountingExtractor)

    async def take(self) -> Summary:
        self.server.asked.clear()
        self.extractor.read.clear()
        async with fetcher() as web:
            source = open_source(self.record.connector, self.record.place, fetcher=web)
            return await ingest(self.record, source, self.archive, self.extractor, lambda: NOON, readers=2)

    async def texts(self) -> list[str]:
        return [one.document.text for one in await self.archive.current(await self.archive.live_ids())]


def text(words: str, tag: str | None = None) -> Page:
    return Page(words, "text/plain", headers={"ETag": tag} if tag else {})


@pytest.fixture
def server() -> Iterator[WebServer]:
    with serving({"/a": text("first", '"1"')}) as server:
        yield server


@pytest.fixture
async def room(server: WebServer) -> Room:
    room = Room(server, SourceRecord("s1", "w", "Page", "web", server.url("/a"), NOON))
    await room.archive.add_source(room.record)
    return room


async def test_a_refresh_of_an_unchanged_page_is_one_request_and_no_reading(room: Room) -> None:
    assert (await room.take()).new == 1
    (document,) = await room.archive.documents("s1")
    assert (document.location, document.url) == (room.server.url("/a"), room.server.url("/a"))
    again = await room.take()
    assert (again.unchanged, again.new, again.changed, again.documents) == (1, 0, 0, 1)
    assert (room.server.count("/a"), room.extractor.read) == (1, [])
    room.server.pages["/a"] = text("second", '"2"')
    assert (await room.take()).changed == 1
    assert await room.texts() == ["second"]


async def test_a_page_that_is_gone_for_good_is_forgotten_and_listed(room: Room) -> None:
    await room.take()
    room.server.pages["/a"] = Page(status=410)
    for removed in (1, 0):
        summary = await room.take()
        assert (summary.removed, summary.documents) == (removed, 0)
        assert [(one.location, one.trouble) for one in summary.unreadable] == [(room.server.url("/a"), Trouble.DEAD)]
    room.server.pages["/a"] = text("back", '"1"')
    assert (await room.take()).new == 1
    assert await room.texts() == ["back"]


async def test_a_page_that_is_not_found_is_forgotten_only_the_second_time(room: Room) -> None:
    await room.take()
    del room.server.pages["/a"]
    assert ((await room.take()).removed, await room.texts()) == (0, ["first"])
    assert ((await room.take()).removed, await room.texts()) == (1, [])


async def test_a_page_that_was_missing_once_and_is_back_is_fetched_whole_and_its_trouble_is_over(room: Room) -> None:
    await room.take()
    page = room.server.pages.pop("/a")
    await room.take()
    room.server.pages["/a"] = page
    summary = await room.take()
    assert (summary.unreadable, summary.documents, summary.new, summary.changed) == ((), 1, 0, 0)
    del room.server.pages["/a"]
    assert (await room.take()).removed == 0


async def test_a_page_that_is_refused_for_a_while_keeps_its_good_version(room: Room) -> None:
    await room.take()
    for page in (Page(status=403), Page(status=500), Page("x" * 10, headers={"Content-Encoding": "br"})):
        room.server.pages["/a"] = page
        summary = await room.take()
        assert [one.trouble for one in summary.unreadable] == [Trouble.UNREADABLE]
        assert await room.texts() == ["first"]


async def test_a_feeds_old_pages_stay_and_its_known_ones_are_only_asked_about(server: WebServer) -> None:
    room = Room(server, SourceRecord("s2", "w", "Feed", "feed", server.url("/feed"), NOON))
    await room.archive.add_source(room.record)
    items = {path: f"<item><title>{path}</title><link>{path}</link></item>" for path in ("/a", "/b", "/c")}
    server.pages |= {"/b": text("b", '"b"'), "/c": text("c", '"c"')}
    server.pages["/feed"] = Page(f"<rss><channel>{items['/a']}{items['/b']}</channel></rss>", "text/xml")
    assert (await room.take()).new == 2
    server.pages["/feed"] = Page(f"<rss><channel>{items['/b']}{items['/c']}</channel></rss>", "text/xml")
    summary = await room.take()
    assert (summary.new, summary.unchanged, summary.documents) == (1, 1, 3)
    assert room.extractor.read == [server.url("/c")]
    assert server.count("/a") == 0
