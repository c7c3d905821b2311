"""The page of one pin: its words, what proves them, what is told of it, and what was done to it."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import date, datetime
from functools import partial
from http import HTTPStatus
from urllib.parse import quote
from zoneinfo import ZoneInfo

from aiohttp import web

from bot.build import utc_now
from bot.errors import BadRequest, NotAllowed, NotHere
from bot.pinning import PinDesk, PinView
from bot.pinning.form import LONGEST, end_of, last_day, tags_of, written
from bot.roles import Person
from bot.store.pins import PinStatus
from bot.web.pages.pins import names_of, reading
from bot.web.visit import Route, Visit
from bot.wording import pin_page, pin_words, pinboard_words

NOTE, STORY, TAGS, UNTIL = "note", "story", "tags", "until"
"""The fields of the form."""

Told = Mapping[str, str]
"""Something by field."""
_NONE: Told = {}


async def pin(visit: Visit) -> web.Response:
    """As it stands now."""
    try:
        view = await visit.app.pins.show(visit.person, visit.part("pin"))
    except NotAllowed as error:
        raise NotHere(str(error)) from error
    return await _page(visit, view, _fields(view, visit.asker.zone))


async def edit(visit: Visit) -> web.Response:
    """Save what was changed in the form. What can't be saved is told at its field, and nothing typed is lost."""
    person, pin_id, desk = visit.person, visit.part("pin"), visit.app.pins
    view = await desk.show(person, pin_id)
    if not view.may_edit:
        raise NotAllowed(pin_words.NOT_YOURS)
    before = _fields(view, visit.asker.zone)
    typed = {name: _typed(visit.form.get(name, value)) for name, value in before.items()}
    changed = {name: value for name, value in typed.items() if value != before[name]}
    if mistakes := _mistakes(changed, visit.asker.zone):
        return await _page(visit, view, typed, mistakes)
    tags = tags_of(changed[TAGS]) if TAGS in changed else None
    await desk.edit(person, pin_id, note=changed.get(NOTE), tags=tags, story=changed.get(STORY))
    if UNTIL in changed:
        await desk.expire(person, pin_id, _ends(changed[UNTIL], visit.asker.zone))
    return visit.see_other(_address(pin_id))


async def _page(visit: Visit, view: PinView, filled: Told, mistakes: Told = _NONE) -> web.Response:
    person, pin_id = visit.person, view.pin.id
    history = await visit.app.pins.history(person, pin_id)
    return visit.page(
        "pin.html",
        status=HTTPStatus.BAD_REQUEST if mistakes else HTTPStatus.OK,
        say=pin_page,
        pin_page=pin_page,
        pin_words=pin_words,
        board=pinboard_words,
        view=view,
        read_pin=reading,
        history=list(reversed(history)),
        difference=await visit.app.pins.difference(person, pin_id),
        names=await names_of(visit, [view], history),
        deeds=_deeds(view),
        told=await _is_open(visit, view),
        editable=view.may_edit and view.status is not PinStatus.UNPINNED,
        filled=filled,
        mistakes=mistakes,
        longest=LONGEST,
        stories=await visit.app.pins.stories(person),
    )


def _fields(view: PinView, zone: ZoneInfo) -> Told:
    """What the form begins with."""
    pin = view.pin
    until = last_day(pin.expires, zone).isoformat() if pin.expires else ""
    fields = {NOTE: pin.note, STORY: pin.story or "", TAGS: written(pin.tags), UNTIL: until}
    return {name: _typed(value) for name, value in fields.items()}


def _typed(value: str) -> str:
    """As it comes back from a form that nobody touched: https://html.spec.whatwg.org/#multipart-form-data"""
    return value.replace("\r\n", "\n").strip()


def _mistakes(changed: Told, zone: ZoneInfo) -> Told:
    """What is to be mended, by field."""
    found = {name: pin_page.FIELD_TOO_LONG.format(LONGEST) for name, value in changed.items() if len(value) > LONGEST}
    try:
        ends = _ends(changed.get(UNTIL, ""), zone)
    except BadRequest as error:
        return {**found, UNTIL: str(error)}
    return {**found, UNTIL: pin_words.PAST} if ends is not None and ends <= utc_now() else found


def _ends(day: str, zone: ZoneInfo) -> datetime | None:
    """When a pin is no longer to be used whose last day this is; None for no day. Raises BadRequest."""
    try:
        return end_of(date.fromisoformat(day), zone) if day else None
    except ValueError as error:
        raise BadRequest(pin_words.NO_DAY) from error


Change = Callable[[PinDesk, Person, str], Awaitable[PinView]]


async def _change(change: Change, visit: Visit) -> web.Response:
    pin_id = visit.part("pin")
    await change(visit.app.pins, visit.person, pin_id)
    return visit.see_other(_address(pin_id))


_DEEDS: Mapping[str, Change] = {
    "verify": PinDesk.verify,
    "confirm": PinDesk.confirm,
    "unpin": PinDesk.unpin,
    "undo": PinDesk.undo,
}


def _deeds(view: PinView) -> list[tuple[str, str]]:
    """What this person may do to the pin as it stands, and what the button says; the use case asks again."""
    pin, down = view.pin, view.status is PinStatus.UNPINNED
    possible = {
        "verify": (view.may_verify and pin.doubt is None and pin.verifier is None and not down, pinboard_words.VERIFY),
        "confirm": (view.may_edit and view.status is PinStatus.MOVED, pinboard_words.CONFIRM),
        "unpin": (view.may_edit and not down, pinboard_words.UNPIN),
        "undo": (view.may_edit and down, pinboard_words.UNDO),
    }
    return [(deed, label) for deed, (may, label) in possible.items() if may]


async def _is_open(visit: Visit, view: PinView) -> bool:
    """Whether everyone in the workspace may read the pin's source: only then do its words go into what a page tells of
    itself to those who only show links to it."""
    sources = await visit.app.store.archive.sources(visit.person.workspace_id)
    return any(one.id == view.pin.source_id and not one.visible_to for one in sources)


def _address(pin_id: str) -> str:
    return f"/p/{quote(pin_id, safe='')}"


ROUTES = (
    Route("GET", "/p/{pin}", pin),
    Route("POST", "/p/{pin}/edit", edit),
    *(Route("POST", f"/p/{{pin}}/{deed}", partial(_change, change)) for deed, change in _DEEDS.items()),
)
