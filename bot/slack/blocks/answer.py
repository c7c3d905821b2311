"""The answer to a question: how it was understood, at most three cards, and the way on."""

from collections.abc import Sequence
from dataclasses import replace

from bot.asking.cards import Answer, Card, PassageRef
from bot.asking.composing import otherwise
from bot.pinning import PinView
from bot.slack.blocks import buttons
from bot.slack.blocks.budget import MAX_CHARACTERS, MAX_TEXT, ROOMS, Room, laid_out, size
from bot.slack.blocks.buttons import Asking
from bot.slack.blocks.card import card_block
from bot.slack.blocks.card_row import Row, card_row
from bot.slack.blocks.feedback import thumbs
from bot.slack.blocks.message import Message
from bot.slack.blocks.pins import pins_first
from bot.slack.blocks.rich import Json, actions, divider, line, rich_text, small, text
from bot.slack.blocks.spoken import spoken
from bot.slack.blocks.watches import watch_this
from bot.wording import asking_words, words
from bot.wording.answers import MOST, remarks
from bot.wording.source import clipped
from index.analysis import terms

MOST_SPOKEN = 3
"""Cards that are told as text however long their names are."""
ROOM_ABOVE = 1_000
"""Characters kept for the query that a form wrote."""


def answer_message(
    answer: Answer,
    page: Asking,
    *,
    shareable: bool,
    asked_as: str = "",
    admin: bool = False,
    pins: Sequence[PinView] = (),
) -> Message:
    """`page` is where this answer stands; `shareable` is False where there is no channel to share to. `asked_as` is the
    query that a form wrote, for its person to see how it is written. `admin`: an admin asked. `pins` answer first; a
    passage that is one of them is not shown again.
    """
    pins = _fitting(answer, page, shareable, admin, pins)
    cards = _beside(pins, answer)
    blocks = laid_out(lambda room: [*_written(asked_as), *_layout(answer, page, shareable, admin, pins, room)])
    written = [f"{asking_words.ASKED_AS}/quote {asked_as}."] if asked_as else []
    opening = " ".join([*_opening(answer, page, 600), *remarks(answer, 60), *written])
    told = [*(view.told for view in pins), *cards]
    said = spoken(opening, told)
    return Message(said if len(said) <= MAX_TEXT else spoken(opening, told[:MOST_SPOKEN]), blocks)


def _fitting(answer: Answer, page: Asking, shareable: bool, admin: bool, pins: Sequence[PinView]) -> Sequence[PinView]:
    """As many of the pins, from the first, as Slack takes with the passages."""
    while pins and size(_layout(answer, page, shareable, admin, pins, ROOMS[-1])) > MAX_CHARACTERS - ROOM_ABOVE:
        pins = pins[:-1]
    return pins


def _beside(pins: Sequence[PinView], answer: Answer) -> list[Card]:
    """The passages that are not among the pins."""
    return [card for card in answer.cards if all(not card.ref.within(view.card.ref) for view in pins)]


def _layout(
    answer: Answer, page: Asking, shareable: bool, admin: bool, pins: Sequence[PinView], room: Room
) -> list[Json]:
    first, *rest = _opening(answer, page, room.name * 4)
    said = line(text(first, bold=True), *(text(f" {sentence}") for sentence in rest))
    told = [line(text(remark)) for remark in remarks(answer, min(room.name, 60))]
    blocks = [rich_text(said, *told), *_instead(answer), *pins_first(pins, shareable, room)]
    for card in _beside(pins, answer):
        row = card_row(Row(card.ref, page, shareable, admin=admin, phrase=_phrase(card)))
        blocks += [divider(), card_block(card, room), row, *thumbs(card.ref, answer.question)]
    return blocks + _footer(answer, page)


def _written(asked_as: str) -> list[Json]:
    if not asked_as:
        return []
    return [rich_text(line(text(asking_words.ASKED_AS), text(f"/quote {asked_as}", code=True)))]


def _instead(answer: Answer) -> list[Json]:
    """Buttons that search what was typed where another word was searched, and what may be meant."""
    found = otherwise(answer)[:MOST]
    row = [buttons.instead_of(number, shown, question) for number, (shown, question) in enumerate(found)]
    kept = [one for one in row if one is not None]
    return [actions(*kept)] if kept else []


def _phrase(card: Card) -> PassageRef | None:
    """The longest stretch of found words, where it is more than one word: the exact words that were asked for."""
    spans = [span for span in card.spans if len(terms(card.text[span.start : span.end])) > 1]
    if not spans:
        return None
    longest = max(spans, key=lambda span: span.end - span.start)
    at = card.ref.start
    return replace(card.ref, start=at + longest.start, end=at + longest.end)


def _opening(answer: Answer, page: Asking, room: int) -> list[str]:
    """The point first, then how the question was understood."""
    understood = clipped(answer.understood, room)
    if not answer.cards:
        return [words.NO_MORE] if page.seen else [words.NOT_FOUND, understood, words.NOT_FOUND_MEANS]
    if page.seen:
        return [words.further(page.seen + 1, page.seen + len(answer.cards), answer.total), understood]
    return [words.found(answer.total, answered=answer.answered), understood]


def _footer(answer: Answer, page: Asking) -> list[Json]:
    """The way on: the next page, and on the first one to be told of what is still to come."""
    row: list[Json | None] = []
    if answer.cursor is not None:
        row.append(buttons.more(Asking(answer.question, answer.cursor, page.seen + len(answer.cards))))
    too_long = [small(words.MORE_TOO_LONG)] if None in row else []
    if not page.seen:
        row.append(watch_this(answer.question))
    shown = [one for one in row if one is not None]
    below = [*too_long, *([actions(*shown)] if shown else [])]
    return [divider(), *below] if below else []
