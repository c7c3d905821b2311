"""Sources on the web, driven from Slack against a server that does what servers do: it moves, drips, lies, refuses and
breaks. What was good before keeps answering, and the admin is told in one sentence what happened."""

import asyncio
import contextlib
import gzip
import re
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from aiohttp import web

from bot.slack.listeners import submit
from bot.store.tasks import Queue
from bot.wording import admin_words
from sources.fetch import Limits
from tests.fakes.fetching import FakeTime, Names, fetcher
from tests.fakes.web_server import Handler, Page, WebServer, article, moved, serving
from tests.scenarios.newsroom import Newsroom, opened
from tests.scenarios.test_admin_adding import form, submitted
from tests.scenarios.test_admin_sources import order, press, told

HOUR = 3601.0
NAMES = Names(
    {"localhost.": [["127.0.0.1"]], "inside.example": [["10.0.0.7"]], "mixed.example": [["93.184.215.14", "127.0.0.1"]]}
)
LIMITS = Limits(interval=0.0, attempts=2)


@dataclass(slots=True)
class Press:
    """A newsroom and the web server that it reads. `time` is the fetcher's."""

    newsroom: Newsroom
    server: WebServer
    time: FakeTime

    async def add(self, path: str, name: str = "Gazette") -> str:
        """Add a place by the form, after the look at it; what the admin is told at the end."""
        await form(self.newsroom, f"add {self.server.url(path)}")
        preview = await submitted(self.newsroom, name=name)
        assert preview is not None
        assert preview.title == admin_words.PREVIEW_TITLE, preview.shown
        assert await submitted(self.newsroom) is None
        return told(self.newsroom)[-1].shown

    async def refresh(self) -> str:
        """Read everything again, more than an hour later; what the admin is told."""
        self.time.seconds += HOUR
        self.server.asked.clear()
        await order(self.newsroom, "/sources", "refresh Gazette")
        return told(self.newsroom)[-1].shown

    async def waiting(self, queue: Queue) -> str:
        """All pages of a queue; nothing where it is empty."""
        message = await order(self.newsroom, "/sources", "queue")
        what = admin_words.QUEUE_NAMES[queue]
        shown: list[str] = []
        while what in message.buttons:
            message = await press(self.newsroom, message, what)
            shown.append(message.shown)
            what = admin_words.NEXT
        return "\n".join(shown)

    async def found(self, words: str) -> bool:
        """Whether a reporter finds exactly these words."""
        return (await self.newsroom.ask(f'"{words}"')).shown.startswith("1 passage")


@pytest.fixture
def mode() -> str:
    """What is fetched does not depend on how Slack delivers; the same flows run both ways in `test_admin_adding`."""
    return "http"


@pytest.fixture
def server() -> Iterator[WebServer]:
    with serving() as server:
        yield server


@pytest.fixture
async def desk(home: Path, mode: str, server: WebServer, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Press]:
    """A newsroom that may read this server and no other place of this machine."""
    monkeypatch.setattr(submit, "BEHIND", 0.05)  # the stand-in takes an acknowledgement's view at once
    time = FakeTime()
    web = fetcher((server.host,), time=time, names=NAMES, limits=LIMITS)
    async with opened(home, mode, fetcher=web) as newsroom:
        yield Press(newsroom, server, time)


def listing(server: WebServer, *paths: str) -> str:
    lines = "".join(f"<url><loc>{server.url(path)}</loc></url>" for path in paths)
    return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{lines}</urlset>'


def sitemap(server: WebServer, *paths: str) -> Page:
    return Page(listing(server, *paths), "application/xml")


def words_of(name: str) -> str:
    return f"the {name}stone was weighed by the harbor scales"


def story(name: str, *more: str) -> Page:
    """A page long enough to be missed when it shrinks, with words that only it has."""
    long = [
        f"In the {number} year of the {name} ledger the clerk wrote down every barrel and every rope that came in."
        for number in ("first", "second", "third", "fourth", "fifth", "sixth")
    ]
    return Page(article(f"The {name} story", f"One evening {words_of(name)}.", *long, *more))


