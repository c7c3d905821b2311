"""The exact quotations of a message, each to be pinned."""

from collections.abc import Sequence
from dataclasses import replace

from bot.asking.cards import Card, Checked, PassageRef
from bot.slack.blocks.budget import Room, laid_out
from bot.slack.blocks.card import card_block
from bot.slack.blocks.message import Message
from bot.slack.blocks.notice import notice_message
from bot.slack.blocks.pins import SIDE_BY_SIDE, pin_it
from bot.slack.blocks.rich import Json, actions, divider, line, rich_text, text
from bot.slack.blocks.spoken import spoken
from bot.wording import pinboard_words
from index.check import Verdict

EXACT = frozenset({Verdict.EXACT, Verdict.PUNCTUATION})
"""Of a quotation whose typography differs the record's own words are offered."""


def offer_message(found: Sequence[Checked]) -> Message:
    """The first place of each; a sentence where there is none."""
    places = [one.cards[0] for one in found if one.verdict in EXACT and one.cards][:SIDE_BY_SIDE]
    if not places:
        return notice_message(pinboard_words.NO_EXACT)

    def layout(room: Room) -> list[Json]:
        blocks = [rich_text(line(text(pinboard_words.QUOTATIONS_FOUND, bold=True)))]
        for number, card in enumerate(places):
            blocks += [divider(), card_block(card, room), actions(pin_it(_words(card), number))]
        return blocks

    return Message(spoken(pinboard_words.QUOTATIONS_FOUND, places), laid_out(layout))


def _words(card: Card) -> PassageRef:
    """The quotation's own words in the passage."""
    if not card.spans:
        return card.ref
    start, end = min(span.start for span in card.spans), max(span.end for span in card.spans)
    return replace(card.ref, start=card.ref.start + start, end=card.ref.start + end)
