"""Watches from the command to the message: set up, told once and to the right people, paused, resumed, removed."""

from collections.abc import AsyncGenerator, Iterable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.roles import operator
from bot.sandbox import Message
from bot.slack.views import watch_form as views
from bot.store.watching import Watch
from bot.watches.running import WatchRounds
from bot.web.telling import line_to_slack, watch_telling
from bot.web.watching import rounds_of
from bot.wording import watch_words, words
from tests.scenarios.newsroom import SECRET, Newsroom, add_secret

NEWS = "The harbor pilots struck at dawn, and the tide took three ships."


@asynccontextmanager
async def rounds(newsroom: Newsroom) -> AsyncGenerator[WatchRounds]:
    """The rounds of the watches, as `serve` goes them."""
    application = newsroom.application

    async def limits(workspace_id: str) -> frozenset[str]:
        sources = await application.store.archive.sources(workspace_id)
        return frozenset[str]().union(*(source.visible_to for source in sources))

    async with aiohttp.ClientSession() as session:
        sandbox = newsroom.sandbox
        line = line_to_slack(sandbox.api_url, sandbox.app.bot_token, session, lambda _team: "local", limits)
        yield rounds_of(application, watch_telling(line), between=0.0)


async def go_round(newsroom: Newsroom) -> None:
    async with rounds(newsroom) as going:
        assert await going.once()
    await newsroom.sandbox.settle()


async def set_up(
    newsroom: Newsroom, question: str, *, who: str = "rita", where: str = "general", here: bool = False, **chosen: str
) -> Watch:
    """Ask for a watch and send the form, with `here`, `when` or `least` chosen otherwise than it offers."""
    offered = await newsroom.ask(f"watch {question}", who=who, where=where)
    await newsroom.sandbox.click(who, offered, watch_words.SET_UP)
    await newsroom.quiet()
    view = await newsroom.sandbox.wait_for_view(who)
    assert view.title == watch_words.TITLE
    assert (await newsroom.sandbox.submit_view(who, chosen | ({views.WHERE: "here"} if here else {}))).ok
    await newsroom.quiet()
    return (await newsroom.application.store.watches.all())[-1]


async def add_news(newsroom: Newsroom, folder: Path, *texts: str, name: str = "wire") -> None:
    """Texts that come now, each in a document of its own."""
    for number, text in enumerate(texts):
        (folder / f"{name}-{number}.txt").write_text(text + "\n", encoding="utf-8")
    holdings = newsroom.application.holdings
    names = {one.name for one in await newsroom.application.store.archive.sources("local")}
    if name in names:
        await holdings.refresh(operator(), name)
    else:
        await holdings.add(operator(), str(folder), name=name)


def told(newsroom: Newsroom, where: str | None = None, who: str = "rita") -> list[Message]:
    """What watches have told: in the person's direct messages, or in a channel."""
    sandbox = newsroom.sandbox
    place = sandbox.dm_channel(who) if where is None else where
    return [one for one in sandbox.messages(place, who) if watch_words.FOUND in one.shown]


async def test_a_watch_is_offered_set_up_and_told_once(newsroom: Newsroom, ledger: Path) -> None:
    offered = await newsroom.ask("watch tide")
    assert "5 passages answer it today." in offered.shown
    assert watch_words.ONLY_NEW in offered.text
    assert offered.buttons == (watch_words.SET_UP, words.SEARCH_INSTEAD)
    watch = await set_up(newsroom, "tide")
    assert (watch.owner, watch.personal, watch.hour) == (newsroom.rita.id, True, None)
    assert watch.zone == "America/New_York"
    assert newsroom.sandbox.messages("general", "rita")[-1].shown == watch_words.TOLD_PERSONALLY
    (started,) = newsroom.sandbox.messages(newsroom.sandbox.dm_channel("rita"), "rita")
    assert started.shown.startswith(watch_words.STARTED)
    assert watch.place == started.channel
    await go_round(newsroom)
    assert told(newsroom) == []  # what was there already is nothing new
    await add_news(newsroom, ledger, NEWS)
    await go_round(newsroom)
    (message,) = told(newsroom)
    assert message.shown.startswith("1 new passage. ")
    assert NEWS in message.shown
    assert NEWS in message.text
    assert "Words: tide." in message.shown
    assert {"type": "text", "text": "tide", "style": {"bold": True}} in _elements(message)
    assert message.unfurl_links is False
    assert message.buttons[-2:] == (watch_words.SHOW_ALL, watch_words.MANAGE)
    await go_round(newsroom)
    assert len(told(newsroom)) == 1


