"""The form that narrows the list of pins."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from bot.slack.blocks.pins import Listing
from bot.slack.blocks.rich import Json, option
from bot.slack.views.modal import field, modal, typed_in, typing, value_of
from bot.store.pins import PinStatus
from bot.wording import admin_words, pinboard_words

FORM = "narrow_pins"
WORDS, STORY, TAG, WHOSE, STATUS = "words", "story", "tag", "whose", "status"
_MINE, _ALL = "mine", "all"
LONGEST_OFFERED = 75
"""Of a menu's line, in Slack."""
MOST_OFFERED = 100
LONGEST_TYPED = 25
"""Every button of a list carries how it is narrowed."""


@dataclass(frozen=True, slots=True)
class Narrowing:
    """The message with the list, and whether its reader could share from it."""

    response_url: str
    shareable: bool

    def __str__(self) -> str:
        return json.dumps([self.response_url, self.shareable])

    @classmethod
    def parse(cls, metadata: str) -> "Narrowing":
        """Read what `str()` wrote."""
        return cls(*json.loads(metadata))


def form(listing: Listing, stories: Sequence[str], narrowing: Narrowing) -> Json:
    """The form as the list is narrowed now; a story with a long name is found by its words."""
    offered = [story for story in stories if len(story) <= LONGEST_OFFERED][:MOST_OFFERED]
    story = _menu([option(name, name) for name in offered], listing.story or "")
    whose = [option(pinboard_words.ANYBODYS, _ALL), option(pinboard_words.MINE, _MINE)]
    statuses = [option(pinboard_words.ANY_STATUS, _ALL)]
    statuses += [option(pinboard_words.status(status), status.value) for status in PinStatus]
    blocks = [
        field(WORDS, pinboard_words.WORDS, _line(listing.words)),
        *([field(STORY, pinboard_words.STORY, story)] if offered else []),
        field(TAG, pinboard_words.TAGS, _line(listing.tag)),
        field(WHOSE, pinboard_words.WHOSE, _menu(whose, _MINE if listing.mine else _ALL), optional=False),
        field(STATUS, pinboard_words.STATUS, _menu(statuses, listing.status or _ALL), optional=False),
    ]
    return modal(
        pinboard_words.FILTER_TITLE,
        blocks,
        close=admin_words.CANCEL,
        submit=pinboard_words.SHOW,
        callback_id=FORM,
        metadata=str(narrowing),
    )


def _line(initial: str | None) -> Json:
    return {**typing(initial or ""), "max_length": LONGEST_TYPED}


def _menu(options: list[Json], chosen: str) -> Json:
    initial = [one for one in options if one["value"] == chosen]
    return {"type": "static_select", "options": options, **({"initial_option": initial[0]} if initial else {})}


def read(view: Json) -> Listing:
    """Which pins a submitted form asks for."""
    status = _chosen(view, STATUS)
    return Listing(
        story=_chosen(view, STORY) or None,
        tag=typed_in(view, TAG) or None,
        mine=_chosen(view, WHOSE) == _MINE,
        status=PinStatus(status) if status in set(PinStatus) else None,
        words=typed_in(view, WORDS) or None,
    )


def _chosen(view: Json, block_id: str) -> str:
    selected: dict[str, str] | None = value_of(view, block_id)
    return selected["value"] if selected else ""
