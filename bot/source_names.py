"""Sources by their names: in a question, `source:` goes by words of a name; in a command, by all of it. Pure.

What is named by words of its name is found here for other names as well (`names`).
"""

from collections.abc import Sequence
from fnmatch import fnmatchcase

from rapidfuzz.distance import OSA

from bot.errors import BadRequest
from bot.store.sources import SourceRecord
from index.errors import BadQuery
from index.query import (
    AnyForm,
    Either,
    Every,
    Field,
    FieldName,
    Fuzzy,
    Near,
    Node,
    Phrase,
    Query,
    Wildcard,
    Word,
    rewritten,
)
from sources.letters import plain


def resolve_sources(query: Query, readable: Sequence[SourceRecord]) -> Query:
    """The query with every `source:` asking for the ids of those `readable` sources whose names hold its words.

    Raises BadQuery where no readable source is called so, in the same words whether or not another one is.
    """

    def resolve(field: Field) -> Field:
        if field.name is FieldName.SOURCE:
            return Field(field.name, _ids(field.node, readable))
        return field

    return rewritten(query, resolve)


def source_named(name: str, readable: Sequence[SourceRecord]) -> SourceRecord:
    """The one that is called so. Raises BadRequest, which names those that there are."""
    for source in readable:
        if source.name == name:
            return source
    names = ", ".join(f"“{source.name}”" for source in readable)
    raise BadRequest(
        f"There is no source called “{name}”. " + (f"There are: {names}." if names else "None was added yet.")
    )


def _ids(asked: Node, readable: Sequence[SourceRecord]) -> Either:
    named = [source.id for source in readable if names(asked, source.name)]
    if not named:
        raise BadQuery(f"There is no source called “{written(asked)}” that you can read.")
    return Either(tuple(map(Word, named)))


def names(asked: Node, name: str) -> bool:
    """Whether the words that are asked for stand in a name, whatever its capitals, accents and signs."""
    return _names(asked, _folded_words(name))


def _names(asked: Node, words: Sequence[str]) -> bool:
    """Whether a name with these folded words is meant."""
    match asked:
        case Word(text) | AnyForm(Word(text)) | Phrase(text):
            return _stands_in(_folded_words(text), words)
        case Wildcard(pattern):
            return any(fnmatchcase(word, plain(pattern)) for word in words)
        case Fuzzy(text, edits):
            return any(OSA.distance(word, plain(text)) <= edits for word in words)
        case Either(nodes):
            return any(_names(node, words) for node in nodes)
        case Every(nodes, excluded):
            return all(_names(n, words) for n in nodes) and not any(_names(n, words) for n in excluded)
        case Near() | Field():
            return False


def _stands_in(wanted: Sequence[str], words: Sequence[str]) -> bool:
    return bool(wanted) and any(
        list(words[i : i + len(wanted)]) == list(wanted) for i in range(len(words) - len(wanted) + 1)
    )


def _folded_words(text: str) -> list[str]:
    """Runs of letters and digits: a source called `news-2019_final` is found by any of its three words."""
    return "".join(c if c.isalnum() else " " for c in plain(text)).split()


def written(node: Node) -> str:
    """The asked words again, for the sentence that refuses them."""
    match node:
        case Word(text) | Phrase(text) | Fuzzy(text, _):
            return text
        case Wildcard(pattern):
            return pattern
        case Either(nodes):
            return " or ".join(map(written, nodes))
        case Every(nodes):
            return " ".join(map(written, nodes))
        case Near(parts):
            return " near ".join(map(written, parts))
        case AnyForm(asked) | Field(_, asked):
            return written(asked)
