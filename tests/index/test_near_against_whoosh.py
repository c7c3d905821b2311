"""Words close together are those that stock Whoosh finds close together, with the same scores.

Whoosh's own unordered near is right for two single words. With more it only lengthens the span that it has, in the
order of its parts: in "a c b" it finds no "a b c", for c lies within. So any order is put to it as each order by
itself; and a bracket as Or, for its SpanOr makes one of neighbours.
"""

from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from whoosh import query as wq
from whoosh.query import spans

from index.query.nodes import Scope
from index.whoosh_engine.matching.near import Near
from index.whoosh_engine.segment.schema import EXACT, TEXT_FIELD
from tests.fakes.side_by_side import WORDS, Added, History, Ours, histories, same, term, word
from tests.fakes.stock_whoosh import Stock, asked_of_stock
from tests.index.test_against_whoosh import differing

sentences = st.lists(st.lists(word, min_size=1, max_size=6), min_size=1, max_size=4)


def exact(text: str) -> wq.Query:
    return wq.Term(EXACT, text)


parts = st.one_of(
    word.map(exact),
    word.map(exact),
    word.map(term),
    st.just(wq.Prefix(EXACT, "vot")),
    st.lists(word, min_size=2, max_size=3).map(lambda words: wq.Phrase(EXACT, words)),
    st.tuples(word, st.lists(word, min_size=2, max_size=3)).map(
        lambda two: wq.Or([exact(two[0]), wq.Phrase(EXACT, two[1])])
    ),
)


def in_one_field(part: Any) -> wq.Query:
    """A part by written words alone: Whoosh has the places of a pattern only word by word."""
    if isinstance(part, wq.Prefix):
        return wq.Or([exact(word) for word in WORDS if word.startswith(part.text)])
    if isinstance(part, wq.Term) and part.fieldname == TEXT_FIELD:
        return wq.Or([exact(word) for word in WORDS if term(word) == part])
    return part


@differing
@given(histories, st.tuples(word, word).filter(lambda two: two[0] != two[1]), st.integers(0, 12))
def test_two_words_in_any_order_are_whooshs_unordered_near(history: History, two: tuple[str, str], most: int) -> None:
    words = [exact(each) for each in two]
    with Ours(history) as ours:
        found = ours.found(Near(words, most, Scope.WORDS))
        same(found, Stock(history).found(spans.SpanNear2(words, slop=most + 1, ordered=False)))
        same(found, Stock(history).found(spans.SpanNear(*words, slop=most + 1, ordered=False)))


@differing
@given(histories, st.lists(parts, min_size=2, max_size=4), st.integers(0, 6))
def test_parts_are_near_that_whoosh_finds_so_in_one_of_all_orders(
    history: History, parts: list[wq.Query], most: int
) -> None:
    stock = Stock(history)
    with Ours(history) as ours:
        found = ours.found(Near(parts, most, Scope.WORDS))
        near = set[int]()
        for order in permutations(map(in_one_field, parts)):
            near |= stock.found(spans.SpanNear2(order, slop=most + 1)).keys()
        assert found.keys() == near
        together = asked_of_stock(history, wq.And(parts))
        same(found, {number: together[number] for number in near})


@differing
@given(st.lists(sentences, min_size=1, max_size=6), st.lists(parts, min_size=2, max_size=3))
def test_one_sentence_is_what_whoosh_finds_in_sentences_by_themselves(
    texts: list[list[list[str]]], parts: list[wq.Query]
) -> None:
    written = [[f"{' '.join(words).capitalize()}." for words in text] for text in texts]
    history = (Added(tuple(("", " ".join(text)) for text in written)),)
    apart = (Added(tuple(("", sentence) for text in written for sentence in text)),)
    owner = [number for number, text in enumerate(written) for _ in text]
    with Ours(history) as ours:
        found = ours.found(Near(parts, 0, Scope.SENTENCE)).keys()
        begin_in_one = {owner[at] for at in asked_of_stock(apart, wq.And(parts))}
        # A phrase may run on into the next sentence: it counts where it begins.
        if not any(isinstance(each, wq.Phrase | wq.Or) for each in parts):
            assert found == begin_in_one
        assert found >= begin_in_one


@differing
@given(histories, st.lists(parts, min_size=2, max_size=3))
def test_one_passage_is_whooshs_and(history: History, parts: list[wq.Query]) -> None:
    with Ours(history) as ours:
        same(ours.found(Near(parts, 0, Scope.PASSAGE)), asked_of_stock(history, wq.And(parts)))


def test_as_many_words_as_a_question_may_have() -> None:
    words = [f"word{number}" for number in range(64)]
    history = (Added((("", " ".join(words)), ("", " dirt ".join(words)), ("", " ".join([*words, *words[::-1]])))),)
    with Ours(history) as ours:
        assert ours.found(Near(list(map(exact, words)), 0, Scope.WORDS)).keys() == {0, 2}
        assert ours.found(Near(list(map(exact, words)), 1, Scope.WORDS)).keys() == {0, 1, 2}


@pytest.mark.parametrize(
    ("text", "parts", "most"),
    [
        # The nearer "dirt" is too far from "vote", the next one is not.
        ("foreign dirt dirt the vote", [exact("foreign"), exact("dirt"), exact("vote")], 1),
        # One word of a bracket is shorter than another one's phrase.
        ("deal the us vote", [wq.Or([exact("deal"), wq.Phrase(EXACT, ["foreign", "dirt"])]), exact("vote")], 2),
    ],
)
def test_what_was_once_overlooked(text: str, parts: list[wq.Query], most: int) -> None:
    history = (Added((("", text),)),)
    with Ours(history) as ours:
        assert ours.found(Near(parts, most, Scope.WORDS)).keys() == {0}
        assert ours.found(Near(parts, most - 1, Scope.WORDS)).keys() == set[int]()
