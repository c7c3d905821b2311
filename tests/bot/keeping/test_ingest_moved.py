"""A page whose address changes for good keeps its name and takes the new address; a detour changes nothing."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from bot.keeping.ingest import ingest
from bot.store.sources import SourceRecord
from sources.connectors import identify, open_source
from sources.document import Document
from tests.fakes.archive import FakeArchive
from tests.fakes.fetching import fetcher
from tests.fakes.source import NOON, PlainExtractor
from tests.fakes.web_server import Page, WebServer, moved, serving

WORDS = Page("The pier is closed.", "text/plain", headers={"ETag": '"1"'})


@pytest.fixture
def server() -> Iterator[WebServer]:
    with serving({"/a": WORDS, "/b": WORDS, "/": WORDS}) as server:
        yield server


class Desk:
    """One page as a source."""

    def __init__(self, place: str, connector: str = "web") -> None:
        self.record = SourceRecord("s1", "w", "Page", connector, place, NOON)
        self.archive = FakeArchive()

    async def read(self) -> Document:
        if not await self.archive.sources():
            await self.archive.add_source(self.record)
        async with fetcher() as web:
            source = open_source(self.record.connector, self.record.place, fetcher=web)
            await ingest(self.record, source, self.archive, PlainExtractor(), lambda: NOON, readers=1)
        (document,) = await self.archive.documents("s1")
        return document


@pytest.mark.parametrize(
    ("steps", "path"),
    [
        ({"/a": moved("/b", 301)}, "/b"),
        ({"/a": moved("/b", 308)}, "/b"),
        ({"/a": moved("/b?utm_source=x", 301), "/b?utm_source=x": WORDS}, "/b"),
        ({"/a": moved("/b", 302)}, "/a"),
        ({"/a": moved("/b", 303)}, "/a"),
        ({"/a": moved("/b", 307)}, "/a"),
        ({"/a": moved("/c", 301), "/c": moved("/b", 302)}, "/c"),
        ({"/a": moved("/c", 302), "/c": moved("/b", 301)}, "/a"),
        ({"/a": moved("/", 301)}, "/a"),
    ],
)
async def test_only_what_is_for_good_moves_the_address(server: WebServer, steps: dict[str, Page], path: str) -> None:
    desk = Desk(server.url("/a"))
    before = await desk.read()
    server.pages |= steps
    after = await desk.read()
    assert (before.url, after.url) == (server.url("/a"), server.url(path))
    assert after == replace(before, url=after.url)
    asked = len(server.asked)
    assert await desk.read() == after
    assert len(server.asked) - asked <= 4  # the rules of the host, and the way there once


async def test_a_place_is_added_under_the_address_that_lasts(server: WebServer) -> None:
    server.pages |= {"/old": moved("/b", 301), "/today": moved("/b", 302)}
    async with fetcher() as web:
        assert await identify("web", server.url("/old"), web) == ("web", server.url("/b"))
        assert await identify("web", server.url("/today"), web) == ("web", server.url("/today"))


async def test_an_unchanged_feed_still_has_its_pages_asked_about(server: WebServer) -> None:
    feed = "<rss><channel><item><title>Pier</title><link>/a</link></item></channel></rss>"
    server.pages["/feed"] = Page(feed, "text/xml", headers={"ETag": '"f"'})
    desk = Desk(server.url("/feed"), "feed")
    before = await desk.read()
    assert await desk.archive.listing("s1") is not None
    server.pages["/a"] = Page("The pier is open.", "text/plain", headers={"ETag": '"2"'})
    assert (await desk.read()).title == before.title == "Pier"
    (versioned,) = await desk.archive.current([before.id])
    assert (versioned.document.text, versioned.version) == ("The pier is open.", 2)
