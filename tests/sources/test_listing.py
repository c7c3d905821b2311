"""Feeds and sitemaps are sent and read again only once they changed, and tell the same from what is known."""

from collections.abc import Iterator

import pytest

from sources.connectors import open_source
from sources.connectors.listing import REVISION
from sources.port import Discovery
from tests.fakes.fetching import fetcher
from tests.fakes.web_server import Page, WebServer, serving

FEED = """<rss><channel><title>The Gazette</title>
<item><title>Bridge</title><link>/bridge</link><author>Ada Moss</author><pubDate>Mon, 06 May 2019 10:00:00 GMT</pubDate>
</item><item><title>Lost</title></item>
<item><title>Copy</title><link>https://web.archive.org/web/2019/https://example.org/a</link></item></channel></rss>"""


@pytest.fixture
def server() -> Iterator[WebServer]:
    with serving() as server:
        yield server


async def discovered(connector: str, place: str, cursor: str | None = None) -> Discovery:
    async with fetcher() as web:
        return await open_source(connector, place, fetcher=web).discover(cursor)


def same(one: Discovery, other: Discovery) -> bool:
    return (one.items, one.refused, one.complete) == (other.items, other.refused, other.complete)


@pytest.mark.parametrize("header", ["ETag", "Last-Modified"])
async def test_an_unchanged_feed_is_not_sent_again_and_lists_the_same(server: WebServer, header: str) -> None:
    tag = {"ETag": '"1"', "Last-Modified": "Sat, 21 Nov 2026 10:00:00 GMT"}[header]
    server.pages["/feed"] = Page(FEED, "text/xml", headers={header: tag})
    first = await discovered("feed", server.url("/feed"))
    assert [item.location for item in first.items] == [
        server.url("/bridge"), "https://web.archive.org/web/2019/https://example.org/a",
    ]  # fmt: skip
    assert first.items[1].declared.url == "https://example.org/a"
    again = await discovered("feed", server.url("/feed"), first.cursor)
    assert {"ETag": "if-none-match", "Last-Modified": "if-modified-since"}[header] in server.heads[-1]
    assert same(first, again)
    assert again.cursor == first.cursor
    server.pages["/feed"] = Page(FEED.replace("Bridge", "Pier"), "text/xml", headers={header: "other"})
    assert (await discovered("feed", server.url("/feed"), first.cursor)).items[0].declared.title == "Pier"


async def test_of_an_index_only_the_sitemap_that_changed_is_sent(server: WebServer) -> None:
    maps = "".join(f"<sitemap><loc>{server.url(path)}</loc></sitemap>" for path in ("/1.xml", "/2.xml"))

    def urls(path: str, tag: str) -> Page:
        content = f"<urlset><url><loc>{server.url(path)}</loc><lastmod>2019-05-06T10:00:00Z</lastmod></url></urlset>"
        return Page(content, "text/xml", headers={"ETag": tag})

    server.pages |= {
        "/map.xml": Page(f"<sitemapindex>{maps}</sitemapindex>", "text/xml", headers={"ETag": "i"}),
        "/1.xml": urls("/a", "1"),
        "/2.xml": urls("/b", "2"),
    }
    first = await discovered("sitemap", server.url("/map.xml"))
    assert same(first, await discovered("sitemap", server.url("/map.xml"), first.cursor))
    server.pages["/2.xml"] = urls("/c", "3")
    again = await discovered("sitemap", server.url("/map.xml"), first.cursor)
    assert [item.location for item in again.items] == [server.url("/a"), server.url("/c")]
    assert again.cursor != first.cursor


async def test_a_list_without_validators_is_read_whole_each_time(server: WebServer) -> None:
    server.pages["/feed"] = Page(FEED, "text/xml")
    assert (await discovered("feed", server.url("/feed"))).cursor is None


@pytest.mark.parametrize(
    "cursor", ["", "{", "[]", "{}", '{"revision": 1, "lists": 7}', f'{{"revision": {REVISION + 1}}}']
)
async def test_a_cursor_of_something_else_is_none(server: WebServer, cursor: str) -> None:
    server.pages["/feed"] = Page(FEED, "text/xml", headers={"ETag": '"1"'})
    assert len((await discovered("feed", server.url("/feed"), cursor)).items) == 2
    assert "if-none-match" not in server.heads[-1]
