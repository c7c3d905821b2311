"""The form to add a source, and the look at what it would bring before it is kept."""

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from bot.keeping.preview import Preview
from bot.keeping.schedule import Every, Usual, parse_every
from bot.slack.blocks.preview import preview_blocks
from bot.slack.blocks.rich import Json, line, rich_text, text
from bot.slack.people import Group
from bot.slack.views import groups, schedule
from bot.slack.views.modal import field, modal, typed_in, typing, value_of
from bot.wording import admin_words, schedule_words
from bot.wording.source import clipped

FORM = "add_source"
KEEP = "keep_source"

LONGEST_PLACE = 2_000
LONGEST_NAME = 80
LONGEST_PROBLEM = 500
MOST_CHOSEN = 25

_PLACE, _NAME, _CHANNELS, _PEOPLE = "place", "name", "channels", "people"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was filled in; an empty name lets the address give it, an empty interval (`keeping.schedule`) its kind."""

    place: str = ""
    name: str = ""
    channels: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    every: str = ""
    groups: tuple[Group, ...] = ()

    @property
    def interval(self) -> Every:
        """How often it is to be read again; as is usual for its kind where nothing was chosen."""
        return parse_every(self.every) if self.every else Usual.USUAL

    @property
    def visible_to(self) -> frozenset[str]:
        """The ids that the source is limited to; empty for everyone."""
        return frozenset((*self.channels, *self.people, *(group.id for group in self.groups)))

    def __str__(self) -> str:
        chosen = [group.id for group in self.groups]
        return json.dumps(
            [self.place, self.name, self.channels, self.people, self.every, chosen],
            ensure_ascii=False,
            separators=(",", ":"),
        )

    @classmethod
    def parse(cls, metadata: str) -> "Wanted":
        """Read what `str()` wrote, which keeps of user groups only their ids."""
        place, name, channels, people, every, chosen = json.loads(metadata)
        return cls(place, name, tuple(channels), tuple(people), every, tuple(Group(one, one) for one in chosen))


def form(wanted: Wanted, problem: str = "") -> Json:
    """The form, filled in with what is known; `problem` is why it could not be gone on with."""
    said = [rich_text(line(text(clipped(problem, LONGEST_PROBLEM), bold=True)))] if problem.strip() else []
    return modal(
        admin_words.ADD_TITLE,
        [
            *said,
            field(_PLACE, admin_words.PLACE_LABEL, typing(wanted.place), admin_words.PLACE_HINT, optional=False),
            field(_NAME, admin_words.NAME_LABEL, typing(wanted.name), admin_words.NAME_HINT),
            field(_CHANNELS, admin_words.CHANNELS_LABEL, _channels(wanted.channels)),
            field(groups.GROUPS, admin_words.GROUPS_LABEL, groups.select(wanted.groups)),
            field(_PEOPLE, admin_words.PEOPLE_LABEL, _people(wanted.people), admin_words.VISIBLE_HINT),
            field(schedule.EVERY, schedule_words.LABEL, _every(wanted.every), schedule_words.ADD_HINT),
        ],
        close=admin_words.CANCEL,
        submit=admin_words.ADD_SUBMIT,
        callback_id=FORM,
    )


def read(view: Json) -> Wanted:
    """What a submitted form says."""
    return Wanted(
        typed_in(view, _PLACE),
        typed_in(view, _NAME),
        _ids(view, _CHANNELS),
        _ids(view, _PEOPLE),
        schedule.chosen_in(view),
        groups.chosen_in(view),
    )


def problems(wanted: Wanted) -> dict[str, str]:
    """All that can be told wrong of the fields without looking at the place, by field."""
    found: dict[str, str] = {}
    if len(wanted.place) > LONGEST_PLACE:
        found[_PLACE] = admin_words.ADDRESS_TOO_LONG
    elif not is_address(wanted.place):
        found[_PLACE] = admin_words.NOT_AN_ADDRESS
    if len(wanted.name) > LONGEST_NAME:
        found[_NAME] = admin_words.NAME_TOO_LONG
    return found


def is_address(place: str) -> bool:
    """Whether it is a web address: folders of the server are no business of Slack's.

    >>> is_address("https://example.org/a"), is_address("/etc"), is_address("file:///etc"), is_address("http://[")
    (True, False, False, False)
    """
    try:
        parts = urlsplit(place)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and not any(c.isspace() for c in place)
    except ValueError:
        return False


def preview(wanted: Wanted, found: Preview, *, readable: bool) -> Json:
    """What was read, to be kept or not; `readable` is whether the person will be among its readers."""
    note = [] if readable else [rich_text(line(text(admin_words.NOT_FOR_YOU, bold=True)))]
    return modal(
        admin_words.PREVIEW_TITLE,
        [*preview_blocks(found), *note],
        close=admin_words.CANCEL,
        submit=admin_words.KEEP_SUBMIT,
        callback_id=KEEP,
        metadata=str(wanted),
    )


def _channels(chosen: tuple[str, ...]) -> Json:
    return {
        "type": "multi_conversations_select",
        "filter": {"include": ["public", "private"], "exclude_bot_users": True},
        "max_selected_items": MOST_CHOSEN,
        **({"initial_conversations": list(chosen)} if chosen else {}),
    }


def _people(chosen: tuple[str, ...]) -> Json:
    return {
        "type": "multi_users_select",
        "max_selected_items": MOST_CHOSEN,
        **({"initial_users": list(chosen)} if chosen else {}),
    }


def _every(chosen: str) -> Json:
    return schedule.select(schedule_words.CHOICES, chosen)


def _ids(view: Json, block_id: str) -> tuple[str, ...]:
    chosen: Any = value_of(view, block_id) or ()
    return tuple(str(one) for one in chosen)
