"""Where exact words stand: as JSON for scripts, as lines for people."""

from rich.console import Console
from rich.text import Text

from bot.asking.cards import Firsts
from bot.cli.render_json import Json, card_json
from bot.cli.render_text import show_card
from bot.cli.terminal import harmless, show
from bot.wording import asking_words
from bot.wording.firsts import standing

_ALL = 10_000


def firsts_json(firsts: Firsts) -> Json:
    """The places as hits, oldest first, the undated ones apart."""
    return {
        "words": firsts.words,
        "earliest": firsts.earliest,
        "total_dated": firsts.total_dated,
        "total_undated": firsts.total_undated,
        "dated": [card_json(card) for card in firsts.dated],
        "undated": [card_json(card) for card in firsts.undated],
    }


def show_firsts(target: Console, firsts: Firsts) -> None:
    """The point first, then the places."""
    opening, *rest = standing(firsts, _ALL)
    show(target, Text(harmless(opening), "bold"))
    for sentence in rest:
        show(target, sentence)
    for number, card in enumerate((*firsts.dated, *firsts.undated), 1):
        show(target, "")
        if number == len(firsts.dated) + 1 and firsts.dated:
            show(target, Text(asking_words.UNDATED_TITLE, "bold"))
        show_card(target, number, card)
    later, undated = firsts.total_dated - len(firsts.dated), firsts.total_undated - len(firsts.undated)
    if unlisted := asking_words.more_places(later, undated):
        show(target, unlisted)
