"""A message to the bot itself: answered there."""

from typing import Any

from slack_bolt.async_app import AsyncApp, AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.listeners.run import run
from bot.slack.listeners.said import by_a_person, message_call
from bot.slack.listeners.typed import answer_typed
from bot.slack.parts import Parts
from bot.slack.replies import InDirectMessage

EVENT = "message"


def register(app: AsyncApp, parts: Parts) -> None:
    """Listen for direct messages; Bolt acknowledges events by itself."""

    async def direct_message(body: dict[str, Any], context: AsyncBoltContext, client: AsyncWebClient) -> None:
        event = body["event"]
        if event.get("channel_type") == "im" and by_a_person(event):
            reply = InDirectMessage(client, event["channel"], event.get("thread_ts"))
            await run(parts, message_call(body, context, client, reply), answer_typed)

    app.event(EVENT)(direct_message)
