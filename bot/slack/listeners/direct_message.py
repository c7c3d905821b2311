"""A message to the bot itself: answered there."""

from typing import Any

from slack_bolt.async_app import AsyncApp, AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.incoming import typed
from bot.slack.listeners.run import run
from bot.slack.listeners.typed import answer_typed
from bot.slack.parts import Call, Parts
from bot.slack.replies import InDirectMessage

EVENT = "message"


def register(app: AsyncApp, parts: Parts) -> None:
    """Listen for direct messages; Bolt acknowledges events before it calls."""

    async def direct_message(body: dict[str, Any], context: AsyncBoltContext, client: AsyncWebClient) -> None:
        if _typed_to_the_bot(body["event"]):
            await run(parts, _call(body, context, client), answer_typed)

    app.event(EVENT)(direct_message)


def _typed_to_the_bot(event: dict[str, Any]) -> bool:
    """Not a bot's own message, and no edit, deletion or notice: these carry a subtype."""
    ignored = event.get("subtype") or event.get("bot_id") or event.get("hidden") or event.get("edited")
    return event.get("channel_type") == "im" and bool(event.get("user")) and not ignored


def _call(body: dict[str, Any], context: AsyncBoltContext, client: AsyncWebClient) -> Call:
    event = body["event"]
    thread_ts = event.get("thread_ts")
    return Call(
        team_id=context.team_id or body["team_id"],
        user_id=event["user"],
        channel_id=event["channel"],
        delivery=f"event {body['event_id']}",
        text=typed(event.get("text") or "", context.bot_user_id),
        client=client,
        reply=InDirectMessage(client, event["channel"], thread_ts),
        thread_ts=thread_ts,
    )
