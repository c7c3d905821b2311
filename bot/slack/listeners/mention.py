"""`@Quotedesk …` in a channel or a thread, where commands don't work: answered for the asker alone, in that thread."""

from typing import Any

from slack_bolt.async_app import AsyncApp, AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.listeners.run import run
from bot.slack.listeners.said import by_a_person, message_call
from bot.slack.listeners.typed import answer_typed
from bot.slack.parts import Parts
from bot.slack.replies import Privately

EVENT = "app_mention"


def register(app: AsyncApp, parts: Parts) -> None:
    """Listen for mentions; Bolt acknowledges events by itself."""

    async def mention(body: dict[str, Any], context: AsyncBoltContext, client: AsyncWebClient) -> None:
        event = body["event"]
        if by_a_person(event):
            # Slack shows an ephemeral message in a thread only where the thread exists already.
            reply = Privately(client, event["channel"], event["user"], event.get("thread_ts"))
            await run(parts, message_call(body, context, client, reply), answer_typed)

    app.event(EVENT)(mention)
