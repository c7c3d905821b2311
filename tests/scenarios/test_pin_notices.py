"""Owners of pins, and those who shared a passage, are told once what became of the words."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp

from bot.roles import operator
from bot.sandbox import Message
from bot.slack.pin_telling import PinTelling
from bot.store.pins import Doubt, NoticeKind, PinFilter
from bot.web.telling import line_to_slack, pin_telling
from bot.wording import pin_words, pinboard_words, words
from tests.scenarios.newsroom import Newsroom
from tests.scenarios.test_pinning import pinned, press

LOG = "The lamp was lit at dusk. We will not wait for another flood, the keeper said to us all. Then it rained."
WORDS = "lamp dusk flood keeper"


async def put(newsroom: Newsroom, folder: Path, text: str, *visible_to: str) -> None:
    """The log as it stands from now on; pins follow it."""
    (folder / "log.txt").write_text(text + "\n", encoding="utf-8")
    holdings = newsroom.application.holdings
    names = {one.name for one in await newsroom.application.store.archive.sources("local")}
    if "log" in names:
        await holdings.refresh(operator(), "log")
    else:
        await holdings.add(operator(), str(folder), name="log", visible_to=frozenset(visible_to))
    await newsroom.application.follower.follow()


@asynccontextmanager
async def going(newsroom: Newsroom, *limited_to: str) -> AsyncGenerator[PinTelling]:
    """What tells of pins, begun anew; sources are limited to these user groups."""
    application, sandbox = newsroom.application, newsroom.sandbox

    async def limits(_workspace_id: str) -> frozenset[str]:
        return frozenset(limited_to)

    async with aiohttp.ClientSession() as session:
        line = line_to_slack(sandbox.api_url, sandbox.app.bot_token, session, lambda _team: "local", limits)
        yield pin_telling(application, line)


async def tell(newsroom: Newsroom) -> None:
    async with going(newsroom) as telling:
        assert await telling.once()
        assert await telling.once()
    await newsroom.sandbox.settle()


def told(newsroom: Newsroom, who: str = "rita") -> list[Message]:
    sandbox = newsroom.sandbox
    return list(sandbox.messages(sandbox.dm_channel(who), who))


async def test_an_orphans_owner_is_told_once_with_the_difference(newsroom: Newsroom, ledger: Path) -> None:
    await put(newsroom, ledger, LOG)
    await pinned(newsroom, WORDS)
    await put(newsroom, ledger, LOG.replace("another flood", "the next flood"))
    await tell(newsroom)
    (message,) = told(newsroom)
    assert message.shown.startswith(pinboard_words.NOTICES[NoticeKind.ORPHANED])
    assert "another the next" in message.shown
    assert pin_words.DOUBTS[Doubt.ALTERED] in message.shown
    listed = await newsroom.ask("pins")
    assert "Orphan" in listed.shown
    assert LOG in listed.shown  # the kept words are still to be read
    await put(newsroom, ledger, LOG)
    await tell(newsroom)
    assert len(told(newsroom)) == 2


async def test_a_message_that_is_not_taken_holds_up_no_other(newsroom: Newsroom, ledger: Path) -> None:
    await put(newsroom, ledger, LOG)
    await pinned(newsroom, WORDS)
    await pinned(newsroom, WORDS, "ed")
    await put(newsroom, ledger, LOG.replace("another flood", "the next flood"))
    newsroom.sandbox.fault("chat.postMessage", "messages_tab_disabled")
    await tell(newsroom)
    assert (len(told(newsroom)), len(told(newsroom, "ed"))) == (0, 1)


async def test_a_notice_waits_until_slack_tells_who_may_read(newsroom: Newsroom, ledger: Path) -> None:
    group = newsroom.sandbox.add_group("desk", (newsroom.rita,))
    await put(newsroom, ledger, LOG, group.id)
    await pinned(newsroom, WORDS)
    await put(newsroom, ledger, LOG.replace("another flood", "the next flood"))
    newsroom.sandbox.fault("usergroups.users.list", status=503)
    async with going(newsroom, group.id) as telling:
        assert not await telling.once()
    async with going(newsroom, group.id) as telling:
        assert await telling.once()
    await newsroom.sandbox.settle()
    assert len(told(newsroom)) == 1


async def test_a_shared_card_is_told_of_in_its_thread_without_words(newsroom: Newsroom, ledger: Path) -> None:
    await put(newsroom, ledger, LOG)
    answer = await newsroom.ask(WORDS)
    await newsroom.sandbox.click("rita", answer, words.SHARE, nth=0)
    await newsroom.quiet()
    await put(newsroom, ledger, LOG.replace("another flood", "the next flood"))
    await tell(newsroom)
    found = [one for one in newsroom.sandbox.messages("general", "ed") if "has changed since" in one.shown]
    assert [(one.shown, one.thread_ts is not None) for one in found] == [
        (pinboard_words.NOTICES[NoticeKind.SHARE], True)
    ]


async def test_who_may_not_read_it_any_more_is_told_nothing(newsroom: Newsroom, ledger: Path) -> None:
    await put(newsroom, ledger, LOG, newsroom.rita.id)
    await pinned(newsroom, WORDS)
    (pin,) = (await newsroom.application.pins.list(operator(), PinFilter())).views
    await newsroom.application.pins.hand_over(operator(), pin.pin.id, newsroom.ed.id)
    await put(newsroom, ledger, LOG.replace("another flood", "the next flood"))
    await tell(newsroom)
    assert told(newsroom, "ed") == []
    assert list(await newsroom.application.store.notices.pending("local")) == []


async def test_words_that_moved_are_confirmed_from_the_message(newsroom: Newsroom, ledger: Path) -> None:
    await put(newsroom, ledger, LOG)
    await pinned(newsroom, WORDS, excerpt="We will not wait for another flood")
    moved = (
        "Nobody asked. She answered the clerk: We will not wait for another flood. And the hall was cold and silent."
    )
    await put(newsroom, ledger, moved)
    await tell(newsroom)
    (message,) = told(newsroom)
    assert message.shown.startswith(pinboard_words.NOTICES[NoticeKind.MOVED])
    await press(newsroom, message, pinboard_words.CONFIRM)
    (message,) = told(newsroom)
    assert message.shown.startswith(pinboard_words.CONFIRMED)
