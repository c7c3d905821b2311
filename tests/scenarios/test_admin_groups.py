"""A source limited to a user group: picked in the form, read by the group's members, and hidden from all others."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.sandbox import View
from bot.slack.views.groups import GROUPS
from bot.wording import admin_words
from tests.fakes.web_server import Page, WebServer, article, serving
from tests.scenarios.newsroom import Newsroom, opened
from tests.scenarios.test_admin_adding import form, submitted

STORY = article("The vault", "The keeper of the vault counted forty silver lanterns before the bell rang.")


@pytest.fixture
async def server() -> AsyncIterator[WebServer]:
    with serving({"/vault": Page(STORY), "/nothing": Page(status=403)}) as server:
        yield server


@pytest.fixture
async def newsroom(home: Path, mode: str, server: WebServer) -> AsyncIterator[Newsroom]:
    async with opened(home, mode, quotedesk_allowed_hosts=server.host) as running:
        yield running


async def offered(newsroom: Newsroom, view: View, typed: str, who: str = "ada") -> list[str]:
    """The words of the options for what is typed into the field."""
    options = await newsroom.sandbox.suggest(who, view, GROUPS, typed)
    return [option["text"]["text"] for option in options]


async def test_a_group_is_picked_and_its_members_alone_find_it(newsroom: Newsroom, server: WebServer) -> None:
    sandbox = newsroom.sandbox
    sandbox.add_group("vault", (newsroom.ed,))
    sandbox.add_group("editors", (newsroom.ada, newsroom.ed))
    sandbox.add_group("gone", (newsroom.ed,), enabled=False)
    view = await form(newsroom, f"add {server.url('/vault')}")
    assert await offered(newsroom, view, "") == ["Editors (@editors)", "Vault (@vault)"]
    assert await offered(newsroom, view, "@VAU") == ["Vault (@vault)"]
    picked = await sandbox.suggest("ada", view, GROUPS, "vault")
    preview = await submitted(newsroom, name="Vault", groups=list(picked))
    assert preview is not None
    assert admin_words.NOT_FOR_YOU in preview.shown
    assert await submitted(newsroom) is None
    assert "silver lanterns" in (await newsroom.ask("silver lanterns", who="ed")).shown
    for who in ("rita", "ada", "gus"):
        assert "forty silver" not in (await newsroom.ask("silver lanterns", who=who)).shown


async def test_a_member_who_adds_it_is_told_nothing_of_being_left_out(newsroom: Newsroom, server: WebServer) -> None:
    newsroom.sandbox.add_group("editors", (newsroom.ada,))
    view = await form(newsroom, f"add {server.url('/vault')}")
    picked = await newsroom.sandbox.suggest("ada", view, GROUPS, "")
    preview = await submitted(newsroom, groups=list(picked))
    assert preview is not None
    assert admin_words.NOT_FOR_YOU not in preview.shown


async def test_what_was_picked_stays_when_the_place_can_not_be_read(newsroom: Newsroom, server: WebServer) -> None:
    newsroom.sandbox.add_group("editors", (newsroom.ada,))
    view = await form(newsroom, f"add {server.url('/nothing')}")
    picked = await newsroom.sandbox.suggest("ada", view, GROUPS, "")
    again = await submitted(newsroom, groups=list(picked))
    assert again is not None
    assert again.title == admin_words.ADD_TITLE
    (kept,) = again.values[GROUPS][GROUPS]["selected_options"]
    assert (kept["value"], kept["text"]["text"]) == (picked[0]["value"], "Editors (@editors)")


async def test_without_a_paid_plan_there_are_none_to_pick(newsroom: Newsroom) -> None:
    newsroom.sandbox.change_plan(paid=False)
    assert await offered(newsroom, await form(newsroom), "") == []


async def test_of_a_hundred_and_more_groups_as_many_are_offered_as_slack_takes(newsroom: Newsroom) -> None:
    for number in range(130):
        newsroom.sandbox.add_group(f"g{number:03}", (newsroom.ed,))
    view = await form(newsroom)
    assert len(await offered(newsroom, view, "")) == 100
    assert await offered(newsroom, view, "g129") == ["G129 (@g129)"]
    await newsroom.sandbox.close_view("ada")
    assert (await form(newsroom, who="rita")).shown == admin_words.ADMINS_ONLY
