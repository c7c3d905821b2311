"""`/quote …`: answered for the asker alone."""

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.incoming import typed
from bot.slack.listeners.run import run
from bot.slack.listeners.typed import answer_typed
from bot.slack.parts import Call, Parts
from bot.slack.replies import ByResponseUrl

COMMAND = "/quote"


def register(app: AsyncApp, parts: Parts) -> None:
    """Listen for the command."""

    async def quote(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        await run(parts, _call(body, client), answer_typed)

    app.command(COMMAND)(quote)


def _call(body: dict[str, Any], client: AsyncWebClient) -> Call:
    return Call(
        team_id=body["team_id"],
        user_id=body["user_id"],
        channel_id=body["channel_id"],
        delivery=f"command {body['trigger_id']}",
        text=typed(body.get("text") or ""),
        client=client,
        reply=ByResponseUrl(client, body["response_url"]),
    )
