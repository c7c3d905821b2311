"""An admin sees how often a source is read by itself, and changes it."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.keeping.schedule import WATCHED
from bot.roles import operator
from bot.slack.blocks import admin_buttons
from bot.slack.views import schedule as views
from bot.store.sources import SourceRecord
from bot.wording import admin_words, schedule_words
from tests.scenarios.newsroom import Newsroom, add_secret
from tests.scenarios.test_admin_adding import filled, submitted
from tests.scenarios.test_admin_sources import order, press


async def read(newsroom: Newsroom, name: str = "notes") -> SourceRecord:
    return next(one for one in await newsroom.application.store.archive.sources("local") if one.name == name)


async def test_a_folder_is_watched_until_an_admin_says_otherwise(newsroom: Newsroom) -> None:
    shown = await order(newsroom, "/sources", "show notes")
    assert schedule_words.interval(WATCHED) in shown.shown
    assert schedule_words.interval(WATCHED) in shown.text
    await press(newsroom, shown, schedule_words.CHANGE)
    view = newsroom.sandbox.view_of("ada")
    assert view is not None
    assert (view.title, filled(view, views.EVERY)) == (
        schedule_words.TITLE,
        {"text": {"type": "plain_text", "text": schedule_words.WATCH_CHOICE[1], "emoji": False}, "value": "watch"},
    )
    assert await submitted(newsroom, every="6h") is None
    assert (await read(newsroom)).every == timedelta(hours=6)
    changed = newsroom.sandbox.messages("general", "ada")[-1]
    assert changed.ts == shown.ts
    for words in (schedule_words.SAVED, "read every 6 hours, next after "):
        assert words in changed.shown
    await press(newsroom, changed, schedule_words.CHANGE)
    await submitted(newsroom, every="off")
    assert schedule_words.interval(None) in newsroom.sandbox.messages("general", "ada")[-1].shown
    entries = await newsroom.application.store.audit.entries("local", 2)
    assert [(one.actor, one.action, one.detail) for one in entries] == [
        (newsroom.ada.id, "schedule source", "off"),
        (newsroom.ada.id, "schedule source", "6h"),
    ]


async def test_an_interval_that_no_form_offers_is_shown_and_kept(newsroom: Newsroom) -> None:
    await newsroom.application.holdings.schedule(operator(), "notes", timedelta(minutes=30))
    shown = await order(newsroom, "/sources", "show notes")
    assert "read every 30 minutes" in shown.shown
    await press(newsroom, shown, schedule_words.CHANGE)
    view = newsroom.sandbox.view_of("ada")
    assert view is not None
    await submitted(newsroom)
    assert (await read(newsroom)).every == timedelta(minutes=30)


@pytest.mark.parametrize("who", ["rita", "gus"])
async def test_nobody_but_an_admin_changes_it(newsroom: Newsroom, who: str) -> None:
    answer = await newsroom.ask("tide", who=who)
    answer.elements[0].json.update({"action_id": admin_buttons.SCHEDULE, "value": "notes"})
    await newsroom.sandbox.click(who, answer, admin_buttons.SCHEDULE)
    await newsroom.quiet()
    view = newsroom.sandbox.view_of(who)
    assert view is not None
    assert view.shown == admin_words.ADMINS_ONLY
    assert view.source.get("submit") is None


async def test_an_admin_who_may_not_read_a_source_can_not_change_it(
    newsroom: Newsroom,
    ledger: Path,
) -> None:
    await add_secret(newsroom, ledger, newsroom.ed.id)
    shown = await order(newsroom, "/sources", "show notes")
    button = next(one for one in shown.elements if one.json["action_id"] == admin_buttons.SCHEDULE)
    button.json["value"] = "ledger"
    await press(newsroom, shown, schedule_words.CHANGE)
    view = newsroom.sandbox.view_of("ada")
    assert view is not None
    assert "There is no source called “ledger”" in view.shown
    assert (await read(newsroom, "ledger")).every == WATCHED
