"""The form that sets up a watch."""

import json
from dataclasses import dataclass

from bot.slack.blocks.rich import Json, option
from bot.slack.views.modal import field, modal, typed_in, typing, value_of
from bot.watches.watches import Wish
from bot.wording import admin_words, watch_words

FORM = "new_watch"
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


def form(question: str, asked: Asked) -> Json:
    """The form with the question filled in; where there is no channel it tells the asker alone."""
    places = [option(watch_words.PERSONALLY, _PERSONALLY)]
    if asked.channel:
        places.append(option(watch_words.HERE, _HERE))
    times = [option(watch_words.AT_ONCE, _AT_ONCE)]
    times += [option(watch_words.daily(hour % 24), str(hour % 24)) for hour in range(_MORNING, _MORNING + 24)]
    lengths = [option(watch_words.least(number), str(number)) for number in watch_words.LENGTHS]
    return modal(
        watch_words.TITLE,
        [
            field(WORDS, watch_words.WORDS, typing(question), watch_words.WORDS_HINT, optional=False),
            field(WHERE, watch_words.WHERE, _menu(places), optional=False),
            field(WHEN, watch_words.WHEN, _menu(times), optional=False),
            field(LEAST, watch_words.LEAST, _menu(lengths), optional=False),
        ],
        close=admin_words.CANCEL,
        submit=watch_words.SUBMIT,
        callback_id=FORM,
        metadata=str(asked),
    )


def _menu(options: list[Json]) -> Json:
    return {"type": "static_select", "options": options, "initial_option": options[0]}


def read(view: Json) -> tuple[Wish, bool]:
    """What a submitted form wishes, and whether the channel is to be told."""
    when, least = _chosen(view, WHEN), _chosen(view, LEAST)
    hour = int(when) if when.isdigit() and int(when) < 24 else None
    wish = Wish(typed_in(view, WORDS), int(least) if least.isdigit() else 0, hour)
    return wish, _chosen(view, WHERE) == _HERE


def _chosen(view: Json, block_id: str) -> str:
    selected: dict[str, str] | None = value_of(view, block_id)
    return selected["value"] if selected else ""
