"""The form that pins an excerpt, and the same to edit a pin."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from bot.pinning import PinView
from bot.pinning.form import last_day, tags_of, written
from bot.slack.blocks.pins import pinned_already
from bot.slack.blocks.rich import Json
from bot.slack.views.modal import field, modal, typed_in, typing, value_of
from bot.store.pins import Pin, PinStatus
from bot.wording import admin_words, pinboard_words

FORM = "pin_excerpt"
EXCERPT, NOTE, STORY, TAGS, EXPIRES, OWNER = "excerpt", "note", "story", "tags", "expires", "owner"


@dataclass(frozen=True, slots=True)
class Origin:
    """What the form is about: the passage of a new pin, or the pin (as its button had it), and where it answers. `told`
    are the words (as a passage) that the person knows to be pinned already."""

    ref: str
    pressed: str
    response_url: str
    told: str = ""

    def __str__(self) -> str:
        parts = [self.ref, self.pressed, self.response_url, self.told]
        return json.dumps(parts, ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def parse(cls, metadata: str) -> "Origin":
        """Read what `str()` wrote."""
        return cls(*json.loads(metadata))


@dataclass(frozen=True, slots=True)
class Wish:
    """What was filled in. `excerpt` None: the form had no such field. `until` is the last day of use."""

    excerpt: str | None
    note: str
    story: str
    tags: tuple[str, ...]
    until: date | None
    owner: str | None


def new_form(excerpt: str, origin: Origin, twins: Sequence[PinView] = ()) -> Json:
    """The form with the passage filled in, below the pins that have these very words already."""
    blocks = [*pinned_already(twins), _excerpt(excerpt, pinboard_words.EXCERPT_HINT), *_facts()]
    return _modal(pinboard_words.TITLE, blocks, pinboard_words.SUBMIT, origin)


def edit_form(view: PinView, zone: str, origin: Origin) -> Json:
    """The form with all that is told of the pin; words that are in doubt can't be cut anew."""
    pin = view.pin
    sound = view.status in (PinStatus.ACTIVE, PinStatus.EXPIRED)
    owner = field(
        OWNER,
        pinboard_words.OWNER,
        {"type": "users_select", "initial_user": pin.owner},
        pinboard_words.OWNER_HINT,
        optional=False,
    )
    cut = [_excerpt(pin.quote, pinboard_words.RECUT_HINT)] if sound else []
    return _modal(pinboard_words.EDIT_TITLE, [*cut, *_facts(pin, zone), owner], pinboard_words.SAVE, origin)


def _modal(title: str, blocks: list[Json], submit: str, origin: Origin) -> Json:
    return modal(title, blocks, close=admin_words.CANCEL, submit=submit, callback_id=FORM, metadata=str(origin))


def _excerpt(text: str, hint: str) -> Json:
    return field(EXCERPT, pinboard_words.EXCERPT, {**typing(text), "multiline": True}, hint, optional=False)


def _facts(pin: Pin | None = None, zone: str = "UTC") -> list[Json]:
    until = last_day(pin.expires, ZoneInfo(zone)) if pin and pin.expires else None
    day = {"type": "datepicker", **({"initial_date": until.isoformat()} if until else {})}
    return [
        field(NOTE, pinboard_words.NOTE, {**typing(pin.note if pin else ""), "multiline": True}),
        field(STORY, pinboard_words.STORY, typing((pin.story or "") if pin else ""), pinboard_words.STORY_HINT),
        field(TAGS, pinboard_words.TAGS, typing(written(pin.tags) if pin else ""), pinboard_words.TAGS_HINT),
        field(EXPIRES, pinboard_words.EXPIRES, day, pinboard_words.EXPIRES_HINT),
    ]


def read(view: Json) -> Wish:
    """What a submitted form wishes."""
    fields = {block.get("block_id") for block in view["blocks"]}
    until: str | None = value_of(view, EXPIRES)
    return Wish(
        excerpt=typed_in(view, EXCERPT) if EXCERPT in fields else None,
        note=typed_in(view, NOTE),
        story=typed_in(view, STORY),
        tags=tags_of(typed_in(view, TAGS)),
        until=date.fromisoformat(until) if until else None,
        owner=value_of(view, OWNER),
    )


def day_before(view: Json) -> date | None:
    """The last day of use that the form began with."""
    for block in view["blocks"]:
        if block.get("block_id") == EXPIRES and (began := block["element"].get("initial_date")):
            return date.fromisoformat(began)
    return None