def dripping(time: FakeTime) -> Handler:
    """A page that comes a drop a minute, by the fetcher's own clock."""

    async def drip(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "text/html"})
        await response.prepare(request)
        with contextlib.suppress(ConnectionError):
            for _ in range(200):
                time.seconds += 60
                await response.write(b"<p>drop</p>")
                await asyncio.sleep(0.01)
        return response

    return drip


async def _never_sent(request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse(headers={"Content-Type": "text/html", "Content-Length": str(1 << 40)})
    await response.prepare(request)
    await response.write(b"<html>")
    return response


TURNED: dict[str, tuple[Page | Handler, str]] = {
    "ring": (moved("/ring"), "leads back to itself"),
    "chain": (moved("/chain?step=1"), "leads on and on"),
    "drip": (Page("replaced"), "too slowly to wait for"),
    "huge": (_never_sent, "larger than the 64 MiB"),
    "bomb": (Page(gzip.compress(bytes(70 << 20)), headers={"Content-Encoding": "gzip"}), "larger than the 64 MiB"),
    "torn": (Page(gzip.compress(b"<p>words</p>" * 999)[:-9], headers={"Content-Encoding": "gzip"}), "broke off"),
    "brotli": (Page(b"xx", headers={"Content-Encoding": "br"}), "'br'"),
    "forbidden": (Page(status=403), "is not open to us (403)"),
    "paid": (Page(status=402), "must be paid for (402)"),
    "withheld": (Page(status=451), "withheld for legal reasons"),
    "failing": (Page(status=500), "server failed"),
    "same": (Page(status=304), "(304)"),
    "film": (Page(b"xx", "video/mp4"), "a film"),
    "zip": (Page(b"PK\x03\x04 and so on", "text/html"), "a zip archive"),
    "report": (Page(b"%PDF-1.7 and then nothing", "application/pdf"), "PDF"),
    "empty": (Page(b""), "empty"),
    "blank": (Page("<html><body> \u200b </body></html>"), "no text"),
    "shell": (Page("<html><body><div id='root'></div><script>go()</script></body></html>"), "no text"),
    "paywall": (Page(article("Story", "Subscribe to continue reading this article.")), "looks like a paywall"),
    "error": (Page(article("Oops", "Sorry, this page could not be found.")), "looks like an error page"),
    "scrap": (Page(article("Story", "One evening nothing else was told.")), "shrank from"),
    "metadata": (moved("http://169.254.169.254/latest/meta-data/"), "not an address of the public internet"),
    "loopback": (moved("http://[::1]/"), "not an address of the public internet"),
    "decimal": (moved("http://2130706433/"), "not an address of the public internet"),
    "dotted": (moved("http://localhost./"), "not an address of the public internet"),
    "otherport": (moved("http://127.0.0.1:1/"), "not an address of the public internet"),
    "inside": (moved("http://inside.example/"), "inside.example is not an address of the public internet"),
    "mixed": (moved("http://mixed.example/"), "mixed.example is not an address of the public internet"),
    "scheme": (moved("file:///etc/passwd"), "is not an http or https address"),
    "login": (moved("http://reader:pass@example.org/"), "a name or a password"),
    "unnamed": (moved("http://no-such-host.invalid/"), "There is no host no-such-host.invalid"),
}
"""What each page turns into, and what the admin reads of it."""


async def test_what_pages_turn_into_is_told_and_the_good_version_keeps_answering(desk: Press) -> None:
    paths = [f"/{name}" for name in (*TURNED, "good")]
    desk.server.pages |= {"/sitemap.xml": sitemap(desk.server, *paths), **{path: story(path[1:]) for path in paths}}
    assert f"{len(paths)} documents ({len(paths)} new)" in await desk.add("/sitemap.xml")
    desk.server.pages |= {f"/{name}": turned for name, (turned, _) in TURNED.items()}
    desk.server.pages["/drip"] = dripping(desk.time)
    desk.server.pages |= {f"/chain?step={step}": moved(f"/chain?step={step + 1}") for step in range(1, 20)}
    summary = await desk.refresh()
    assert f"Gazette: {len(paths)} documents (nothing new)." in summary
    assert f"{len(TURNED)} items can't be read:" in summary
    listed = await desk.waiting(Queue.UNREADABLE)
    rows = dict(re.findall(rf"· {re.escape(desk.server.url('/'))}(\w+)\n(.+)", listed))
    wrong = {
        name: rows.get(name)
        for name, (_, words) in TURNED.items()
        if words not in (sentence := rows.get(name, "")) or not sentence.endswith(".")
    }
    assert wrong == {}
    assert [name for name in TURNED if not await desk.found(words_of(name))] == []
    desk.server.pages |= {path: story(path[1:]) for path in paths}
    assert "can't be read" not in await desk.refresh()
    assert await desk.waiting(Queue.UNREADABLE) == ""


BAD_TO_ADD: dict[str, tuple[Page | Handler, str]] = {
    **{name: TURNED[name] for name in ("ring", "failing", "metadata", "dotted", "mixed", "film")},
    "missing": (Page(status=404), "There is nothing at"),
    "waiting": (Page(status=503), "asks us to wait"),
    "forbidden": (Page("words"), "asks in its robots.txt"),
}


async def test_what_can_not_be_had_is_told_in_the_form_and_nothing_is_kept(desk: Press) -> None:
    desk.server.pages |= {f"/{name}": page for name, (page, _) in BAD_TO_ADD.items()}
    desk.server.pages["/robots.txt"] = Page("User-agent: *\nDisallow: /forbidden", "text/plain")
    for name, (_, sentence) in BAD_TO_ADD.items():
        await form(desk.newsroom, f"add {desk.server.url(f'/{name}')}")
        again = await submitted(desk.newsroom)
        assert again is not None
        told_first = again.shown.partition("\n")[0]
        assert (again.title, sentence in told_first, told_first[-1]) == (admin_words.ADD_TITLE, True, "."), told_first
        await desk.newsroom.sandbox.close_view("ada")
    store = desk.newsroom.application.store
    assert [source.name for source in await store.archive.sources("local")] == ["notes"]
    assert desk.server.asked.count("/forbidden") == 0


async def test_a_page_that_holds_no_words_is_seen_to_before_it_is_kept(desk: Press) -> None:
    desk.server.pages["/shell"] = TURNED["shell"][0]
    await form(desk.newsroom, f"add {desk.server.url('/shell')}")
    preview = await submitted(desk.newsroom)
    assert preview is not None
    assert admin_words.UNPREVIEWED in preview.shown
    assert "may be made by its scripts." in preview.shown


async def test_a_host_that_is_away_or_asks_to_be_left_alone_costs_nothing(desk: Press) -> None:
    desk.server.pages |= {"/sitemap.xml": sitemap(desk.server, "/a", "/b"), "/a": story("a"), "/b": story("b")}
    await desk.add("/sitemap.xml")
    for answer, sentence in ((Page(status=503), "(503)"), (Page(status=429), "(429)"), (Page("oops"), "no sitemap")):
        desk.server.pages["/sitemap.xml"] = answer
        shown = await desk.refresh()
        assert sentence in shown or "well-formed" in shown
        assert shown.endswith("What was read before stays.")
        assert await desk.found(words_of("b"))


async def test_one_page_that_breaks_the_connection_does_not_end_the_reading_of_the_others(desk: Press) -> None:
    async def breaking(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "text/html", "Content-Length": "99999"})
        await response.prepare(request)
        await response.write(article("Half", f"One evening {words_of('half')}.").encode())
        assert request.transport is not None
        request.transport.abort()
        return response

    desk.server.pages |= {"/sitemap.xml": sitemap(desk.server, "/a", "/z"), "/a": breaking, "/z": story("z")}
    assert "Gazette: 1 document (1 new)." in await desk.add("/sitemap.xml")
    listed = await desk.waiting(Queue.UNREADABLE)
    assert "The connection to 127.0.0.1 was lost." in listed
    assert not await desk.found(words_of("half"))
    assert await desk.found(words_of("z"))


