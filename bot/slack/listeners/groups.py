"""The options of the field in which user groups are chosen: the workspace's groups, for admins alone."""

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.roles import may_administer
from bot.slack.backroom import Backroom
from bot.slack.parts import Parts
from bot.slack.views.groups import GROUPS, offered


def register(app: AsyncApp, parts: Parts, _backroom: Backroom) -> None:
    """Listen for what is typed into the field."""

    async def typed(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        team_id = body["team"]["id"]
        person = await parts.people.person(client, team_id, body["user"]["id"])
        groups = await parts.people.groups(client, team_id) if may_administer(person) else ()
        await ack(options=offered(groups, body["value"]))

    app.options(GROUPS)(typed)
