"""A quotation as somebody typed it: its words, the ellipses that cut it and the brackets an editor put in.

Theory of operation. The claim becomes a list of units, each with its own stretch of the typed text, so that all that
is said of a unit can be shown in the words of the one who asked. An ellipsis is no unit but a gap before one: words of
the record may be hidden there. A bracket that stands alone (`[the president]`) is one unit that may stand for other
words or for none; one inside a word (`[T]he`, `talk[ed]`) is that word with its letters changed; `[sic]` and `(emphasis
added)` are nothing. A record may hold brackets of its own, and a word that was pasted with the hyphen of a line's end
may be one or two, so a claim has other readings: `readings` tells them.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from index.analysis import term_of, tokens
from index.query.quotes import QUOTES

_SIGNS = re.compile(
    r"(?P<gap>[\[(]\s*(?:\.\s?\.\s?\.+|…|cut)\s*[\])]|…(?:\s?\.)?|\.(?:\s?\.){2,}|\*\s?\*\s?\*)"
    r"|(?P<sic>[\[(]\s*[*_]?(?:sic|(?:emphasis|italics) (?:added|mine|ours|supplied|in (?:the )?original))"
    r"[.!]?[*_]?[.!]?\s*[\])])"
    r"|(?P<glued>\w[\w'’]*\[\w{1,6}\](?:\w[\w'’]*)?|\[\w{1,6}\]\w[\w'’]*)"
    r"|(?P<bracket>\[[^\[\]\n]{1,120}\])",
    re.IGNORECASE,
)
_BROKEN = re.compile(r"(?<=[^\W\d_])[-\u2010\u00ad][^\S\n]*\n\s*(?=[^\W\d_])")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,8});", re.IGNORECASE)
_QUOTED_LINE = re.compile(r"^[^\S\n]*(?:>[^\S\n]?)+", re.MULTILINE)
_UNSEEN = re.compile("[\u034f\u061c\u200e\u200f\u202a-\u202e\u2061-\u2064\u2066-\u2069\ufe0e\ufe0f]")
"""Signs that turn the direction of writing, and such: pasted with words, seen by nobody."""

_SINGLE = {"‘": "’", "'": "'", "‚": "‘"}


class Kind(StrEnum):
    """What a unit is."""

    WORD = "word"
    GLUED = "glued"
    BRACKET = "bracket"


@dataclass(frozen=True, slots=True)
class Unit:
    """A word, or an editor's bracket, at `claim.text[start:end]`; `gap`: an ellipsis stands before it."""

    term: str
    start: int
    end: int
    kind: Kind = Kind.WORD
    gap: bool = False


@dataclass(frozen=True, slots=True)
class Claim:
    """A quotation without the marks around it. `trails`: it ends in an ellipsis; `leads` says the first unit's gap."""

    text: str
    units: tuple[Unit, ...]
    trails: bool = False

    @property
    def terms(self) -> tuple[str, ...]:
        """The folded words that a record is searched for: those of an editor are left out."""
        return tuple(unit.term for unit in self.units if unit.kind is not Kind.BRACKET)

    @property
    def edited(self) -> bool:
        """Whether an editor's brackets are in it."""
        return any(unit.kind is not Kind.WORD for unit in self.units)


def readings(quote: str) -> Iterator[Claim]:
    """What a quotation may mean, the likeliest first; no two have the same words.

    >>> [claim.terms for claim in readings("an inter-\\nesting [sic] case")]
    [('an', 'inter', 'esting', 'case'), ('an', 'inter', 'esting', 'sic', 'case'), ('an', 'interesting', 'case')]
    """
    plain = _ENTITY.sub(lambda match: html.unescape(match[0]), quote)
    literal = [read(each, literally=True) for each in (plain, quote)]
    seen: set[tuple[str, ...]] = set()
    for claim in (read(plain), *literal, read(_BROKEN.sub("", plain))):
        if claim.terms not in seen:
            seen.add(claim.terms)
            yield claim


def read(quote: str, *, literally: bool = False) -> Claim:
    """The claim that a quotation makes; `literally` takes its brackets for words of the record.

    >>> [unit.term for unit in read("“[T]he only thing … to fear [is] fear (sic)”").units]
    ['the', 'only', 'thing', 'to', 'fear', '[is]', 'fear']
    """
    text = bare(quote)
    units: list[Unit] = []
    gap, at = False, 0
    for match in [*_SIGNS.finditer(text), None]:
        until = match.start() if match else len(text)
        for unit in _plain(text, at, until):
            units.append(unit if not gap else _after_gap(unit))
            gap = False
        if match is None:
            break
        at = match.end()
        if match["gap"]:
            gap = True
        elif literally or not match["sic"]:
            for unit in _edited(match, literally=literally):
                units.append(unit if not gap else _after_gap(unit))
                gap = False
    return Claim(text, tuple(units), trails=gap)


def bare(quote: str) -> str:
    """The quotation without blanks and quotation marks around it, the `>` before its lines and signs that nobody
    sees; a mark that pairs with one inside stays.

    >>> bare(' “He said ‘no’.” '), bare('"White" is "black"')
    ('He said ‘no’.', '"White" is "black"')
    """
    text = _UNSEEN.sub("", _QUOTED_LINE.sub("", quote)).strip()
    while len(text) > 1 and _wraps(text):
        text = text[1:-1].strip()
    if text[:1] in QUOTES and text[:1] and not any(sign in QUOTES for sign in text[1:]):
        text = text[1:].strip()
    return text


def _wraps(text: str) -> bool:
    """Whether the first and the last sign are the two marks of one quotation."""
    first, last, inside = text[0], text[-1], text[1:-1]
    if first in QUOTES and last in QUOTES:
        marks = sum(sign in QUOTES for sign in inside)
        return marks == 0 or (marks % 2 == 0 and first in "“«„‹「『" and inside.find(first) <= inside.find(last))
    return last == _SINGLE.get(first) and not re.search(rf"{first}(?=\w)|(?<!\w){last}|{last}(?!\w)", inside)


def _plain(text: str, start: int, end: int) -> Iterator[Unit]:
    for token in tokens(text[start:end]):
        yield Unit(token.term, start + token.start, start + token.end)


def _edited(match: re.Match[str], *, literally: bool) -> Iterator[Unit]:
    if literally:
        yield from _plain(match.string, match.start(), match.end())
    elif match["glued"]:
        word = term_of(match[0].replace("[", "").replace("]", ""))
        yield Unit(word, match.start(), match.end(), Kind.GLUED)
    elif any(sign.isalnum() for sign in match[0]):
        yield Unit(match[0], match.start(), match.end(), Kind.BRACKET)


def _after_gap(unit: Unit) -> Unit:
    return Unit(unit.term, unit.start, unit.end, unit.kind, gap=True)
