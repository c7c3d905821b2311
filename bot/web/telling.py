"""What tells people in Slack of what has changed, while the desk is served."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

from bot.build import Application, utc_now
from bot.lock import WriterLock
from bot.slack.calling import WhenLimited
from bot.slack.home_telling import HomeTelling
from bot.slack.people import Limits, People
from bot.slack.pin_telling import PinTelling
from bot.slack.reading_room import Welcoming
from bot.slack.watch_telling import SlackTelling


@dataclass(frozen=True, slots=True)
class Line:
    """To Slack, on nobody's request: by itself a call is made again only where Slack surely did not take it."""

    client: AsyncWebClient
    people: People


def line_to_slack(
    api_url: str, bot_token: str, session: aiohttp.ClientSession, workspace_of: Callable[[str], str], limits: Limits
) -> Line:
    """A line with the token of the bot."""
    client = AsyncWebClient(
        token=bot_token,
        base_url=api_url,
        session=session,
        retry_handlers=[WhenLimited()],
    )
    return Line(client, People(workspace_of, limits, utc_now))


def watch_telling(line: Line) -> SlackTelling:
    """Tells what watches have found."""
    return SlackTelling(line.client, line.people)


def pin_telling(app: Application, line: Line) -> PinTelling:
    """Tells of changed pins."""
    lock = WriterLock(app.config.home / "notices.lock")
    return PinTelling(line.client, line.people, app.store.notices, app.pins, lock, utc_now)


def home_telling(
    app: Application, line: Line, welcoming: Welcoming, clock: Callable[[], datetime] = utc_now
) -> HomeTelling:
    """Publishes home tabs again."""
    lock = WriterLock(app.config.home / "homes.lock")
    return HomeTelling(line.client, line.people, app.store.homes, welcoming, lock, clock)
