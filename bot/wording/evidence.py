"""What is told around a card's words on every surface: what to mind, where they stand, and what is noted."""

from bot.asking.cards import Card, Place
from bot.wording import words
from bot.wording.source import clipped, ending, no_link, place, title
from index.hit import Match

MISSING_NAMED = 8


def warnings(card: Card) -> list[str]:
    """What a reporter must not overlook."""
    found = [words.turns(clipped(card.turns, 40))] if card.turns else []
    return found if card.current else [*found, words.SUPERSEDED]


def notes(card: Card, room: int) -> list[str]:
    """That it is older than its copies, and why this card is not a full match; a word in at most `room` characters."""
    oldest = [words.EARLIEST] if card.earliest else []
    named = [clipped(word, room) for word in card.missing[:MISSING_NAMED]]
    more = words.and_more(len(card.missing) - len(named)) if len(card.missing) > len(named) else ""
    found = [*oldest, words.missing(named) + more] if named else oldest
    return [*found, words.ONLY_NEAREST] if card.match is Match.RELATED else found


def stands(card: Card, name: int, address: int) -> str:
    """Where the words stand, and why there is no link to it where there is none; `name` and `address` are the most
    characters of each."""
    reason = no_link(card, address)
    return place(card, name) + (f" · {reason}" if reason else "")


def copy_of(other: Place, room: int) -> str:
    """Another document in which a card's words stand, by its title and publisher. Of a long title both ends are shown:
    those of one series often differ in their last words alone."""
    publisher = clipped(other.document.publisher or "", room)
    named = " ".join((other.document.title or "").split())
    shown = named if len(named) <= room else f"{clipped(named, room // 2)} {ending(named, room // 2)}"
    return (shown or title(other.document, room)) + (f" ({publisher})" if publisher else "")
