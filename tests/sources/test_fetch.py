"""The fetcher against a server on this machine: what it brings, how politely, and what it refuses to take."""

import asyncio
import gzip
import time as real_time
import zlib
from collections.abc import Iterator
from datetime import timedelta
from email.utils import format_datetime

import pytest
from aiohttp import web

from sources.document import Raw
from sources.errors import Gone, Unreachable, Unreadable
from sources.fetch import Fetcher, Limits, NotModified
from sources.fetch.resolving import resolve
from tests.fakes.fetching import FakeTime, fetcher
from tests.fakes.source import NOON
from tests.fakes.web_server import Page, WebServer, moved, serving


@pytest.fixture
def server() -> Iterator[WebServer]:
    with serving() as server:
        yield server


async def fetched(url: str, using: Fetcher | None = None, **wanted: str | int) -> Raw:
    async with using or fetcher() as web_fetcher:
        found = await web_fetcher.fetch(url, **wanted)  # pyright: ignore[reportArgumentType] - tests give the right ones
        assert isinstance(found, Raw)
        return found


async def test_a_page_comes_with_its_whole_type_and_its_headers_in_small_letters(server: WebServer) -> None:
    server.pages["/a"] = Page("héllo", "text/html; charset=latin-1", headers={"ETag": '"1"', "X-Odd": "Yes"})
    found = await fetched(server.url("/a#top"))
    assert (found.location, found.content.decode(), found.media_type) == (
        server.url("/a"), "héllo", "text/html; charset=latin-1",
    )  # fmt: skip
    assert (found.headers["etag"], found.headers["x-odd"], found.fetched_at) == ('"1"', "Yes", NOON)


async def test_it_says_who_it_is_and_whom_to_write_to_and_keeps_no_cookie(server: WebServer) -> None:
    server.pages |= {"/a": Page("a", headers={"Set-Cookie": "who=me"}), "/b": Page("b")}
    async with fetcher(contact="desk@example.org") as using:
        await using.fetch(server.url("/a"))
        await using.fetch(server.url("/b"))
    assert {head["user-agent"] for head in server.heads} == {"Quotedesk (desk@example.org)"}
    assert not any("cookie" in head for head in server.heads)


@pytest.mark.parametrize("header", ["etag", "last_modified"])
async def test_what_did_not_change_is_not_sent_again(server: WebServer, header: str) -> None:
    value = {"etag": '"v1"', "last_modified": "Sat, 21 Nov 2026 10:00:00 GMT"}[header]
    server.pages["/a"] = Page("a", headers={header.replace("_", "-").title().replace("Etag", "ETag"): value})
    async with fetcher() as using:
        assert await using.fetch(server.url("/a"), **{header: value}) == NotModified(server.url("/a"))  # pyright: ignore[reportArgumentType] - names of strings
        assert isinstance(await using.fetch(server.url("/a"), **{header: "another"}), Raw)  # pyright: ignore[reportArgumentType] - as above


async def test_a_304_that_nobody_asked_for_is_a_failure(server: WebServer) -> None:
    server.pages["/a"] = Page(status=304, media_type=None)
    with pytest.raises(Unreadable, match="304"):
        await fetched(server.url("/a"))


async def test_redirects_are_followed_and_the_last_address_told(server: WebServer) -> None:
    server.pages |= {"/old": moved("/newer"), "/newer": moved("new?x=1#part", 307), "/new?x=1": Page("new")}
    assert (await fetched(server.url("/old"))).location == server.url("/new?x=1")


async def test_headers_may_hold_bytes_that_are_no_utf8(server: WebServer) -> None:
    async def latin(request: web.Request) -> web.Response:
        assert request.transport is not None
        request.transport.write(b"HTTP/1.1 302 Found\r\nLocation: /caf\xe9\r\nContent-Length: 0\r\n\r\n")
        request.transport.close()
        return web.Response()

    server.pages |= {"/old": latin, "/caf%E9": Page("new")}
    assert (await fetched(server.url("/old"))).location == server.url("/caf%E9")


