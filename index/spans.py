"""Which words of a shown text were found: offsets, from the query and the text alone."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from rapidfuzz.distance import OSA

from index.analysis import chunks, stem_of, term_of, terms
from index.hit import Span
from index.query.nodes import AnyForm, Either, Every, Field, Fuzzy, Near, Node, Phrase, Wildcard, Word

Run = tuple[int, int]
"""First token and the one after the last."""


def spans(text: str, nodes: Iterable[Node]) -> tuple[Span, ...]:
    """The found words of `text` in order, overlapping ones joined. A phrase is one span.

    >>> spans("Foreign dirt, he said.", [Phrase("foreign dirt"), Word("say")])
    (Span(start=0, end=12),)
    """
    words = _Words(text)
    runs = sorted(run for node in nodes for run in _runs(node, words))
    found = words.written
    return tuple(Span(found[first].start(), found[last - 1].end()) for first, last in _joined(runs))


class _Words:
    """The words of a text as they are written, by their terms and by their stems."""

    def __init__(self, text: str) -> None:
        self.written = list(chunks(text))
        self.terms = [term_of(word[0]) for word in self.written]

    @cached_property
    def stems(self) -> list[str]:
        """The stem of each word."""
        return [stem_of(term) for term in self.terms]


def _runs(node: Node, words: _Words) -> Iterator[Run]:
    return _FINDERS[type(node)](node, words)


def _word(node: Word, words: _Words) -> Iterator[Run]:
    stems = [stem_of(term) for term in terms(node.text)]
    return _side_by_side(stems, words.stems)


def _any_form(node: AnyForm, words: _Words) -> Iterator[Run]:
    yield from _word(node.word, words)
    for form in (*node.forms, *node.finds):
        yield from _word(Word(form), words)


def _phrase(node: Phrase, words: _Words) -> Iterator[Run]:
    return _side_by_side(terms(node.text), words.terms)


def _side_by_side(wanted: Sequence[str], within: Sequence[str]) -> Iterator[Run]:
    length = len(wanted)
    for at, term in enumerate(within):
        if length and term == wanted[0] and list(within[at : at + length]) == list(wanted):
            yield at, at + length


def _wildcard(node: Wildcard, words: _Words) -> Iterator[Run]:
    pattern = re.compile(".*".join(re.escape(term_of(part)) for part in node.pattern.split("*")))
    return ((at, at + 1) for at, word in enumerate(words.terms) if pattern.fullmatch(word))


def _fuzzy(node: Fuzzy, words: _Words) -> Iterator[Run]:
    term = term_of(node.text)
    return ((at, at + 1) for at, word in enumerate(words.terms) if OSA.distance(term, word) <= node.edits)


def _parts(node: Any, words: _Words) -> Iterator[Run]:
    parts: Iterable[Node] = node.parts if isinstance(node, Near) else node.nodes
    return (run for part in parts for run in _runs(part, words))


def _elsewhere(_: Field, __: _Words) -> Iterator[Run]:
    return iter(())


_FINDERS: Mapping[type, Callable[[Any, _Words], Iterator[Run]]] = {
    Word: _word,
    AnyForm: _any_form,
    Phrase: _phrase,
    Wildcard: _wildcard,
    Fuzzy: _fuzzy,
    Near: _parts,
    Either: _parts,
    Every: _parts,
    Field: _elsewhere,
}


def _joined(runs: Sequence[Run]) -> Iterator[Run]:
    held: Run | None = None
    for first, last in runs:
        if held and first < held[1]:
            held = (held[0], max(held[1], last))
            continue
        if held:
            yield held
        held = (first, last)
    if held:
        yield held
