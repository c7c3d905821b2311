"""Where exact words stand, in the order of time; undated places apart."""

from dataclasses import replace

from bot.asking.cards import Card, Firsts
from bot.slack.blocks import buttons
from bot.slack.blocks.budget import Room, laid_out
from bot.slack.blocks.card import passage
from bot.slack.blocks.message import Message
from bot.slack.blocks.rich import Json, actions, line, link, quotation, rich_text, small, text
from bot.slack.blocks.spoken import spoken
from bot.wording import asking_words, words
from bot.wording.dates import when
from bot.wording.firsts import standing
from bot.wording.source import address, clipped, place, speaker

LISTED_UNDATED = 3
EXCERPT = 240
"""Characters of a place: the words with a little around them; the link and `/quote` show more."""


def firsts_message(firsts: Firsts, *, search_instead: str = "") -> Message:
    """`search_instead` is what was typed, where it may have been a question."""
    button = buttons.search_instead(search_instead)
    cards = [*firsts.dated, *firsts.undated[:LISTED_UNDATED]]
    blocks = laid_out(lambda room: [*_layout(firsts, room), *([actions(button)] if button else [])])
    return Message(spoken(" ".join(standing(firsts, 200)), cards), blocks)


def _layout(firsts: Firsts, room: Room) -> list[Json]:
    tight = replace(room, passage=min(room.passage, EXCERPT))
    first, *rest = standing(firsts, room.name)
    undated = firsts.undated[:LISTED_UNDATED]
    apart = [rich_text(line(text(asking_words.UNDATED_TITLE, bold=True)))] if undated and firsts.dated else []
    unlisted = asking_words.more_places(firsts.total_dated - len(firsts.dated), firsts.total_undated - len(undated))
    return [
        rich_text(line(text(first, bold=True), *(text(f" {sentence}") for sentence in rest))),
        *(_entry(card, tight) for card in firsts.dated),
        *apart,
        *(_entry(card, tight) for card in undated),
        *([small(unlisted)] if unlisted else []),
    ]


def _entry(card: Card, room: Room) -> Json:
    url = address(card, room.address)
    return rich_text(
        line(
            text(when(card.said, card.document.published), bold=True),
            text(f" · {speaker(card, room.name)}"),
        ),
        quotation(*passage(card.text, card.spans, room)),
        line(
            text(clipped(place(card, room.name), room.name * 4)), *([text(" · "), link(url, words.OPEN)] if url else [])
        ),
    )
