"""An admin adds a place of the web: the form, the look at what it brings, and only then it is kept."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web

from bot.roles import operator
from bot.sandbox import Sandbox, View
from bot.slack.views import add_source as views
from bot.slack.views.modal import value_of
from bot.store.tasks import Queue
from bot.wording import admin_words, schedule_words
from tests.scenarios.newsroom import Newsroom, opened
from tests.scenarios.test_admin_sources import order, press, told

PAGE = """<html lang="en"><head><title>The Harbor Report</title>
<meta property="article:published_time" content="2019-07-25"></head><body><article>
<h1>The Harbor Report</h1>
<p>The harbor master counted forty foreign lanterns on the quay before the fog came in that evening.</p>
<p>Nobody at the customs house could say to whom the lanterns belonged, nor who had lit them at dusk.</p>
</article></body></html>"""


MORE = "".join(f"<p>In {year} the customs house kept its books in three hands and two inks.</p>" for year in range(60))
LONG = PAGE.replace("</article>", f"{MORE}</article>")


@pytest.fixture
async def site() -> AsyncIterator[str]:
    """A web site with one page; its address."""

    served = [LONG]

    async def page(_request: web.Request) -> web.Response:
        return web.Response(text=PAGE, content_type="text/html")

    async def shrinking(_request: web.Request) -> web.Response:
        return web.Response(text=served[-1], content_type="text/html")

    async def shrink(_request: web.Request) -> web.Response:
        served.append(PAGE)
        return web.Response()

    app = web.Application()
    app.router.add_get("/report", page)
    app.router.add_get("/shrinking", shrinking)
    app.router.add_post("/shrinking", shrink)
    runner = web.AppRunner(app, shutdown_timeout=1.0)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    await runner.cleanup()


@pytest.fixture
async def newsroom(home: Path, mode: str, site: str) -> AsyncIterator[Newsroom]:
    """A newsroom that may fetch from the site, though it lies on this machine."""
    async with opened(home, mode, quotedesk_allowed_hosts=site.removeprefix("http://")) as running:
        yield running


async def form(newsroom: Newsroom, text: str = "add", who: str = "ada") -> View:
    """The modal that the command opens, as it stands when the bot is done."""
    assert (await newsroom.sandbox.command(who, "general", "/sources", text)).ok
    await newsroom.quiet()
    view = newsroom.sandbox.view_of(who)
    assert view is not None
    return view


async def submitted(newsroom: Newsroom, **values: object) -> View | None:
    """Fill in and submit; the modal on top when the bot is done, None when it closed."""
    delivery = await newsroom.sandbox.submit_view("ada", values)
    assert delivery.ok, delivery
    assert not delivery.errors, delivery.errors
    await newsroom.quiet()
    return newsroom.sandbox.view_of("ada")


def filled(view: View, field: str) -> object:
    """What stands in a field of the form."""
    return value_of({"state": {"values": view.values}}, field)


async def test_a_page_is_looked_at_and_kept(newsroom: Newsroom, site: str) -> None:
    view = await form(newsroom, f"add {site}/report")
    assert view.title == admin_words.ADD_TITLE
    assert filled(view, "place") == f"{site}/report"
    preview = await submitted(newsroom, name="Harbor")
    assert preview is not None
    assert preview.title == admin_words.PREVIEW_TITLE
    for fact in (
        "The Harbor Report",
        "published July 25, 2019",
        "forty foreign lanterns",
        admin_words.NOTHING_KEPT_YET,
    ):
        assert fact in preview.shown
    assert [s.name for s in await newsroom.application.store.archive.sources("local")] == ["notes"]
    assert await submitted(newsroom) is None
    (summary,) = told(newsroom)
    assert "Harbor: 1 document (1 new)." in summary.shown
    assert "forty foreign lanterns" in (await newsroom.ask("foreign lanterns")).shown


async def test_the_lists_button_opens_the_form_too(newsroom: Newsroom) -> None:
    await press(newsroom, await order(newsroom, "/sources"), admin_words.ADD)
    view = newsroom.sandbox.view_of("ada")
    assert view is not None
    assert (view.title, filled(view, "place")) == (admin_words.ADD_TITLE, None)


async def test_it_may_be_limited_to_people_and_channels(newsroom: Newsroom, site: str) -> None:
    await form(newsroom, f"add {site}/report")
    preview = await submitted(newsroom, name="Harbor", people=[newsroom.ed.id])
    assert preview is not None
    assert admin_words.NOT_FOR_YOU in preview.shown
    await submitted(newsroom)
    assert "lanterns" in (await newsroom.ask("foreign lanterns", who="ed")).shown
    for who in ("rita", "ada"):
        assert "lanterns on the quay" not in (await newsroom.ask("foreign lanterns", who=who)).shown


@pytest.mark.parametrize(("chosen", "every"), [(None, timedelta(days=1)), ("1w", timedelta(weeks=1)), ("off", None)])
async def test_it_is_read_as_often_as_was_chosen_and_daily_else(
    newsroom: Newsroom, site: str, chosen: str | None, every: timedelta | None
) -> None:
    await form(newsroom, f"add {site}/report")
    await submitted(newsroom, name="Harbor", **({"every": chosen} if chosen else {}))
    await submitted(newsroom)
    added = {record.name: record.every for record in await newsroom.application.store.archive.sources("local")}
    assert added["Harbor"] == every
    assert schedule_words.interval(every) in (await order(newsroom, "/sources", "show Harbor")).shown


async def test_all_mistakes_are_told_together_at_their_fields(newsroom: Newsroom) -> None:
    await form(newsroom)
    for place in ("/etc", "file:///etc/passwd", "example", "http://"):
        delivery = await newsroom.sandbox.submit_view("ada", {"place": place, "name": "n" * 81})
        assert delivery.errors == {"place": admin_words.NOT_AN_ADDRESS, "name": admin_words.NAME_TOO_LONG}
    assert (await newsroom.sandbox.submit_view("ada", {"place": ""})).errors.keys() == {"place"}


@pytest.mark.parametrize("place", ["{site}/nothing", "http://10.0.0.1/", "http://localhost:1/x"])
async def test_a_place_that_can_not_be_read_leaves_the_form_as_it_was(
    newsroom: Newsroom, site: str, place: str
) -> None:
    await form(newsroom)
    place = place.format(site=site)
    again = await submitted(newsroom, place=place, name="Harbor", people=[newsroom.ed.id], every="6h")
    assert again is not None
    assert again.title == admin_words.ADD_TITLE
    assert again.shown.partition("\n")[0].endswith(".")
    assert (filled(again, "name"), filled(again, "people")) == ("Harbor", [newsroom.ed.id])
    assert "Every 6 hours" in str(filled(again, "every"))
    assert [s.name for s in await newsroom.application.store.archive.sources("local")] == ["notes"]


async def test_a_name_in_use_is_told_in_the_form(newsroom: Newsroom, site: str) -> None:
    await form(newsroom)
    again = await submitted(newsroom, place=f"{site}/report", name="notes")
    assert again is not None
    assert admin_words.NAME_TAKEN in again.shown


async def test_closing_the_preview_keeps_nothing(newsroom: Newsroom, site: str) -> None:
    await form(newsroom)
    await submitted(newsroom, place=f"{site}/report")
    await newsroom.sandbox.close_view("ada")
    await newsroom.quiet()
    assert told(newsroom) == ()


async def test_a_modal_closed_meanwhile_is_left_closed(newsroom: Newsroom, site: str) -> None:
    await form(newsroom)
    await newsroom.sandbox.submit_view("ada", {"place": f"{site}/report"})
    await newsroom.sandbox.close_view("ada")
    await newsroom.quiet()
    assert newsroom.sandbox.view_of("ada") is None
    assert told(newsroom) == ()


async def test_the_same_twice_tells_of_the_possible_duplicate(newsroom: Newsroom, site: str) -> None:
    for _ in range(2):
        await form(newsroom)
        preview = await submitted(newsroom, place=f"{site}/report", name="Harbor")
        await submitted(newsroom) if preview and preview.title == admin_words.PREVIEW_TITLE else None
    await form(newsroom)
    preview = await submitted(newsroom, place=f"{site}/report", name="Another")
    assert preview is not None
    assert f"{admin_words.POSSIBLE_DUPLICATES} The Harbor Report (Harbor, the same text)" in preview.shown
    await submitted(newsroom)
    assert "already" in told(newsroom)[-1].shown


async def test_a_reading_that_was_held_back_can_be_taken(newsroom: Newsroom, site: str) -> None:
    await newsroom.application.holdings.add(operator(), f"{site}/shrinking", name="Harbor")
    async with aiohttp.ClientSession() as session, session.post(f"{site}/shrinking"):
        await order(newsroom, "/sources", "refresh Harbor")
    rows = await press(newsroom, await order(newsroom, "/sources", "queue"), admin_words.QUEUE_NAMES[Queue.UNREADABLE])
    await press(newsroom, rows, admin_words.TAKE)
    assert "Harbor: 1 document (1 changed)." in told(newsroom)[-1].shown
    assert "three hands" not in (await newsroom.ask("customs books hands inks")).shown


@pytest.mark.parametrize("who", ["rita", "gus"])
async def test_others_get_a_sentence_and_no_form(newsroom: Newsroom, who: str) -> None:
    view = await form(newsroom, who=who)
    assert view.shown == admin_words.ADMINS_ONLY
    assert view.source.get("submit") is None


async def test_a_trigger_that_came_too_late_is_told(newsroom: Newsroom) -> None:
    sandbox: Sandbox = newsroom.sandbox
    sandbox.fault("views.open", "expired_trigger_id")
    assert (await sandbox.command("ada", "general", "/sources", "add")).ok
    await newsroom.quiet()
    assert sandbox.view_of("ada") is None
    assert sandbox.messages("general", "ada")[-1].ephemeral


def test_an_address_of_the_longest_kind_still_fits_the_metadata() -> None:
    ids = tuple(f"C{number:010}" for number in range(views.MOST_CHOSEN))
    longest = views.Wanted("é" * views.LONGEST_PLACE, "\\" * views.LONGEST_NAME, ids, ids)
    assert len(str(longest)) <= 3000
    assert views.Wanted.parse(str(longest)) == longest
