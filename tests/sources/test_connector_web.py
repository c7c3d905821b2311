"""Pages and files of the web as a source: one look, one reading, and then only what changed."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from sources.connectors import identify, name_of, open_source, recognise
from sources.connectors.starter import STARTERS
from sources.connectors.web import WebSource
from sources.errors import Unreachable, Unreadable
from sources.fetch import Fetcher, fingerprint_of
from sources.port import Declared, Item, Unchanged
from tests.fakes.fetching import Names, fetcher
from tests.fakes.web_server import Page, WebServer, article, moved, serving

RSS = '<?xml version="1.0"?>\n<!-- news --><rss version="2.0"><channel><title>News</title></channel></rss>'
SITEMAP = '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"></urlset>'


@pytest.fixture
def server() -> Iterator[WebServer]:
    with serving() as server:
        yield server


async def identified(address: str, using: Fetcher | None = None) -> tuple[str, str]:
    async with using or fetcher() as web:
        return await identify(*recognise(address), web)


@pytest.mark.parametrize(
    ("content", "media_type", "connector"),
    [
        (article("Story", "Words."), "text/html", "web"),
        ("%PDF-1.7", "application/pdf", "web"),
        (RSS, "application/rss+xml", "feed"),
        (RSS, "text/html", "feed"),
        ('<feed xmlns="http://www.w3.org/2005/Atom"></feed>', "text/xml", "feed"),
        (RSS.encode("utf-16"), "text/xml", "feed"),
        (SITEMAP, "application/xml", "sitemap"),
        ("<sitemapindex></sitemapindex>", "text/plain", "sitemap"),
    ],
)
async def test_one_look_tells_what_is_there(
    server: WebServer, content: str | bytes, media_type: str, connector: str
) -> None:
    server.pages["/a"] = Page(content, media_type)
    assert await identified(server.url("/a?utm_source=x#y")) == (connector, server.url("/a"))
    assert server.count("/a") == 1


async def test_a_page_lasts_under_the_address_that_it_declares_or_that_it_moved_to(server: WebServer) -> None:
    link = '<link rel="canonical" href="/story">'
    server.pages |= {
        "/amp/story": Page(article("Story", "Words.", head=link)),
        "/short": moved("/long"),
        "/long": Page(article("Long", "Words.")),
    }
    assert await identified(server.url("/amp/story")) == ("web", server.url("/story"))
    assert await identified(server.url("/short")) == ("web", server.url("/long"))


async def test_what_is_not_there_or_not_public_is_not_recognised(server: WebServer) -> None:
    with pytest.raises(Unreadable, match="404"):
        await identified(server.url("/missing"))
    with pytest.raises(Unreadable, match="public internet"):
        await identified(server.url("/a"), fetcher(()))


def test_places_on_this_machine_are_not_looked_at_and_others_have_names() -> None:
    assert recognise("/srv/papers")[0] == "folder"
    assert recognise("HTTPS://Example.org") == ("web", "https://example.org/")
    assert name_of("https://www.example.org/") == "example.org"
    with pytest.raises(Unreachable, match="can't be reached from here"):
        open_source("web", "https://example.org/")


async def test_a_page_that_did_not_change_is_asked_for_once_and_not_read_again(server: WebServer) -> None:
    server.pages["/a"] = Page("Words.", "text/plain", headers={"ETag": '"1"'})
    server.pages["/b"] = Page("Words.", "text/plain")
    async with fetcher() as web:
        for path, cost in (("/a", 304), ("/b", 200)):
            source = WebSource(server.url(path), web)
            (item,) = (await source.discover()).items
            assert item == Item(server.url(path), "")
            raw = await source.fetch(item)
            assert raw.content == b"Words."
            known = replace(item, fingerprint=fingerprint_of(raw, item.declared))
            with pytest.raises(Unchanged):
                await source.fetch(known)
            assert server.heads[-1].get("if-none-match") == ('"1"' if cost == 304 else None)
            server.pages[path] = Page("Other words.", "text/plain", headers={"ETag": '"2"'})
            assert (await source.fetch(known)).content == b"Other words."
            assert server.count(path) == 3


async def test_a_page_of_which_something_else_is_declared_is_read_again(server: WebServer) -> None:
    server.pages["/a"] = Page("Words.", "text/plain", headers={"ETag": '"1"'})
    async with fetcher() as web:
        source = WebSource(server.url("/a"), web)
        raw = await source.fetch(Item(server.url("/a"), ""))
        renamed = Item(server.url("/a"), fingerprint_of(raw, Declared()), Declared(title="A title"))
        assert (await source.fetch(renamed)).content == b"Words."


@pytest.mark.parametrize("nonsense", ["failed", "[]", "[1,2]", "{}", "2019-05-01T10:00:00Z"])
async def test_a_fingerprint_of_something_else_is_no_fingerprint(server: WebServer, nonsense: str) -> None:
    server.pages["/a"] = Page("Words.", "text/plain", headers={"ETag": '"1"'})
    async with fetcher() as web:
        raw = await WebSource(server.url("/a"), web).fetch(Item(server.url("/a"), nonsense))
    assert raw.content == b"Words."


async def test_an_archives_copy_declares_whose_copy_it_is() -> None:
    copy = "https://web.archive.org/web/20190502/https://example.org/a"
    async with fetcher() as web:
        (item,) = (await WebSource(copy, web).discover()).items
    assert item.location == copy
    assert item.declared == Declared(url="https://example.org/a", archived_url=copy)


async def test_a_starter_list_is_a_source_of_its_records() -> None:
    async with fetcher((), names=Names({"www.justice.gov": [["10.0.0.1"]]})) as web:
        for name, records in STARTERS.items():
            source = open_source(*recognise(f"starter:{name}"), fetcher=web)
            discovery = await source.discover()
            assert [item.location for item in discovery.items] == [record.address for record in records]
            assert all(item.declared.title and item.declared.publisher for item in discovery.items)
            assert all(recognise(item.location) == ("web", item.location) for item in discovery.items)
        with pytest.raises(Unreachable, match="There are: foreign-interference,"):
            await open_source(*recognise("starter:nonsense"), fetcher=web).discover()
