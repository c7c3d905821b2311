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
ELLIPSES = ("...", "…", ". . .")
_INSERTED = ("really", "very", "actually", "also", "just", "certainly")
_NEGATED = {
    "not": "",
    "never": "always",
    "no": "some",
    "cannot": "can",
    "nobody": "everybody",
    "nothing": "something",
    "without": "with",
    "none": "all",
    "can't": "can",
    "don't": "do",
    "didn't": "did",
    "won't": "will",
    "isn't": "is",
    "is": "isn't",
    "was": "was not",
    "did": "didn't",
    "can": "can't",
    "will": "won't",
    "are": "are not",
    "would": "would never",
    "should": "should not",
    "have": "have never",
    "all": "none",
    "always": "never",
}
_QUALIFIERS = re.compile(
    r"\b(?:some|alleged(?:ly)?|may|might|could|perhaps|maybe|possibl[ey]|probabl[ey]|likely|nearly|almost|about"
    r"|approximately|only|mostly|generally|often|sometimes|apparently|i think|i believe|seems? to|appears? to"
    r"|potential(?:ly)?|at least|up to|more than|certain|several)\b[ ,]*",
    re.IGNORECASE,
)
_SIGNED = re.compile(r"[$€£%§]|(?<![\w)])[-−](?=\d)|(?<=\d)\.(?=\d)")
_CLITIC = re.compile(r"(?<=\w)['’](?=\w)")
_PEOPLE = ("Smith", "Johnson", "Clinton", "Garcia", "Washington", "Petrov", "Chicago", "Miller")

Change = Callable[[str, random.Random], str | None]


def swap(sentence: str, words: Mapping[str, str], chance: random.Random) -> str | None:
    """One of the words, as it stands, by what is put for it."""
    places = [match for match in re.finditer(r"[\w'’]+", sentence) if match[0].lower().replace("’", "'") in words]
    if not places:
        return None
    match = chance.choice(places)
    return put(sentence, match, words[match[0].lower().replace("’", "'")])


def put(sentence: str, match: re.Match[str], word: str) -> str:
    """Another word in the place of a match, with its capital."""
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
        return swap(sentence, _NUMBERS, chance)
    match = chance.choice(digits)
    return sentence[: match.start()] + str(int(match[0]) + chance.choice((1, 2, 10))) + sentence[match.end() :]


def tense(sentence: str, chance: random.Random) -> str | None:
    """A verb in another tense."""
    return swap(sentence, _TENSES, chance)


def contraction(sentence: str, chance: random.Random) -> str | None:
    """A shortened form written out."""
    return swap(sentence, _CONTRACTED, chance)


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
    return " ".join([*words[:first], chance.choice(ELLIPSES), *words[last:]])


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


def negation(sentence: str, chance: random.Random) -> str | None:
    """The opposite: a negation put in, taken out or turned."""
    turned = swap(sentence, _NEGATED, chance)
    return turned and re.sub(r"  +", " ", turned)


def name(sentence: str, chance: random.Random) -> str | None:
    """Another name in the place of one within the sentence."""
    found = [match for match in re.finditer(r"(?<=[a-z,] )[A-Z][a-z]{2,}\b", sentence) if match[0] not in _PEOPLE]
    return put(sentence, chance.choice(found), chance.choice(_PEOPLE)) if found else None


def qualifier(sentence: str, chance: random.Random) -> str | None:
    """Without a word that limits what is said."""
    found = list(_QUALIFIERS.finditer(sentence))
    if not found:
        return None
    match = chance.choice(found)
    left = sentence[: match.start()] + sentence[match.end() :]
    return left if match.start() and terms(left)[-1:] == terms(sentence)[-1:] else None


def order(sentence: str, chance: random.Random) -> str | None:
    """Two neighbouring words the other way round."""
    words = sentence.split(" ")
    places = [at for at in range(1, len(words) - 2) if terms(words[at]) != terms(words[at + 1])]
    places = [at for at in places if words[at].isalpha() and words[at + 1].isalpha()]
    if not places:
        return None
    at = chance.choice(places)
    return " ".join([*words[:at], words[at + 1], words[at], *words[at + 2 :]])


def sign(sentence: str, chance: random.Random) -> str | None:
    """Without a sign that counts: of money, of a share, a minus, a decimal point."""
    found = list(_SIGNED.finditer(sentence))
    return put(sentence, chance.choice(found), "") if found else None


def apostrophe(sentence: str, chance: random.Random) -> str | None:
    """Without an apostrophe inside a word: `we're` as `were`."""
    found = list(_CLITIC.finditer(sentence))
    return put(sentence, chance.choice(found), "") if found else None


def at_an_end(sentence: str, chance: random.Random) -> str | None:
    """Another first or last word."""
    words = list(_WORD.finditer(sentence))
    match = words[chance.choice((0, -1))] if words else None
    return match and put(sentence, match, "somehow")


NEAR: Mapping[str, Change] = {
    "number": number,
    "negation": negation,
    "name": name,
    "qualifier": qualifier,
    "order": order,
    "sign": sign,
    "apostrophe": apostrophe,
    "at-an-end": at_an_end,
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
    return None if match is None or terms(match[0]) == terms(word) else put(sentence, match, word)


def spliced(first: str, second: str, chance: random.Random) -> str | None:
    """The beginning of one sentence run on into the end of another."""
    ones, others = first.split(), second.split()
    if min(len(ones), len(others)) < 10:
        return None
    return " ".join([*ones[: chance.randrange(5, len(ones) - 3)], *others[chance.randrange(3, len(others) - 5) :]])


def fabricated(sentence: str, words: Sequence[str], chance: random.Random) -> str | None:
    """The skeleton of a sentence with every word that says something put by another, where they are half of it."""
    said = [match[0] for match in _WORD.finditer(sentence) if not is_function_word(match[0])]
    if 2 * len(said) < len(terms(sentence)):
        return None
    return _WORD.sub(lambda match: match[0] if is_function_word(match[0]) else chance.choice(words), sentence)
