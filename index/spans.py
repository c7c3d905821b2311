"""Which words of a shown text were found: offsets, from the query and the text alone."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from rapidfuzz.distance import OSA

from index.analysis import Token, stem_of, term_of, terms, tokens
from index.hit import Span
from index.query.nodes import Either, Every, Field, Fuzzy, Near, Node, Phrase, Wildcard, Word

Run = tuple[int, int]
"""First token and the one after the last."""


def spans(text: str, nodes: Iterable[Node]) -> tuple[Span, ...]:
    """The found words of `text` in order, overlapping ones joined. A phrase is one span.

    >>> spans("Foreign dirt, he said.", [Phrase("foreign dirt"), Word("say")])
    (Span(start=0, end=12),)
    """
    words = tokens(text)
    runs = sorted(run for node in nodes for run in _runs(node, words))
    return tuple(Span(words[first].start, words[last - 1].end) for first, last in _joined(runs))


def _runs(node: Node, words: Sequence[Token]) -> Iterator[Run]:
    return _FINDERS[type(node)](node, words)


def _word(node: Word, words: Sequence[Token]) -> Iterator[Run]:
    stems = [stem_of(term) for term in terms(node.text)]
    return _side_by_side(stems, [stem_of(word.term) for word in words])


def _phrase(node: Phrase, words: Sequence[Token]) -> Iterator[Run]:
    return _side_by_side(terms(node.text), [word.term for word in words])


def _side_by_side(wanted: Sequence[str], within: Sequence[str]) -> Iterator[Run]:
    length = len(wanted)
    for at, term in enumerate(within):
        if length and term == wanted[0] and list(within[at : at + length]) == list(wanted):
            yield at, at + length


def _wildcard(node: Wildcard, words: Sequence[Token]) -> Iterator[Run]:
    pattern = re.compile(".*".join(re.escape(term_of(part)) for part in node.pattern.split("*")))
    return ((at, at + 1) for at, word in enumerate(words) if pattern.fullmatch(word.term))


def _fuzzy(node: Fuzzy, words: Sequence[Token]) -> Iterator[Run]:
    term = term_of(node.text)
    return ((at, at + 1) for at, word in enumerate(words) if OSA.distance(term, word.term) <= node.edits)


def _parts(node: Any, words: Sequence[Token]) -> Iterator[Run]:
    parts: Iterable[Node] = node.parts if isinstance(node, Near) else node.nodes
    return (run for part in parts for run in _runs(part, words))


def _elsewhere(_: Field, __: Sequence[Token]) -> Iterator[Run]:
    return iter(())


_FINDERS: Mapping[type, Callable[[Any, Sequence[Token]], Iterator[Run]]] = {
    Word: _word,
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
