"""From the tree to the parts of a `Query`: what is wanted, what is required, what is left out, what only helps.

Loose words are wanted; phrases, near, fields and whatever carries a `+` are required. A bracket that is neither
excluded nor an alternative of `OR` says nothing of its own: its parts count as if they stood outside.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from index.errors import BadQuery
from index.query.function_words import helping
from index.query.grammar import Choice, Close, Group, InField, Part, Sign
from index.query.nodes import (
    DateFilter,
    Either,
    Every,
    Field,
    FieldName,
    Fuzzy,
    Near,
    Node,
    Phrase,
    Sort,
    Wildcard,
    Word,
)

_PAGE = re.compile(r"(?i:[a-z]{0,3}[-.]?[0-9]{1,6}[a-z]?|[ivxlcdm]{1,12})")
_T = TypeVar("_T")
_LOOSE = Word | Wildcard | Fuzzy


@dataclass(frozen=True, slots=True)
class Arranged:
    """The parts of a `Query`, each without repetitions, in the order typed."""

    wanted: tuple[Node, ...]
    required: tuple[Node, ...]
    excluded: tuple[Node, ...]
    helping: tuple[Word, ...]
    dates: tuple[DateFilter, ...]
    sort: Sort


def arrange(query: Group, text: str, *, dates_alone: bool = False) -> Arranged:
    """Sort the tree out; `text` is the query as typed. Raises BadQuery where it asks for nothing that can be found."""
    parts = _Parts(text)
    parts.add_all(query, Sign.NONE)
    wanted, helping_words = _without_function_words(parts.loose, text)
    if not wanted and not parts.required:
        wanted, helping_words = helping_words, []
    if not wanted and not parts.required and not (dates_alone and parts.dates):
        raise BadQuery(_nothing_asked(parts))
    if len(set(parts.sorts)) > 1:
        raise BadQuery("“sort:” stands there twice with different orders: keep one of them.")
    return Arranged(
        wanted=_once(wanted),
        required=_once(parts.required),
        excluded=_once(parts.excluded),
        helping=_once([*helping_words, *parts.helping]),
        dates=_once(parts.dates),
        sort=parts.sorts[0] if parts.sorts else Sort.RELEVANCE,
    )


class _Parts:
    """Collects the parts while the tree is walked."""

    def __init__(self, text: str) -> None:
        self._text = text
        self.loose: list[Node] = []
        self.required: list[Node] = []
        self.excluded: list[Node] = []
        self.helping: list[Word] = []
        self.dates: list[DateFilter] = []
        self.sorts: list[Sort] = []

    def add_all(self, group: Group, sign: Sign) -> None:
        for part in group.parts:
            self._add(part, part.sign if sign is Sign.NONE or part.sign is Sign.NOT else sign)

    def _add(self, part: Part, sign: Sign) -> None:
        body = part.body
        if isinstance(body, DateFilter | Sort):
            self._add_setting(body, sign)
        elif sign is Sign.NOT:
            node = self._node(body, loose=False)
            self.excluded += node.nodes if isinstance(node, Either) else (node,)
        elif isinstance(body, Group):
            self.add_all(body, sign)
        elif isinstance(body, Close):
            self.required += self._nears(body)
        else:
            node = self._node(body, loose=sign is Sign.NONE)
            must = isinstance(body, Choice) and any(part.sign is Sign.MUST for part in body.parts)
            strict = must or sign is Sign.MUST or _is_strict(node)
            (self.required if strict else self.loose).append(node)

    def _add_setting(self, setting: DateFilter | Sort, sign: Sign) -> None:
        if sign is Sign.NOT:
            raise BadQuery(
                "A date or an order can't be excluded: take the minus or NOT away, or use before: and after:."
            )
        if isinstance(setting, Sort):
            self.sorts.append(setting)
        else:
            self.dates.append(setting)

    def _node(self, body: object, loose: bool) -> Node:
        """One node for what stands under `OR`, in an exclusion or by itself; `loose`: function words only help."""
        match body:
            case Group():
                return self._every(body, loose)
            case Choice():
                return self._either(body, loose)
            case Close():
                nears = self._nears(body)
                return nears[0] if len(nears) == 1 else Every(nears)
            case InField(name, value):
                return _field(name, self._node(value, loose=False))
            case Word() | Phrase() | Wildcard() | Fuzzy() | Near():
                return body
            case _:
                raise BadQuery(
                    "A date or an order stands by itself: take it out of the brackets, and away from OR and near."
                )

    def _every(self, group: Group, loose: bool) -> Node:
        nodes = [self._node(part.body, loose) for part in group.parts if part.sign is not Sign.NOT]
        excluded = [self._node(part.body, loose=False) for part in group.parts if part.sign is Sign.NOT]
        if loose:
            content, function_words = _without_function_words(nodes, self._text)
            if content:
                nodes = content
                self.helping += function_words
        if not nodes:
            raise BadQuery("A bracket holds only what is left out: write in it something to find as well.")
        return nodes[0] if len(nodes) == 1 and not excluded else Every(_once(nodes), _once(excluded))

    def _either(self, choice: Choice, loose: bool) -> Node:
        nodes: list[Node] = []
        for part in choice.parts:
            if part.sign is Sign.NOT:
                raise BadQuery("OR joins what may be found; write what is left out beside it: (a OR b) -c.")
            node = self._node(part.body, loose)
            nodes += node.nodes if isinstance(node, Either) else (node,)
        alternatives = _once(nodes)
        return alternatives[0] if len(alternatives) == 1 else Either(alternatives)

    def _nears(self, close: Close) -> tuple[Near, ...]:
        """One `Near` for each run of the same operator: `a /5 b /5 c` is one, `a /5 b /s c` are two that share b."""
        operands = [self._operand(part) for part in close.parts]
        nears: list[Near] = []
        start = 0
        for end, operator in enumerate(close.operators, 1):
            following = close.operators[end] if end < len(close.operators) else None
            if following is None or (following.distance, following.scope) != (operator.distance, operator.scope):
                nears.append(Near(tuple(operands[start : end + 1]), operator.distance, operator.scope))
                start = end
        return tuple(nears)

    def _operand(self, part: Part) -> "Word | Phrase | Wildcard | Fuzzy | Either":
        node = None if part.sign is Sign.NOT else self._node(part.body, loose=False)
        if isinstance(node, Word | Phrase | Wildcard | Fuzzy):
            return node
        if isinstance(node, Either) and all(isinstance(leaf, Word | Phrase | Wildcard | Fuzzy) for leaf in node.nodes):
            return node
        raise BadQuery("Near joins words, phrases and brackets of OR, as in dirt /8 (Clinton OR Hillary).")


def _field(name: FieldName, node: Node) -> Field:
    for leaf in _leaves(node):
        if isinstance(leaf, Near | Field):
            raise BadQuery(
                f"“{name.value}:” takes words, exact words and brackets of them, not near and no other field."
            )
        if name is FieldName.PAGE and not (isinstance(leaf, Word | Phrase) and _PAGE.fullmatch(leaf.text)):
            raise BadQuery("“page:” needs the number or label of one page, such as page:12 or page:iv.")
    assert not isinstance(node, Near | Field), "refused above"
    return Field(name, node)


def _leaves(node: Node) -> Iterable[Node]:
    if isinstance(node, Either | Every):
        inner = (*node.nodes, *node.excluded) if isinstance(node, Every) else node.nodes
        for part in inner:
            yield from _leaves(part)
    else:
        yield node


def _is_strict(node: Node) -> bool:
    """Whether a passage without it is no answer at all, as with phrases, near and fields; not with words alone."""
    if isinstance(node, Either):
        return all(map(_is_strict, node.nodes))
    if isinstance(node, Every):
        return any(map(_is_strict, node.nodes))
    return not isinstance(node, _LOOSE)


def _without_function_words(nodes: list[Node], text: str) -> tuple[list[Node], list[Word]]:
    words = [node for node in nodes if isinstance(node, Word)]
    flags = iter(helping([word.text for word in words], text))
    helps = [isinstance(node, Word) and next(flags) for node in nodes]
    content = [node for node, helped in zip(nodes, helps, strict=True) if not helped]
    return content, [node for node, helped in zip(nodes, helps, strict=True) if helped and isinstance(node, Word)]


def _nothing_asked(parts: _Parts) -> str:
    if parts.excluded:
        return "This only says what to leave out: write as well what to look for, as in Barr -dirt."
    if parts.dates or parts.sorts:
        return "A date or an order alone finds everything: write as well what to look for, as in Barr before:2019."
    return "There is no word here to look for: write a few, such as Barr foreign dirt."


def _once(nodes: Iterable[_T]) -> tuple[_T, ...]:
    return tuple(dict.fromkeys(nodes))
