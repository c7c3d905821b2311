"""More misquotations, such as hurried reporters and editors make, and what hurried hands paste that is exact."""

import random
import re
from collections.abc import Callable, Mapping, Sequence

from tests.bench.misquoting import ELLIPSES, Change, put, swap

_BEFORE_DIGITS = re.compile(r"[$€£](?=\d)|(?<=\d)[-–/](?=\d)")
_AFTER_DIGITS = re.compile(r"(?<=\d)%|(?<=\d)[-–/](?=\d)")
_FRACTION = re.compile(r"(?<=\d)/(?=\d)")
_STAGE = re.compile(r"\s*[(\[](?:applause|laughter|cheers|laughs)\.?[)\]]", re.IGNORECASE)
_MARKS = ("«{}»", "« {} »", "„{}“", "»{}«", "``{}''", "‘{}’", "<<{}>>", "「{}」", "_“{}”_")
_NO_WORDS = (*ELLIPSES, "[…]", "[. . .]", "(...)", "....", "* * *", "[sic]", "(applause)", "[]", "—", "†", "🚫")
_CYRILLIC = str.maketrans("aceopxyABEHKMOPT", "асеорхуАВЕНКМОРТ")
_OPPOSITES = {
    "likely": "unlikely", "legal": "illegal", "possible": "impossible", "able": "unable", "fair": "unfair",
    "unfair": "fair", "necessary": "unnecessary", "unnecessary": "necessary", "important": "unimportant",
    "unable": "able", "impossible": "possible", "lawful": "unlawful", "unlawful": "lawful", "known": "unknown",
    "constitutional": "unconstitutional", "responsible": "irresponsible", "agree": "disagree", "useful": "useless",
}  # fmt: skip


def figure_cut(sentence: str, chance: random.Random) -> str | None:
    """Some of the sentence, cut inside a figure: without its sign, or half of a range."""
    begins = [match.end() for match in _BEFORE_DIGITS.finditer(sentence) if match.end() < len(sentence) - 40]
    ends = [match.start() for match in _AFTER_DIGITS.finditer(sentence) if match.start() > 40]
    cuts = [sentence[place:] for place in begins] + [sentence[:place] for place in ends]
    return chance.choice(cuts) if cuts else None


def fraction(sentence: str, chance: random.Random) -> str | None:
    """A range in the place of a fraction, or of a date."""
    found = list(_FRACTION.finditer(sentence))
    return put(sentence, chance.choice(found), "-") if found else None


def hidden_sign(sentence: str, chance: random.Random) -> str | None:
    """An ellipsis in the place of a sign of money."""
    found = list(re.finditer(r" [$€£](?=\d)", sentence))
    return put(sentence, chance.choice(found), f" {chance.choice(ELLIPSES)} ") if found else None


def statement(sentence: str, chance: random.Random) -> str | None:
    """A question made a statement."""
    return f"{sentence[:-1]}{chance.choice('.!')}" if re.search(r"\w ?\?$", sentence) else None


def question(sentence: str, chance: random.Random) -> str | None:
    """A question mark in the place of a comma."""
    found = list(re.finditer(r",(?= [a-z])", sentence))
    return put(sentence, chance.choice(found), "?") if found else None


def hidden_not(sentence: str, chance: random.Random) -> str | None:
    """A sign that leaves words out, or says nothing, in the place of a negation."""
    found = list(re.finditer(r" ?\b(?:not|never)\b ?", sentence))
    sign = chance.choice(_NO_WORDS)
    return put(sentence, chance.choice(found), chance.choice((sign, f" {sign} "))) if found else None


def lookalike(sentence: str, chance: random.Random) -> str | None:
    """A letter of another alphabet that looks like the one in its place."""
    found = list(re.finditer(r"[aceopxyABEHKMOPT]", sentence))
    return put(sentence, match := chance.choice(found), match[0].translate(_CYRILLIC)) if found else None


def opposite(sentence: str, chance: random.Random) -> str | None:
    """A word with the prefix that makes its opposite, or without it."""
    return swap(sentence, _OPPOSITES, chance)


def bracketed_number(sentence: str, chance: random.Random) -> str | None:
    """Another number, as if an editor had put it in."""
    found = list(re.finditer(r"(?<=[a-z] )\d[\d,.]*(?= [a-z])", sentence))
    return put(sentence, chance.choice(found), "[4,321]") if found else None


def aside(sentence: str, _chance: random.Random) -> str | None:
    """Without what the audience did."""
    left = _STAGE.sub("", sentence)
    return left if left != sentence and left[-1:] in ".!?" else None


def pasted(sentence: str, chance: random.Random) -> str | None:
    """The sentence as it comes out of a page, a message or an editor's hands: the same words."""
    blank = sentence.find(" ", 8)
    changes: Sequence[Callable[[str], str | None]] = (
        lambda text: re.sub(
            r"(?<=[a-z]{3})(?=[a-z]{3})", chance.choice("\u200e\u034f\u2066\u00ad\u200b"), text, count=1
        ),
        lambda text: f"> {text[:blank]}\n> {text[blank + 1 :]}" if blank > 0 else None,
        lambda text: re.sub(r"(?<=[a-z]{3})(?=[a-z]{4})", "-\n", text, count=1),
        lambda text: text.replace(" ", "&nbsp;", 1).replace("'", "&#39;"),
        lambda text: f"{text} {chance.choice(('(emphasis added)', '[Emphasis mine.]', '(italics added)'))}",
        lambda text: (
            f"{text[:blank]} {chance.choice(('[sic!]', '(sic)', '[_sic_]'))}{text[blank:]}" if blank > 0 else None
        ),
        lambda text: chance.choice(_MARKS).format(text),
        lambda text: f"*{text}*",
        lambda text: re.sub(r"(?<=[a-z]{4}[,.;])(?= |$)", chance.choice("³⁴⁷"), text, count=1),
        lambda text: re.sub(r"(?<=[a-z]{3})(?=[a-z]{4})", "- ", text, count=1),
        lambda text: re.sub(r"(?<=[a-z])['’](?=[a-z])", chance.choice("´`′"), text),
        lambda text: f"<p>{text[:blank]} <em>{text[blank + 1 :]}</em></p>" if blank > 0 else None,
        lambda text: text.replace(" ", chance.choice("\u2009\u202f\u3000\u2028\t")),
    )
    return chance.choice(changes)(sentence)


NEAR: Mapping[str, Change] = {
    "figure-cut": figure_cut,
    "fraction": fraction,
    "hidden-sign": hidden_sign,
    "statement": statement,
    "question": question,
    "hidden-not": hidden_not,
    "lookalike": lookalike,
    "opposite": opposite,
    "bracketed-number": bracketed_number,
}
EXACT: Mapping[str, Change] = {"aside": aside, "pasted": pasted}