@pytest.mark.parametrize("ring", [["/a"], ["/a", "/b"], ["/a", "/b", "/c"]])
async def test_a_ring_of_redirects_ends(server: WebServer, ring: list[str]) -> None:
    server.pages |= {path: moved(after) for path, after in zip(ring, [*ring[1:], ring[0]], strict=True)}
    with pytest.raises(Unreadable, match="leads back to itself"):
        await fetched(server.url("/a"))
    assert len(server.asked) == len(ring) + 1


async def test_an_endless_chain_of_redirects_ends(server: WebServer) -> None:
    async def further(request: web.Request) -> web.Response:
        return web.Response(status=302, headers={"Location": f"/n/{int(request.path.rpartition('/')[2]) + 1}"})

    server.pages |= {f"/n/{number}": further for number in range(50)}
    with pytest.raises(Unreadable, match="more than 8 redirects"):
        await fetched(server.url("/n/0"))
    assert len(server.asked) < 12


@pytest.mark.parametrize(
    ("status", "kind", "words"),
    [(404, Gone, "nothing at"), (410, Gone, "for good"), (403, Unreadable, "not open"), (418, Unreadable, "refused")],
)
async def test_a_refusal_is_one_sentence_and_not_asked_twice(
    server: WebServer, status: int, kind: type[Exception], words: str
) -> None:
    server.pages["/a"] = Page("secret", status=status)
    with pytest.raises(kind, match=words) as caught:
        await fetched(server.url("/a"))
    assert server.count("/a") == 1
    assert "secret" not in str(caught.value)
    if isinstance(caught.value, Gone):
        assert caught.value.certain is (status == 410)


async def test_a_passing_failure_is_waited_out_longer_each_time(server: WebServer) -> None:
    time = FakeTime()
    server.pages["/a"] = [Page(status=500), Page(status=502), Page("there")]
    assert (await fetched(server.url("/a"), fetcher(time=time))).content == b"there"
    assert time.slept == [1.0, 2.0]


async def test_a_server_that_keeps_failing_is_left_alone(server: WebServer) -> None:
    server.pages |= {"/a": Page(status=500), "/b": Page(status=503)}
    with pytest.raises(Unreadable, match="failed"):
        await fetched(server.url("/a"))
    with pytest.raises(Unreachable, match="wait"):
        await fetched(server.url("/b"))
    assert (server.count("/a"), server.count("/b")) == (4, 4)


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize("asked", ["7", format_datetime(NOON + timedelta(seconds=7), usegmt=True)])
async def test_it_comes_back_when_it_is_told_to(server: WebServer, status: int, asked: str) -> None:
    time = FakeTime()
    server.pages["/a"] = [Page(status=status, headers={"Retry-After": asked}), Page("there")]
    assert (await fetched(server.url("/a"), fetcher(time=time))).content == b"there"
    assert time.slept == [7.0]


async def test_nobody_waits_for_an_hour(server: WebServer) -> None:
    time = FakeTime()
    server.pages["/a"] = Page(status=429, headers={"Retry-After": "3600"})
    with pytest.raises(Unreachable, match="wait"):
        await fetched(server.url("/a"), fetcher(time=time))
    assert (server.count("/a"), time.slept) == (1, [])


async def test_a_host_that_is_down_is_tried_again_and_then_called_so() -> None:
    with serving() as server:
        url = server.url("/a")
    time = FakeTime()
    with pytest.raises(Unreachable, match=r"127\.0\.0\.1 can't be reached"):
        await fetched(url, fetcher(time=time))
    assert time.slept == [1.0, 2.0, 4.0]


async def test_one_host_is_asked_one_at_a_time_with_a_second_between(server: WebServer) -> None:
    time, busy, most = FakeTime(), 0, 0

    async def slow(_: web.Request) -> web.Response:
        nonlocal busy, most
        busy, most = busy + 1, max(most, busy + 1)
        await asyncio.sleep(0.02)
        busy -= 1
        return web.Response(text="ok")

    server.pages |= {f"/{n}": slow for n in range(4)}
    async with fetcher(time=time) as using:
        await asyncio.gather(*(using.fetch(server.url(f"/{n}")) for n in range(4)))
    assert (most, time.slept) == (1, [1.0, 1.0, 1.0])
    assert server.count("/robots.txt") == 1


