"""The scheduler, with the real store, index and places: what changed is found, and nobody asked."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot import metrics
from bot.build import Application, build, utc_now
from bot.config import Config
from bot.errors import BadRequest, NotAllowed
from bot.keeping.schedule import WATCHED
from bot.roles import LOCAL, Person, operator
from bot.sandbox import Sandbox
from bot.store.audit import AuditEntry
from bot.store.sources import SourceRecord
from tests.bot.web.test_web_served import a_config, served
from tests.fakes.web_server import Page, WebServer, article, serving

FERRY = "A ferry will carry people across the river until the new bridge is built, the council said on Tuesday."
BRIDGE = "The old bridge was closed on Monday. Engineers said that the river had undermined it for many years."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "town"
    folder.mkdir()
    (folder / "a.txt").write_text("The tide turned at noon.\n")
    return folder


@asynccontextmanager
async def scheduled(app: Application) -> AsyncGenerator[None]:
    """The scheduler at work."""
    running = asyncio.create_task(app.scheduler.run())
    try:
        yield
    finally:
        running.cancel()
        await asyncio.wait_for(asyncio.gather(running, return_exceptions=True), 10)
        assert running.cancelled()


@pytest.fixture
async def app(tmp_path: Path) -> AsyncIterator[Application]:
    async with await build(Config.model_validate({"quotedesk_home": tmp_path / "home"})) as app:
        yield app


async def found(app: Application, question: str, total: int = 1) -> None:
    """Wait until a question finds so many passages."""
    for _ in range(300):
        if (await app.desk.answer(operator(), question)).total == total:
            return
        await asyncio.sleep(0.05)
    raise AssertionError(f"{question} did not find {total} in time")


def move(old: Path, new: Path) -> Path:
    return old.rename(new)


async def source(app: Application) -> SourceRecord:
    (record,) = await app.store.archive.sources()
    return record


async def audited(app: Application) -> list[AuditEntry]:
    return [*reversed(await app.store.audit.entries(LOCAL, 100))]


async def tried(app: Application, since: datetime, failures: int) -> SourceRecord:
    """Wait until the source was tried."""
    for _ in range(300):
        record = await source(app)
        if record.attempted and record.attempted > since and record.failures == failures:
            return record
        await asyncio.sleep(0.05)
    raise AssertionError("it was not tried in time")


async def make_due(app: Application, problem: str | None = None) -> datetime:
    """As if the source was tried long ago; the time now."""
    record = await source(app)
    await app.store.archive.note_sync(record.id, utc_now() - timedelta(days=2), problem)
    return utc_now()


async def test_what_changes_in_a_folder_is_found_by_itself(app: Application, folder: Path) -> None:
    await app.holdings.add(operator(), str(folder), name="town")
    assert (await source(app)).every == WATCHED
    async with scheduled(app):
        (folder / "b.txt").write_text("The lighthouse keeper counted sails.\n")
        await found(app, "lighthouse")
        (folder / "a.txt").write_text("The market opened at noon.\n")
        (folder / "deep").mkdir()
        (folder / "b.txt").rename(folder / "deep" / "c.txt")
        await found(app, "market")
        await found(app, "tide", 0)
        documents = await app.store.archive.documents((await source(app)).id)
        assert [document.location for document in documents] == ["a.txt", "deep/c.txt"]
        (folder / "manifest.jsonl").write_text('{"path": "a.txt", "title": "Market Report", "date": "2019-07"}\n')
        await found(app, "market during:2019")
        (folder / "a.txt").unlink()
        await found(app, "market", 0)
    lines = [one for one in await audited(app) if one.action == "refresh source"]
    assert (lines[0].subject, lines[0].detail) == ("town", "1 new, 0 changed, 0 removed")
    assert {one.actor for one in lines} == {"quotedesk"}


async def test_what_changed_while_nobody_served_is_found_at_the_start(app: Application, folder: Path) -> None:
    await app.holdings.add(operator(), str(folder), name="town")
    (folder / "b.txt").write_text("The lighthouse keeper counted sails.\n")
    async with scheduled(app):
        await found(app, "lighthouse")


async def test_nothing_is_told_where_nothing_changed(app: Application, folder: Path) -> None:
    await app.holdings.add(operator(), str(folder), name="town")
    before = (await source(app)).attempted
    assert before is not None
    async with scheduled(app):
        await tried(app, before, 0)
    assert [one.action for one in await audited(app)] == ["add source"]


async def test_a_folder_that_goes_away_keeps_its_documents_and_is_read_when_it_is_back(
    app: Application, folder: Path
) -> None:
    await app.holdings.add(operator(), str(folder), name="town")
    away = move(folder, folder.with_name("away"))
    async with scheduled(app):
        record = await tried(app, (await source(app)).added, 1)
        assert "There is no folder" in (record.problem or "")
        await found(app, "tide")
        (away / "b.txt").write_text("The lighthouse keeper counted sails.\n")
        move(away, folder)
        await found(app, "lighthouse")
        record = await tried(app, record.added, 0)
        assert record.problem is None


async def test_a_paused_folder_is_left_alone_until_it_is_resumed(app: Application, folder: Path) -> None:
    await app.holdings.add(operator(), str(folder), name="town")
    await app.holdings.pause(operator(), "town")
    (folder / "b.txt").write_text("The lighthouse keeper counted sails.\n")
    async with scheduled(app):
        await asyncio.sleep(3)
        await found(app, "lighthouse", 0)
        await app.holdings.resume(operator(), "town")
        await found(app, "lighthouse")


@pytest.fixture
async def web(tmp_path: Path) -> AsyncIterator[tuple[WebServer, Application]]:
    """A page of the web, added and read."""
    with serving({"/bridge": Page(article("Bridge", BRIDGE))}) as server:
        settings = {"quotedesk_home": tmp_path / "home", "quotedesk_allowed_hosts": server.host}
        async with await build(Config.model_validate(settings)) as app:
            await app.holdings.add(operator(), server.url("/bridge"), name="bridge")
            server.asked.clear()
            yield server, app


async def test_a_page_that_is_due_is_read_again(web: tuple[WebServer, Application]) -> None:
    server, app = web
    assert (await source(app)).every == timedelta(days=1)
    server.pages["/bridge"] = Page(article("Bridge", FERRY))
    now = await make_due(app)
    changed = metrics.REGISTRY.get_sample_value("quotedesk_refreshes_total", {"outcome": "changed"}) or 0
    async with scheduled(app):
        await found(app, "ferry")
        record = await tried(app, now, 0)
    assert (record.synced, record.problem) == (record.attempted, None)
    assert server.count("/bridge") == 1
    assert metrics.REGISTRY.get_sample_value("quotedesk_refreshes_total", {"outcome": "changed"}) == changed + 1
    assert (await audited(app))[-1].actor == "quotedesk"


async def test_what_is_not_due_is_not_asked_for(web: tuple[WebServer, Application]) -> None:
    server, app = web
    async with scheduled(app):
        await asyncio.sleep(0.5)
    assert server.asked == []


async def test_one_out_of_reach_is_told_and_not_tried_again_at_once(web: tuple[WebServer, Application]) -> None:
    server, app = web
    await app.store.archive.update_source(replace(await source(app), connector="feed"))  # which the page is not
    now = await make_due(app, "It was out of reach.")
    async with scheduled(app):
        record = await tried(app, now, 2)
        await asyncio.sleep(3)
        assert await source(app) == record
    assert server.count("/bridge") == 1
    assert "can't be read as a feed" in (record.problem or "")
    assert (await audited(app))[-1].detail == record.problem
    await found(app, "bridge")


async def test_a_defect_in_one_reading_becomes_its_problem_and_ends_nothing_else(
    web: tuple[WebServer, Application], folder: Path
) -> None:
    _, app = web
    record = await source(app)
    await app.store.archive.update_source(replace(record, every=WATCHED))  # which no page can be
    await app.holdings.add(operator(), str(folder), name="town")
    async with scheduled(app):
        (folder / "b.txt").write_text("The lighthouse keeper counted sails.\n")
        await found(app, "lighthouse")
    records = {one.name: one for one in await app.store.archive.sources()}
    assert "unexpected way (log id " in (records["bridge"].problem or "")
    assert records["town"].problem is None


async def test_a_served_desk_takes_in_what_changes_and_stops_cleanly(tmp_path: Path, folder: Path) -> None:
    async with await Sandbox.start() as sandbox, await build(a_config(sandbox, tmp_path / "home")) as application:
        await application.holdings.add(operator(), str(folder))
        async with served(sandbox, application, socket=False):
            (folder / "b.txt").write_text("The lighthouse keeper counted sails.\n")
            await found(application, "lighthouse")
            (folder / "b.txt").write_text("The miller heard the bell.\n")


async def test_a_schedule_is_set_by_admins_alone_and_audited(app: Application, folder: Path) -> None:
    await app.holdings.add(operator(), str(folder), name="town", every=timedelta(hours=6))
    assert (await source(app)).every == timedelta(hours=6)
    record = await app.holdings.schedule(operator(), "town", None)
    assert (record.every, await source(app)) == (None, record)
    with pytest.raises(NotAllowed):
        await app.holdings.schedule(Person(LOCAL, "U1"), "town", None)
    with pytest.raises(BadRequest):
        await app.holdings.schedule(operator(), "city", None)
    assert [(one.action, one.detail) for one in await audited(app)][1:] == [("schedule source", "off")]


async def test_a_refresh_that_somebody_asks_for_is_audited(app: Application, folder: Path) -> None:
    await app.holdings.add(operator(), str(folder), name="town")
    (folder / "b.txt").write_text("The lighthouse keeper counted sails.\n")
    await app.holdings.refresh(operator())
    line = (await audited(app))[-1]
    assert (line.actor, line.action, line.subject) == ("cli", "refresh source", "town")
    assert line.detail == "1 new, 0 changed, 0 removed"


async def test_an_admins_refresh_of_all_leaves_out_what_they_may_not_read(app: Application, folder: Path) -> None:
    await app.holdings.add(operator(), str(folder), name="town", visible_to=frozenset({"C1"}))
    told: list[str] = []
    editor = Person(LOCAL, "U2", admin=True)
    assert await app.holdings.refresh(editor, told=lambda doing, _done, _total: told.append(doing)) == []
    assert await app.holdings.reindex(editor, told=lambda doing, _done, _total: told.append(doing)) == []
    assert not [doing for doing in told if "town" in doing]


async def test_uploads_are_neither_watched_nor_read_by_themselves(app: Application) -> None:
    held = await app.uploads.hold(operator(), "a.txt", b"The tide turned.")
    await app.uploads.keep(operator(), held.id)
    assert (await source(app)).every is None
