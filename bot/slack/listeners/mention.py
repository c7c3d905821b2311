"""`@Quotedesk …` in a channel or a thread, where commands don't work: answered for the asker alone, in that thread."""

from typing import Any

from slack_bolt.async_app import AsyncApp, AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.incoming import typed
from bot.slack.listeners.run import run
from bot.slack.listeners.typed import answer_typed
from bot.slack.parts import Call, Parts
from bot.slack.replies import Privately

EVENT = "app_mention"


def register(app: AsyncApp, parts: Parts) -> None:
    """Listen for mentions; Bolt acknowledges events before it calls."""

    async def mention(body: dict[str, Any], context: AsyncBoltContext, client: AsyncWebClient) -> None:
        if _by_a_person(body["event"]):
            await run(parts, _call(body, context, client), answer_typed)

    app.event(EVENT)(mention)


def _by_a_person(event: dict[str, Any]) -> bool:
    """Not by a bot, which could go on forever, and not a message edited later."""
    return bool(event.get("user")) and not (event.get("bot_id") or event.get("subtype") or event.get("edited"))


def _call(body: dict[str, Any], context: AsyncBoltContext, client: AsyncWebClient) -> Call:
    event = body["event"]
    # Slack shows an ephemeral message in a thread only where the thread exists already.
    thread_ts = event.get("thread_ts")
    return Call(
        team_id=context.team_id or body["team_id"],
        user_id=event["user"],
        channel_id=event["channel"],
        delivery=f"event {body['event_id']}",
        text=typed(event.get("text") or "", context.bot_user_id),
        client=client,
        reply=Privately(client, event["channel"], event["user"], thread_ts),
        thread_ts=thread_ts,
    )