def _elements(message: Message) -> list[object]:
    return [
        element
        for block in message.blocks
        for part in block.get("elements", ())
        for element in part.get("elements", ())
    ]


async def test_the_button_below_an_answer_opens_the_form(newsroom: Newsroom) -> None:
    answer = await newsroom.ask("xylophone")
    await newsroom.sandbox.click("rita", answer, watch_words.WATCH)
    await newsroom.quiet()
    view = await newsroom.sandbox.wait_for_view("rita")
    assert view.values[views.WORDS][views.WORDS]["value"] == "xylophone"


async def test_a_bad_question_stays_in_the_form(newsroom: Newsroom) -> None:
    offered = await newsroom.ask("watch tide")
    await newsroom.sandbox.click("rita", offered, watch_words.SET_UP)
    await newsroom.quiet()
    await newsroom.sandbox.wait_for_view("rita")
    await newsroom.sandbox.submit_view("rita", {views.WORDS: "(tide"})
    await newsroom.quiet()
    view = newsroom.sandbox.view_of("rita")
    assert view is not None
    assert await newsroom.application.store.watches.all() == []


async def test_many_finds_are_one_message_copies_are_folded_and_the_rest_is_counted(
    newsroom: Newsroom, ledger: Path
) -> None:
    await set_up(newsroom, "tide -bell")
    texts = [
        f"Pilot number {word} saw the tide rise above the {word} stone of the quay that night, "
        f"while the {word} bark lay at anchor and the keeper of the {word} light wrote down the hour."
        for word in ("first", "second", "third", "fourth", "fifth", "sixth")
    ]
    await add_news(newsroom, ledger, *texts, texts[0], "A bell rang with the tide.")
    await go_round(newsroom)
    (message,) = told(newsroom)
    assert message.shown.startswith("6 new passages. ")
    assert watch_words.more(2) in message.shown
    assert "bell" not in message.shown.replace("-bell", "").replace("without: bell", "").replace("without bell", "")
    (ledger / "copied.txt").write_text(f"Reprinted. {texts[1]}\n", encoding="utf-8")
    (ledger / "again.txt").write_text(f"{texts[2]}\n", encoding="utf-8")
    await newsroom.application.holdings.refresh(operator(), "wire")
    await go_round(newsroom)
    assert len(told(newsroom)) == 1


async def test_a_changed_document_tells_only_of_its_new_words(newsroom: Newsroom, ledger: Path) -> None:
    first, second = "ANN: The tide is high.", "BEN: Everybody waits for a second tide."
    await add_news(newsroom, ledger, f"{first}\n\nBEN: Nobody waits.\n\nANN: So be it.\n\nBEN: Well.")
    await set_up(newsroom, "tide")
    await add_news(newsroom, ledger, f"{first}\n\n{second}\n\nANN: So be it.\n\nBEN: Well.")
    await go_round(newsroom)
    (message,) = told(newsroom)
    assert "Everybody waits for a second tide." in message.shown
    assert message.shown.startswith("1 new passage. ")
    assert "The tide is high." not in message.shown


async def test_short_passages_can_be_left_out(newsroom: Newsroom, ledger: Path) -> None:
    await set_up(newsroom, "tide", least="10")
    await add_news(newsroom, ledger, "The tide is high.", NEWS)
    await go_round(newsroom)
    (message,) = told(newsroom)
    assert NEWS in message.shown
    assert "high" not in message.shown


async def test_a_channel_hears_only_what_everyone_there_may_read(newsroom: Newsroom, ledger: Path) -> None:
    watch = await set_up(newsroom, "tide", who="ed", here=True)
    assert (watch.place, watch.personal) == (newsroom.sandbox.messages("general", "ed")[-1].channel, False)
    mine = await set_up(newsroom, "tide", who="ed")
    assert mine.personal
    await add_secret(newsroom, ledger, newsroom.ed.id)
    await go_round(newsroom)
    assert told(newsroom, "general") == []
    assert SECRET not in "".join(one.text for one in newsroom.sandbox.messages("general", "gus"))
    (message,) = told(newsroom, who="ed")
    assert SECRET in message.shown


