"""Says in plain words how a query was understood: `Words: Barr, dirt; speaker: Trump; said before 2019-07-01.`

Plain text without markup. Brackets show what belongs together; `or` and `and` in small letters join.
"""

from index.query.nodes import (
    AnyForm,
    DateField,
    DateFilter,
    DateTest,
    Either,
    Every,
    Field,
    Fuzzy,
    Near,
    Node,
    Phrase,
    Query,
    Scope,
    Sort,
    Wildcard,
    Word,
)

_DATED = {
    DateField.WHEN: "said or published",
    DateField.SAID: "said",
    DateField.PUBLISHED: "published",
    DateField.ADDED: "added",
    DateField.DURING: "said, published or mentioned",
}
_ORDER = {Sort.NEWEST: "newest first", Sort.OLDEST: "oldest first"}
_SCOPE = {Scope.SENTENCE: "in one sentence", Scope.PASSAGE: "in one passage"}


def describe(query: Query) -> str:
    """One sentence on what is searched; never empty for a query that `parse` made."""
    clauses = [
        *_listed("words", [say(node) for node in query.wanted]),
        *_listed("helping words", [word.text for word in query.helping]),
        *_listed("all of", [say(node) for node in query.required if not isinstance(node, Phrase | Near | Field)]),
        *(f"the exact words {say(node)}" for node in query.required if isinstance(node, Phrase)),
        *(f"near: {_say_near(node)}" for node in query.required if isinstance(node, Near)),
        *(say(node) for node in query.required if isinstance(node, Field)),
        *_listed("without", [say(node) for node in query.excluded], ""),
        *(_say_date(date) for date in query.dates),
        *(_ORDER[sort] for sort in (query.sort,) if sort in _ORDER),
    ]
    sentence = "; ".join(clauses)
    return f"{sentence[:1].upper()}{sentence[1:]}."


def _listed(name: str, items: list[str], colon: str = ":") -> list[str]:
    return [f"{name}{colon} {', '.join(items)}"] if items else []


def say(node: Node) -> str:
    """One part of a query as it is shown to the asker."""
    match node:
        case Near():
            return f"({_say_near(node)})"
        case Either(nodes):
            return f"({' or '.join(map(say, nodes))})"
        case Every(nodes, excluded):
            return f"({' and '.join(map(say, nodes))}{''.join(f', without {say(part)}' for part in excluded)})"
        case Field(name, value):
            return f"{name.value}: {say(value)}"
        case AnyForm(word):
            return word.text
        case Word() | Phrase() | Wildcard() | Fuzzy():
            return _say_term(node)


def _say_term(term: Word | Phrase | Wildcard | Fuzzy) -> str:
    match term:
        case Word(text):
            return text
        case Phrase(text):
            return f"“{text}”"
        case Wildcard(pattern):
            return pattern
        case Fuzzy(text, edits):
            return f"{text} or {'one letter' if edits == 1 else 'two letters'} off"


def _say_near(near: Near) -> str:
    *most, last = map(say, near.parts)
    joined = f"{', '.join(most)} and {last}"
    if near.scope in _SCOPE:
        return f"{joined}, {_SCOPE[near.scope]}"
    between = "1 word" if near.distance == 1 else f"{near.distance} words"
    return f"{joined}, at most {between} between"


def _say_date(filtered: DateFilter) -> str:
    field, first, last = _DATED[filtered.field], filtered.first, filtered.last
    if filtered.test is DateTest.BEFORE:
        return f"{field} before {first}"
    if filtered.test is DateTest.AFTER:
        return f"{field} after {last}"
    if first is None or last is None:
        return f"{field} up to {last}" if first is None else f"{field} from {first} on"
    return f"{field} on {first}" if first == last else f"{field} from {first} to {last}"
