"""The top-level `text` of a message: what screen readers and notifications give instead of the blocks.

Slack parses it, so `& < >` are escaped and a quoted `<!channel>` calls nobody.
"""

from collections.abc import Sequence

from bot.asking.cards import Card
from bot.slack.blocks.budget import MAX_TEXT
from bot.wording import words
from bot.wording.dates import when
from bot.wording.excerpts import excerpt
from bot.wording.source import addresses, clipped, place, speaker

_ROOMS = (2000, 1200, 800, 500, 300, 150, 60)


def escaped(text: str) -> str:
    """Literal for Slack's mrkdwn parser.

    >>> escaped("AT&T <!channel>")
    'AT&amp;T &lt;!channel&gt;'
    """
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def spoken(opening: str, cards: Sequence[Card]) -> str:
    """Its first line, then of each card the passage, speaker, date and address. At most 4,000 characters."""
    text = ""
    for room in _ROOMS:
        text = "\n".join([escaped(clipped(opening, room * 2)), *(escaped(_card(card, room)) for card in cards)])
        if len(text) <= MAX_TEXT:
            break
    return text


def _card(card: Card, room: int) -> str:
    shown = excerpt(card.text, card.spans, room)
    passage = card.text[shown.start : shown.end]
    before, after = (f"{words.CUT} " if shown.cut_before else ""), (f" {words.CUT}" if shown.cut_after else "")
    facts = [
        f"{speaker(card, room)}, {when(card.said, card.document.published)}",
        place(card, room),
        next((url for _, url in addresses(card, room)), None),
    ]
    return f"{before}“{passage}”{after} " + ". ".join(fact for fact in facts if fact)
