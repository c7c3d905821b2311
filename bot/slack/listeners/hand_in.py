"""Documents handed in over Slack: a file sent to the bot, or Add as Source in a message's menu. Each is shown to an
admin before it is kept, in direct messages."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltContext
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import BadRequest
from bot.roles import Person
from bot.slack import files
from bot.slack.backroom import Backroom
from bot.slack.blocks import admin_buttons
from bot.slack.blocks.message import Message
from bot.slack.blocks.notice import notice_message
from bot.slack.blocks.preview import handed_in_message
from bot.slack.blocks.progress import refreshed_message
from bot.slack.listeners.click import on_click
from bot.slack.listeners.progress import Progress, in_its_place
from bot.slack.listeners.rights import the_admin
from bot.slack.listeners.run import guarded, run
from bot.slack.listeners.shortcut import of_message
from bot.slack.parts import Call, Parts
from bot.slack.replies import InDirectMessage
from bot.wording import admin_words

SHORTCUT = "add_as_source"
WITH_FILES = "file_share"
MOST_FILES = 10


def register(app: AsyncApp, parts: Parts, backroom: Backroom) -> None:
    """Listen for messages with files, for the shortcut, and for the two buttons below a preview."""

    async def sent(body: dict[str, Any], context: AsyncBoltContext, client: AsyncWebClient) -> None:
        event = body["event"]
        if event.get("channel_type") == "im" and event.get("user") and not event.get("bot_id"):
            await run(parts, _sent(body, context, client), partial(_look_at_files, backroom, _file_ids(event)))

    async def chosen(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        await run(parts, of_message(body, client), partial(_look_at_message, backroom, _file_ids(body["message"])))

    app.event({"type": "message", "subtype": WITH_FILES})(sent)
    app.shortcut(SHORTCUT)(chosen)
    on_click(app, parts, admin_buttons.KEEP, partial(_keep, backroom))
    on_click(app, parts, admin_buttons.DISCARD, partial(_discard, backroom))


async def _look_at_files(backroom: Backroom, file_ids: Sequence[str], parts: Parts, call: Call) -> None:
    """Show each; one that can't be had is told, and the others go on."""
    person = await the_admin(parts, call)
    for file_id in file_ids:
        await guarded(call, partial(_look_at_file, backroom, person, call, file_id, [admin_words.SEEN_BY_ALL]))


async def _look_at_file(backroom: Backroom, person: Person, call: Call, file_id: str, notes: Sequence[str]) -> None:
    file = await files.fetch(call.client, file_id)
    await _show(backroom, person, call, file.name, file.content, notes)


async def _look_at_message(backroom: Backroom, file_ids: Sequence[str], parts: Parts, call: Call) -> None:
    """Show the message's files, or its words where it has none."""
    person = await the_admin(parts, call)
    if not (file_ids or call.text):
        raise BadRequest(admin_words.NOTHING_TO_ADD)
    await call.reply.say(notice_message(admin_words.LOOK_THERE))
    private = await _private(call.client, call.channel_id)
    notes = [admin_words.FROM_PRIVATE if private else admin_words.SEEN_BY_ALL]
    there = replace(call, reply=InDirectMessage(call.client, call.user_id, None))
    for file_id in file_ids:
        await guarded(there, partial(_look_at_file, backroom, person, there, file_id, notes))
    if not file_ids:
        name = admin_words.message_name(call.text)
        await guarded(there, partial(_show, backroom, person, there, name, call.text.encode(), notes))


async def _show(
    backroom: Backroom, person: Person, call: Call, name: str, content: bytes, notes: Sequence[str]
) -> None:
    held = await backroom.receiving.hold(person, name, content)
    preview = await backroom.previewing.file(person, held.name, content)
    await call.reply.say(handed_in_message(preview, held.id, notes))


async def _keep(backroom: Backroom, parts: Parts, call: Call) -> None:
    person = await the_admin(parts, call)

    async def job(progress: Progress) -> Message:
        kept = await backroom.receiving.keep(person, call.text, told=progress.told)
        return refreshed_message([kept], admin_words.KEPT)

    await in_its_place(parts.work, call, admin_words.KEEPING, job)


async def _discard(backroom: Backroom, parts: Parts, call: Call) -> None:
    await backroom.receiving.discard(await the_admin(parts, call), call.text)
    if call.original is not None:
        await call.original.replace(notice_message(admin_words.DISCARDED))


async def _private(client: AsyncWebClient, channel_id: str) -> bool:
    """Whether not everyone can read the conversation; one that can't be seen is taken for such."""
    try:
        info: Any = (await client.conversations_info(channel=channel_id))["channel"]
    except SlackApiError:
        return True
    return bool(info.get("is_private") or info.get("is_im") or info.get("is_mpim"))


def _file_ids(message: dict[str, Any]) -> list[str]:
    return [str(file["id"]) for file in message.get("files") or ()][:MOST_FILES]


def _sent(body: dict[str, Any], context: AsyncBoltContext, client: AsyncWebClient) -> Call:
    event = body["event"]
    return Call(
        team_id=context.team_id or body["team_id"],
        user_id=event["user"],
        channel_id=event["channel"],
        delivery=f"event {body['event_id']}",
        text="",
        client=client,
        reply=InDirectMessage(client, event["channel"], event.get("thread_ts")),
    )
