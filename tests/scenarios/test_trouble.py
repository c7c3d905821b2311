"""When parts fail, the person is told, and nothing leaks."""

import re
from pathlib import Path

import pytest

from bot.errors import SourceChanged, StoreUnavailable
from bot.roles import operator
from bot.sandbox.faults import Fault
from bot.store.tasks import Queue
from bot.wording import slack_words, words
from index.errors import IndexUnavailable, NoIndex
from tests.fakes.desk import FakeDesk, a_card
from tests.scenarios.newsroom import NOTES, Newsroom, add_secret, opened

POST = "chat.postMessage"


@pytest.mark.parametrize(
    ("failure", "sentence"),
    [
        (IndexUnavailable("segment 7 is gone"), words.INDEX_DOWN),
        (NoIndex(), words.NO_INDEX),  # a desk without a source is not "down"
        (StoreUnavailable("/var/lib/x: disk I/O error"), words.STORE_DOWN),
        (SourceChanged("The stored source does not hold these words any more."), "The stored source"),
        (RuntimeError("secret detail"), words.UNEXPECTED),
    ],
)
async def test_a_failure_is_one_sentence_with_an_id(
    home: Path, mode: str, failure: Exception, sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    async with opened(home, mode, FakeDesk([], failure=failure)) as newsroom:
        told = (await newsroom.ask("tide")).shown
    assert told.startswith(sentence)
    error_id = re.search(r"\(Error ([0-9a-f]{8})\)$", told)
    assert error_id
    assert "secret detail" not in told
    captured = capsys.readouterr()
    assert error_id[1] in captured.out + captured.err


async def test_trouble_with_slack_is_told_where_it_can_be(home: Path, mode: str) -> None:
    async with opened(home, mode, FakeDesk([a_card()])) as newsroom:
        answer = await newsroom.ask("tide")
        for fault, said in (
            (Fault(POST, "is_archived"), slack_words.refused("is_archived")),
            (Fault(POST, "ratelimited", retry_after=3600), slack_words.refused("ratelimited")),
            (Fault(POST, status=503), slack_words.refused("")),
        ):
            newsroom.sandbox.fault(POST, fault.error, retry_after=fault.retry_after, status=fault.status)
            await newsroom.sandbox.click("rita", answer, words.SHARE)
            await newsroom.quiet()
            assert newsroom.sandbox.messages("general", "rita")[-1].shown.startswith(said), fault


async def test_a_rate_limit_is_waited_out(home: Path, mode: str) -> None:
    async with opened(home, mode, FakeDesk([a_card()])) as newsroom:
        newsroom.sandbox.fault("users.info", "ratelimited", retry_after=1)
        assert (await newsroom.ask("tide")).shown.startswith("1 passage")


async def test_a_token_that_is_no_good_is_told_and_tried_again(home: Path, mode: str) -> None:
    async with opened(home, mode, FakeDesk([a_card()])) as newsroom:
        newsroom.sandbox.fault("auth.test", "account_inactive")
        assert (await newsroom.ask("tide")).shown == words.NOT_INSTALLED
        assert (await newsroom.ask("tide")).shown.startswith("1 passage")


async def test_slack_that_is_away_is_told_where_it_can_be_and_brings_a_mention_again(home: Path) -> None:
    async with opened(home, "http", FakeDesk([a_card()])) as newsroom:
        newsroom.sandbox.fault("auth.test", status=503, times=2)
        assert (await newsroom.ask("tide")).shown.startswith(slack_words.refused(""))
        mention = await newsroom.sandbox.mention("rita", "general", "tide")
        assert mention.status == 503
        await newsroom.sandbox.redeliver(mention)
        await newsroom.quiet()
        assert newsroom.sandbox.messages("general", "rita")[-1].shown.startswith("1 passage")


async def test_who_slack_does_not_tell_of_is_called_neither_a_guest_nor_no_admin(newsroom: Newsroom) -> None:
    newsroom.sandbox.fault("users.info", status=503)
    assert (await newsroom.sandbox.command("ada", "general", "/sources", "")).ok
    await newsroom.quiet()
    assert newsroom.sandbox.messages("general", "ada")[-1].shown.startswith(slack_words.WHO)


async def test_an_answer_without_what_slack_left_untold_says_so_and_is_no_gap_of_the_corpus(
    newsroom: Newsroom, ledger: Path
) -> None:
    await add_secret(newsroom, ledger, newsroom.ed.id)
    newsroom.sandbox.fault("users.info", status=503)
    assert (await newsroom.sandbox.command("ed", "general", "/quote", "smugglers")).ok
    await newsroom.quiet()
    assert newsroom.sandbox.messages("general", "ed")[-1].shown == slack_words.SOME_LEFT_OUT
    assert (await newsroom.application.admin.queues(operator()))[Queue.UNANSWERED] == 0


async def test_an_answer_that_comes_too_late_for_its_place_comes_as_a_direct_message(newsroom: Newsroom) -> None:
    newsroom.sandbox.fault("response_url", "expired_url")
    assert (await newsroom.sandbox.command("rita", "general", "/quote", "ferry evening bell")).ok
    await newsroom.quiet()
    (answer,) = newsroom.sandbox.messages(newsroom.sandbox.dm_channel("rita"), "rita")
    assert NOTES["ferry.txt"].strip() in answer.shown


async def test_where_the_place_is_closed_the_person_is_told_directly(newsroom: Newsroom) -> None:
    for _ in range(2):  # the answer, and that it failed
        newsroom.sandbox.fault("chat.postEphemeral", "is_archived")
    await newsroom.sandbox.mention("rita", "general", "ferry")
    await newsroom.quiet()
    (told,) = newsroom.sandbox.messages(newsroom.sandbox.dm_channel("rita"), "rita")
    assert told.shown.startswith(slack_words.refused("is_archived"))


async def test_who_waits_when_the_desk_stops_is_told(newsroom: Newsroom) -> None:
    newsroom.sandbox.fault("users.info", delay=5.0)
    assert (await newsroom.sandbox.command("rita", "general", "/quote", "ferry")).ok
    assert await newsroom.work.drain(0.2) == 1
    assert newsroom.sandbox.messages("general", "rita")[-1].shown == slack_words.STOPPED


async def test_a_question_whose_answer_did_not_arrive_is_not_kept_as_unanswered(newsroom: Newsroom) -> None:
    async def kept() -> int:
        return (await newsroom.application.admin.queues(operator()))[Queue.UNANSWERED]

    newsroom.sandbox.fault("response_url", "no_such_thing")
    assert (await newsroom.ask("xylophone")).shown.startswith(words.SLACK_REFUSED)
    assert await kept() == 0
    await newsroom.ask("xylophone")
    assert await kept() == 1


async def test_an_answer_that_slack_does_not_take_is_said_again_as_a_failure(home: Path, mode: str) -> None:
    async with opened(home, mode, FakeDesk([a_card()])) as newsroom:
        newsroom.sandbox.fault("response_url", "no_such_thing")
        assert (await newsroom.ask("tide")).shown.startswith(words.SLACK_REFUSED)
