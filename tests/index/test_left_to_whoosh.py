"""What the arrays have no rule for, Whoosh's own matchers find over the same segments: the same passages and scores as
in stock Whoosh, and each such question is counted once, however many segments there are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from whoosh import query as wq
from whoosh.query import spans

from index.whoosh_engine.segment.schema import EXACT, TEXT_FIELD, TITLE
from tests.fakes.side_by_side import Added, Gone, History, Merged, Ours, histories, same, term, word
from tests.fakes.stock_whoosh import Stock
from tests.index.test_against_whoosh import differing

HISTORY = (
    Added((("the deal", "foreign dirt vote"), ("dirt", "the vote not the deal"), ("us and the deal", "dirty us"))),
    Added((("foreign votes", "deal the dirt foreign us"), ("dirt", "not foreign dirt"), ("dirt", "us us vote dirt"))),
    Gone(frozenset({1})),
    Added((("the deal", "foreign us voted the dirt vote"), ("foreign votes", "deal")), frozenset({2})),
    Merged(1, 2),
    Added((("dirt", "dirt deal dirt vote us foreign the"),)),
)


def exact(text: str) -> wq.Query:
    return wq.Term(EXACT, text)


DIRT, VOTE, US, DEAL, FOREIGN = map(exact, ("dirt", "vote", "us", "deal", "foreign"))

LEFT = {
    "a constant score": wq.ConstantScoreQuery(term("dirt"), score=2.5),
    "everything": wq.Every(),
    "everything with a field": wq.Every(TITLE),
    "nothing": wq.NullQuery,
    "a range of words": wq.TermRange(EXACT, "dirt", "not"),
    "a range of words without its ends": wq.TermRange(TEXT_FIELD, "dirt", "vote", startexcl=True, endexcl=True),
    "a range in a label": wq.TermRange(TITLE, "deal", "dirt"),
    "a regular expression": wq.Regex(EXACT, "d(eal|irt)y?"),
    "a regular expression in a label": wq.Regex(TITLE, "d.*"),
    "variations": wq.Variations(EXACT, "vote"),
    "a phrase of stems": wq.Phrase(TEXT_FIELD, ["foreign", "dirt"], boost=2.0),
    "a loose phrase of stems": wq.Phrase(TEXT_FIELD, ["foreign", "vote"], slop=3),
    "a loose phrase in a label": wq.Phrase(TITLE, ["us", "deal"], slop=3),
    "a sequence": wq.Sequence([FOREIGN, DIRT]),
    "an unordered sequence": wq.Sequence([DIRT, FOREIGN], slop=3, ordered=False),
    "one before another": wq.Ordered([FOREIGN, DIRT]),
    "one, otherwise another": wq.Otherwise(exact("absent"), DIRT),
    "at the beginning": spans.SpanFirst(DIRT, limit=1),
    "near": spans.SpanNear(DIRT, FOREIGN, slop=2, ordered=False),
    "near, several": spans.SpanNear2([FOREIGN, DIRT, VOTE], slop=4),
    "near in a label": spans.SpanNear2([wq.Term(TITLE, "us"), wq.Term(TITLE, "deal")], slop=3),
    "a span or another": spans.SpanOr([DIRT, FOREIGN]),
    "a span without another": spans.SpanNot(DIRT, FOREIGN),
    "a span around another": spans.SpanContains(spans.SpanNear(FOREIGN, VOTE, slop=5), DIRT),
    "a span before another": spans.SpanBefore(FOREIGN, VOTE),
    "a span on a condition": spans.SpanCondition(DIRT, US),
    "a column": wq.ColumnQuery(TITLE, "dirt"),
}


@pytest.mark.parametrize("query", LEFT.values(), ids=LEFT)
def test_it_is_what_stock_whoosh_finds_and_is_counted_once(query: wq.Query) -> None:
    with Ours(HISTORY) as ours:
        same(ours.found(query), Stock(HISTORY).found(query))
        assert len(ours.fallbacks) == 1


def test_the_best_of_several_is_counted_too() -> None:
    """Its scores are not compared: Whoosh takes the better one of a part that is already further on."""
    query = wq.DisjunctionMax([term("dirt"), wq.Term(TITLE, "dirt"), VOTE])
    with Ours(HISTORY) as ours:
        assert ours.found(query).keys() == Stock(HISTORY).found(query).keys()
        assert len(ours.fallbacks) == 1


@differing
@given(histories, st.sampled_from(list(LEFT)), word.map(term))
def test_it_may_be_a_part_of_what_the_arrays_answer(history: History, name: str, other: wq.Query) -> None:
    """Whoosh itself can't have spans as parts: it is asked for each part by itself."""
    stock, left = Stock(history), LEFT[name]
    one, two = stock.found(left), stock.found(other)
    both = {number: one[number] + two[number] for number in one.keys() & two.keys()}
    with Ours(history) as ours:
        same(ours.found(wq.Or([left, other])), {**one, **two, **both})
        same(ours.found(wq.And([left, other])), both)
        same(ours.found(wq.Require(other, left)), {number: two[number] for number in both})
        assert len(ours.fallbacks) == (3 if ours.snapshot.leaves else 0)
