"""What publishes home tabs again while the desk is served."""

from collections.abc import Callable

import aiohttp
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient

from bot.build import Application, utc_now
from bot.lock import WriterLock
from bot.slack.home_telling import HomeTelling
from bot.slack.people import Limits, People
from bot.slack.reading_room import Welcoming
from bot.web.watching import RETRIES_WHEN_LIMITED


def home_telling(
    app: Application,
    welcoming: Welcoming,
    bot_token: str,
    session: aiohttp.ClientSession,
    workspace_of: Callable[[str], str],
    limits: Limits,
) -> HomeTelling:
    """In Slack."""
    client = AsyncWebClient(
        token=bot_token,
        base_url=app.config.slack_api_url,
        session=session,
        retry_handlers=[AsyncRateLimitErrorRetryHandler(RETRIES_WHEN_LIMITED)],
    )
    lock = WriterLock(app.config.home / "homes.lock")
    return HomeTelling(client, People(workspace_of, limits, utc_now), app.store.homes, welcoming, lock, utc_now)
