"""One message that changes as the work goes on: not too often, never after its end, and never left half-way."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import NoReturn

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import Message, Sandbox
from bot.slack.blocks.notice import notice_message
from bot.slack.listeners.progress import Progress, with_progress
from bot.slack.parts import Call
from bot.slack.replies import InDirectMessage
from bot.slack.work import Work
from bot.wording import admin_words, words


@dataclass(slots=True)
class Direct:
    """The direct messages between Ada and the bot."""

    sandbox: Sandbox
    client: AsyncWebClient
    ada: str

    @property
    def seen(self) -> tuple[Message, ...]:
        return self.sandbox.messages(self.sandbox.dm_channel(self.ada), self.ada)

    @property
    def updates(self) -> int:
        return [exchange.name for exchange in self.sandbox.wire].count("chat.update")

    async def begun(self, every: float) -> Progress:
        posted = await self.client.chat_postMessage(channel=self.ada, text="Reading …")
        return Progress(self.client, posted["channel"], posted["ts"], every)

    def call(self) -> Call:
        reply = InDirectMessage(self.client, self.ada, None)
        return Call("T1", self.ada, self.ada, "d", "", self.client, reply)


@pytest.fixture
async def direct() -> AsyncIterator[Direct]:
    async with await Sandbox.start() as sandbox:
        client = AsyncWebClient(sandbox.app.bot_token, base_url=sandbox.api_url)
        yield Direct(sandbox, client, sandbox.add_user("ada").id)


async def test_many_steps_make_few_updates_and_the_end_stays(direct: Direct) -> None:
    progress = await direct.begun(every=0.2)
    async with progress.watched():
        for done in range(200):
            progress.told("Reading notes", done, 200)
            await asyncio.sleep(0.002)
        await progress.say(notice_message("Done."))
        progress.told("Reading notes", 200, 200)
        await asyncio.sleep(0.3)
    (message,) = direct.seen
    assert message.shown == "Done."
    assert message.text == "Done."
    assert 2 <= direct.updates <= 12


async def test_what_is_shown_meanwhile_is_the_newest(direct: Direct) -> None:
    progress = await direct.begun(every=0.01)
    async with progress.watched():
        progress.told("Reading notes", 120, 2400)
        await direct.sandbox.until(lambda: True if "(5%)" in direct.seen[0].shown else None)
        assert direct.seen[0].text == admin_words.progress("Reading notes", 120, 2400)


async def test_an_update_that_slack_refuses_stops_nothing(direct: Direct) -> None:
    direct.sandbox.fault("chat.update", "ratelimited", times=1)
    progress = await direct.begun(every=0.01)
    async with progress.watched():
        progress.told("Reading notes", 1, 2)
        await direct.sandbox.until(lambda: direct.sandbox.refused or None)
        await progress.say(notice_message("Done."))
    assert direct.seen[-1].shown == "Done."


async def test_work_that_fails_ends_with_a_sentence(direct: Direct) -> None:
    async def job(_progress: Progress) -> NoReturn:
        raise RuntimeError("secret")

    await with_progress(Work(), direct.call(), "Reading …", job, announced=False)
    (message,) = direct.seen
    assert message.shown.startswith(words.UNEXPECTED)


async def test_work_that_is_cut_off_by_a_shutdown_says_so(direct: Direct) -> None:
    begun = asyncio.Event()

    async def job(_progress: Progress) -> NoReturn:
        begun.set()
        await asyncio.sleep(60)
        raise AssertionError

    task = asyncio.create_task(with_progress(Work(), direct.call(), "Reading …", job, announced=False))
    await begun.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert direct.seen[0].shown == admin_words.CUT_OFF
