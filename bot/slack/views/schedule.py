"""The form to say how often a source is read again by itself."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.keeping.schedule import WATCHED, parse_every, usual, written_every
from bot.slack.blocks.rich import Json, line, option, rich_text, text
from bot.slack.views.modal import field, modal, value_of
from bot.store.sources import SourceRecord
from bot.wording import admin_words, schedule_words, words
from bot.wording.source import clipped

FORM = "schedule_source"
EVERY = "every"

Choice = tuple[timedelta | None, str]
"""An interval and its label."""


@dataclass(frozen=True, slots=True)
class Scheduling:
    """Which source, and where the message about it is reached."""

    name: str
    response_url: str

    def __str__(self) -> str:
        return json.dumps([self.name, self.response_url], ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def parse(cls, metadata: str) -> "Scheduling":
        """Read what `str()` wrote."""
        name, response_url = json.loads(metadata)
        return cls(name, response_url)


def form(record: SourceRecord, scheduling: Scheduling) -> Json:
    """The form as the source is read now; a folder may be watched, too."""
    menu = select(_choices(record), written_every(record.every))
    return modal(
        schedule_words.TITLE,
        [
            rich_text(line(text(clipped(record.name, 200) or words.UNTITLED, bold=True))),
            field(EVERY, schedule_words.LABEL, menu, schedule_words.HINT, optional=False),
        ],
        close=admin_words.CANCEL,
        submit=schedule_words.SUBMIT,
        callback_id=FORM,
        metadata=str(scheduling),
    )


def _choices(record: SourceRecord) -> Sequence[Choice]:
    """The usual ones, and the one that the source has now."""
    choices: list[Choice] = [*schedule_words.CHOICES]
    if WATCHED in (usual(record.connector), record.every):
        choices.append(schedule_words.WATCH_CHOICE)
    if record.every is not None and record.every not in dict(choices):
        choices.append((record.every, schedule_words.choice(record.every)))
    return choices


def select(choices: Sequence[Choice], chosen: str) -> Json:
    """A menu of intervals; with none `chosen` (as `parse_every` reads it) it begins empty."""
    options = [option(label, written_every(every)) for every, label in choices]
    initial = [one for one in options if one["value"] == chosen]
    return {"type": "static_select", "options": options, **({"initial_option": initial[0]} if initial else {})}


def chosen_in(view: Json) -> str:
    """What was chosen, as `parse_every` reads it; empty where nothing was."""
    selected: dict[str, str] | None = value_of(view, EVERY)
    return selected["value"] if selected else ""


def read(view: Json) -> timedelta | None:
    """The interval that a submitted form says. Raises BadRequest for one that no form offers."""
    return parse_every(chosen_in(view))
