"""A permalink of this desk in somebody's message is shown as the card it points at, where everyone who reads the
channel may read it; elsewhere nothing is shown and nothing said. https://docs.slack.dev/messaging/unfurling-links-in-messages
"""

from dataclasses import dataclass
from functools import partial
from typing import Any

import structlog
from slack_bolt.async_app import AsyncApp, AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.asking.cards import PassageRef
from bot.asking.permalinks import PinRef, pointed_at
from bot.errors import NotAllowed, SourceChanged
from bot.pinning import PinView
from bot.roles import Person
from bot.slack.blocks.message import Message
from bot.slack.blocks.rich import Json
from bot.slack.blocks.unfurled import unfurled_blocks
from bot.slack.listeners.run import run
from bot.slack.listeners.share import record, shareable
from bot.slack.parts import Call, Parts
from bot.store.pins import PinStatus

log: structlog.stdlib.BoundLogger = structlog.stdlib.get_logger()

EVENT = "link_shared"
COMPOSER = "COMPOSER"
"""Where a message is still being written: who will read it is not known."""

_STANDS = frozenset({PinStatus.ACTIVE, PinStatus.EXPIRED, PinStatus.MOVED})


@dataclass(frozen=True, slots=True)
class Unanswered:
    """Nobody asked, so nobody is told of a failure but the log."""

    async def say(self, message: Message) -> None:
        """Write it down."""
        log.warning("a link was not unfurled", reason=message.text)


def register(app: AsyncApp, parts: Parts) -> None:
    """Listen for links; Bolt acknowledges events by itself."""

    async def shared(body: dict[str, Any], context: AsyncBoltContext, client: AsyncWebClient) -> None:
        event = body["event"]
        if parts.reading_room.public_url is None or event["channel"] == COMPOSER:
            return
        call = Call(
            team_id=context.team_id or body["team_id"],
            user_id=event["user"],
            channel_id=event["channel"],
            delivery=f"event {body['event_id']}",
            text="",
            client=client,
            reply=Unanswered(),
            message_ts=event["message_ts"],
        )
        urls = [str(link["url"]) for link in event["links"]]
        await run(parts, call, partial(_unfurl, urls, parts.reading_room.public_url))

    app.event(EVENT)(shared)


async def _unfurl(urls: list[str], public_url: str, parts: Parts, call: Call) -> None:
    person = await parts.people.person(call.client, call.team_id, call.user_id)
    shown: dict[str, Json] = {}
    for url in dict.fromkeys(urls):
        try:
            blocks = await _shown(parts, call, person, pointed_at(public_url, url))
        except (NotAllowed, SourceChanged):
            continue  # not for all who read there, or not there any more: what that is must not be told either
        if blocks is not None:
            shown[url] = {"blocks": blocks}
    if shown:
        await call.client.chat_unfurl(channel=call.channel_id, ts=call.message_ts, unfurls=shown)


async def _shown(parts: Parts, call: Call, person: Person, target: PassageRef | PinRef | None) -> list[Json] | None:
    """The card's blocks; None where the address is no card's."""
    match target:
        case None:
            return None
        case PinRef(pin_id):
            view = await parts.reading_room.pinning.show(person, pin_id)
            return await _card(parts, call, person, view.card.ref, view) if view.status in _STANDS else None
        case PassageRef():
            return await _card(parts, call, person, target)


async def _card(parts: Parts, call: Call, person: Person, ref: PassageRef, view: PinView | None = None) -> list[Json]:
    card, _ = await shareable(parts, call, person, ref)
    await parts.desk.shared(person, record(parts, call, person, ref, call.message_ts))
    return unfurled_blocks(card, view)
