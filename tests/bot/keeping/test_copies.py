"""Asking an archive for copies: what it says is kept, failures cost nothing, and it learns nothing it should not."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.keeping.copies import PAUSE, SECONDS, ArchiveService
from bot.keeping.ingest import Summary, ingest
from bot.metrics import REGISTRY
from bot.store.sources import SourceRecord
from sources.connectors import open_source
from tests.fakes.archive import FakeArchive
from tests.fakes.fetching import fetcher
from tests.fakes.source import NOON, PlainExtractor
from tests.fakes.web_server import Page, WebServer, serving


class Desk:
    """A page of the web as a source, and an archive on the same server that is asked at `/known?url=`."""

    def __init__(self, server: WebServer, own_hosts: Sequence[str] = (), visible_to: Sequence[str] = ()) -> None:
        self.server, self.own_hosts, self.now = server, own_hosts, NOON
        self.page = server.url("/a")
        self.record = SourceRecord("s1", "w", "Page", "web", self.page, NOON, frozenset(visible_to))
        self.archive = FakeArchive()
        self.service = server.url("/known?url={url}")

    def says(self, year: int | None) -> str:
        """The copy that the archive knows from now on."""
        copy = f"http://web.archive.org/web/{year}0502/{self.page}"
        snapshots = {"closest": {"available": True, "url": copy, "status": "200"}} if year else {}
        self.answer(Page(json.dumps({"archived_snapshots": snapshots}), "application/json"))
        return copy

    def answer(self, page: Page) -> None:
        self.server.pages[f"/known?url={self.page}"] = page  # as a server sees what is encoded

    def writes(self, words: str) -> None:
        self.server.pages["/a"] = Page(words, "text/plain")

    async def read(self, record: SourceRecord | None = None) -> tuple[str | None, Summary]:
        if not await self.archive.sources():
            await self.archive.add_source(self.record)
        async with fetcher() as web:
            copies = ArchiveService(self.service, self.archive, web, self.clock, self.own_hosts)
            source = open_source("web", self.page, fetcher=web)
            summary = await ingest(
                record or self.record, source, self.archive, PlainExtractor(), self.clock, readers=1, copies=copies
            )
        documents = await self.archive.documents("s1")
        return documents[0].archived_url, summary

    def clock(self) -> datetime:
        return self.now

    @property
    def asked(self) -> int:
        return sum(path.startswith("/known") for path in self.server.asked)


def lookups(outcome: str) -> float:
    return REGISTRY.get_sample_value("quotedesk_archive_lookups_total", {"outcome": outcome}) or 0.0


@pytest.fixture
def server() -> Iterator[WebServer]:
    with serving({"/a": Page("The pier is closed.", "text/plain")}) as server:
        yield server


async def test_a_new_page_and_a_changed_one_are_asked_about_and_the_copy_is_kept(server: WebServer) -> None:
    desk = Desk(server)
    copy = desk.says(2019)
    assert (await desk.read())[0] == copy
    server.pages["/a"] = Page("The pier is closed.", "text/plain", headers={"ETag": "other"})
    assert ((await desk.read())[0], desk.asked) == (copy, 1)
    desk.writes("The pier is open.")
    newer = desk.says(2020)
    assert ((await desk.read())[0], desk.asked) == (newer, 2)
    desk.writes("The pier is gone.")
    desk.says(None)
    assert ((await desk.read())[0], desk.asked) == (newer, 3)


@pytest.mark.parametrize(
    "failure", [Page(status=500), Page(status=403), Page("{", "application/json"), Page("Welcome!"), Page(status=404)]
)
async def test_an_archive_that_fails_costs_the_reading_nothing(server: WebServer, failure: Page) -> None:
    desk = Desk(server)
    desk.answer(failure)
    counted = "none" if failure.status == 404 else "failed"
    before = lookups(counted)
    copy, summary = await desk.read()
    assert (copy, summary.new, summary.unreadable) == (None, 1, ())
    assert lookups(counted) == before + 1


async def test_an_archive_that_failed_is_left_alone_for_a_while(server: WebServer) -> None:
    desk = Desk(server)
    desk.answer(Page(status=403))
    async with fetcher() as web:
        copies = ArchiveService(desk.service, desk.archive, web, desk.clock)
        await desk.archive.add_source(desk.record)
        source = open_source("web", desk.page, fetcher=web)
        for words, asked in (("One.", 1), ("Two.", 1), ("Three.", 2)):
            desk.writes(words)
            if words == "Three.":
                desk.now += PAUSE + timedelta(seconds=1)
            await ingest(desk.record, source, desk.archive, PlainExtractor(), desk.clock, readers=1, copies=copies)
            assert desk.asked == asked
    assert SECONDS < 60


async def test_a_limited_sources_address_is_told_to_nobody(server: WebServer) -> None:
    desk = Desk(server, visible_to=["U1"])
    desk.says(2019)
    assert ((await desk.read())[0], desk.asked) == (None, 0)


async def test_nor_that_of_a_source_that_was_limited_while_it_was_read(server: WebServer) -> None:
    desk = Desk(server, visible_to=["U1"])
    desk.says(2019)
    assert ((await desk.read(replace(desk.record, visible_to=frozenset())))[0], desk.asked) == (None, 0)


async def test_an_own_hosts_address_is_told_only_to_an_archive_on_an_own_host(server: WebServer) -> None:
    desk = Desk(server, own_hosts=["127.0.0.1"])
    assert (await desk.read())[0] is None
    assert desk.asked == 1
    with serving() as elsewhere:
        stranger = Desk(server, own_hosts=[server.host])
        stranger.service = elsewhere.url("/known?url={url}")
        assert (await stranger.read())[0] is None
        assert elsewhere.asked == []


async def test_a_timegate_leads_to_the_copy(server: WebServer) -> None:
    desk = Desk(server)
    desk.service = server.url("/web/{url}")
    server.pages[f"/web/{desk.page}"] = Page("", status=302, headers={"Location": "/web/2019"})
    server.pages["/web/2019"] = Page("The pier.", headers={"Memento-Datetime": "Thu, 02 May 2019 10:00:00 GMT"})
    assert (await desk.read())[0] == server.url("/web/2019")
