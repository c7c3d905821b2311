"""The Bolt app: one workspace, its requests verified by the signing secret, its bot token checked once."""

from collections.abc import Awaitable, Callable
from datetime import datetime

import aiohttp
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.backroom import Backroom
from bot.slack.calling import WhenBroken, WhenLimited
from bot.slack.installation import Installation
from bot.slack.listeners import register_all
from bot.slack.parts import Parts, QuoteChecks, QuoteDesk
from bot.slack.people import Limits, People
from bot.slack.reading_room import ReadingRoom
from bot.slack.work import Work
from bot.store.deliveries import Deliveries
from bot.wording import words


def build_slack_app(
    *,
    desk: QuoteDesk,
    checks: QuoteChecks,
    backroom: Backroom,
    reading_room: ReadingRoom,
    deliveries: Deliveries,
    limits: Limits,
    workspace_of: Callable[[str], str],
    work: Work,
    clock: Callable[[], datetime],
    bot_token: str,
    signing_secret: str,
    api_url: str = AsyncWebClient.BASE_URL,
    session: aiohttp.ClientSession | None = None,
) -> AsyncApp:
    """The app with all its listeners; nothing connects before the first request.

    `limits` gives all ids that a workspace's sources are limited to. `workspace_of` maps a Slack team id to
    the workspace whose rows are read. `work` is the caller's to drain at shutdown, `session` (kept-alive
    connections) to close. `api_url` is another one for a stand-in.
    """
    installation = Installation(bot_token)
    client = AsyncWebClient(
        base_url=api_url,
        session=session,
        retry_handlers=[WhenBroken(), WhenLimited()],
    )
    app = AsyncApp(
        name="quotedesk",
        client=client,
        signing_secret=signing_secret,
        # A listener acknowledges and begins its work, which goes on by itself. Bolt's other way is to look every 10 ms
        # whether a listener has acknowledged yet.
        process_before_response=True,
        authorize=_authorized_by(installation),
        user_facing_authorize_error_message=words.NOT_INSTALLED,
    )
    people = People(workspace_of, limits, clock)
    register_all(app, Parts(desk, checks, people, deliveries, work, clock, installation, reading_room), backroom)
    return app


def _authorized_by(installation: Installation) -> Callable[..., Awaitable[AuthorizeResult | None]]:
    """A function, as Bolt wants it: it reads the names of the arguments.

    Given even though there is one token only: without it Bolt would look into the environment by itself, and turn to
    installations in files as soon as it finds a client id there.
    """

    async def authorize(client: AsyncWebClient, team_id: str | None) -> AuthorizeResult | None:
        return await installation.authorize(client, team_id)

    return authorize
