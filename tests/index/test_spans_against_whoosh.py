"""The words that are marked in a hit are those at which stock Whoosh's matchers stand in that passage.

Of words close together all places of the parts are marked, as Whoosh's own highlighter does, and not the stretch from
the first to the last; whether they are close, Whoosh says.
"""

from collections.abc import Iterable
from dataclasses import replace
from functools import partial

from hypothesis import given
from hypothesis import strategies as st
from whoosh import query as wq
from whoosh.query.spans import SpanNear2

from index.analysis import terms, tokens
from index.query.nodes import Either, Every, Fuzzy, Near, Node, Phrase, Query, Wildcard, Word
from index.whoosh_engine.segment.schema import EXACT
from tests.fakes.corpus import reader
from tests.fakes.side_by_side import EVERYTHING, Added, History, Ours, histories, term, word
from tests.fakes.stock_whoosh import Stock
from tests.index.test_against_whoosh import differing

words = word.map(Word)
phrases = st.lists(word, min_size=1, max_size=3).map(" ".join).map(Phrase)
wildcards = st.sampled_from(("vot*", "for*ner", "dir*")).map(Wildcard)
fuzzy = st.sampled_from(("vode", "dirts", "foregn")).map(partial(Fuzzy, edits=1))
simple = st.one_of(words, phrases, wildcards, fuzzy)
near = st.builds(Near, st.tuples(words, words).filter(lambda two: two[0] != two[1]), st.integers(1, 8))
nodes = st.one_of(
    simple,
    near,
    st.lists(simple, min_size=2, max_size=3).map(lambda parts: Either(tuple(parts))),
    st.lists(simple, min_size=2, max_size=2).map(lambda parts: Every(tuple(parts))),
)


def untitled(history: History) -> History:
    """The history without titles: what is found in one is not marked in the passage."""
    return [
        replace(step, passages=tuple(("", text) for _, text in step.passages)) if isinstance(step, Added) else step
        for step in history
    ]


def parts_of(node: Node) -> tuple[Node, ...]:
    return node.parts if isinstance(node, Near) else node.nodes if isinstance(node, Either | Every) else ()


def in_stock(node: Node) -> wq.Query:
    """What a node asks of the words of a passage."""
    parts = [in_stock(part) for part in parts_of(node)]
    match node:
        case Word(text):
            return term(text)
        case Phrase(text):
            return wq.Phrase(EXACT, terms(text))
        case Wildcard(pattern):
            return wq.Wildcard(EXACT, pattern)
        case Fuzzy(text, edits):
            return wq.FuzzyTerm(EXACT, text, maxdist=edits, prefixlength=0)
        case Near(_, distance):
            return SpanNear2(parts, slop=distance + 1, ordered=False)
        case Either():
            return wq.Or(parts)
        case _:
            return wq.And(parts)


def marked_by_stock(stock: Stock, asked: Iterable[Node]) -> dict[int, set[tuple[int, int]]]:
    """For each passage the first and the last word of every find, of all nodes that it holds."""
    marks: dict[int, set[tuple[int, int]]] = {}
    for node in asked:
        spans = stock.spans(in_stock(Either(parts_of(node))) if isinstance(node, Near) else in_stock(node))
        for number in stock.found(in_stock(node)):
            marks.setdefault(number, set()).update(spans[number])
    return marks


def joined(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """In order, those that overlap made one."""
    found: list[tuple[int, int]] = []
    for first, last in sorted(spans):
        if found and first <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], last))
        else:
            found.append((first, last))
    return found


@differing
@given(histories.map(untitled), st.lists(nodes, min_size=1, max_size=3))
def test_spans_are_whooshs(history: History, asked: list[Node]) -> None:
    query = Query("", wanted=tuple(asked), limit=EVERYTHING)
    with Ours(history) as ours:
        marks = marked_by_stock(Stock(history), asked)
        for hit in ours.snapshot.search(query, reader()).hits:
            placed = tokens(hit.passage.text)
            expected = joined(marks.get(int(hit.document.location), set()))
            assert [(span.start, span.end) for span in hit.spans] == [
                (placed[first].start, placed[last].end) for first, last in expected
            ]
