"""What the dates of some places allow to be said of who came first."""

from bot.asking.cards import Firsts
from bot.wording import asking_words
from bot.wording.source import clipped


def standing(firsts: Firsts, room: int) -> list[str]:
    """The point first: how often the words stand here, and whether the first place is surely the earliest."""
    shown = clipped(firsts.words, room)
    if not (firsts.total_dated or firsts.total_undated):
        return [asking_words.nowhere(shown), asking_words.ELSEWHERE]
    found = asking_words.places_of(shown, firsts.total_dated, firsts.total_undated)
    undated = asking_words.undated_may_be_earlier(firsts.total_undated) if firsts.total_dated else ""
    return [
        sentence
        for sentence in (found, _earliest(firsts), undated, asking_words.EACH_ONCE, asking_words.ELSEWHERE)
        if sentence
    ]


def _earliest(firsts: Firsts) -> str:
    if not firsts.total_dated:
        return asking_words.NONE_DATED if firsts.total_undated > 1 else ""
    if firsts.total_dated == 1:
        return asking_words.ONLY_DATED
    return asking_words.EARLIEST_SURE if firsts.earliest else asking_words.EARLIEST_UNSURE
