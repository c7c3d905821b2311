"""The search form: what can be filled in, and what was. Six fields at first, the rest behind a button.

Slack keeps what is typed in a field as long as its block_id and action_id stay. So these carry the form's `number`:
the same for More Filters, another one for a form that is to begin anew.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from bot.asking.composing import CHOSEN, Form, Part
from bot.slack.blocks.rich import Json, actions, asking_first, button, option
from bot.slack.views.modal import MAX_INPUT, field, modal, typed_in, typing, value_of
from bot.wording import asking_words
from bot.wording.source import clipped
from index.port import Choice
from index.query import DateField, Sort

FORM = "search_form"
ASK_AGAIN = "ask_again"
CLEAR = "clear_recent_searches"
MORE = "more_filters"

MOST_OPTIONS = 100
LONGEST_OPTION = 75
LONGEST_VALUE = 150
_PLACE = "place"
_MARK = "~"


@dataclass(frozen=True, slots=True)
class Asked:
    """A submitted form: what to search, and where to answer (channel and response_url; None for direct messages)."""

    form: Form
    place: tuple[str, str] | None


def form(number: int = 0, *, more: bool = False, recent: bool = False, words: str = "") -> Json:
    """The form; with `recent`, the person has questions to ask again."""
    parts = [*_FIRST, *(_FURTHER if more else ())]
    further = [] if more else [actions(button(asking_words.MORE_FILTERS, MORE, str(number)))]
    return modal(
        asking_words.FORM_TITLE,
        [
            *([_again()] if recent else []),
            *(_field(part, number, words if part is Part.WORDS else "") for part in parts),
            field(_id(_PLACE, number), asking_words.PLACE_LABEL, _place(), asking_words.PLACE_HINT),
            *further,
        ],
        close=asking_words.CANCEL,
        submit=asking_words.SUBMIT,
        callback_id=FORM,
        metadata=f"{number}{' recent' if recent else ''}",
    )


def number_of(view: Json) -> int:
    """Which form it is."""
    return int(view["private_metadata"].partition(" ")[0])


def has_recent(view: Json) -> bool:
    """Whether it offers questions to ask again."""
    return view["private_metadata"].endswith(" recent")


def has_more(view: Json) -> bool:
    """Whether all its fields are there."""
    shown = {block["block_id"] for block in view["blocks"]}
    return _id(Part.SORT, number_of(view)) in shown


def read(view: Json, response_urls: Sequence[Json]) -> Asked:
    """What a submitted form says."""
    number = number_of(view)
    typed = {part: typed_in(view, _id(part, number)) for part in (Part.WORDS, Part.PHRASE, Part.SINCE, Part.UNTIL)}
    chosen = {part: _chosen(view, part) for part in CHOSEN}
    filled = Form(
        **{str(part): value for part, value in (typed | chosen).items()},
        dated=DateField(_chosen(view, Part.DATED) or DateField.WHEN),
        sort=Sort(_chosen(view, Part.SORT) or Sort.RELEVANCE),
    )
    place = next(((str(url["channel_id"]), str(url["response_url"])) for url in response_urls), None)
    return Asked(filled, place)


def errors(view: Json, problems: Mapping[Part, str]) -> dict[str, str]:
    """The problems by the blocks that Slack shows them under; those of a field that is not there, under the first."""
    number = number_of(view)
    return {_id(part, number): sentence for part, sentence in problems.items()}


def part_of(action_id: str) -> Part | None:
    """Which field is being typed in; None for anything else."""
    name = action_id.partition(_MARK)[0]
    return Part(name) if name in tuple(Part) else None


def choices(found: Sequence[Choice]) -> list[Json]:
    """Options for a field that is chosen. A name too long for Slack is cut after a word: its first words find it."""
    shown = {_cut(choice.value): choice for choice in found[:MOST_OPTIONS]}
    return [
        {**option(_shown(choice.value), value), "description": _plain(asking_words.choice_note(choice.passages))}
        for value, choice in shown.items()
        if value
    ]


def questions(asked: Sequence[str], typed: str) -> list[Json]:
    """Options for the person's own questions, those that hold what is typed."""
    wanted = typed.casefold().split()
    fits = [question for question in asked if all(word in question.casefold() for word in wanted)]
    return [option(_shown(question), digest(question)) for question in fits[:MOST_OPTIONS]]