async def test_robots_may_ask_for_longer_pauses_but_not_for_ever(server: WebServer) -> None:
    for delay, pause in (("5", 5.0), ("86400", 30.0)):
        time = FakeTime()
        server.pages |= {"/robots.txt": Page(f"User-agent: *\nCrawl-delay: {delay}", "text/plain"), "/a": Page("a")}
        async with fetcher(time=time) as using:
            await using.fetch(server.url("/a"))
            await using.fetch(server.url("/a"))
        assert time.slept == [pause]


async def test_what_robots_forbid_is_not_asked_for_also_after_a_redirect(server: WebServer) -> None:
    server.pages |= {
        "/robots.txt": Page("User-agent: *\nAllow: /\n\nUser-agent: quotedesk\nDisallow: /private/", "text/plain"),
        "/private/a": Page("a"),
        "/open": moved("/private/a"),
    }
    for path in ("/private/a", "/open"):
        with pytest.raises(Unreadable, match=r"robots\.txt"):
            await fetched(server.url(path))
    assert server.count("/private/a") == 0


@pytest.mark.parametrize("status", [404, 403, 410])
async def test_a_host_without_rules_allows_everything(server: WebServer, status: int) -> None:
    server.pages |= {"/robots.txt": Page("Disallow everything!", status=status), "/a": Page("a")}
    assert (await fetched(server.url("/a"))).content == b"a"


@pytest.mark.parametrize("status", [500, 503, 429])
async def test_a_host_that_cannot_tell_its_rules_is_not_asked(server: WebServer, status: int) -> None:
    server.pages |= {"/robots.txt": Page(status=status), "/a": Page("a")}
    with pytest.raises(Unreachable, match="can't say just now"):
        await fetched(server.url("/a"))
    assert server.count("/a") == 0


async def test_endless_rules_are_read_only_so_far(server: WebServer) -> None:
    rules = "User-agent: *\nDisallow: /a\n" + "# padding\n" * 100_000 + "Disallow: /b\n"
    server.pages |= {"/robots.txt": Page(rules, "text/plain"), "/a": Page("a"), "/b": Page("b")}
    assert (await fetched(server.url("/b"))).content == b"b"
    with pytest.raises(Unreadable, match="robots"):
        await fetched(server.url("/a"))


async def test_a_huge_answer_is_not_taken_whether_or_not_it_says_its_size(server: WebServer) -> None:
    async def endless(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        for _ in range(1000):
            await response.write(b"x" * 10_000)
        return response

    server.pages |= {"/said": Page(b"x" * 200_000), "/unsaid": endless}
    for path in ("/said", "/unsaid"):
        with pytest.raises(Unreadable, match="larger than the 100,000 bytes"):
            await fetched(server.url(path), max_bytes=100_000)


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "bare"])
async def test_packed_answers_are_unpacked(server: WebServer, encoding: str) -> None:
    text = b"Words, words, words. " * 10_000
    bare = zlib.compressobj(wbits=-15)
    packed = {"gzip": gzip.compress(text), "deflate": zlib.compress(text), "bare": bare.compress(text) + bare.flush()}
    name = "gzip" if encoding == "gzip" else "deflate"
    server.pages["/a"] = Page(packed[encoding], headers={"Content-Encoding": name})
    assert (await fetched(server.url("/a"))).content == text


async def test_a_bomb_is_not_unpacked_further_than_there_is_room(server: WebServer) -> None:
    server.pages["/bomb"] = Page(gzip.compress(b"\0" * 50_000_000), headers={"Content-Encoding": "gzip"})
    with pytest.raises(Unreadable, match="larger than the 1 MiB"):
        await fetched(server.url("/bomb"), max_bytes=1 << 20)


