"""Pin Excerpt and Edit Pin: the form, and what is done when it is sent."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.asking.cards import PassageRef
from bot.errors import BadRequest, NotAllowed, QuotedeskError
from bot.pinning import PinView
from bot.pinning.form import end_of
from bot.roles import Person, may_pin
from bot.slack.blocks import buttons
from bot.slack.blocks import pins as blocks
from bot.slack.blocks.pins import Pressed
from bot.slack.blocks.rich import Json
from bot.slack.listeners.click import on_choice, on_click, read_value
from bot.slack.listeners.pins import show_again
from bot.slack.listeners.rights import the_person
from bot.slack.listeners.run import guarded, run
from bot.slack.listeners.submit import open_loading, submission
from bot.slack.parts import Call, Parts
from bot.slack.replies import ByResponseUrl, InDirectMessage
from bot.slack.views import pin_form as views
from bot.slack.views.modal import MAX_INPUT
from bot.slack.views.pin_form import Origin, Wish
from bot.wording import pin_words, pinboard_words
from index.analysis import terms


def register(app: AsyncApp, parts: Parts) -> None:
    """Listen for the ways in, and for the form."""

    async def filled_in(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        view = body["view"]
        wish, origin = views.read(view), Origin.parse(view["private_metadata"])
        call = submission(body, client, _reply(client, body["user"]["id"], origin))
        changed = wish.until != views.day_before(view)
        found, ref = await _mistakes(parts, call, wish, origin, date_changed=changed)
        if found:
            await ack(response_action="errors", errors=found)
            return
        if ref and not origin.pressed and (again := await _pinned_already(parts, call, wish, origin, ref)):
            await ack(response_action="update", view=again)
            return
        await ack()
        save = partial(_save, wish, Pressed.parse(origin.pressed), changed) if origin.pressed else partial(_pin, wish)
        await run(parts, call, partial(save, origin))

    on_choice(app, parts, buttons.PIN, _new)
    for number in range(blocks.SIDE_BY_SIDE):
        on_click(app, parts, blocks.pin_action(number), _new)
    on_click(app, parts, blocks.EDIT, _edit)
    app.view(views.FORM)(filled_in)


def _reply(client: AsyncWebClient, user_id: str, origin: Origin) -> ByResponseUrl | InDirectMessage:
    if origin.response_url:
        return ByResponseUrl(client, origin.response_url, user_id)
    return InDirectMessage(client, user_id, None)


def _origin(call: Call, *, ref: str = "", pressed: str = "") -> Origin:
    return Origin(ref, pressed, call.original.url if call.original else "")


async def _new(parts: Parts, call: Call) -> None:
    ref = read_value(PassageRef.parse, call.text)

    async def form() -> dict[str, Any]:
        person = await the_person(parts, call)
        if not may_pin(person):
            raise NotAllowed(pin_words.GUESTS)
        card = await parts.desk.card(person, ref)
        twins = await parts.reading_room.pinning.twins(person, card.ref)
        origin = replace(_origin(call, ref=call.text), told=str(card.ref) if twins else "")
        return views.new_form(card.text, origin, twins)

    await _opened(call, pinboard_words.TITLE, form)


async def _edit(parts: Parts, call: Call) -> None:
    pressed = read_value(Pressed.parse, call.text)

    async def form() -> dict[str, Any]:
        view = await parts.reading_room.pinning.show(await the_person(parts, call), pressed.pin_id)
        if not view.may_edit:
            raise NotAllowed(pin_words.NOT_YOURS)
        zone = await parts.people.zone(call.client, call.team_id, call.user_id)
        return views.edit_form(view, zone, _origin(call, pressed=call.text))

    await _opened(call, pinboard_words.EDIT_TITLE, form)


async def _opened(call: Call, title: str, form: Callable[[], Any]) -> None:
    """Open the form by way of a loading view; what hinders it is told there."""
    view = await open_loading(call, title)

    async def fill() -> None:
        await view.show(await form())

    await guarded(replace(call, reply=view), fill)


async def _mistakes(
    parts: Parts, call: Call, wish: Wish, origin: Origin, *, date_changed: bool
) -> tuple[dict[str, str], PassageRef | None]:
    """What is to be mended, by field, and where the excerpt stands. What hinders looking is left: saving meets it
    again, and tells it."""
    found: dict[str, str] = {}
    zone = await parts.people.zone(call.client, call.team_id, call.user_id)
    try:
        if date_changed and (ends := _ends(wish, zone)) and ends <= parts.clock():
            found[views.EXPIRES] = pin_words.PAST
    except BadRequest as error:
        found[views.EXPIRES] = str(error)
    if wish.excerpt is None:
        return found, None
    if not terms(wish.excerpt):
        return found | {views.EXCERPT: pin_words.NO_WORDS}, None
    try:
        return found, await _cut(parts, await the_person(parts, call), wish.excerpt, origin)
    except BadRequest as error:
        found[views.EXCERPT] = str(error)
    except QuotedeskError:
        return found, None
    return found, None


async def _pinned_already(parts: Parts, call: Call, wish: Wish, origin: Origin, ref: PassageRef) -> Json | None:
    """The form once more, with whose pin has these words already; None where nobody's has, or the person knows. What
    hinders looking is left: pinning meets it again, and tells it."""
    if str(ref) == origin.told:
        return None
    try:
        twins = await parts.reading_room.pinning.twins(await the_person(parts, call), ref)
    except QuotedeskError:
        return None
    return views.new_form(wish.excerpt or "", replace(origin, told=str(ref)), twins) if twins else None


def _ends(wish: Wish, zone: str) -> datetime | None:
    """When the pin is no longer to be used. Raises BadRequest."""
    return end_of(wish.until, ZoneInfo(zone)) if wish.until else None


async def _cut(parts: Parts, person: Person, excerpt: str, origin: Origin) -> PassageRef:
    """Where the excerpt stands. Raises BadRequest where it does not."""
    pinning = parts.reading_room.pinning
    if not origin.pressed:
        return await pinning.slice_of(person, PassageRef.parse(origin.ref), excerpt)
    view = await pinning.show(person, Pressed.parse(origin.pressed).pin_id)
    unchanged = excerpt == view.pin.quote[:MAX_INPUT].strip()
    return view.card.ref if unchanged else await pinning.slice_of(person, view.card.ref, excerpt)


async def _pin(wish: Wish, origin: Origin, parts: Parts, call: Call) -> None:
    person = await the_person(parts, call)
    zone = await parts.people.zone(call.client, call.team_id, call.user_id)
    ref = await _cut(parts, person, wish.excerpt or "", origin)
    view = await parts.reading_room.pinning.pin(
        person, ref, note=wish.note, tags=wish.tags, story=wish.story, expires=_ends(wish, zone)
    )
    await call.reply.say(blocks.pin_message(view, pinboard_words.PINNED, shareable=False))


async def _save(wish: Wish, pressed: Pressed, date_changed: bool, origin: Origin, parts: Parts, call: Call) -> None:
    """Do what was changed, the handing over last: afterwards the pin may be another's to edit."""
    person, pinning = await the_person(parts, call), parts.reading_room.pinning
    view = await pinning.show(person, pressed.pin_id)
    if wish.excerpt is not None and (ref := await _cut(parts, person, wish.excerpt, origin)) != view.card.ref:
        await pinning.recut(person, pressed.pin_id, ref)
    note = None if wish.note == view.pin.note[:MAX_INPUT].strip() else wish.note
    saved: PinView = await pinning.edit(person, pressed.pin_id, note=note, tags=wish.tags, story=wish.story)
    if date_changed:
        zone = await parts.people.zone(call.client, call.team_id, call.user_id)
        saved = await pinning.expire(person, pressed.pin_id, _ends(wish, zone))
    if wish.owner and wish.owner != view.pin.owner:
        saved = await pinning.hand_over(person, pressed.pin_id, wish.owner)
    original = call.reply if isinstance(call.reply, ByResponseUrl) else None
    await show_again(parts, replace(call, original=original), person, saved, pressed.listing, pinboard_words.SAVED)
