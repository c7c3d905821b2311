"""Spellings of a name and short forms that stand for the same: a table which the newsroom edits.

It is read when Quotedesk starts and applied to the question, so a change needs no reindex. `FEC` then also finds
"Federal Election Commission", and the other way round; exact words in quotation marks are never widened. A headline's
word finds what a record calls it (`probe` the "investigation"), and never the other way round: who asks in the record's
own words means them.
"""

import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import cast

from index.analysis import stem_of, terms
from index.errors import BadSynonyms
from index.query.function_words import helping
from index.query.nodes import AnyForm, Either, Every, Node, Query, Word

SHIPPED = Path(__file__).with_name("synonyms.toml")
"""The table that comes with Quotedesk."""

_TOLD = 4  # other forms of a word that an answer names
_WORDS_OF_A_FORM = 8


@dataclass(frozen=True, slots=True)
class _Form:
    """One form as it is written; `key` are the stems of its content words, by which it is known in a question."""

    written: str
    key: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """Forms of one name, each of which finds the others, and what they all find besides, which finds none of them."""

    forms: tuple[str, ...]
    finds: tuple[str, ...] = ()


class Synonyms:
    """A table of forms, ready to be asked. A group holds forms of one name; a form may stand in several groups."""

    def __init__(self, groups: Iterable[Sequence[str] | Entry] = ()) -> None:
        entries = [group if isinstance(group, Entry) else Entry(tuple(group)) for group in groups]
        self.groups = tuple(entry.forms for entry in entries)
        self._by_key: dict[tuple[str, ...], Entry] = {}
        for entry in entries:
            forms, finds = ([_form(written) for written in listed] for listed in (entry.forms, entry.finds))
            for form in forms:
                before = self._by_key.get(form.key, Entry(()))
                after = Entry(_once(*before.forms, *_others(form, forms)), _once(*before.finds, *_others(form, finds)))
                if after.forms or after.finds:
                    self._by_key[form.key] = after
        self._longest = max(map(len, self._by_key), default=0)

    def others(self, words: Sequence[str]) -> Iterator[tuple[int, int, Entry]]:
        """Where known forms stand in a run of content words, the longest first: begin, end, the other forms and what
        they find.

        >>> list(Synonyms([["AG", "Attorney General"]]).others(["attorney", "general", "Barr"]))
        [(0, 2, Entry(forms=('AG',), finds=()))]
        """
        stems = [tuple(stem_of(term) for term in terms(word)) for word in words]
        at = 0
        while at < len(words):
            for end in range(min(len(words), at + self._longest), at, -1):
                if found := self._by_key.get(tuple(chain.from_iterable(stems[at:end]))):
                    yield at, end, found
                    at = end - 1
                    break
            at += 1


NO_SYNONYMS = Synonyms()
"""A table without entries."""


def widened(query: Query, synonyms: Synonyms) -> Query:
    """The query with the other forms of its loose words, and `understood` telling of them.

    Each word of a form of several words may be met by the other forms too: with "attorney general" asked for, a passage
    that says "AG" lacks neither word.
    """
    wanted, told = _widened(query.wanted, synonyms)
    required, more = _widened(query.required, synonyms)
    listed = "; ".join(f"{asked} or {' or '.join(forms)}" for asked, forms in dict.fromkeys((*told, *more)))
    if not listed:
        return query
    understood = f"{query.understood} Spellings and short forms: {listed}."
    return replace(query, wanted=wanted, required=required, understood=understood)


_Told = list[tuple[str, tuple[str, ...]]]


def _widened(nodes: Sequence[Node], synonyms: Synonyms) -> tuple[tuple[Node, ...], _Told]:
    """Runs of words side by side are read together; brackets of OR and of all are looked into."""
    result, told = list(nodes), _Told()
    for begin, end in _runs_of_words(nodes):
        words = [node.text for node in nodes[begin:end] if isinstance(node, Word)]
        for first, last, others in synonyms.others(words):
            told.append((" ".join(words[first:last]), _once(*others.forms, *others.finds)[:_TOLD]))
            for at in range(first, last):
                result[begin + at] = AnyForm(Word(words[at]), others.forms, others.finds)
    for at, node in enumerate(nodes):
        if isinstance(node, Either | Every):
            inner, more = _widened(node.nodes, synonyms)
            result[at] = replace(node, nodes=inner)
            told += more
    return tuple(result), told


def _runs_of_words(nodes: Sequence[Node]) -> Iterator[tuple[int, int]]:
    begin = 0
    for at in range(len(nodes) + 1):
        if at == len(nodes) or not isinstance(nodes[at], Word):
            if at > begin:
                yield begin, at
            begin = at + 1


def _form(written: str) -> _Form:
    words = terms(written)
    content = [word for word, helps in zip(words, helping(words, ""), strict=True) if not helps]
    return _Form(written, tuple(stem_of(word) for word in content or words))


def _others(form: _Form, known: Iterable[_Form]) -> Iterator[str]:
    return (each.written for each in known if each.key != form.key and not _is_function_word(each.written))


def _once(*written: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(written))


def _is_function_word(written: str) -> bool:
    """Such a form (`US`, `WHO`) is understood when it is asked for, and can't be told from "us" and "who" in a text."""
    words = terms(written)
    return len(words) == 1 and helping(words, "") == [True]


def load(own: Path | None = None) -> Synonyms:
    """The shipped table; entries of the newsroom's `own` file, where there is one, add to it, and replace a shipped
    entry that begins with the same form.

    Raises BadSynonyms.
    """
    shipped = {entry.forms[0]: entry for entry in _read(SHIPPED)}
    if own is not None and own.exists():
        shipped |= {entry.forms[0]: entry for entry in _read(own)}
    return Synonyms(shipped.values())


def _read(path: Path) -> list[Entry]:
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadSynonyms(f"{path} can't be read as a table of synonyms: {error}.") from error
    entries = data.get("synonyms", [])
    if data.keys() - {"synonyms"} or not isinstance(entries, list):
        raise BadSynonyms(f"{path} should hold entries that begin with [[synonyms]], and nothing else.")
    return [_entry(entry, path) for entry in cast("list[object]", entries)]


def _entry(entry: object, path: Path) -> Entry:
    fields = cast("dict[str, object]", entry) if isinstance(entry, dict) else {}
    forms, finds = _listed(fields.get("forms")), _listed(fields.get("finds", []))
    if forms and finds is not None and len(forms) + len(finds) > 1 and not fields.keys() - {"forms", "finds"}:
        return Entry(forms, finds)
    raise BadSynonyms(
        f"{path}: an entry takes `forms`, a list of two texts or more of one to {_WORDS_OF_A_FORM} words, or one and "
        "`finds`, a list of others that it finds too."
    )


def _listed(value: object) -> tuple[str, ...] | None:
    """A list of texts that can be forms; None for anything else."""
    listed = cast("list[object]", value) if isinstance(value, list) else [None]
    texts = tuple(each for each in listed if isinstance(each, str) and _fits(each))
    return texts if len(texts) == len(listed) else None


def _fits(form: str) -> bool:
    return 1 <= len(terms(form)) <= _WORDS_OF_A_FORM
