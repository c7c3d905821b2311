"""Misquotations by slips of the ear and the pen: another pronoun, modal verb, unit, ordinal, spelling or number of a
noun, a word said twice once, an interjection left out, a clause dropped.
"""

import re
from collections.abc import Mapping
from random import Random

from index.query.function_words import is_function_word
from tests.bench.misquoting import Change, put, swap

_PRONOUNS = "i we, we they, he she, they we, you we, my our, our their, his her, us them, it they"
_MODALS = "could would, would could, should would, may must, must should, can will, will can, shall will, might will"
_NEGATIVES = "never ever, nothing anything, none some, nobody anybody"
_UNITS = (
    "million billion, billion million, thousand million, hundred thousand, miles kilometers, dollars euros, "
    "years months, days weeks, months years, hours minutes"
)
_ORDINALS = "first second, second third, third fourth, fourth fifth, last first"
_MONTHS = "january February, february March, june July, july June, october November, august September, monday Tuesday"
_BRITISH = (
    "honor honour, favor favour, labor labour, color colour, defense defence, center centre, program programme, "
    "organization organisation, recognize recognise, neighbor neighbour, behavior behaviour"
)
_SMALL_WORDS = (
    "the a, a the, an the, this that, these those, and or, or and, but and, because although, if when, only also, "
    "all most, more less, every any"
)
_SAID_TWICE = re.compile(r"\b(\w+),? \1\b", re.IGNORECASE)
_INTERJECTION = re.compile(r",? \b(?:uh|um|you know|i mean|well|look|of course|frankly)\b,?", re.IGNORECASE)
_NOUN = re.compile(r"(?<=[a-z] )[a-z]{4,}(?= [a-z])")
_NOT = re.compile(r"\bnot |n['’]t\b")
_UNCONTRACTED = re.compile(r"\b(do|did|is|are|would|could|was) not\b")


def _swapping(pairs: str) -> Change:
    words = {pair.split()[0]: pair.split()[1] for pair in pairs.split(", ")}
    return lambda sentence, chance: swap(sentence, words, chance)


def _without(pattern: re.Pattern[str], by: str = "") -> Change:
    def change(sentence: str, _chance: Random) -> str | None:
        left, count = pattern.subn(by, sentence, count=1)
        return left if count else None

    return change


def plural(sentence: str, chance: Random) -> str | None:
    """One for many, or many for one."""
    found = [match for match in _NOUN.finditer(sentence) if not is_function_word(match[0])]
    if not found:
        return None
    match = chance.choice(found)
    one = match[0].endswith("s") and not match[0].endswith("ss")
    return put(sentence, match, match[0][:-1] if one else f"{match[0]}s")


def clause(sentence: str, _chance: Random) -> str | None:
    """Without the second of its clauses."""
    parts = sentence.split(", ")
    return ", ".join([parts[0], *parts[2:]]) if len(parts) > 3 and len(parts[1].split()) > 2 else None


NEAR: Mapping[str, Change] = {
    "plural": plural,
    "clause": clause,
    "pronoun": _swapping(_PRONOUNS),
    "modal": _swapping(_MODALS),
    "ever": _swapping(_NEGATIVES),
    "unit": _swapping(_UNITS),
    "ordinal": _swapping(_ORDINALS),
    "month": _swapping(_MONTHS),
    "british": _swapping(_BRITISH),
    "small-word": _swapping(_SMALL_WORDS),
    "said-twice": _without(_SAID_TWICE, r"\1"),
    "interjection": _without(_INTERJECTION),
    "not-dropped": _without(_NOT),
    "contracted": _without(_UNCONTRACTED, r"\1n't"),
}
