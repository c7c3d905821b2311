"""Why a card stands where it stands, for admins: a small table."""

from bot.asking.cards import Card
from bot.slack.blocks.message import Message
from bot.slack.blocks.rich import line, preformatted, rich_text, small, text
from bot.slack.blocks.spoken import spoken
from bot.wording import ranking_words
from bot.wording.source import title


def why_message(card: Card) -> Message:
    """The reasons of a card that was asked for with them."""
    named = f"{ranking_words.TITLE}: {title(card.document, 150)}."
    told = ranking_words.table(card.reasons, card.score)
    block = rich_text(line(text(named, bold=True)), preformatted(told))
    return Message(spoken(f"{named}\n{told}", ()), [block, small(ranking_words.MEANS)])
