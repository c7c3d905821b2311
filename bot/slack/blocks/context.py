"""A passage between its neighbours, in the place of the answer it was asked from."""

from bot.asking.cards import Card, Context
from bot.slack.blocks import buttons
from bot.slack.blocks.budget import Room, laid_out
from bot.slack.blocks.buttons import Looking
from bot.slack.blocks.card import card_block, passage
from bot.slack.blocks.message import Message
from bot.slack.blocks.rich import Json, actions, line, quotation, rich_text, small, text
from bot.slack.blocks.spoken import spoken
from bot.wording import words
from bot.wording.source import speaker


def context_message(context: Context, looking: Looking, *, shareable: bool) -> Message:
    """Before, the passage's card, after: each with its own speaker, since a neighbour may be someone else's words."""
    blocks = laid_out(lambda room: _layout(context, looking, shareable, room))
    cards = [card for card in (context.before, context.here, context.after) if card is not None]
    return Message(spoken(words.CONTEXT_TITLE, cards), blocks)


def _layout(context: Context, looking: Looking, shareable: bool, room: Room) -> list[Json]:
    row = [
        *([buttons.back(looking.back)] if looking.back else []),
        *([buttons.share(context.here.ref)] if shareable else []),
    ]
    return [
        _neighbour(words.BEFORE, context.before, room) or small(words.DOCUMENT_BEGINS),
        card_block(context.here, room),
        _neighbour(words.AFTER, context.after, room) or small(words.DOCUMENT_ENDS),
        *([actions(*row)] if row else []),
    ]


def _neighbour(where: str, card: Card | None, room: Room) -> Json | None:
    if card is None:
        return None
    return rich_text(
        line(text(where, bold=True), text(f" · {speaker(card, room.name)}")),
        quotation(*passage(card.text, card.spans, room)),
    )
