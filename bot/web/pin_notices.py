"""What tells of changed pins while the desk is served."""

from collections.abc import Callable

import aiohttp
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient

from bot.build import Application, utc_now
from bot.lock import WriterLock
from bot.slack.people import Limits, People
from bot.slack.pin_telling import PinTelling
from bot.web.watching import RETRIES_WHEN_LIMITED


def pin_telling(
    app: Application,
    bot_token: str,
    session: aiohttp.ClientSession,
    workspace_of: Callable[[str], str],
    limits: Limits,
    *,
    api_url: str,
) -> PinTelling:
    """In Slack. Only a call that Slack surely did not take is made again by itself."""
    client = AsyncWebClient(
        token=bot_token,
        base_url=api_url,
        session=session,
        retry_handlers=[AsyncRateLimitErrorRetryHandler(RETRIES_WHEN_LIMITED)],
    )
    people = People(workspace_of, limits, utc_now)
    return PinTelling(
        client, people, app.store.notices, app.pins, WriterLock(app.config.home / "notices.lock"), utc_now
    )
