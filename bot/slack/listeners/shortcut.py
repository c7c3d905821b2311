"""What all shortcuts in a message's menu have in common: the message's words, answered for the one who chose."""

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.incoming import typed
from bot.slack.listeners.run import Behaviour, run
from bot.slack.parts import Call, Parts
from bot.slack.replies import ByResponseUrl


def on_shortcut(app: AsyncApp, parts: Parts, callback_id: str, behaviour: Behaviour) -> None:
    """Acknowledge the shortcut, and run the behaviour with the message's words as the text."""

    async def chosen(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        await run(parts, of_message(body, client), behaviour)

    app.shortcut(callback_id)(chosen)


def of_message(body: dict[str, Any], client: AsyncWebClient) -> Call:
    """The call that a message shortcut's payload makes."""
    return Call(
        team_id=body["team"]["id"],
        user_id=body["user"]["id"],
        channel_id=body["channel"]["id"],
        delivery=f"shortcut {body['trigger_id']}",
        text=typed(body["message"].get("text") or ""),
        client=client,
        reply=ByResponseUrl(client, body["response_url"], body["user"]["id"]),
    )