@pytest.mark.parametrize(
    ("content", "encoding", "words"),
    [(b"xx", "br", "'br'"), (b"not packed", "gzip", "damaged"), (gzip.compress(b"a" * 9999)[:-9], "gzip", "broke off")],
)
async def test_an_answer_that_cannot_be_unpacked_is_refused(
    server: WebServer, content: bytes, encoding: str, words: str
) -> None:
    server.pages["/a"] = Page(content, headers={"Content-Encoding": encoding})
    with pytest.raises(Unreadable, match=words):
        await fetched(server.url("/a"))


async def test_rubbish_after_a_packed_answer_is_not_taken_for_ever(server: WebServer) -> None:
    async def padded(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Encoding": "gzip"})
        await response.prepare(request)
        await response.write(gzip.compress(b"Words."))
        for _ in range(1000):
            await response.write(b"x" * 10_000)
        return response

    two = gzip.compress(b"Two ") + gzip.compress(b"members.")
    server.pages |= {"/padded": padded, "/two": Page(two, headers={"Content-Encoding": "gzip"})}
    with pytest.raises(Unreadable, match="larger than"):
        await fetched(server.url("/padded"), max_bytes=100_000)
    assert (await fetched(server.url("/two"))).content == b"Two members."


@pytest.mark.parametrize(("media_type", "words"), [("video/mp4", "a film"), ("image/png", "a picture")])
async def test_what_can_hold_no_words_is_not_downloaded(server: WebServer, media_type: str, words: str) -> None:
    server.pages["/a"] = Page(b"x" * 1000, media_type)
    with pytest.raises(Unreadable, match=words):
        await fetched(server.url("/a"))


def impatient(limits: Limits) -> Fetcher:
    return Fetcher(
        lambda: NOON, real_time.monotonic, lambda: 0.0, resolve=resolve, limits=limits, allowed_hosts=["127.0.0.1"]
    )


async def _drip(request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse()
    await response.prepare(request)
    for _ in range(100):
        await response.write(b"x")
        await asyncio.sleep(0.05)
    return response


@pytest.mark.parametrize(
    ("limits", "kind", "words"),
    [
        (Limits(interval=0, grace=0.2), Unreadable, "too slowly"),
        (Limits(interval=0, seconds=0.3), Unreadable, "longer than 0.3 seconds"),
    ],
)
async def test_a_slow_drip_is_cut_off(server: WebServer, limits: Limits, kind: type[Exception], words: str) -> None:
    server.pages["/drip"] = _drip
    began = real_time.monotonic()
    with pytest.raises(kind, match=words):
        await fetched(server.url("/drip"), impatient(limits))
    assert real_time.monotonic() - began < 3


async def test_a_server_that_falls_silent_is_given_up(server: WebServer) -> None:
    async def silent(_: web.Request) -> web.Response:
        await asyncio.sleep(2)
        return web.Response()

    server.pages["/a"] = silent
    with pytest.raises(Unreachable, match="takes too long"):
        await fetched(server.url("/a"), impatient(Limits(interval=0, silence=0.2, attempts=2, first_wait=0.01)))
    assert server.count("/a") == 2


async def test_a_connection_that_breaks_is_made_again(server: WebServer) -> None:
    broken = True

    async def breaking(request: web.Request) -> web.StreamResponse:
        nonlocal broken
        if not broken:
            return web.Response(text="whole")
        broken = False
        response = web.StreamResponse(headers={"Content-Length": "100"})
        await response.prepare(request)
        await response.write(b"half")
        assert request.transport is not None
        request.transport.abort()
        return response

    server.pages["/a"] = breaking
    assert (await fetched(server.url("/a"))).content == b"whole"


async def test_a_look_brings_only_the_beginning(server: WebServer) -> None:
    server.pages["/a"] = Page(gzip.compress(b"<html>" + b"x" * 10_000_000), headers={"Content-Encoding": "gzip"})
    async with fetcher() as using:
        assert len((await using.look(server.url("/a"))).content) == 1 << 16