async def test_pages_that_can_not_be_reached_one_after_the_other_are_their_hosts_trouble(desk: Press) -> None:
    paths = [f"/{number}" for number in range(9)]
    desk.server.pages |= {"/sitemap.xml": sitemap(desk.server, *paths), **{path: story(path[1:]) for path in paths}}
    await desk.add("/sitemap.xml")
    desk.server.pages |= {path: Page(status=503) for path in paths}
    assert (await desk.refresh()).endswith("What was read before stays.")
    assert len({path for path in desk.server.asked if path in paths}) < 6
    assert await desk.found(words_of("8"))


async def test_a_host_that_closes_its_doors_to_programs_keeps_what_was_read(desk: Press) -> None:
    desk.server.pages["/a"] = story("a")
    await desk.add("/a")
    desk.server.pages["/robots.txt"] = Page("User-agent: Quotedesk\nDisallow: /", "text/plain")
    assert "asks in its robots.txt that" in await desk.refresh()
    assert desk.server.asked == ["/robots.txt"]
    assert await desk.found(words_of("a"))


async def test_gone_means_gone_at_once_and_what_comes_back_is_new(desk: Press) -> None:
    paths = ("/gone", "/lost", "/stays")
    desk.server.pages |= {"/sitemap.xml": sitemap(desk.server, *paths), **{path: story(path[1:]) for path in paths}}
    await desk.add("/sitemap.xml")
    desk.server.pages |= {"/gone": Page(status=410), "/lost": Page(status=404)}
    assert "Gazette: 2 documents (1 removed)." in await desk.refresh()
    assert not await desk.found(words_of("gone"))
    assert await desk.found(words_of("lost"))
    dead = await desk.waiting(Queue.DEAD_LINK)
    assert "/gone is gone for good, says its server (410)." in dead
    assert "There is nothing at" in dead
    assert "Gazette: 1 document (1 removed)." in await desk.refresh()
    assert not await desk.found(words_of("lost"))
    assert admin_words.times(Queue.DEAD_LINK, 2) in await desk.waiting(Queue.DEAD_LINK)
    desk.server.pages |= {path: story(path[1:]) for path in paths}
    assert "Gazette: 3 documents (2 new)." in await desk.refresh()
    assert await desk.found(words_of("gone"))
    assert await desk.found(words_of("lost"))
    assert await desk.waiting(Queue.DEAD_LINK) == ""