async def test_what_may_be_read_is_asked_when_it_is_told(newsroom: Newsroom, ledger: Path) -> None:
    """Found while Ed might read it; told when he may not any more."""
    await set_up(newsroom, "tide", who="ed")
    await add_secret(newsroom, ledger, newsroom.ed.id)
    async with rounds(newsroom) as going:
        newsroom.sandbox.fault("users.info", status=500)
        assert not await going.once()
    record = next(r for r in await newsroom.application.store.archive.sources("local") if r.name == "ledger")
    await newsroom.application.store.archive.update_source(replace(record, visible_to=frozenset({newsroom.rita.id})))
    await go_round(newsroom)
    assert told(newsroom, who="ed") == []


async def test_a_daily_watch_waits_for_its_hour(newsroom: Newsroom, ledger: Path) -> None:
    watch = await set_up(newsroom, "tide", when="9")
    assert watch.due is not None
    await add_news(newsroom, ledger, NEWS)
    await go_round(newsroom)
    assert told(newsroom) == []
    now = datetime.now(UTC)
    watches = newsroom.application.store.watches
    await watches.replace(replace(watch, due=now - timedelta(minutes=1)))
    await go_round(newsroom)
    assert len(told(newsroom)) == 1
    (later,) = await watches.all()
    assert later.due is not None
    assert now < later.due <= now + timedelta(hours=25)


async def test_the_list_pauses_resumes_and_removes(newsroom: Newsroom, ledger: Path) -> None:
    empty = await newsroom.ask("watch")
    assert empty.shown.startswith(watch_words.NO_WATCHES)
    await set_up(newsroom, "tide")
    shown = await newsroom.ask("watch list")
    assert shown.buttons == (watch_words.PAUSE, watch_words.EDIT, watch_words.REMOVE, words.SEARCH_INSTEAD)

    async def press(label: str) -> Message:
        await newsroom.sandbox.click("rita", newsroom.sandbox.messages("general", "rita")[-1], label)
        await newsroom.quiet()
        return newsroom.sandbox.messages("general", "rita")[-1]

    paused = await press(watch_words.PAUSE)
    assert paused.ts == shown.ts
    assert watch_words.PAUSED in paused.shown
    await add_news(newsroom, ledger, NEWS)
    await go_round(newsroom)
    assert watch_words.RESUMED_NOW in (await press(watch_words.RESUME)).shown
    await go_round(newsroom)
    assert told(newsroom) == []  # what came meanwhile is not told
    assert watch_words.REMOVED in (await press(watch_words.REMOVE)).shown
    assert await newsroom.application.store.watches.all() == []
    actions = [entry.action for entry in await newsroom.application.store.audit.entries("local", 20)]
    assert [one for one in actions if "watch" in one] == ["remove watch", "resume watch", "pause watch", "add watch"]


async def test_nobody_else_changes_or_sees_a_watch(newsroom: Newsroom) -> None:
    watch = await set_up(newsroom, "tide")
    shown = await newsroom.ask("watch", who="ed")
    assert shown.shown.startswith(watch_words.NO_WATCHES)
    for label in (watch_words.PAUSE, watch_words.REMOVE):
        mine = await newsroom.ask("watch", who="rita")
        element = next(one for one in mine.elements if one.label == label)
        stolen = await newsroom.ask("tide", who="ed")
        stolen.elements[0].json.update({"action_id": element.action_id, "value": element.json["value"]})
        await newsroom.sandbox.click("ed", stolen, element.action_id, nth=0)
        await newsroom.quiet()
        assert newsroom.sandbox.messages("general", "ed")[-1].shown == watch_words.GONE
    assert await newsroom.application.store.watches.all() == [watch]


async def test_a_channel_without_the_bot_is_refused(newsroom: Newsroom) -> None:
    offered = await newsroom.ask("watch tide", where="elsewhere")
    await newsroom.sandbox.click("rita", offered, watch_words.SET_UP)
    await newsroom.quiet()
    await newsroom.sandbox.wait_for_view("rita")
    await newsroom.sandbox.submit_view("rita", {views.WHERE: "here"})
    await newsroom.quiet()
    assert newsroom.sandbox.messages("elsewhere", "rita")[-1].shown == watch_words.NOT_A_MEMBER
    assert await newsroom.application.store.watches.all() == []


