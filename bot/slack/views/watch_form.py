"""The form that sets up a watch, and the same to edit one."""

import json
from dataclasses import dataclass

from bot.slack.blocks.rich import Json, option
from bot.slack.views.modal import field, modal, typed_in, typing, value_of
from bot.store.watching import Watch
from bot.watches.watches import Wish
from bot.wording import admin_words, watch_words

FORM = "new_watch"
EDIT_FORM = "change_watch"
WORDS, WHERE, WHEN, LEAST = "words", "where", "when", "least"
_HERE, _PERSONALLY, _AT_ONCE = "here", "personally", "once"
_MORNING = 8


@dataclass(frozen=True, slots=True)
class Asked:
    """From where the form was opened: the channel (empty in direct messages), and where its answer is said."""

    channel: str
    response_url: str

    def __str__(self) -> str:
        return json.dumps([self.channel, self.response_url], separators=(",", ":"))

    @classmethod
    def parse(cls, metadata: str) -> "Asked":
        """Read what `str()` wrote."""
        channel, response_url = json.loads(metadata)
        return cls(channel, response_url)


@dataclass(frozen=True, slots=True)
class Editing:
    """The watch whose form was opened, the page of the list on which it stands, and where that list is."""

    watch_id: str
    page: int
    channel: str
    response_url: str

    def __str__(self) -> str:
        return json.dumps([self.watch_id, self.page, self.channel, self.response_url], separators=(",", ":"))

    @classmethod
    def parse(cls, metadata: str) -> "Editing":
        """Read what `str()` wrote."""
        return cls(*json.loads(metadata))


def form(question: str, asked: Asked) -> Json:
    """The form with the question filled in; where there is no channel it tells the asker alone."""
    places = [option(watch_words.PERSONALLY, _PERSONALLY)]
    if asked.channel:
        places.append(option(watch_words.HERE, _HERE))
    where = field(WHERE, watch_words.WHERE, _menu(places), optional=False)
    words, *others = _wishes(Wish(question))
    return modal(
        watch_words.TITLE,
        [words, where, *others],
        close=admin_words.CANCEL,
        submit=watch_words.SUBMIT,
        callback_id=FORM,
        metadata=str(asked),
    )


def edit_form(watch: Watch, editing: Editing) -> Json:
    """The form with all that is set of a watch; where it is told stays."""
    return modal(
        watch_words.EDIT_TITLE,
        _wishes(Wish(watch.question, watch.least, watch.hour)),
        close=admin_words.CANCEL,
        submit=watch_words.SAVE,
        callback_id=EDIT_FORM,
        metadata=str(editing),
    )


def _wishes(wish: Wish) -> list[Json]:
    times = [option(watch_words.AT_ONCE, _AT_ONCE)]
    times += [option(watch_words.daily(hour % 24), str(hour % 24)) for hour in range(_MORNING, _MORNING + 24)]
    numbers = sorted({*watch_words.LENGTHS, wish.least})
    lengths = [option(watch_words.least(number), str(number)) for number in numbers]
    when = _AT_ONCE if wish.hour is None else str(wish.hour)
    return [
        field(WORDS, watch_words.WORDS, typing(wish.question), watch_words.WORDS_HINT, optional=False),
        field(WHEN, watch_words.WHEN, _menu(times, when), optional=False),
        field(LEAST, watch_words.LEAST, _menu(lengths, str(wish.least)), optional=False),
    ]


def _menu(options: list[Json], chosen: str = "") -> Json:
    initial = next((one for one in options if one["value"] == chosen), options[0])
    return {"type": "static_select", "options": options, "initial_option": initial}


def read(view: Json) -> tuple[Wish, bool]:
    """What a submitted form wishes, and whether the channel is to be told."""
    when, least = _chosen(view, WHEN), _chosen(view, LEAST)
    hour = int(when) if when.isdigit() and int(when) < 24 else None
    wish = Wish(typed_in(view, WORDS), int(least) if least.isdigit() else 0, hour)
    return wish, _chosen(view, WHERE) == _HERE


def _chosen(view: Json, block_id: str) -> str:
    selected: dict[str, str] | None = value_of(view, block_id)
    return selected["value"] if selected else ""
