"""A passage as it is posted for everyone of a channel to see. Only what answers the one who clicks stands under it."""

from bot.asking.cards import Card
from bot.slack.blocks.budget import laid_out
from bot.slack.blocks.card import card_block
from bot.slack.blocks.card_row import Row, card_row
from bot.slack.blocks.message import Message
from bot.slack.blocks.rich import line, rich_text, text, user
from bot.slack.blocks.spoken import spoken
from bot.wording import words


def shared_message(card: Card, user_id: str) -> Message:
    """The card, and who shared it."""
    who = rich_text(line(text(words.SHARED_BY), user(user_id)))
    row = card_row(Row(card.ref, public=True))
    return Message(spoken(words.SHARED_PASSAGE, [card]), laid_out(lambda room: [card_block(card, room), who, row]))
