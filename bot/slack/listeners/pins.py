"""`/quote pins`: the list with its buttons, and the form that narrows it."""

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.asking.commands import pins_asked
from bot.pinning import PinView
from bot.pinning.asked import ME, read
from bot.roles import Person
from bot.slack.blocks import pins as blocks
from bot.slack.blocks.message import Message
from bot.slack.blocks.pins import PAGE, Listing, Pressed
from bot.slack.listeners.click import on_click, read_value
from bot.slack.listeners.rights import the_person
from bot.slack.listeners.run import guarded, run
from bot.slack.listeners.submit import open_loading, submission
from bot.slack.parts import Call, Parts
from bot.slack.pinning import Pinning
from bot.slack.replies import ByResponseUrl
from bot.slack.views import pin_filter as views
from bot.slack.views.pin_filter import Narrowing
from bot.store.pins import PinStatus
from bot.wording import pinboard_words
from index.errors import BadQuery

_PERSON = re.compile(r"[UW][A-Z0-9]{2,}")


def register(app: AsyncApp, parts: Parts) -> None:
    """Listen for the buttons and the form."""

    async def narrowed(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        try:
            asked = views.read(body["view"])
        except BadQuery as error:
            await ack(response_action="errors", errors={views.WORDS: str(error)})
            return
        await ack()
        narrowing = Narrowing.parse(body["view"]["private_metadata"])
        message = ByResponseUrl(client, narrowing.response_url, body["user"]["id"])
        call = replace(submission(body, client, message), original=message)
        await run(parts, call, partial(_narrow, Listing(str(asked)), narrowing.shareable))

    for action_id in (blocks.NEXT, blocks.FIRST):
        on_click(app, parts, action_id, _turn)
    on_click(app, parts, blocks.FILTER, _filter)
    app.view(views.FORM)(narrowed)
    for action_id, change, told in (
        (blocks.VERIFY, _verify, pinboard_words.VERIFIED),
        (blocks.CONFIRM, _confirm, pinboard_words.CONFIRMED),
        (blocks.UNPIN, _unpin, pinboard_words.TAKEN_DOWN),
        (blocks.UNDO, _undo, pinboard_words.PUT_UP),
    ):
        on_click(app, parts, action_id, partial(_changed, change, told))


async def pins_typed(parts: Parts, call: Call, typed: str) -> Message:
    """The answer to `pins …`. Raises BadQuery."""
    asked = read(pins_asked(typed))
    asked = replace(asked, owner=_owner(asked.owner, call.mentions))
    return await _listed(
        parts, await the_person(parts, call), Listing(str(asked)), shareable=call.in_channel, typed=typed
    )


def _owner(owner: str | None, mentions: Mapping[str, str]) -> str | None:
    """The id of the person who is named; `me` stays. Raises BadQuery where it is not clear who that is."""
    if owner is None or owner.lower() == ME:
        return owner and ME
    named = mentions.get(owner.removeprefix("@"))
    if named is None and _PERSON.fullmatch(owner.removeprefix("@")):
        named = owner.removeprefix("@")
    if named is None:
        raise BadQuery(pinboard_words.OWNER_HOW)
    return named


async def show_again(
    parts: Parts, call: Call, person: Person, view: PinView, listing: Listing | None, told: str
) -> None:
    """Show the changed pin, or the list in which it stands, in the place of the message that was pressed."""
    if listing is None:
        await _show(call, blocks.pin_message(view, told, shareable=call.in_channel))
        return
    undo = view if view.status is PinStatus.UNPINNED else None
    await _show(call, await _listed(parts, person, listing, told, undo, shareable=call.in_channel))


async def _listed(
    parts: Parts,
    person: Person,
    listing: Listing,
    opening: str = "",
    undo: PinView | None = None,
    *,
    shareable: bool,
    typed: str = "",
) -> Message:
    asked = read(listing.asked)
    wanted = asked.wanted(person.user_id if asked.owner == ME else asked.owner, parts.clock())
    page = await parts.reading_room.pinning.list(
        person, wanted, question=asked.question, limit=PAGE, cursor=listing.cursor
    )
    return blocks.pins_message(page, listing, opening, undo, shareable=shareable, typed=typed)


async def _show(call: Call, message: Message) -> None:
    if call.original is not None:
        await call.original.replace(message)
    else:
        await call.reply.say(message)


async def _turn(parts: Parts, call: Call) -> None:
    listing = read_value(Listing.parse, call.text)
    await _show(call, await _listed(parts, await the_person(parts, call), listing, shareable=call.in_channel))


async def _filter(parts: Parts, call: Call) -> None:
    listing = read_value(Listing.parse, call.text)
    view = await open_loading(call, pinboard_words.FILTER_TITLE)
    narrowing = Narrowing(call.original.url if call.original else "", call.in_channel)

    async def fill() -> None:
        stories = await parts.reading_room.pinning.stories(await the_person(parts, call))
        await view.show(views.form(listing, stories, narrowing))

    await guarded(replace(call, reply=view), fill)


async def _narrow(listing: Listing, shareable: bool, parts: Parts, call: Call) -> None:
    await _show(call, await _listed(parts, await the_person(parts, call), listing, shareable=shareable))


Change = Callable[[Pinning, Person, str], Awaitable[PinView]]


async def _changed(change: Change, told: str, parts: Parts, call: Call) -> None:
    pressed = read_value(Pressed.parse, call.text)
    person = await the_person(parts, call)
    view = await change(parts.reading_room.pinning, person, pressed.pin_id)
    await show_again(parts, call, person, view, pressed.listing, told)


async def _verify(pinning: Pinning, person: Person, pin_id: str) -> PinView:
    return await pinning.verify(person, pin_id)


async def _confirm(pinning: Pinning, person: Person, pin_id: str) -> PinView:
    return await pinning.confirm(person, pin_id)


async def _unpin(pinning: Pinning, person: Person, pin_id: str) -> PinView:
    return await pinning.unpin(person, pin_id)


async def _undo(pinning: Pinning, person: Person, pin_id: str) -> PinView:
    return await pinning.undo(person, pin_id)
