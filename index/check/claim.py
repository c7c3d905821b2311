"""A quotation as somebody typed it: its words, the ellipses that cut it and the brackets an editor put in.

Theory of operation. The claim becomes a list of units, each with its own stretch of the typed text, so that all that
is said of a unit can be shown in the words of the one who asked. An ellipsis is no unit but a gap before one: words of
the record may be hidden there. A bracket that stands alone (`[the president]`) is one unit that may stand for other
words or for none; one inside a word (`[T]he`, `talk[ed]`) is that word with its letters changed; `[sic]` and `(emphasis
added)` are nothing. A record may hold brackets of its own, a word that was pasted with the hyphen of a line's end may
be one or two, and a raised number may be a note's, so a claim has other readings: `readings` tells them.
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
_NOTE = re.compile(
    r"(?<=[a-z]{4})(?<!feet)(?<!miles)(?<!meters)[.,;:?!]?[\"'”’)]*"
    rf"(?P<note>[⁰¹²³⁴-⁹]{{1,3}})(?![\w%])|{_SIGNS.pattern}",
    re.IGNORECASE,
)
"""The signs, and numbers of notes behind a word or the sign at its end. Only raised ones are surely such: where the
record has no number, plain digits may be a figure that is not there.
"""

_BROKEN = re.compile(r"(?<=[^\W\d_])[-\u2010\u00ad\u00ac]\s+(?=[^\W\d_])")
_TAG = re.compile(r"</?(?:p|br|div|li|ul|ol|blockquote|span|a|b|i|u|q|em|strong|mark|sup|sub)\b[^<>]*>", re.IGNORECASE)
_APOSTROPHE = re.compile(r"(?<=[^\W_])[`´′](?=[^\W\d_])")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,8});", re.IGNORECASE)
_QUOTED_LINE = re.compile(r"^[^\S\n]*(?:>[^\S\n]?)+", re.MULTILINE)
_UNSEEN = re.compile("[\u034f\u061c\u180e\u200e\u200f\u202a-\u202e\u2061-\u2064\u2066-\u2069\ufe0e\ufe0f]")
"""Signs that turn the direction of writing, and such: pasted with words, seen by nobody."""

_SINGLE = {"‘": "’", "'": "'", "‚": "‘"}


class Kind(StrEnum):
    """What a unit is."""

    WORD = "word"
    GLUED = "glued"
    BRACKET = "bracket"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Unit:
    """A word, an editor's bracket or a note's number at `claim.text[start:end]`. `gap`: an ellipsis stands before."""

    term: str
    start: int
    end: int
    kind: Kind = Kind.WORD
    gap: bool = False

    @property
    def said(self) -> bool:
        """Whether it is a word of the one who is quoted."""
        return self.kind in (Kind.WORD, Kind.GLUED)


@dataclass(frozen=True, slots=True)
class Claim:
    """A quotation without the marks around it. `trails`: it ends in an ellipsis; `leads` says the first unit's gap."""

    text: str
    units: tuple[Unit, ...]
    trails: bool = False

    @property
    def terms(self) -> tuple[str, ...]:
        """The folded words that a record is searched for: those of an editor are left out."""
        return tuple(unit.term for unit in self.units if unit.said)

    @property
    def edited(self) -> bool:
        """Whether an editor's brackets, or the numbers of notes, are in it."""
        return any(unit.kind is not Kind.WORD for unit in self.units)


def readings(quote: str) -> Iterator[Claim]:
    """What a quotation may mean, the likeliest first; no two have the same units.

    >>> [claim.terms for claim in readings("an inter-\\nesting [sic] case")]
    [('an', 'inter', 'esting', 'case'), ('an', 'inter', 'esting', 'sic', 'case'), ('an', 'interesting', 'case')]
    """
    decoded = _ENTITY.sub(lambda match: html.unescape(match[0]), _TAG.sub(" ", quote))
    plain = _APOSTROPHE.sub("'", decoded)
    unbroken = _BROKEN.sub("", plain)
    literal = [read(each, literally=True) for each in (plain, quote)]
    seen: set[tuple[tuple[str, Kind], ...]] = set()
    for claim in (read(plain), *literal, read(unbroken), read(plain, noted=True), read(unbroken, noted=True)):
        units = tuple((unit.term, unit.kind) for unit in claim.units)
        if units not in seen:
            seen.add(units)
            yield claim


def read(quote: str, *, literally: bool = False, noted: bool = False) -> Claim:
    """The claim that a quotation makes; `literally` takes its brackets for words of the record, `noted` raised
    numbers behind its words for those of notes.

    >>> [unit.term for unit in read("“[T]he only thing … to fear [is] fear (sic)”").units]
    ['the', 'only', 'thing', 'to', 'fear', '[is]', 'fear']
    """
    text = bare(quote)
    units: list[Unit] = []
    gap, at = False, 0
    for match in [*(_NOTE if noted else _SIGNS).finditer(text), None]:
        until = (match.start("note") if match.lastgroup == "note" else match.start()) if match else len(text)
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
    elif match.lastgroup == "note":
        yield Unit(match["note"], match.start("note"), match.end(), Kind.NOTE)
    elif match["glued"]:
        word = term_of(match[0].replace("[", "").replace("]", ""))
        yield Unit(word, match.start(), match.end(), Kind.GLUED)
    elif any(sign.isalnum() for sign in match[0]):
        yield Unit(match[0], match.start(), match.end(), Kind.BRACKET)


def _after_gap(unit: Unit) -> Unit:
    return Unit(unit.term, unit.start, unit.end, unit.kind, gap=True)