@pytest.mark.parametrize("why", ["gone", "left", "closed", "unasked"])
async def test_a_watch_that_cannot_go_on_is_paused_and_its_owner_told(
    newsroom: Newsroom, ledger: Path, why: str
) -> None:
    sandbox, holdings = newsroom.sandbox, newsroom.application.holdings
    if why == "unasked":
        await add_news(newsroom, ledger, "Nothing yet.", name="wire")
        await set_up(newsroom, "tide source:wire", who="ed", here=True)
        await holdings.remove(operator(), "wire")
    else:
        await set_up(newsroom, "tide", who="ed", here=True)
        if why == "gone":
            sandbox.change_user("ed", active=False)
        elif why == "closed":
            sandbox.archive("general")
        else:
            sandbox.leave("ed", "general")
    (ledger / "other").mkdir()
    await add_news(newsroom, ledger / "other", NEWS, name="news")
    if why == "closed":  # nobody is told of it while Slack is in trouble, and the owner must be
        async with rounds(newsroom) as going:
            sandbox.fault("chat.postMessage", status=503)
            assert not await going.once()
    await go_round(newsroom)
    (watch,) = await newsroom.application.store.watches.all()
    sentence = {
        "gone": watch_words.OWNER_GONE,
        "left": watch_words.OWNER_LEFT,
        "closed": watch_words.PLACE_GONE,
        "unasked": "There is no source called “wire” that you can read.",
    }[why]
    assert (watch.paused, watch.problem, watch.owner_told) == (True, sentence, True)
    assert told(newsroom, "general") == []
    if why != "gone":
        last = sandbox.messages(sandbox.dm_channel("ed"), "ed")[-1]
        assert last.shown == watch_words.was_paused(watch.question, sentence)
    await go_round(newsroom)
    (same,) = await newsroom.application.store.watches.all()
    assert same == watch


@pytest.mark.parametrize("error", ["ratelimited", "fatal_error"])
async def test_slack_in_trouble_delays_and_repeats_nothing(newsroom: Newsroom, ledger: Path, error: str) -> None:
    await set_up(newsroom, "tide")
    await add_news(newsroom, ledger, NEWS)
    newsroom.sandbox.fault("chat.postMessage", error)
    async with rounds(newsroom) as going:
        assert await going.once() is (error == "ratelimited")  # waited for as long as Slack asks
        assert await going.once()
    assert len(told(newsroom)) == 1


async def test_it_is_asked_for_in_a_direct_message_as_well(newsroom: Newsroom) -> None:
    sandbox = newsroom.sandbox
    await sandbox.dm("rita", "watch tide")
    await newsroom.quiet()
    offered = sandbox.messages(sandbox.dm_channel("rita"), "rita")[-1]
    await sandbox.click("rita", offered, watch_words.SET_UP)
    await newsroom.quiet()
    view = await sandbox.wait_for_view("rita")
    assert [one["value"] for one in _menu(view.blocks, views.WHERE)] == ["personally"]
    await sandbox.submit_view("rita")
    await newsroom.quiet()
    assert [watch.personal for watch in await newsroom.application.store.watches.all()] == [True]


def _menu(blocks: Iterable[dict[str, Any]], block_id: str) -> list[dict[str, str]]:
    return next(block["element"]["options"] for block in blocks if block["block_id"] == block_id)


async def test_help_names_watches(newsroom: Newsroom) -> None:
    assert "/quote watch" in (await newsroom.ask("help")).shown


async def test_a_watch_is_edited_in_the_list(newsroom: Newsroom) -> None:
    watch = await set_up(newsroom, "tide")
    listed = await newsroom.ask("watch")
    await newsroom.sandbox.click("rita", listed, watch_words.EDIT)
    await newsroom.quiet()
    view = await newsroom.sandbox.wait_for_view("rita")
    assert view.values[views.WORDS][views.WORDS]["value"] == "tide"
    refused = await newsroom.sandbox.submit_view("rita", {views.WORDS: "tag:bells"})
    assert "is not pinned yet" in str(refused.errors)
    assert (await newsroom.sandbox.submit_view("rita", {views.WORDS: "storm", views.WHEN: "9"})).ok
    await newsroom.quiet()
    (now,) = await newsroom.application.store.watches.all()
    assert (now.id, now.question, now.hour) == (watch.id, "storm", 9)
    shown = newsroom.sandbox.messages("general", "rita")[-1].shown
    assert shown.startswith(watch_words.EDITED)
    assert "storm" in shown
