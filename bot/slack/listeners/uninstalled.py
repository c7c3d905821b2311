"""The app is uninstalled, or its token revoked: it is noted, and nothing more is answered. What was read stays.

Slack sends both events, in any order (reference/events/app_uninstalled, reference/events/tokens_revoked). The token
stands in the settings, which are not the bot's to change.
"""

from typing import Any

import structlog
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.backroom import Backroom
from bot.slack.parts import Parts

log = structlog.stdlib.get_logger()

EVENTS = ("app_uninstalled", "tokens_revoked")


def register(app: AsyncApp, parts: Parts, backroom: Backroom) -> None:
    """Listen for both events; Bolt passes them on unauthorized, since there may be nobody left to ask for."""

    async def ended(body: dict[str, Any], client: AsyncWebClient) -> None:
        if reason := await parts.installation.taken_back(client):
            log.error("Slack took the token back", told_by=body["event"]["type"], reason=reason)
            await backroom.installing.ended(parts.people.workspace(body["team_id"]), reason)

    for event in EVENTS:
        app.event(event)(ended)
