"""Goes the rounds of the watches while the desk is served."""

import asyncio
import contextlib
from collections.abc import AsyncGenerator, Callable

import aiohttp
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient

from bot.build import Application, utc_now
from bot.lock import WriterLock
from bot.slack.people import Limits, People
from bot.slack.watch_telling import SlackTelling
from bot.watches.finding import Finder
from bot.watches.running import LOOK_EVERY, WatchRounds
from bot.watches.sending import BETWEEN, Sender
from bot.watches.telling import Telling

RETRIES_WHEN_LIMITED = 2


def rounds_of(
    app: Application, telling: Telling, *, every: float = LOOK_EVERY, between: float = BETWEEN
) -> WatchRounds:
    """The rounds of one desk, told through `telling`; seconds between two rounds, and between two messages to one
    conversation."""
    store = app.store
    finder = Finder(store.watches, store.outbox, store.archive, app.engine, app.percolator, utc_now)
    sender = Sender(
        store.watches,
        store.outbox,
        store.archive,
        app.desk,
        app.percolator,
        store.audit,
        telling,
        utc_now,
        between=between,
    )
    return WatchRounds(finder, sender, WriterLock(app.config.home / "watches.lock"), every)


def slack_telling(
    api_url: str, bot_token: str, session: aiohttp.ClientSession, workspace_of: Callable[[str], str], limits: Limits
) -> SlackTelling:
    """Slack as the place where watches are told. Only a call that Slack surely did not take is made again by itself."""
    client = AsyncWebClient(
        token=bot_token,
        base_url=api_url,
        session=session,
        retry_handlers=[AsyncRateLimitErrorRetryHandler(RETRIES_WHEN_LIMITED)],
    )
    return SlackTelling(client, People(workspace_of, limits, utc_now))


@contextlib.asynccontextmanager
async def watching(rounds: WatchRounds) -> AsyncGenerator[None]:
    """Go the rounds meanwhile."""
    running = asyncio.create_task(rounds.run())
    try:
        yield
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
