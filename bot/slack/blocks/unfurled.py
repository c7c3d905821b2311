"""A permalink's card, below the message in which it stands. Only what answers the one who clicks stands under it."""

from bot.asking.cards import Card
from bot.pinning import PinView
from bot.slack.blocks.budget import Room, laid_out
from bot.slack.blocks.card import card_block
from bot.slack.blocks.card_row import Row, card_row
from bot.slack.blocks.pins import mark_of
from bot.slack.blocks.rich import Json


def unfurled_blocks(card: Card, view: PinView | None) -> list[Json]:
    """The card; a pin's is marked as one."""

    def layout(room: Room) -> list[Json]:
        mark = [mark_of(view, room)] if view else []
        return [*mark, card_block(card, room), card_row(Row(card.ref, public=True))]

    return laid_out(layout)
