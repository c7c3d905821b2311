"""The admins' buttons. Values name a source by its name, which is unique, and a document by its id."""

import json
from dataclasses import dataclass

from bot.slack.blocks.rich import Json, asking_first, button
from bot.store.tasks import Queue
from bot.wording import admin_words

ADD = "add_a_source"
SHOW = "show_source"
REFRESH = "refresh_source"
REFRESH_ALL = "refresh_all_sources"
PAUSE = "pause_source"
RESUME = "resume_source"
SCHEDULE = "change_schedule"
REMOVE = "remove_source"
PREVIOUS = "previous_sources"
NEXT = "next_sources"
ALL_SOURCES = "all_sources"
QUEUES = "work_queues"
OPEN_QUEUE = "open_queue"
FIX = "fix_details"
TAKE = "take_reading"
DISMISS = "dismiss_question"
DISMISS_FEEDBACK = "dismiss_feedback"
ROLL_BACK = "roll_back"
KEEP = "keep_document"
DISCARD = "discard_document"

LONGEST_NAME = 250
LONGEST_ROW = 700
"""Characters of a value as JSON: eight rows' buttons must leave a message room for its words."""


@dataclass(frozen=True, slots=True)
class Looked:
    """Where somebody stands in a queue; `cursor` is None on its first page."""

    queue: Queue
    cursor: str | None = None

    def __str__(self) -> str:
        return f"{self.queue.value} {self.cursor or ''}"

    @classmethod
    def parse(cls, value: str) -> "Looked":
        """Read what `str()` wrote. Raises ValueError."""
        queue, _, cursor = value.partition(" ")
        return cls(Queue(queue), cursor or None)


@dataclass(frozen=True, slots=True)
class Row:
    """Something to do with one row of a queue: `subject` is a document's id, a question (`location` then names the
    passage that was shown for it, if there is one), or a source's name with `location`."""

    at: Looked
    subject: str
    location: str = ""

    def __str__(self) -> str:
        return json.dumps([str(self.at), self.subject, self.location], ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def parse(cls, value: str) -> "Row":
        """Read what `str()` wrote. Raises ValueError."""
        match json.loads(value):
            case [str(at), str(subject), str(location)]:
                return cls(Looked.parse(at), subject, location)
            case _:
                raise ValueError("not a row of a queue")


def of_source(label: str, action_id: str, name: str) -> list[Json]:
    """A button about one source; none where its name is too long to be carried by a list of buttons, or is blank."""
    return [button(label, action_id, name)] if name.strip() and len(json.dumps(name)) <= LONGEST_NAME else []


def remove(name: str) -> list[Json]:
    """Removes the source, once the person has said yes."""
    question = admin_words.REMOVE_MEANS
    return [
        asking_first(one, admin_words.REMOVE_TITLE, question, admin_words.REMOVE, admin_words.CANCEL)
        for one in of_source(admin_words.REMOVE, REMOVE, name)
    ]


def roll_back(generation: str) -> Json:
    """Goes back to the generation before, once the person has said yes."""
    pressed = button(admin_words.ROLL_BACK, ROLL_BACK, generation)
    title, question = admin_words.ROLL_BACK_TITLE, admin_words.ROLL_BACK_MEANS
    return asking_first(pressed, title, question, admin_words.ROLL_BACK, admin_words.CANCEL)


def of_row(label: str, action_id: str, row: Row) -> list[Json]:
    """A button about one row; none where its value is too long to be carried by a list of buttons."""
    return [button(label, action_id, str(row))] if len(json.dumps(str(row))) <= LONGEST_ROW else []


def all_sources() -> Json:
    """Shows the list."""
    return button(admin_words.ALL_SOURCES, ALL_SOURCES, "0")


def queues() -> Json:
    """Shows how much waits in each queue."""
    return button(admin_words.QUEUES, QUEUES, "all")