async def test_what_a_sitemap_lists_no_more_is_gone(desk: Press) -> None:
    desk.server.pages |= {"/sitemap.xml": sitemap(desk.server, "/a", "/b"), "/a": story("a"), "/b": story("b")}
    await desk.add("/sitemap.xml")
    desk.server.pages["/sitemap.xml"] = sitemap(desk.server, "/a")
    assert "Gazette: 1 document (1 removed)." in await desk.refresh()
    assert not await desk.found(words_of("b"))


async def test_what_is_held_back_is_taken_by_a_press_of_the_button(desk: Press) -> None:
    desk.server.pages["/a"] = story("a")
    await desk.add("/a")
    desk.server.pages["/a"] = Page(article("Short", f"All that is left is that {words_of('scrap')}."))
    assert "shrank from" in await desk.refresh()
    rows = await press(
        desk.newsroom,
        await order(desk.newsroom, "/sources", "queue"),
        admin_words.QUEUE_NAMES[Queue.UNREADABLE],
    )
    await press(desk.newsroom, rows, admin_words.TAKE)
    assert "Gazette: 1 document (1 changed)." in told(desk.newsroom)[-1].shown
    assert await desk.found(words_of("scrap"))
    assert not await desk.found(words_of("a"))
    assert "(nothing new)." in await desk.refresh()
    assert await desk.waiting(Queue.UNREADABLE) == ""


