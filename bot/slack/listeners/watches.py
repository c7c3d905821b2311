"""`/quote watch …`, Watch This, the form behind them, and the list with its buttons."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import partial
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.asking.commands import watched_words
from bot.errors import NotAllowed
from bot.pin_names import without_pins
from bot.roles import Person, may_administer
from bot.slack.blocks import watches as blocks
from bot.slack.blocks.message import Message
from bot.slack.calling import UNREACHED, refusal
from bot.slack.listeners.click import on_click, read_value
from bot.slack.listeners.run import guarded, run
from bot.slack.listeners.submit import open_loading, submission
from bot.slack.parts import Call, Parts
from bot.slack.reading_room import Watching
from bot.slack.replies import ByResponseUrl, InDirectMessage
from bot.slack.views import watch_form as views
from bot.store.watching import Watch
from bot.watches.watches import Told, Wish
from bot.wording import watch_words
from index.errors import BadQuery
from index.query import parse

NO_MEMBER = frozenset({"not_in_channel", "channel_not_found", "is_archived"})


def register(app: AsyncApp, parts: Parts) -> None:
    """Listen for the buttons and the form."""

    async def filled_in(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        wish, here = views.read(body["view"])
        if mistake := _mistake(wish):
            await ack(response_action="errors", errors={views.WORDS: mistake})
            return
        await ack()
        asked = views.Asked.parse(body["view"]["private_metadata"])
        user_id = body["user"]["id"]
        direct = InDirectMessage(client, user_id, None)
        reply = ByResponseUrl(client, asked.response_url, user_id) if asked.response_url else direct
        await run(parts, submission(body, client, reply), partial(_start, wish, asked.channel if here else None))

    async def edited(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        wish, _ = views.read(body["view"])
        if mistake := _mistake(wish):
            await ack(response_action="errors", errors={views.WORDS: mistake})
            return
        await ack()
        editing = views.Editing.parse(body["view"]["private_metadata"])
        message = ByResponseUrl(client, editing.response_url, body["user"]["id"]) if editing.response_url else None
        call = replace(submission(body, client, message), original=message, channel_id=editing.channel)
        await run(parts, call, partial(_edit, wish, editing))

    on_click(app, parts, blocks.WATCH, _open)
    on_click(app, parts, blocks.EDIT, _open_edit)
    app.view(views.FORM)(filled_in)
    app.view(views.EDIT_FORM)(edited)
    for action_id in (blocks.MANAGE, *blocks.PAGING):
        on_click(app, parts, action_id, _manage if action_id == blocks.MANAGE else _turn)
    for action_id, change, told in (
        (blocks.PAUSE, _pause, watch_words.PAUSED_NOW),
        (blocks.RESUME, _resume, watch_words.RESUMED_NOW),
        (blocks.REMOVE, _remove, watch_words.REMOVED),
    ):
        on_click(app, parts, action_id, partial(_changed, change, told))


def _mistake(wish: Wish) -> str | None:
    """What is to be mended in the question."""
    try:
        without_pins(parse(wish.question))
    except BadQuery as error:
        return str(error)
    return None


async def watch_typed(parts: Parts, call: Call, typed: str) -> list[Message]:
    """The answer to `watch …`: the offer to set one up, or with nothing behind it the list."""
    person = await parts.people.person(call.client, call.team_id, call.user_id)
    question = watched_words(typed)
    if not question:
        return [await _listed(parts, call, person, typed=typed)]
    return [blocks.offer_message(await parts.reading_room.watching.preview(person, question), typed)]


async def _open(_parts: Parts, call: Call) -> None:
    response_url = call.original.url if call.original else ""
    asked = views.Asked(call.channel_id if call.in_channel else "", response_url)
    await call.client.views_open(trigger_id=call.trigger_id, view=views.form(call.text, asked))


async def _start(wish: Wish, channel: str | None, parts: Parts, call: Call) -> None:
    """Set it up, and say so where it will be told."""
    person = await parts.people.person(call.client, call.team_id, call.user_id)
    watching = parts.reading_room.watching
    await watching.preview(person, wish.question)
    zone = await parts.people.zone(call.client, call.team_id, call.user_id)
    if channel is None:
        # The conversation's id is learnt by opening it with a first message; later it is looked through by that.
        await _personally(parts, call, person, wish, zone)
        return
    await _check_channel(parts, call, channel)
    watch = await watching.start(person, wish, Told(call.team_id, channel, False, zone))
    try:
        await _post(call, channel, blocks.started_message(watch))
    except (SlackApiError, *UNREACHED) as error:
        await watching.remove(person, watch.id)
        if isinstance(error, SlackApiError) and refusal(error) in NO_MEMBER:
            raise NotAllowed(watch_words.NOT_A_MEMBER) from error
        raise
    await call.reply.say(blocks.told_message(watch))


async def _personally(parts: Parts, call: Call, person: Person, wish: Wish, zone: str) -> None:
    opened = await _post(call, call.user_id, blocks.opening_message(wish.question))
    watch = await parts.reading_room.watching.start(person, wish, Told(call.team_id, opened["channel"], True, zone))
    message = blocks.started_message(watch)
    await call.client.chat_update(channel=opened["channel"], ts=opened["ts"], text=message.text, blocks=message.blocks)
    if not isinstance(call.reply, InDirectMessage):
        await call.reply.say(blocks.told_message(watch))


async def _check_channel(parts: Parts, call: Call, channel: str) -> None:
    """Raises NotAllowed where the bot or the asker is no member."""
    try:
        info: Any = (await call.client.conversations_info(channel=channel))["channel"]
    except SlackApiError as error:
        if refusal(error) in NO_MEMBER:
            raise NotAllowed(watch_words.NOT_A_MEMBER) from error
        raise
    if not (info.get("is_member") or info.get("is_mpim")):
        raise NotAllowed(watch_words.NOT_A_MEMBER)
    if not await parts.people.belongs(call.client, call.team_id, call.user_id, (channel,)):
        raise NotAllowed(watch_words.YOURSELF_NO_MEMBER)


async def _post(call: Call, channel: str, message: Message) -> Any:
    return await call.client.chat_postMessage(
        channel=channel, text=message.text, blocks=message.blocks, unfurl_links=False, unfurl_media=False
    )


async def _manage(parts: Parts, call: Call) -> None:
    person = await parts.people.person(call.client, call.team_id, call.user_id)
    await call.reply.say(await _listed(parts, call, person))


async def _turn(parts: Parts, call: Call) -> None:
    person = await parts.people.person(call.client, call.team_id, call.user_id)
    await _show(call, await _listed(parts, call, person, read_value(int, call.text)))


async def _open_edit(parts: Parts, call: Call) -> None:
    watch_id, _, page = call.text.partition(" ")
    view = await open_loading(call, watch_words.EDIT_TITLE)
    original = call.original.url if call.original else ""
    editing = views.Editing(watch_id, read_value(int, page), call.channel_id, original)

    async def fill() -> None:
        person = await parts.people.person(call.client, call.team_id, call.user_id)
        await view.show(views.edit_form(await parts.reading_room.watching.one(person, watch_id), editing))

    await guarded(replace(call, reply=view), fill)


async def _edit(wish: Wish, editing: views.Editing, parts: Parts, call: Call) -> None:
    person = await parts.people.person(call.client, call.team_id, call.user_id)
    await parts.reading_room.watching.edit(person, editing.watch_id, wish)
    await _show(call, await _listed(parts, call, person, editing.page, watch_words.EDITED))


Change = Callable[[Watching, Person, str], Awaitable[Watch]]


async def _changed(change: Change, told: str, parts: Parts, call: Call) -> None:
    """Make the change, and show the list again in its place."""
    watch_id, _, page = call.text.partition(" ")
    person = await parts.people.person(call.client, call.team_id, call.user_id)
    await change(parts.reading_room.watching, person, watch_id)
    await _show(call, await _listed(parts, call, person, read_value(int, page), told))


async def _show(call: Call, message: Message) -> None:
    if call.original is not None:
        await call.original.replace(message)
    else:
        await call.reply.say(message)


async def _pause(watching: Watching, person: Person, watch_id: str) -> Watch:
    return await watching.pause(person, watch_id)


async def _resume(watching: Watching, person: Person, watch_id: str) -> Watch:
    return await watching.resume(person, watch_id)


async def _remove(watching: Watching, person: Person, watch_id: str) -> Watch:
    return await watching.remove(person, watch_id)


async def _listed(
    parts: Parts, call: Call, person: Person, page: int = 0, opening: str = "", *, typed: str = ""
) -> Message:
    found = await parts.reading_room.watching.listed(person, call.channel_id if call.in_channel else None)
    editable = frozenset(one.id for one in found if one.owner == person.user_id or may_administer(person))
    return blocks.list_message(found, page, opening, editable=editable, typed=typed)
