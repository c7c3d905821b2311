"""Feeds and sitemaps as sources: what they list, and what of it is fetched."""

import gzip
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from sources.connectors import identify, open_source, recognise
from sources.connectors.feed import LONG_ENOUGH
from sources.document import PartialDate, Raw
from sources.errors import Gone, SourceError, Unreachable
from sources.extract import Extractors
from sources.port import Discovery, Item
from tests.fakes.fetching import Names, fetcher
from tests.fakes.web_server import Page, WebServer, article, serving

LONG = "The council met until midnight and spoke of little else than the bridge. " * 10
ITEM = """
<item><title>Bridge &amp; river</title><link>/bridge?utm_source=rss</link><guid>1</guid>
<pubDate>Mon, 06 May 2019 10:00:00 GMT</pubDate><description>Short.</description></item>
"""


def rss(*items: str) -> Page:
    channel = f"<channel><title>The Gazette</title>{''.join(items)}</channel>"
    return Page(f'<?xml version="1.0"?><rss version="2.0">{channel}</rss>', "application/rss+xml")


def urlset(*entries: str) -> str:
    lines = "".join(f"<url>{entry}</url>" for entry in entries)
    return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{lines}</urlset>'


@dataclass
class Walked:
    discovery: Discovery
    found: dict[str, Raw | SourceError]

    @property
    def contents(self) -> dict[str, bytes | SourceError]:
        return {place: raw.content if isinstance(raw, Raw) else raw for place, raw in self.found.items()}


async def walked(place: str, names: Names | None = None, fingerprint: str | None = None) -> Walked:
    """Everything that a source lists, and what came of fetching it."""
    async with fetcher(names=names) as web:
        source = open_source(*await identify(*recognise(place), web), fetcher=web)
        discovery = await source.discover()
        found: dict[str, Raw | SourceError] = {}
        for item in discovery.items:
            asked = Item(item.location, fingerprint or item.fingerprint, item.declared)
            try:
                found[item.location] = await source.fetch(asked)
            except SourceError as error:
                found[item.location] = error
        return Walked(discovery, found)


@pytest.fixture
def server() -> Iterator[WebServer]:
    with serving() as server:
        yield server


async def test_a_feeds_items_are_their_pages_with_the_feeds_facts(server: WebServer) -> None:
    server.pages |= {"/news/feed": rss(ITEM), "/bridge": Page(article("Bridge", LONG))}
    feed = await walked(server.url("/news/feed"))
    (item,) = feed.discovery.items
    assert (item.location, item.fingerprint) == (server.url("/bridge"), "")
    assert (item.declared.title, item.declared.published) == (
        "Bridge & river", PartialDate.parse("2019-05-06T10:00:00+00:00"),
    )  # fmt: skip
    assert feed.contents == {server.url("/bridge"): article("Bridge", LONG).encode()}
    assert not feed.discovery.complete


async def test_an_atom_feed_with_a_relative_link_and_one_page_listed_twice(server: WebServer) -> None:
    entries = "".join(
        f'<entry><title>{title}</title><id>{title}</id><link rel="self" href="/x"/>'
        f'<link href="../a?fbclid={title}"/></entry>'
        for title in ("New", "Old")
    )
    server.pages |= {
        "/feeds/all": Page(f'<feed xmlns="http://www.w3.org/2005/Atom">{entries}</feed>', "application/atom+xml"),
        "/a": Page("a", "text/plain"),
    }
    feed = await walked(server.url("/feeds/all"))
    assert [(item.location, item.declared.title) for item in feed.discovery.items] == [(server.url("/a"), "New")]


async def test_an_items_own_words_stand_for_a_page_that_cannot_be_read(server: WebServer) -> None:
    entry = f"<item><title>T &lt;x</title><link>/shut</link><description><![CDATA[<p>{LONG}</p>]]></description></item>"
    server.pages |= {"/feed": rss(entry), "/shut": Page(status=403)}
    feed = await walked(server.url("/feed"))
    raw = feed.found[server.url("/shut")]
    assert isinstance(raw, Raw)
    async with Extractors() as extractors:
        (extract,) = await extractors.extract(raw)
    assert extract.text.strip().endswith(LONG.strip())
    assert (extract.publisher, extract.url) == ("The Gazette", server.url("/shut"))


async def test_they_do_not_where_they_are_few_or_the_page_was_read_before_or_is_gone(server: WebServer) -> None:
    long = f"<description>{LONG}</description></item>"
    server.pages |= {"/feed": rss(ITEM, f"<item><link>/gone</link>{long}"), "/gone": Page(status=410)}
    server.pages["/bridge"] = Page(status=403)
    feed = await walked(server.url("/feed"))
    assert [type(found).__name__ for found in feed.found.values()] == ["Unreadable", "Gone"]
    assert isinstance(feed.found[server.url("/gone")], Gone)
    server.pages |= {"/feed": rss(f"<item><link>/bridge</link>{long}")}
    assert len(LONG) > LONG_ENOUGH
    again = await walked(server.url("/feed"), fingerprint="failed")
    assert "not open" in str(again.found[server.url("/bridge")])