def digest(question: str) -> str:
    """A short name for a question, since an option's value can't hold all of it."""
    return sha256(question.encode()).hexdigest()[:16]


def _shown(name: str) -> str:
    return clipped(name, LONGEST_OPTION - len(" [cut]"))


def _cut(name: str) -> str:
    if len(name) <= LONGEST_VALUE:
        return name
    return name[: LONGEST_VALUE + 1].rpartition(" ")[0] or name[:LONGEST_VALUE]


def _id(part: str, number: int) -> str:
    return f"{part}{_MARK}{number}"


def _chosen(view: Json, part: Part) -> str:
    chosen: Any = value_of(view, _id(part, number_of(view)))
    return str(chosen["value"]) if chosen else ""


def _again() -> Json:
    clear = asking_first(
        button(asking_words.CLEAR_RECENT, CLEAR, "all"),
        asking_words.CLEAR_TITLE,
        asking_words.CLEAR_MEANS,
        asking_words.CLEAR_RECENT,
        asking_words.CANCEL,
    )
    return actions({**_select(asking_words.ASK_AGAIN), "action_id": ASK_AGAIN}, clear)


def _field(part: Part, number: int, initial: str = "") -> Json:
    label, hint = _LABELS[part]
    return field(_id(part, number), label, _ELEMENTS[part] or typing(initial[:MAX_INPUT]), hint)


def _select(placeholder: str) -> Json:
    return {
        "type": "external_select",
        "placeholder": _plain(placeholder),
        "min_query_length": 0,
    }


def _among(named: Mapping[Any, str]) -> Json:
    """A menu of a closed set; its first member is chosen at first."""
    options = [option(label, str(value)) for value, label in named.items()]
    return {"type": "static_select", "options": options, "initial_option": options[0]}


def _plain(words: str) -> Json:
    return {"type": "plain_text", "text": words, "emoji": False}


def _place() -> Json:
    return {"type": "conversations_select", "response_url_enabled": True, "default_to_current_conversation": True}


_FIRST = (Part.WORDS, Part.PHRASE, Part.SPEAKER, Part.SINCE, Part.UNTIL)
_FURTHER = (Part.DATED, Part.SOURCE, Part.TITLE, Part.PUBLISHER, Part.TYPE, Part.SORT)
_LABELS = {
    Part.WORDS: (asking_words.WORDS_LABEL, asking_words.WORDS_HINT),
    Part.PHRASE: (asking_words.PHRASE_LABEL, asking_words.PHRASE_HINT),
    Part.SPEAKER: (asking_words.SPEAKER_LABEL, asking_words.SPEAKER_HINT),
    Part.SOURCE: (asking_words.SOURCE_LABEL, ""),
    Part.TITLE: (asking_words.TITLE_LABEL, ""),
    Part.PUBLISHER: (asking_words.PUBLISHER_LABEL, ""),
    Part.TYPE: (asking_words.TYPE_LABEL, ""),
    Part.SINCE: (asking_words.SINCE_LABEL, asking_words.DATE_HINT),
    Part.UNTIL: (asking_words.UNTIL_LABEL, asking_words.DATE_HINT),
    Part.DATED: (asking_words.DATED_LABEL, ""),
    Part.SORT: (asking_words.SORT_LABEL, ""),
}
_ELEMENTS: dict[Part, Json | None] = {
    **dict.fromkeys(Part, None),
    **{part: _select(asking_words.CHOOSE) for part in CHOSEN},
    Part.DATED: _among(asking_words.DATED),
    Part.SORT: _among(asking_words.SORTS),
}
