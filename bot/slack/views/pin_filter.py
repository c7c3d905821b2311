"""The form that narrows the list of pins."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.pinning import asked as asked_for
from bot.pinning.asked import ME, Asked
from bot.slack.blocks.pins import Listing
from bot.slack.blocks.rich import Json, option
from bot.slack.views.modal import field, modal, typed_in, typing, value_of
from bot.store.pins import PinStatus
from bot.wording import admin_words, pinboard_words
from index.query import parse

FORM = "narrow_pins"
WORDS, STORY, TAG, WHOSE, STATUS, VERIFIED = "words", "story", "tag", "whose", "status", "verified"
_MINE, _ALL, _EXPIRING = "mine", "all", "expiring"
LONGEST_OFFERED = 75
"""Of a menu's line, in Slack."""
MOST_OFFERED = 100
LONGEST_TYPED = 80


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
    asked = asked_for.read(listing.asked)
    offered = [story for story in stories if len(story) <= LONGEST_OFFERED][:MOST_OFFERED]
    story = _menu([option(name, name) for name in offered], asked.story or "")
    whose = [option(pinboard_words.ANYBODYS, _ALL), option(pinboard_words.MINE, _MINE)]
    statuses = [option(pinboard_words.ANY_STATUS, _ALL), option(pinboard_words.EXPIRING, _EXPIRING)]
    statuses += [option(pinboard_words.status(status), status.value) for status in PinStatus]
    status = _EXPIRING if asked.expiring else asked.status or _ALL
    answers = [option(pinboard_words.ANY_VERIFIED, _ALL)]
    answers += [option(label, answer) for answer, label in pinboard_words.VERIFIED_ANSWERS.items()]
    verified = next((word for word, value in asked_for.ANSWERS.items() if value is asked.verified), _ALL)
    blocks = [
        field(WORDS, pinboard_words.WORDS, _line(asked.words), pinboard_words.WORDS_HINT),
        *([field(STORY, pinboard_words.STORY, story)] if offered else []),
        field(TAG, pinboard_words.TAGS, _line(asked.tag)),
        field(WHOSE, pinboard_words.WHOSE, _menu(whose, _MINE if asked.owner == ME else _ALL), optional=False),
        field(STATUS, pinboard_words.STATUS, _menu(statuses, status), optional=False),
        field(VERIFIED, pinboard_words.VERIFIED_FIELD, _menu(answers, verified), optional=False),
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
    return {**typing((initial or "")[:LONGEST_TYPED]), "max_length": LONGEST_TYPED}


def _menu(options: list[Json], chosen: str) -> Json:
    initial = [one for one in options if one["value"] == chosen]
    return {"type": "static_select", "options": options, **({"initial_option": initial[0]} if initial else {})}


def read(view: Json) -> Asked:
    """Which pins a submitted form asks for. Raises BadQuery where its words can't be read, or it is too much."""
    status, words = _chosen(view, STATUS), asked_for.read(typed_in(view, WORDS))
    if words.question:
        parse(words.question, dates_alone=True)
    asked = replace(
        words,
        story=_chosen(view, STORY) or words.story,
        tag=typed_in(view, TAG) or words.tag,
        owner=ME if _chosen(view, WHOSE) == _MINE else words.owner,
        status=PinStatus(status) if status in set(PinStatus) else words.status,
        expiring=words.expiring or status == _EXPIRING,
        verified=asked_for.ANSWERS.get(_chosen(view, VERIFIED), words.verified),
    )
    asked_for.read(str(asked))
    return asked


def _chosen(view: Json, block_id: str) -> str:
    selected: dict[str, str] | None = value_of(view, block_id)
    return selected["value"] if selected else ""
