"""The answer to a question: how it was understood, at most three cards, and the way on."""

from bot.cards import Answer, Card
from bot.slack.blocks import buttons
from bot.slack.blocks.budget import Room, laid_out
from bot.slack.blocks.buttons import Asking, Looking
from bot.slack.blocks.card import card_block
from bot.slack.blocks.message import Message
from bot.slack.blocks.rich import Json, actions, divider, line, rich_text, small, text
from bot.slack.blocks.spoken import spoken
from bot.wording import words
from bot.wording.source import clipped

REMARKS = 3


def answer_message(answer: Answer, page: Asking, *, shareable: bool) -> Message:
    """`page` is where this answer stands; `shareable` is False where there is no channel to share to."""
    blocks = laid_out(lambda room: _layout(answer, page, shareable, room))
    opening = " ".join([*_opening(answer, page, 600), *_remarks(answer, 60)])
    return Message(spoken(opening, answer.cards), blocks)


def _layout(answer: Answer, page: Asking, shareable: bool, room: Room) -> list[Json]:
    first, *rest = _opening(answer, page, room.name * 4)
    said = line(text(first, bold=True), *(text(f" {sentence}") for sentence in rest))
    remarks = [line(text(remark)) for remark in _remarks(answer, min(room.name, 60))]
    blocks = [rich_text(said, *remarks)]
    for card in answer.cards:
        blocks += [divider(), card_block(card, room), _buttons(card, page, shareable)]
    return blocks + _footer(answer, page)


def _opening(answer: Answer, page: Asking, room: int) -> list[str]:
    """The point first, then how the question was understood."""
    understood = clipped(answer.understood, room)
    if not answer.cards:
        return [words.NO_MORE] if page.seen else [words.NOT_FOUND, understood, words.NOT_FOUND_MEANS]
    if page.seen:
        return [words.further(page.seen + 1, page.seen + len(answer.cards), answer.total), understood]
    return [f"{words.passages(answer.total)}." if answer.answered else words.NEAREST, understood]


def _remarks(answer: Answer, room: int) -> list[str]:
    """What else must be known of this answer, one sentence each."""
    left_out = words.left_out(answer.left_out.undated, answer.left_out.vague)
    return [
        *(words.corrected(clipped(old, room), clipped(new, room)) for old, new in answer.corrected[:REMARKS]),
        *(words.suggested(clipped(old, room), clipped(new, room)) for old, new in answer.suggestions[:REMARKS]),
        *([left_out] if left_out else []),
    ]


def _buttons(card: Card, page: Asking, shareable: bool) -> Json:
    look = buttons.context(Looking(card.ref, page))
    return actions(buttons.share(card.ref), look) if shareable else actions(look)


def _footer(answer: Answer, page: Asking) -> list[Json]:
    if answer.cursor is None:
        return []
    more = buttons.more(Asking(answer.question, answer.cursor, page.seen + len(answer.cards)))
    return [divider(), actions(more)] if more else [small(words.MORE_TOO_LONG)]