async def test_one_host_that_is_down_does_not_end_a_feed(server: WebServer) -> None:
    with serving() as other:
        down = other.url("/x")
    server.pages |= {"/feed": rss(f"<item><link>{down}</link></item>", ITEM), "/bridge": Page("b", "text/plain")}
    feed = await walked(server.url("/feed"))
    assert "can't be reached" in str(feed.found[down])
    assert feed.contents[server.url("/bridge")] == b"b"


async def test_an_item_without_an_address_is_told(server: WebServer) -> None:
    server.pages["/feed"] = rss("<item><title>Lost</title></item>")
    feed = await walked(server.url("/feed"))
    assert [(one.location, one.reason) for one in feed.discovery.refused] == [
        ("Lost", "This item of the feed has no address.")
    ]


@pytest.mark.parametrize("page", [Page(status=404), Page("<rss", "application/rss+xml"), Page("Hello", "text/plain")])
@pytest.mark.parametrize("connector", ["feed", "sitemap"])
async def test_a_list_that_cannot_be_read_puts_the_source_out_of_reach(
    server: WebServer, connector: str, page: Page
) -> None:
    server.pages["/list"] = page
    async with fetcher() as web:
        with pytest.raises(Unreachable):
            await open_source(connector, server.url("/list"), fetcher=web).discover()


async def test_a_sitemap_lists_the_pages_of_its_own_host(server: WebServer) -> None:
    server.pages |= {
        "/sitemap.xml": Page(
            urlset(
                f"<loc>{server.url('/a?utm_medium=x')}</loc><lastmod>2019-05-06T10:00:00Z</lastmod>",
                f"<loc> {server.url('/b')} </loc><lastmod>2019-05-06</lastmod>",
                "<loc>https://elsewhere.example/c</loc>",
                "<loc>nonsense://</loc>",
                "<priority>1</priority>",
            ),
            "application/xml",
        ),
        "/a": Page("a", "text/plain"),
        "/b": Page("b", "text/plain"),
    }
    site = await walked(server.url("/sitemap.xml"))
    assert [(item.location, item.fingerprint) for item in site.discovery.items] == [
        (server.url("/a"), "2019-05-06T10:00:00Z"), (server.url("/b"), ""),
    ]  # fmt: skip
    assert list(site.contents.values()) == [b"a", b"b"]
    assert [one.reason for one in site.discovery.refused] == [
        "This is not a web address.", "What it lists on other hosts is left out (1).",
    ]  # fmt: skip
    assert site.discovery.complete


async def test_a_sitemap_index_with_packed_sitemaps_one_of_them_missing(server: WebServer) -> None:
    maps = [server.url("/1.xml.gz"), server.url("/2.xml"), "https://elsewhere.example/3.xml"]
    index = "".join(f"<sitemap><loc>{address}</loc></sitemap>" for address in maps)
    server.pages |= {
        "/sitemap.xml.gz": Page(gzip.compress(f"<sitemapindex>{index}</sitemapindex>".encode()), "application/gzip"),
        "/1.xml.gz": Page(gzip.compress(urlset(f"<loc>{server.url('/a')}</loc>").encode()), "application/x-gzip"),
        "/a": Page("a", "text/plain"),
    }
    site = await walked(server.url("/sitemap.xml.gz"))
    assert site.contents == {server.url("/a"): b"a"}
    assert [one.location for one in site.discovery.refused] == [server.url("/2.xml")]
    assert not site.discovery.complete


async def test_a_packed_bomb_of_a_sitemap_is_not_unpacked(server: WebServer) -> None:
    server.pages["/sitemap.xml.gz"] = Page(gzip.compress(b"<urlset>" + b" " * 40_000_000), "application/gzip")
    async with fetcher() as web:
        with pytest.raises(Unreachable, match="more than 16 MiB"):
            await open_source("sitemap", server.url("/sitemap.xml.gz"), fetcher=web).discover()


async def test_forms_of_one_page_fold_into_it(server: WebServer) -> None:
    link = '<link rel="canonical" href="/story">'
    paths = ["/story", "/story?amp=1", "/story/amp", "/print/story", "/m/story"]
    server.pages |= {
        "/sitemap.xml": Page(urlset(*(f"<loc>{server.url(path)}</loc>" for path in paths)), "text/xml"),
        "/story": Page(article("Story", LONG, head=link)),
        "/m/story": Page(article("Story", LONG, head=link)),
    }
    site = await walked(server.url("/sitemap.xml"))
    assert list(site.found) == [server.url("/m/story"), server.url("/story")]
    assert "another form" in str(site.found[server.url("/m/story")])
    assert isinstance(site.found[server.url("/story")], Raw)
    assert server.count("/story/amp") == server.count("/print/story") == 0
