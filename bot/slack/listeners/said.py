"""What all messages typed to the bot have in common: who wrote them, where, and what they say."""

from typing import Any

from slack_bolt.async_app import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.incoming import mentioned, typed
from bot.slack.parts import Call
from bot.slack.replies import Reply


def by_a_person(event: dict[str, Any]) -> bool:
    """Not by a bot, which could go on forever, and no edit, deletion or notice: these carry a subtype."""
    ignored = event.get("subtype") or event.get("bot_id") or event.get("hidden") or event.get("edited")
    return bool(event.get("user")) and not ignored


def message_call(body: dict[str, Any], context: AsyncBoltContext, client: AsyncWebClient, reply: Reply) -> Call:
    """A message event as a call."""
    event = body["event"]
    return Call(
        team_id=context.team_id or body["team_id"],
        user_id=event["user"],
        channel_id=event["channel"],
        delivery=f"event {body['event_id']}",
        text=typed(event.get("text") or "", context.bot_user_id),
        client=client,
        reply=reply,
        thread_ts=event.get("thread_ts"),
        mentions=mentioned(event.get("text") or ""),
    )
