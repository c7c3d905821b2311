"""Misquotations made from real sentences, by chance and reproducibly: what a check is measured with on other text."""

import random
import re
from collections.abc import Callable, Mapping, Sequence

from index.analysis import terms
from index.query.function_words import is_function_word

_WORD = re.compile(r"[^\W\d_](?:[\w'’]*\w)?")
_TENSES = {
    "is": "was", "was": "is", "are": "were", "were": "are", "has": "had", "have": "had", "had": "has",
    "will": "would", "would": "will", "can": "could", "do": "did", "does": "did", "said": "says", "went": "goes",
}  # fmt: skip
_CONTRACTED = {
    "don't": "do not",
    "it's": "it is",
    "can't": "cannot",
    "we're": "we are",
    "i'm": "I am",
    "didn't": "did not",
}
_NUMBERS = {"one": "two", "two": "three", "three": "four", "four": "six", "five": "four", "million": "billion"}
_NAMES = ("[the president]", "[Trump]", "[the committee]", "[Mr. Mueller]")
_ELLIPSES = ("...", "…", ". . .")
_INSERTED = ("really", "very", "actually", "not", "also", "never", "certainly")

Change = Callable[[str, random.Random], str | None]


def _swap(sentence: str, words: Mapping[str, str], chance: random.Random) -> str | None:
    places = [match for match in re.finditer(r"[\w'’]+", sentence) if match[0].lower().replace("’", "'") in words]
    if not places:
        return None
    match = chance.choice(places)
    return _put(sentence, match, words[match[0].lower().replace("’", "'")])


def _put(sentence: str, match: re.Match[str], word: str) -> str:
    word = word[:1].upper() + word[1:] if match[0][:1].isupper() else word
    return sentence[: match.start()] + word + sentence[match.end() :]


def _inner(sentence: str, chance: random.Random, *, least: int = 1) -> re.Match[str] | None:
    """A word neither first nor last."""
    found = [match for match in list(_WORD.finditer(sentence))[1:-1] if len(match[0]) >= least]
    return chance.choice(found) if found else None


def number(sentence: str, chance: random.Random) -> str | None:
    """Another number in the place of one."""
    digits = list(re.finditer(r"\d+", sentence))
    if not digits:
        return _swap(sentence, _NUMBERS, chance)
    match = chance.choice(digits)
    return sentence[: match.start()] + str(int(match[0]) + chance.choice((1, 2, 10))) + sentence[match.end() :]


def tense(sentence: str, chance: random.Random) -> str | None:
    """A verb in another tense."""
    return _swap(sentence, _TENSES, chance)


def contraction(sentence: str, chance: random.Random) -> str | None:
    """A shortened form written out."""
    return _swap(sentence, _CONTRACTED, chance)


def dropped(sentence: str, chance: random.Random) -> str | None:
    """A word left out."""
    match = _inner(sentence, chance)
    return None if match is None else sentence[: match.start()] + sentence[match.end() :].lstrip()


def inserted(sentence: str, chance: random.Random) -> str | None:
    """A word put in."""
    match = _inner(sentence, chance)
    return (
        None if match is None else f"{sentence[: match.start()]}{chance.choice(_INSERTED)} {sentence[match.start() :]}"
    )


def misspelt(sentence: str, chance: random.Random) -> str | None:
    """Two neighbouring letters of a longer word the other way round."""
    match = _inner(sentence, chance, least=6)
    if match is None:
        return None
    at = chance.randrange(1, len(match[0]) - 2)
    word = match[0][:at] + match[0][at + 1] + match[0][at] + match[0][at + 2 :]
    return None if word == match[0] else sentence[: match.start()] + word + sentence[match.end() :]


def ellipsis(sentence: str, chance: random.Random) -> str | None:
    """Some words hidden by an ellipsis."""
    words = sentence.split()
    if len(words) < 9:
        return None
    first = chance.randrange(2, len(words) - 6)
    last = min(first + chance.randrange(2, 9), len(words) - 3)
    return " ".join([*words[:first], chance.choice(_ELLIPSES), *words[last:]])


def truncated(sentence: str, chance: random.Random) -> str | None:
    """The sentence closed before its end."""
    words = sentence.split()
    if len(words) < 9:
        return None
    kept = words[: chance.randrange(5, len(words) - 2)]
    return " ".join(kept).rstrip(",;:-—–.!?") + chance.choice(("...", "…", "."))


def bracket(sentence: str, chance: random.Random) -> str | None:
    """An editor's words in the place of a word, or beside it."""
    match = _inner(sentence, chance)
    if match is None:
        return None
    end = match.end() if chance.random() < 0.6 else match.start()
    return f"{sentence[: match.start()]}{chance.choice(_NAMES)} {sentence[end:].lstrip()}"


def typography(sentence: str, chance: random.Random) -> str | None:
    """Other signs, the same words."""
    changes: Sequence[Callable[[str], str]] = (
        lambda text: text.translate(str.maketrans("’“”", '\'""')),
        lambda text: re.sub(r"'", "’", text),
        lambda text: text.replace(" ", "\u00a0", 1),
        lambda text: text.replace(" ", "\n", 1),
        lambda text: text.replace(" ", "  ", 2),
        str.upper,
        str.lower,
        lambda text: text.replace("—", " - ").replace("–", "-"),
        lambda text: text.replace(",", ""),
        lambda text: f"“{text}”",
    )
    return chance.choice(changes)(sentence)


def unchanged(sentence: str, chance: random.Random) -> str | None:
    """The sentence, or some of its words in a row."""
    words = sentence.split()
    if chance.random() < 0.5 or len(words) < 9:
        return sentence
    first = chance.randrange(len(words) - 7)
    return " ".join(words[first : first + 7]).rstrip(".!?…")


NEAR: Mapping[str, Change] = {
    "number": number,
    "tense": tense,
    "contraction": contraction,
    "dropped-word": dropped,
    "inserted-word": inserted,
    "misspelling": misspelt,
    "ellipsis": ellipsis,
    "truncated": truncated,
    "bracket": bracket,
}
EXACT: Mapping[str, Change] = {"typography": typography, "none": unchanged}


def swapped(sentence: str, words: Sequence[str], chance: random.Random) -> str | None:
    """A word from elsewhere in the place of one that says something."""
    match = _inner(sentence, chance, least=4)
    word = chance.choice(words)
    return None if match is None or terms(match[0]) == terms(word) else _put(sentence, match, word)


def spliced(first: str, second: str, chance: random.Random) -> str | None:
    """The beginning of one sentence run on into the end of another."""
    ones, others = first.split(), second.split()
    if min(len(ones), len(others)) < 10:
        return None
    return " ".join([*ones[: chance.randrange(5, len(ones) - 3)], *others[chance.randrange(3, len(others) - 5) :]])


def fabricated(sentence: str, words: Sequence[str], chance: random.Random) -> str:
    """The skeleton of a sentence with every word that says something put by another."""
    return _WORD.sub(lambda match: match[0] if is_function_word(match[0]) else chance.choice(words), sentence)
