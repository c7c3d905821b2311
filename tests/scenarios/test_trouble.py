"""When parts fail, the person is told, and nothing leaks."""

import re
from pathlib import Path

import pytest

from bot.errors import SourceChanged, StoreUnavailable
from bot.wording import words
from index.errors import IndexUnavailable, NoIndex
from tests.fakes.desk import FakeDesk, a_card
from tests.scenarios.newsroom import opened


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
        newsroom.sandbox.fault("chat.postMessage", "fatal_error")
        await newsroom.sandbox.click("rita", answer, words.SHARE)
        await newsroom.quiet()
        assert newsroom.sandbox.messages("general", "rita")[-1].shown.startswith(words.SLACK_REFUSED)


async def test_a_rate_limit_is_waited_out(home: Path, mode: str) -> None:
    async with opened(home, mode, FakeDesk([a_card()])) as newsroom:
        newsroom.sandbox.fault("users.info", "ratelimited", retry_after=1)
        assert (await newsroom.ask("tide")).shown.startswith("1 passage")


async def test_a_token_that_is_no_good_is_told_and_tried_again(home: Path, mode: str) -> None:
    async with opened(home, mode, FakeDesk([a_card()])) as newsroom:
        newsroom.sandbox.fault("auth.test", "account_inactive")
        assert (await newsroom.ask("tide")).shown == words.NOT_INSTALLED
        assert (await newsroom.ask("tide")).shown.startswith("1 passage")


async def test_an_answer_that_slack_does_not_take_is_said_again_as_a_failure(home: Path, mode: str) -> None:
    async with opened(home, mode, FakeDesk([a_card()])) as newsroom:
        newsroom.sandbox.fault("response_url", "no_such_thing")
        assert (await newsroom.ask("tide")).shown.startswith(words.SLACK_REFUSED)