WRITTEN = {
    "declared falsely": ("Le pont était fermé — « miné »".encode("cp1252"), "text/html; charset=utf-8", "pont était"),
    "not declared": ("Le pont était fermé, señor".encode("cp1252"), "text/html", "pont était fermé, señor"),
    "in its head": ("<meta charset=windows-1251><p>Мост был закрыт".encode("cp1251"), "text/html", "Мост был закрыт"),
    "by its server": ("橋は閉鎖された".encode("shift_jis"), "text/html; charset=Shift_JIS", "橋は閉鎖された"),
    "wide": ("<p>The old bridge was shut.".encode("utf-16"), "text/html; charset=iso-8859-1", "old bridge was shut"),
    "unknown": ("The bridge’s lock".encode(), "text/html; charset=x-no-such-thing", "bridge’s lock"),
}


@pytest.mark.parametrize("how", WRITTEN)
async def test_a_page_is_read_as_it_was_written_whatever_is_said_of_it(desk: Press, how: str) -> None:
    content, media_type, words = WRITTEN[how]
    desk.server.pages["/a"] = Page(content, media_type)
    await desk.add("/a")
    assert words in (await desk.newsroom.ask(f'"{words}"')).text


async def test_a_feeds_items_are_read_whole(desk: Press) -> None:
    item = "<item><title>{0}</title><link>/{0}?utm_source=rss</link><description>In short.</description></item>"
    items = item.format("one") + item.format("two") + item.format("one")
    desk.server.pages |= {
        "/feed": Page(f"<rss version='2.0'><channel><title>News</title>{items}</channel></rss>", "application/rss+xml"),
        "/one": story("one"),
        "/two": story("two"),
    }
    assert "Gazette: 2 documents (2 new)." in await desk.add("/feed")
    assert await desk.found(words_of("two"))
    desk.server.pages["/feed"] = Page("<rss version='2.0'><channel/></rss>", "application/rss+xml")
    assert "Gazette: 2 documents (nothing new)." in await desk.refresh()


async def test_a_sitemap_index_brings_the_pages_of_its_sitemaps_each_once(desk: Press) -> None:
    maps = "".join(f"<sitemap><loc>{desk.server.url(f'/{n}.xml')}</loc></sitemap>" for n in (1, 2, 3))
    desk.server.pages |= {
        "/maps.xml": Page(f"<sitemapindex>{maps}</sitemapindex>", "text/xml"),
        "/1.xml": sitemap(desk.server, "/a", "/a?utm_medium=mail", "/a#part", "/amp/a", "/b"),
        "/2.xml": Page(gzip.compress(listing(desk.server, "/b?print=1", "/c").encode()), "text/xml"),
        "/3.xml": Page(status=403),
        **{path: story(path[1:]) for path in ("/a", "/b", "/c")},
        "/amp/a": story("a"),
    }
    assert "Gazette: 3 documents (3 new)." in await desk.add("/maps.xml")
    assert "/3.xml: " in told(desk.newsroom)[-1].shown
    assert await desk.found(words_of("c"))
    assert await desk.found(words_of("a"))


async def test_all_forms_of_a_page_are_one_document(desk: Press) -> None:
    head = '<link rel="canonical" href="/2019/bridge">'
    same = Page(article("The bridge", f"One evening {words_of('bridge')}.", head=head))
    forms = ("/2019/bridge", "/amp/2019/bridge", "/2019/bridge?id=7", "/2019/bridge/print")
    desk.server.pages |= {**dict.fromkeys(forms, same), "/b": moved("/2019/bridge")}
    await desk.add("/amp/2019/bridge")
    for number, path in enumerate((*forms, "/b", "/2019/bridge?fbclid=x#top")):
        await form(desk.newsroom, f"add {desk.server.url(path)}")
        await submitted(desk.newsroom, name=f"again {number}")
        await submitted(desk.newsroom)
        assert "already" in told(desk.newsroom)[-1].shown
    assert await desk.found(words_of("bridge"))
