"""From tokens to a tree. What binds, tightest first:

signed   =  [ "-" | "+" | "NOT" ]  ( term | field ( term | group ) | group | date | sort )
near     =  signed  { NEAR signed }          each operand a word, a phrase, or a bracket of OR
choice   =  near  { "OR" near }              so  a b OR c  is  a and (b or c)
sequence =  { choice }                       all of them
group    =  "(" sequence ")"
"""

from dataclasses import dataclass
from enum import Enum, auto

from index.errors import BadQuery
from index.query.lexer import Mark, NearMark, Term, Token
from index.query.nodes import DateFilter, FieldName, Fuzzy, Near, Phrase, Sort, Wildcard, Word

DEEPEST = 8
"""Brackets within brackets."""


class Sign(Enum):
    """What stands before a part."""

    NONE = auto()
    MUST = auto()
    NOT = auto()


@dataclass(frozen=True, slots=True)
class Group:
    """A bracket, or the whole query: all of `parts`."""

    parts: "tuple[Part, ...]"


@dataclass(frozen=True, slots=True)
class Choice:
    """Parts with `OR` between them."""

    parts: "tuple[Part, ...]"


@dataclass(frozen=True, slots=True)
class Close:
    """Operands with near operators between them, one fewer."""

    parts: "tuple[Part, ...]"
    operators: tuple[NearMark, ...]


@dataclass(frozen=True, slots=True)
class InField:
    """A field and its value."""

    name: FieldName
    value: "Term | Group"


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a query with its sign."""

    sign: Sign
    body: "Term | Group | Choice | Close | InField | DateFilter | Sort"


_SIGNS = {Mark.MINUS: Sign.NOT, Mark.NOT: Sign.NOT, Mark.PLUS: Sign.MUST}


class Grammar:
    """Reads the tokens of one query, once."""

    def __init__(self, tokens: list[Token]) -> None:
        self._tokens = tokens
        self._at = 0
        self._depth = 0

    def read(self) -> Group:
        """The whole query. Raises BadQuery."""
        group = self._sequence()
        if self._peek() is Mark.CLOSE:
            raise BadQuery("A bracket is closed that was never opened: take “)” out, or write “(” before it.")
        return group

    def _peek(self) -> Token | None:
        return self._tokens[self._at] if self._at < len(self._tokens) else None

    def _sequence(self) -> Group:
        parts: list[Part] = []
        while self._peek() not in (None, Mark.CLOSE):
            parts.append(self._choice())
        return Group(tuple(parts))

    def _choice(self) -> Part:
        parts = [self._near(None)]
        while self._peek() is Mark.OR:
            self._at += 1
            parts.append(self._near("OR"))
        return parts[0] if len(parts) == 1 else Part(Sign.NONE, Choice(tuple(parts)))

    def _near(self, after: str | None) -> Part:
        parts = [self._signed(after)]
        operators: list[NearMark] = []
        while isinstance(operator := self._peek(), NearMark):
            self._at += 1
            operators.append(operator)
            parts.append(self._signed(operator.written))
        return Part(Sign.NONE, Close(tuple(parts), tuple(operators))) if operators else parts[0]

    def _signed(self, after: str | None) -> Part:
        token = self._peek()
        if isinstance(token, Mark) and token in _SIGNS:
            self._at += 1
            return Part(_SIGNS[token], self._body(token.value))
        return Part(Sign.NONE, self._body(after))

    def _body(self, after: str | None) -> "Term | Group | InField | DateFilter | Sort":
        token = self._peek()
        self._at += 1
        match token:
            case Mark.OPEN:
                return self._group()
            case FieldName():
                return InField(token, self._field_value(token))
            case Word() | Phrase() | Wildcard() | Fuzzy() | Near() | DateFilter() | Sort():
                return token
            case _:
                raise BadQuery(_misplaced(token, after))

    def _field_value(self, name: FieldName) -> Term | Group:
        value = self._body(f"{name.value}:")
        if isinstance(value, InField | DateFilter | Sort):
            raise BadQuery(f"“{name.value}:” needs a word right after it, and another field came instead.")
        return value

    def _group(self) -> Group:
        self._depth += 1
        if self._depth > DEEPEST:
            raise BadQuery(f"Brackets stand in one another more than {DEEPEST} deep; write the query with fewer.")
        group = self._sequence()
        if self._peek() is not Mark.CLOSE:
            raise BadQuery("A bracket is opened and never closed: write “)” where it ends, or take “(” out.")
        if not group.parts:
            raise BadQuery("There is nothing between the brackets: write something there, or take them out.")
        self._at += 1
        self._depth -= 1
        return group


def _misplaced(token: Token | None, after: str | None) -> str:
    """The sentence for an operator without its operand; `after` is what asked for one."""
    written = after or (token.written if isinstance(token, NearMark) else str(token))
    sides = "after it" if after in ("NOT", "-", "+") else "on both sides"
    small = f"; to search the word itself, write “{written.lower()}”" if written.isalpha() else ""
    near = "means near and " if written.startswith("/") else ""
    return f"“{written}” {near}needs a word {sides}{small}."
