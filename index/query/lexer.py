"""From a query's text to its tokens.

Characters are taken from left to right, each once: a quotation mark begins a phrase, a bracket groups, a sign or a
known field's name counts only where a word could begin, and everything else is a run of characters up to the next
blank, whose words `terms.py` reads. What looks like an operator and is taken as text leaves a remark.
"""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from index.errors import BadQuery
from index.query.dates import find_filter, read_filter
from index.query.nodes import DateFilter, FieldName, Fuzzy, Near, Phrase, Scope, Sort, Wildcard, Word
from index.query.quotes import QUOTES, closing
from index.query.terms import DATE_FIELDS, EXAMPLES, has_word, read_chunk, read_term

FARTHEST = 100
"""Words that may lie between words that are near each other."""

_NEAR_WORDS = 10  # NEAR without a number


class Mark(StrEnum):
    """The tokens that carry nothing but themselves, as they are typed."""

    OPEN = "("
    CLOSE = ")"
    OR = "OR"
    NOT = "NOT"
    MINUS = "-"
    PLUS = "+"


@dataclass(frozen=True, slots=True)
class NearMark:
    """`NEAR`, `/8`, `/s` or `/p` between two operands."""

    written: str
    distance: int
    scope: Scope


Term = Word | Phrase | Wildcard | Fuzzy | Near
Token = Mark | NearMark | FieldName | DateFilter | Sort | Term

_BOUND = re.escape(QUOTES) + r"()\s"
_CHUNK = re.compile(rf"[^{_BOUND}]+(?:\([^{_BOUND}]*\)[^{_BOUND}]*)*")  # a bracket glued to a word is text: 1001(a)(2)
_FIELD = re.compile(rf"((?ai:{'|'.join(EXAMPLES)})):(\s*)")
_EDITS = re.compile(r"~([0-9]*)")
_NEAR = re.compile(r"(?:NEAR|near)?/(?:([0-9]{1,6})|([sSpP]))|NEAR")
_IN_SINGLE_QUOTES = re.compile(r"(?<!\w)['‘‚](?=\w)[^'‘’]{1,200}\s[^'‘’]{0,200}['’](?!\w)")
_WORDS = {"OR": Mark.OR, "NOT": Mark.NOT}


def visible(text: str) -> str:
    """The text without soft hyphens, zero-width and direction marks; control characters are blanks."""
    kept = (" " if unicodedata.category(letter) in {"Cc", "Cs"} else letter for letter in text)
    return "".join(letter for letter in kept if unicodedata.category(letter) != "Cf")


