"""What all slash commands have in common: who typed it where, and that the answer is for them alone."""

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.incoming import mentioned, typed
from bot.slack.listeners.run import Behaviour, run
from bot.slack.parts import Call, Parts
from bot.slack.replies import ByResponseUrl


def on_command(app: AsyncApp, parts: Parts, command: str, behaviour: Behaviour) -> None:
    """Acknowledge the command, and run the behaviour with what was typed after it as the text."""

    async def called(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        await run(parts, _call(body, client), behaviour)

    app.command(command)(called)


def _call(body: dict[str, Any], client: AsyncWebClient) -> Call:
    return Call(
        team_id=body["team_id"],
        user_id=body["user_id"],
        channel_id=body["channel_id"],
        delivery=f"command {body['trigger_id']}",
        text=typed(body.get("text") or ""),
        client=client,
        reply=ByResponseUrl(client, body["response_url"], body["user_id"]),
        trigger_id=body["trigger_id"],
        mentions=mentioned(body.get("text") or ""),
    )
