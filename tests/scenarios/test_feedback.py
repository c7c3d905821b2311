"""Thumbs on cards, and the admins' queue of them."""

from pathlib import Path

import pytest

from bot.sandbox import Message
from bot.slack.blocks.feedback import FEEDBACK, LONGEST_QUESTION
from bot.store.tasks import Queue
from bot.wording import admin_words, asking_words
from tests.scenarios.newsroom import Newsroom, add_secret, opened


async def judge(newsroom: Newsroom, answer: Message, *, positive: bool, who: str = "rita") -> Message:
    """Press a thumb of the first card, and give what the bot says to it."""
    assert (await newsroom.sandbox.judge(who, answer, FEEDBACK, positive=positive, nth=0)).ok
    await newsroom.quiet()
    return newsroom.sandbox.messages("general", who)[-1]


async def queue(newsroom: Newsroom, who: str = "ada") -> Message:
    """The open feedback queue."""
    seen = len(newsroom.sandbox.messages("general", who))
    assert (await newsroom.sandbox.command(who, "general", "/sources", "queue")).ok
    await newsroom.quiet()
    shown = newsroom.sandbox.messages("general", who)[seen]
    await newsroom.sandbox.click(who, shown, admin_words.QUEUE_NAMES[Queue.FEEDBACK])
    await newsroom.quiet()
    return newsroom.sandbox.messages("general", who)[seen]


async def test_an_opinion_is_kept_with_the_question_and_may_change(newsroom: Newsroom) -> None:
    answer = await newsroom.ask("ferry bell")
    assert asking_words.OPINION_OF[True] in (await judge(newsroom, answer, positive=True)).shown
    told = await judge(newsroom, answer, positive=False)
    assert told.ephemeral
    assert asking_words.OPINION_OF[False] in told.shown
    shown = (await queue(newsroom)).shown
    assert "ferry bell" in shown
    assert "not what was asked: 1" in shown
    assert "useful" not in shown.replace("not what", "")
    assert "ferry.txt" in shown


async def test_admins_dismiss_it(newsroom: Newsroom) -> None:
    await judge(newsroom, await newsroom.ask("ferry"), positive=False)
    await judge(newsroom, await newsroom.ask("miller"), positive=True)
    shown = await queue(newsroom)
    assert shown.shown.index("ferry") < shown.shown.index("miller")
    await newsroom.sandbox.click("ada", shown, admin_words.DISMISS_FEEDBACK, nth=0)
    await newsroom.quiet()
    again = newsroom.sandbox.messages("general", "ada")[-1]
    assert again.shown.startswith("“ferry” is dismissed.")
    assert "useful: 1" in again.shown
    assert "not what was asked" not in again.shown


async def test_feedback_on_limited_words_waits_for_admins_who_may_read_them(newsroom: Newsroom, ledger: Path) -> None:
    await add_secret(newsroom, ledger, newsroom.rita.id)
    await judge(newsroom, await newsroom.ask("smugglers silver"), positive=False)
    sandbox = newsroom.sandbox
    assert (await sandbox.command("ada", "general", "/sources", "queue")).ok
    await newsroom.quiet()
    counts = sandbox.messages("general", "ada")[-1].shown
    assert f"{admin_words.QUEUE_NAMES[Queue.FEEDBACK]}: 0" in counts


async def test_words_that_may_not_be_read_any_more_are_not_judged(newsroom: Newsroom, ledger: Path) -> None:
    await add_secret(newsroom, ledger)
    answer = await newsroom.ask("smugglers silver")
    record = next(one for one in await newsroom.application.store.archive.sources("local") if one.name == "ledger")
    await newsroom.application.store.archive.remove_source(record.id)
    told = await judge(newsroom, answer, positive=True)
    assert "not here any more" in told.shown


async def test_with_askers_not_logged_nobody_is_named(home: Path, mode: str) -> None:
    async with opened(home, mode, quotedesk_log_askers=False) as newsroom:
        answer = await newsroom.ask("ferry")
        await judge(newsroom, answer, positive=False)
        await newsroom.ask("xylophone")
        store, sources = newsroom.application.store, await newsroom.application.store.archive.sources("local")
        for kind in (Queue.FEEDBACK, Queue.UNANSWERED):
            (task,) = await store.tasks.rows("local", [source.id for source in sources], kind, 10, 0)
            assert task.askers == ()


@pytest.mark.parametrize(("length", "thumbs"), [(LONGEST_QUESTION, True), (LONGEST_QUESTION + 1, False)])
async def test_a_question_too_long_to_carry_has_no_thumbs(newsroom: Newsroom, length: int, thumbs: bool) -> None:
    answer = await newsroom.ask("tide".ljust(length - 4, ".") + " end")
    assert any(element.action_id == FEEDBACK for element in answer.elements) is thumbs