class Lexer:
    """Reads one text, once: `tokens` in order, and `remarks` for the asker. Raises BadQuery."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self.tokens: list[Token] = []
        self.remarks: list[str] = []
        if _IN_SINGLE_QUOTES.search(text):
            self._remark("Single quotation marks are read as apostrophes; for exact words use double ones.")
        while self._at < len(text):
            self._step()

    def _step(self) -> None:
        letter = self._text[self._at]
        if letter.isspace():
            self._at += 1
        elif letter in QUOTES:
            self._take(*self._phrase())
        elif letter in "()" or (self._word_may_begin() and self._is_sign()):
            self._take(Mark(letter))
            self._at += 1
        elif self._word_may_begin() and (field := _FIELD.match(self._text, self._at)) and self._field(field):
            pass
        else:
            self._chunk()

    def _take(self, *tokens: Token) -> None:
        self.tokens.extend(tokens)

    def _remark(self, remark: str) -> None:
        if remark not in self.remarks:
            self.remarks.append(remark)

    def _word_may_begin(self) -> bool:
        before = self._text[self._at - 1] if self._at else " "
        return before.isspace() or before in QUOTES + "()" or (before in "-+" and self.tokens[-1:] == [Mark(before)])

    def _is_sign(self) -> bool:
        """A `-` or `+` right before a word, a phrase or a bracket; alone or doubled it is punctuation."""
        if self._text[self._at] not in "-+":
            return False
        following = self._text[self._at + 1 : self._at + 2]
        if not following or following in "-+":
            return False
        chunk = _CHUNK.match(self._text, self._at + 1)
        return following in QUOTES + "(" or bool(chunk and has_word(chunk[0]))

    def _phrase(self) -> tuple[Term, ...]:
        end = closing(self._text, self._at)
        written = " ".join(self._text[self._at + 1 : end].split())
        if not has_word(written):
            raise BadQuery(
                "There is nothing between the quotation marks: write the exact words there, or take them out."
            )
        if end == len(self._text):
            self._remark("The quotation mark was not closed, so the exact words run to the end.")
        self._at = min(end + 1, len(self._text))
        edits = _EDITS.match(self._text, self._at)
        if edits is None:
            if "*" in written:
                self._remark("Between quotation marks “*” is read as text.")
            return (Phrase(written),)
        self._at = edits.end()
        return (_loose_phrase(written, edits[1]),)

    def _field(self, match: re.Match[str]) -> bool:
        """Take a field and the value beside it; False where it is text (`Title: Hearing before …`)."""
        name, blank, end = match[1].lower(), match[2], match.end()
        following = self._text[end : end + 1]
        if following in ("", ")"):
            raise BadQuery(f"Nothing stands after “{name}:”; write {EXAMPLES[name]}.")
        if name in DATE_FIELDS:
            found = find_filter(name, self._text, end) if blank else read_filter(name, self._text, end)
            if found is not None:
                self._take(found[0])
                self._at = found[1]
            return found is not None
        if name == "sort":
            return self._sort(end, bool(blank))
        if not blank:
            self._take(FieldName(name))
            self._at = end
            self._value(name)
        return not blank

    def _value(self, name: str) -> None:
        """The one run of characters after a field; a phrase or a bracket there is read like any other."""
        chunk = _CHUNK.match(self._text, self._at)
        if chunk is None:
            return
        if chunk[0].startswith("-"):
            raise BadQuery(f"To leave a {name} out, put the minus first: -{name}:{chunk[0][1:]}.")
        term = read_term(chunk[0])
        if term is None:
            raise BadQuery(f"Nothing stands after “{name}:”; write {EXAMPLES[name]}.")
        self._take(term)
        self._at = chunk.end()

    def _sort(self, start: int, lenient: bool) -> bool:
        chunk = _CHUNK.match(self._text, start)
        value = chunk[0].rstrip(",;.!?").lower() if chunk else ""
        if value not in tuple(Sort):
            if lenient:
                return False
            raise BadQuery(f"“sort:” takes relevance, newest or oldest; “{value}” is none of them.")
        self._take(Sort(value))
        self._at = start + len(value)
        return True

    def _chunk(self) -> None:
        match = _CHUNK.match(self._text, self._at)
        assert match, "every character that is no blank, bracket or quotation mark begins a chunk"
        chunk = match[0]
        self._at = match.end()
        if chunk in _WORDS:
            self._take(_WORDS[chunk])
        elif near := _NEAR.fullmatch(chunk):
            self._take(_near_mark(near))
        elif chunk != "AND" or self.tokens[-1:] in ([Mark.MINUS], [Mark.PLUS]):
            following = self._text[self._at : self._at + 1]
            terms, remarks = read_chunk(chunk, glued=bool(following) and following in QUOTES + "(")
            # Words of one run stay together, so that a sign before an address holds for all of it.
            self._take(*(terms if len(terms) < 2 else (Mark.OPEN, *terms, Mark.CLOSE)))
            for remark in remarks:
                self._remark(remark)


def _loose_phrase(written: str, distance: str) -> Near:
    """`"a b"~8`: the words of the phrase near each other, in any order."""
    if not distance:
        raise BadQuery(f"“~” after a phrase needs a number of words, as in “{written}”~8.")
    terms = tuple(term for chunk in written.split() if (term := read_term(chunk)))
    if len(terms) < 2:
        raise BadQuery(f"“{written}”~{distance} needs two words or more between the quotation marks.")
    return Near(terms, _distance(distance), Scope.WORDS)


def _near_mark(match: re.Match[str]) -> NearMark:
    number, unit = match.groups()
    if unit:
        return NearMark(match[0], 0, Scope.SENTENCE if unit.lower() == "s" else Scope.PASSAGE)
    return NearMark(match[0], _distance(number) if number else _NEAR_WORDS, Scope.WORDS)


def _distance(number: str) -> int:
    distance = int(number)
    if not 1 <= distance <= FARTHEST:
        raise BadQuery(f"Near means at most 1 to {FARTHEST} words between; {number[:12]} is outside that.")
    return distance
