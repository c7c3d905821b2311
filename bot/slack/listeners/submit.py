"""What all submitted modals have in common: who sent them, and a view that can be changed afterwards."""

import asyncio
from dataclasses import dataclass
from typing import Any

import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.blocks.message import Message
from bot.slack.blocks.rich import Json
from bot.slack.calling import refusal
from bot.slack.parts import Call
from bot.slack.replies import InDirectMessage, Reply
from bot.slack.views.modal import modal, telling
from bot.wording import admin_words

log: structlog.stdlib.BoundLogger = structlog.stdlib.get_logger()

BEHIND = 0.5
"""Seconds that a view's next version waits: it must not overtake the one that the acknowledgement brought (there is no
hash of that one to tell them apart)."""


@dataclass(frozen=True, slots=True)
class InView:
    """An open modal, as a `Reply`: what is said takes its place. `hash` is of the version to be replaced, where known.

    A modal that the person has closed meanwhile is left closed.
    """

    client: AsyncWebClient
    view_id: str
    title: str
    hash: str | None = None

    async def say(self, message: Message) -> None:
        """Show the message's blocks, with nothing to send."""
        await self.show(modal(self.title, message.blocks, close=admin_words.CLOSE))

    async def show(self, view: Json) -> None:
        """Put another view in its place."""
        try:
            await self.client.views_update(view_id=self.view_id, view=view, hash=self.hash)
        except SlackApiError as error:
            if refusal(error) not in ("not_found", "hash_conflict"):
                raise
            log.info("The view was gone before it could be changed", view=self.view_id, error=refusal(error))


async def open_loading(call: Call, title: str) -> InView:
    """Open a view at once, within the three seconds that a trigger lasts; what it is to show comes later."""
    view = telling(title, admin_words.LOADING, close=admin_words.CANCEL)
    opened = await call.client.views_open(trigger_id=call.trigger_id, view=view)
    shown: dict[str, str] = opened["view"]
    return InView(call.client, shown["id"], title, shown["hash"])


async def acknowledged() -> None:
    """Wait until Slack has taken the view of the acknowledgement."""
    await asyncio.sleep(BEHIND)


def submission(body: dict[str, Any], client: AsyncWebClient, reply: Reply | None = None) -> Call:
    """A submitted view as a call. Without another reply its answer goes to the person's direct messages."""
    user_id, view = body["user"]["id"], body["view"]
    return Call(
        team_id=body["team"]["id"],
        user_id=user_id,
        channel_id=user_id,
        delivery=f"view {view['id']} {view['hash']}",
        text=view["private_metadata"],
        client=client,
        reply=reply or InDirectMessage(client, user_id, None),
    )
