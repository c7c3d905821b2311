"""Pins in Slack: one of them, a page of them, and those that answer first."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.asking.cards import PassageRef
from bot.pinning import PinPage, PinView
from bot.pinning.asked import ME, read
from bot.slack.blocks import buttons
from bot.slack.blocks.budget import ROOMS, Room, laid_out
from bot.slack.blocks.card import card_block
from bot.slack.blocks.card_row import Row, card_row
from bot.slack.blocks.message import Message
from bot.slack.blocks.rich import Json, actions, button, divider, last_day, line, link, moment, rich_text, text, user
from bot.slack.blocks.spoken import spoken
from bot.store.pins import PinStatus
from bot.wording import pin_words, pinboard_words, words
from bot.wording.source import clipped

PIN = "pin_this_quotation"
VERIFY = "verify_pin"
CONFIRM = "confirm_pin"
EDIT = "edit_pin"
UNPIN = "unpin"
UNDO = "undo_unpin"
FILTER = "filter_pins"
HISTORY = "pin_history"
EXPORT = "export_pins"
NEXT = "next_pins"
FIRST = "first_pins"
PAGE = 3
TWINS = 3
"""Pins of the same words that are shown before one more is made."""
SIDE_BY_SIDE = 5
"""Buttons to pin one of several quotations."""


@dataclass(frozen=True, slots=True)
class Listing:
    """Which pins a message lists, as they are asked for (`bot.pinning.asked`), and where its page begins."""

    asked: str = ""
    cursor: str | None = None

    def __str__(self) -> str:
        return json.dumps([self.asked, self.cursor], ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def parse(cls, value: str) -> "Listing":
        """Read what `str()` wrote. Raises ValueError."""
        match json.loads(value):
            case [str(asked), (str() | None) as cursor]:
                return cls(asked, cursor)
            case _:
                raise ValueError("not a list of pins")


@dataclass(frozen=True, slots=True)
class Pressed:
    """A pin, and the list in which its button stands; None where it stands alone."""

    pin_id: str
    listing: Listing | None = None

    def __str__(self) -> str:
        return f"{self.pin_id}\n{self.listing}" if self.listing else self.pin_id

    @classmethod
    def parse(cls, value: str) -> "Pressed":
        """Read what `str()` wrote. Raises ValueError."""
        pin_id, _, listing = value.partition("\n")
        return cls(pin_id, Listing.parse(listing) if listing else None)


def pin_it(ref: PassageRef, number: int) -> Json:
    """Opens the form for these words."""
    return button(pinboard_words.PIN, pin_action(number), str(ref))


def pin_action(number: int) -> str:
    """Several of these buttons stand in one message, so each has an action_id of its own."""
    return f"{PIN}_{number}"


def pin_message(view: PinView, opening: str, *, shareable: bool) -> Message:
    """One pin, and what can be done with it."""
    said = " ".join([opening, *_status_said(view)])
    return Message(
        spoken(said, [view.told]),
        laid_out(lambda room: [rich_text(line(text(opening, bold=True))), *entry(view, room, shareable=shareable)]),
    )


def pinned_already(twins: Sequence[PinView]) -> list[Json]:
    """Whose pins have the same words, since when, and what is told of them; nothing where there are none."""
    if not twins:
        return []
    lines = [part for view in twins[:TWINS] for part in (*_facts(view, ROOMS[-2]), _pinned(view))]
    rest = words.and_more(len(twins) - TWINS).strip() if len(twins) > TWINS else ""
    more = [line(text(rest))] if rest else []
    heading = line(text(pinboard_words.PINNED_ALREADY, bold=True))
    return [rich_text(heading, *lines, *more, line(text(pinboard_words.PIN_AGAIN))), divider()]


def _pinned(view: PinView) -> Json:
    opens = [text(" · "), link(view.permalink, pinboard_words.OPEN_PIN)] if view.permalink else []
    return line(text(pinboard_words.PINNED_AT), moment(view.pin.created), *opens)


def pins_message(
    page: PinPage,
    listing: Listing,
    opening: str = "",
    undo: PinView | None = None,
    *,
    shareable: bool,
    typed: str = "",
) -> Message:
    """A page of pins. `undo` was just taken down; `typed` is what was typed, which may have been a question."""
    heading = _heading(page, listing)
    said = " ".join([opening, heading]).strip()
    return Message(
        spoken(said, [view.told for view in page.views]),
        laid_out(lambda room: _page(page, listing, heading, opening, undo, shareable, typed, room)),
    )


def _heading(page: PinPage, listing: Listing) -> str:
    if page.total:
        return pinboard_words.heading(page.total)
    return pin_words.NONE_MATCH if listing.asked else pin_words.EMPTY


def _understood(page: PinPage, listing: Listing, room: Room) -> list[Json]:
    """How the list is narrowed: what is a pin's own as it was asked for, people by their names; and what all else was
    read as."""
    if not listing.asked:
        return []
    asked = read(listing.asked)
    shown = str(replace(asked.own, owner=asked.owner if asked.owner == ME else None))
    owner = [text(f" {pinboard_words.OWNED_BY}"), user(asked.owner)] if asked.owner and asked.owner != ME else []
    narrowed = [text(clipped(shown, room.name * 3), code=True)] if shown else []
    read_as = [line(text(clipped(page.understood, room.name * 3), italic=True))] if page.understood else []
    return [*([line(*narrowed, *owner)] if narrowed or owner else []), *read_as]


def _page(
    page: PinPage,
    listing: Listing,
    heading: str,
    opening: str,
    undo: PinView | None,
    shareable: bool,
    typed: str,
    room: Room,
) -> list[Json]:
    blocks: list[Json] = []
    if opening:
        taken = [text(f" “{clipped(undo.pin.quote, room.name)}”")] if undo else []
        blocks.append(rich_text(line(text(opening, bold=True), *taken)))
    if undo:
        blocks.append(actions(button(pinboard_words.UNDO, UNDO, str(Pressed(undo.pin.id, listing)))))
    empty = not page.total and not listing.asked
    shown = [line(text(example, code=True), text(f"  {what}")) for example, what in pinboard_words.EXAMPLES]
    understood = _understood(page, listing, room)
    blocks.append(rich_text(line(text(heading, bold=True)), *understood, *(shown if empty else [])))
    for view in page.views:
        blocks += [divider(), *entry(view, room, shareable=shareable, listing=listing)]
    row = [
        *([button(pinboard_words.FIRST, FIRST, str(replace(listing, cursor=None)))] if listing.cursor else []),
        *([button(pinboard_words.NEXT, NEXT, str(replace(listing, cursor=page.cursor)))] if page.cursor else []),
        *([] if empty else [button(pinboard_words.FILTER, FILTER, str(listing))]),
        *([button(pinboard_words.EXPORT, EXPORT, str(listing))] if page.total else []),
        *([instead] if (instead := buttons.search_instead(typed)) else []),
    ]
    return [*blocks, *([divider(), actions(*row)] if row else [])]


def entry(view: PinView, room: Room, *, shareable: bool, listing: Listing | None = None) -> list[Json]:
    """A pin with what is told of it, and what this person can do with it."""
    row = _row(view, shareable, listing)
    return [card_block(view.told, room), rich_text(*_facts(view, room)), *([actions(*row)] if row else [])]


def _facts(view: PinView, room: Room) -> list[Json]:
    pin = view.pin
    mark = line(
        text(pinboard_words.status(view.status), bold=True),
        *_verified(view),
        text(f" · {pinboard_words.OWNED_BY}"),
        user(pin.owner),
    )
    told = [
        *([f"{pinboard_words.STORY_OF}{clipped(pin.story, room.name)}"] if pin.story else []),
        *([f"{pinboard_words.TAGGED}{clipped(', '.join(pin.tags), room.name)}"] if pin.tags else []),
    ]
    until = [text(" · " if told else ""), text(pinboard_words.UNTIL), last_day(pin.expires)] if pin.expires else []
    facts = [element for element in [*([text(" · ".join(told))] if told else []), *until] if element.get("text") != ""]
    return [
        mark,
        *([line(text(pin_words.DOUBTS[pin.doubt], bold=True))] if pin.doubt else []),
        *([line(*facts)] if facts else []),
        *([line(text(clipped(pin.note, room.name * 2), italic=True))] if pin.note else []),
    ]


def _verified(view: PinView) -> list[Json]:
    if view.pin.verifier is None:
        return [text(f" · {pinboard_words.NOT_VERIFIED}")]
    return [text(f" · {pinboard_words.VERIFIED_BY}"), user(view.pin.verifier)]


def _status_said(view: PinView) -> list[str]:
    doubt = [pin_words.DOUBTS[view.pin.doubt]] if view.pin.doubt else []
    return [f"{pinboard_words.status(view.status)}.", *doubt]


def _row(view: PinView, shareable: bool, listing: Listing | None) -> list[Json]:
    """What this person can do with it as it stands."""
    value, status = str(Pressed(view.pin.id, listing)), view.status
    if status is PinStatus.UNPINNED:
        undo = [button(pinboard_words.UNDO, UNDO, value)] if view.may_edit else []
        return [*undo, button(pinboard_words.HISTORY, HISTORY, view.pin.id)]
    verify = view.may_verify and view.pin.doubt is None and view.pin.verified is None
    confirm = view.may_edit and status is PinStatus.MOVED
    return [
        *([button(pinboard_words.VERIFY, VERIFY, value)] if verify else []),
        *([button(pinboard_words.CONFIRM, CONFIRM, value)] if confirm else []),
        *([buttons.share(view.card.ref)] if shareable and status is PinStatus.ACTIVE else []),
        *([button(pinboard_words.EDIT, EDIT, value)] if view.may_edit else []),
        *([button(pinboard_words.UNPIN, UNPIN, value)] if view.may_edit else []),
        button(pinboard_words.HISTORY, HISTORY, view.pin.id),
    ]


def pins_first(views: Sequence[PinView], shareable: bool, room: Room) -> list[Json]:
    """The pins that answer a question, each marked, above the passages."""
    blocks: list[Json] = []
    for view in views:
        row = card_row(Row(view.card.ref, shareable=shareable))
        blocks += [divider(), mark_of(view, room), card_block(view.told, room), row]
    return blocks


def mark_of(view: PinView, room: Room) -> Json:
    """That a card is pinned, who vouches for it, and what it is for."""
    story = [text(f" · {pinboard_words.STORY_OF}{clipped(view.pin.story, room.name)}")] if view.pin.story else []
    return rich_text(line(text(pinboard_words.MARK, bold=True), *_verified(view), *story))
