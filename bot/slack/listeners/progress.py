"""Long work, told in one direct message that changes in place. A response_url would be spent after five updates."""

import asyncio
import contextlib
from collections.abc import AsyncGenerator, Awaitable, Callable
from dataclasses import replace

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.blocks.message import Message
from bot.slack.blocks.notice import notice_message
from bot.slack.blocks.progress import progress_message
from bot.slack.calling import refusal
from bot.slack.listeners.run import guarded
from bot.slack.parts import Call
from bot.slack.work import CutOff, Work
from bot.wording import admin_words

log: structlog.stdlib.BoundLogger = structlog.stdlib.get_logger()

EVERY = 2.0
"""Seconds between two updates: Slack takes about one a second in a conversation."""


class Progress:
    """A message of the bot's that changes as the work goes on. It is a `Reply`: what is said ends it, and stays."""

    def __init__(self, client: AsyncWebClient, channel: str, ts: str, every: float = EVERY) -> None:
        self._client = client
        self._channel, self._ts = channel, ts
        self._every = every
        self._state: tuple[str, int, int] | None = None
        self._news = asyncio.Event()
        self._turn = asyncio.Lock()
        self._finished = False

    def told(self, doing: str, done: int, total: int) -> None:
        """Take note of how far the work is; it is shown when its turn comes."""
        self._state = (doing, done, total)
        self._news.set()

    async def begin(self, opening: str) -> None:
        """Take the message's place. Raises SlackApiError where it can't be changed."""
        await self._change(notice_message(opening))

    async def say(self, message: Message) -> None:
        """End with this. Where the message can't be changed any more a new one is posted."""
        self._finished = True
        async with self._turn:  # an update under way must not arrive after the end
            try:
                await self._change(message)
            except SlackApiError as error:
                log.warning("The progress message could not be changed", error=refusal(error))
                self._channel, self._ts = await _post(self._client, self._channel, message)

    @contextlib.asynccontextmanager
    async def watched(self) -> AsyncGenerator[None]:
        """Keep the message up to date meanwhile; work that is cut off by a shutdown says so."""
        ticking = asyncio.create_task(self._tick())
        try:
            yield
        except asyncio.CancelledError:
            await self.say(notice_message(admin_words.CUT_OFF))
            raise CutOff from None
        finally:
            ticking.cancel()
            await asyncio.gather(ticking, return_exceptions=True)

    async def _tick(self) -> None:
        while True:
            await self._news.wait()
            self._news.clear()
            await self._show()
            await asyncio.sleep(self._every)

    async def _show(self) -> None:
        async with self._turn:
            if self._finished or self._state is None:
                return
            try:
                await self._change(progress_message(*self._state))
            except (SlackApiError, aiohttp.ClientError, TimeoutError) as error:
                # The next update, or the end, may get through.
                log.warning("Progress could not be shown", error=str(error))

    async def _change(self, message: Message) -> None:
        await self._client.chat_update(channel=self._channel, ts=self._ts, text=message.text, blocks=message.blocks)


Job = Callable[[Progress], Awaitable[Message]]
"""Does the work, telling the progress, and gives the message that ends it."""


async def with_progress(work: Work, call: Call, opening: str, job: Job, *, announced: bool = True) -> None:
    """Do the work with its progress in the caller's direct messages: its message, or the sentence of its failure, ends
    it. `announced` tells the caller where to look, unless they look there already."""
    # Slack opens the direct messages where a person's id stands for a channel's.
    channel, ts = await _post(call.client, call.user_id, notice_message(opening))
    if announced:
        await call.reply.say(notice_message(admin_words.FOLLOW_THERE))
    await _watch(work, Progress(call.client, channel, ts), call, job)


async def in_its_place(work: Work, call: Call, opening: str, job: Job) -> None:
    """The same in the place of the message whose button was pressed, which is the bot's own and no ephemeral one."""
    progress = Progress(call.client, call.channel_id, call.message_ts)
    await progress.begin(opening)
    await _watch(work, progress, call, job)


async def _watch(work: Work, progress: Progress, call: Call, job: Job) -> None:
    async def to_the_end() -> None:
        await progress.say(await job(progress))

    async with work.aside(), progress.watched():
        await guarded(replace(call, reply=progress), to_the_end)


async def _post(client: AsyncWebClient, channel: str, message: Message) -> tuple[str, str]:
    """The conversation's id and the message's ts."""
    posted = await client.chat_postMessage(
        channel=channel, text=message.text, blocks=message.blocks, unfurl_links=False, unfurl_media=False
    )
    conversation: str = posted["channel"]
    ts: str = posted["ts"]
    return conversation, ts
