"""Share to Channel: the card as a message of the bot, once everyone who will see it may read its source."""

from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError

from bot.asking.cards import Card, PassageRef
from bot.errors import BadRequest, NotAllowed
from bot.roles import Person
from bot.slack.blocks import buttons
from bot.slack.blocks.message import Message
from bot.slack.blocks.notice import notice_message
from bot.slack.blocks.shared import shared_message
from bot.slack.calling import refusal
from bot.slack.listeners.click import on_click, read_value
from bot.slack.parts import Call, Parts
from bot.store.shares import Share
from bot.wording import words

NO_MEMBER = frozenset({"not_in_channel", "channel_not_found"})


def register(app: AsyncApp, parts: Parts) -> None:
    """Listen for the button."""
    on_click(app, parts, buttons.SHARE, _share)


async def _share(parts: Parts, call: Call) -> None:
    if not call.in_channel:
        raise BadRequest(words.SHARE_NEEDS_CHANNEL)
    ref = read_value(PassageRef.parse, call.text)
    person = await parts.people.person(call.client, call.team_id, call.user_id)
    card, open_to_all = await shareable(parts, call, person, ref)
    message = shared_message(card, call.user_id)
    ts = await _posted(call, message)
    if ts is not None:
        await parts.desk.shared(person, record(parts, call, person, ref, ts))
        await call.reply.say(notice_message(words.SHARED))
    elif open_to_all and call.original is not None:
        await call.original.say_to_channel(message)
        await call.reply.say(notice_message(words.SHARED_AS_REPLY))
    else:
        raise NotAllowed(words.NOT_SHARED_UNSEEN)


async def shareable(parts: Parts, call: Call, person: Person, ref: PassageRef) -> tuple[Card, bool]:
    """The card, and whether everyone may read it: only where not, the channel's readers are asked for one by one."""
    try:
        return await parts.desk.shareable(person, ref, [parts.people.anyone(call.team_id)]), True
    except NotAllowed:
        readers = await parts.people.readers(call.client, call.team_id, call.channel_id)
        return await parts.desk.shareable(person, ref, readers), False


async def _posted(call: Call, message: Message) -> str | None:
    """The posted message's ts; None where the bot is no member."""
    try:
        response = await call.client.chat_postMessage(
            channel=call.channel_id,
            thread_ts=call.thread_ts,
            text=message.text,
            blocks=message.blocks,
            unfurl_links=False,
            unfurl_media=False,
        )
    except SlackApiError as error:
        if refusal(error) in NO_MEMBER:
            return None
        raise
    ts: str = response["ts"]
    return ts


def record(parts: Parts, call: Call, person: Person, ref: PassageRef, ts: str) -> Share:
    """What is kept of a card that a channel sees, below or in the message `ts`."""
    return Share(
        workspace_id=person.workspace_id,
        channel=call.channel_id,
        ts=ts,
        shared_by=person.user_id,
        at=parts.clock(),
        document_id=ref.document_id,
        version=ref.version,
        start=ref.start,
        end=ref.end,
    )
