"""Whatever is asked, the arrays find what stock Whoosh finds in the same passages, with the same scores: after any
history of segments, passages that went or changed, and merges.
"""

import numpy as np
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from whoosh import query as wq

from index.analysis import stem_of
from index.whoosh_engine.segment.schema import EXACT, TEXT_FIELD, TITLE
from tests.fakes.side_by_side import (
    EVERYTHING,
    TITLES,
    Added,
    History,
    Merged,
    Ours,
    boosted,
    histories,
    same,
    term,
    word,
)
from tests.fakes.stock_whoosh import asked_of_stock

HISTORY = (Added((("the deal", "dirt foreign vote"), ("dirt", "voting not us"))),)

_ROUNDED = 1e-4

differing = settings(max_examples=25, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])
"""A tree that differs is told as it was found: making it smaller takes minutes, for every try builds two indexes."""

fields = st.sampled_from((EXACT, TEXT_FIELD, TITLE))
words = st.lists(word, min_size=2, max_size=4)
prefixes = st.builds(wq.Prefix, fields, st.sampled_from(("v", "vot", "f", "x", "foreign")))
wildcards = st.builds(wq.Wildcard, fields, st.sampled_from(("v*e", "*t*", "di*", "x*y", "vot?", "d[ei]*", "*s")))
fuzzy = st.builds(
    wq.FuzzyTerm,
    fields,
    st.sampled_from(("vode", "dirts", "foregn", "eal", "fote")),
    maxdist=st.sampled_from((1, 2)),
    prefixlength=st.sampled_from((0, 1, 3)),
)
plain = st.one_of(
    word.map(term),
    word.map(lambda text: wq.Term(EXACT, text)),
    word.map(lambda text: wq.Term(TITLE, stem_of(text))),
    st.sampled_from(("absent", "", "dirt foreign")).map(lambda text: wq.Term(EXACT, text)),
    st.just(wq.Term("nowhere", "vote")),
    words.map(lambda words: wq.Phrase(EXACT, words)),
    st.builds(wq.Phrase, st.just(EXACT), words, slop=st.integers(2, 6)),
    st.sampled_from(TITLES).map(lambda title: wq.Phrase(TITLE, title.split())),
)
patterns = st.one_of(prefixes, wildcards, fuzzy)
leaves = st.builds(boosted, st.one_of(plain, patterns), st.sampled_from((1.0, 1.0, 0.5, 3.0)))


def trees(leaves: st.SearchStrategy[wq.Query]) -> st.SearchStrategy[wq.Query]:
    """Trees of these leaves."""

    def several(inner: st.SearchStrategy[wq.Query]) -> st.SearchStrategy[list[wq.Query]]:
        return st.lists(inner, min_size=2, max_size=3)

    def excluding(inner: st.SearchStrategy[wq.Query]) -> st.SearchStrategy[list[wq.Query]]:
        return st.tuples(several(inner), st.lists(inner.map(wq.Not), max_size=2)).map(lambda two: [*two[0], *two[1]])

    return st.recursive(
        leaves,
        lambda inner: st.one_of(
            st.builds(boosted, several(inner).map(wq.Or), st.sampled_from((1.0, 2.0))),
            st.builds(boosted, excluding(inner).map(wq.And), st.sampled_from((1.0, 2.0))),
            st.builds(wq.AndMaybe, inner, inner),
            st.builds(wq.AndNot, inner, inner),
            st.builds(wq.Require, inner, inner),
        ),
        max_leaves=8,
    )


@differing
@given(histories, trees(leaves))
def test_hits_and_scores_are_whooshs(history: History, query: wq.Query) -> None:
    with Ours(history) as ours:
        same(ours.found(query), asked_of_stock(history, query))
        assert not ours.fallbacks


@differing
@given(histories, trees(leaves))
def test_hits_and_scores_are_whooshs_when_all_is_one_segment(history: History, query: wq.Query) -> None:
    """Then what is gone no longer counts."""
    whole = (*history, Merged(0, EVERYTHING))
    with Ours(whole) as ours:
        same(ours.found(query), asked_of_stock(whole, query))


@differing
@given(histories, st.lists(trees(leaves).map(wq.Not), min_size=1, max_size=2))
def test_nothing_but_exclusions_leaves_the_rest(history: History, unwanted: list[wq.Not]) -> None:
    with Ours(history) as ours:
        found = set[int]().union(*(ours.found(each.query) for each in unwanted))
        assert ours.found(wq.And(unwanted)).keys() == ours.live - found
        assert ours.found(unwanted[0]).keys() == ours.live - ours.found(unwanted[0].query).keys()


def test_of_nothing_nothing_is_found() -> None:
    with Ours(()) as ours:
        assert ours.found(term("vote")) == {}
    with Ours(HISTORY) as ours:
        for query in (wq.And([]), wq.Or([]), wq.Term("nowhere", "vote"), wq.Prefix(EXACT, "zz")):
            assert ours.found(query) == asked_of_stock(HISTORY, query) == {}
        assert ours.found(wq.Phrase(EXACT, [])) == {}


@differing
@given(histories, trees(leaves), st.integers(1, 5))
def test_pages_are_pieces_of_the_whole(history: History, query: wq.Query, k: int) -> None:
    """Of equal scores the same come first, however many are asked for."""
    with Ours(history) as ours:
        whole, total, end = ours.page(query, EVERYTHING, 0)
        assert (total, end) == (len(whole), None)
        pieces: list[tuple[int, float]] = []
        cursor: int | None = 0
        while cursor is not None:
            page, counted, cursor = ours.page(query, k, cursor)
            assert counted == total
            pieces += page
        assert [number for number, _ in pieces] == [number for number, _ in whole]
        assert [score for _, score in pieces] == pytest.approx([score for _, score in whole], rel=1e-5)


@differing
@given(histories, trees(leaves))
def test_a_match_is_of_one_mind(history: History, query: wq.Query) -> None:
    """What is told of single rows, and the bounds by which rows are passed over, agree with the whole."""
    with Ours(history) as ours:
        for leaf, match in ours.matches(query):
            every = np.arange(leaf.segment.rows, dtype=np.uint32)
            scores, floors = match.scores_in(every), match.floor_in(every)
            assert every[match.has(every)].tolist() == match.rows.tolist()
            assert sorted(row for rows in match.lists() for row in rows.tolist()) == match.rows.tolist()
            for rows, least in zip(match.lists(), match.floors(), strict=True):
                assert np.allclose(least, floors[rows])
            assert not scores[~match.has(every)].any()
            assert (floors <= scores + _ROUNDED).all()
            assert (scores <= floors + match.slack + _ROUNDED).all()
            assert (scores <= match.bound + _ROUNDED).all()
