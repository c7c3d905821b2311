"""The site of one desk, put together; none where nobody could sign in."""

from collections.abc import Awaitable, Callable
from datetime import datetime

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.build import Application, utc_now
from bot.slack.calling import WhenBroken, WhenLimited
from bot.slack.people import Limits, People
from bot.slack.work import Work
from bot.web.door import Cookies, Door
from bot.web.openid import OpenId, SlackSilent
from bot.web.sealing import Seal
from bot.web.sign_in import DONE, SignIn
from bot.web.site import Site
from bot.wording import page_words

log: structlog.stdlib.BoundLogger = structlog.stdlib.get_logger()


def site_of(
    app: Application,
    session: aiohttp.ClientSession,
    workspace_of: Callable[[str], str],
    limits: Limits,
    work: Work,
    clock: Callable[[], datetime] = utc_now,
) -> Site | None:
    """The pages where the settings allow signing in; else None, and the log says what is missing."""
    config = app.config
    if (
        config.pages_at is None
        or config.secret_key is None
        or config.slack_bot_token is None
        or config.slack_client_id is None
        or config.slack_client_secret is None
    ):
        log.info("pages are off", missing=config.pages_need)
        return None
    client = AsyncWebClient(
        token=config.slack_bot_token.get_secret_value(),
        base_url=config.slack_api_url,
        session=session,
        retry_handlers=[WhenBroken(), WhenLimited()],
    )
    nobody = AsyncWebClient(base_url=config.slack_api_url, session=session)
    seal, cookies = Seal(config.secret_key.get_secret_value()), Cookies(config.pages_at.startswith("https:"))
    people = People(workspace_of, limits, clock)
    door = Door(seal, cookies, app.store.sessions, app.store.audit, people, client, clock)
    secret = config.slack_client_secret.get_secret_value()
    openid = OpenId(nobody, config.slack_client_id, secret, config.pages_at + DONE)
    return Site(app, door, SignIn(door, openid, seal, cookies, _team_of(client), clock), config.pages_at, work)


def _team_of(client: AsyncWebClient) -> Callable[[], Awaitable[str]]:
    """The workspace of the token, asked once. Raises SlackSilent."""
    known: list[str] = []

    async def team() -> str:
        if not known:
            try:
                known.append((await client.auth_test())["team_id"])
            except (SlackApiError, aiohttp.ClientError, TimeoutError) as error:
                raise SlackSilent(page_words.SLACK_SILENT) from error
        return known[0]

    return team
