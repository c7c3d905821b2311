"""The arrays give what stock Whoosh gives: the same rows and BM25F scores for the same passages and queries."""

from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh import query as wq
from whoosh.filedb.filestore import RamStorage

from index.entries import entry
from index.whoosh_engine.bulk.build import SegmentBuilder
from index.whoosh_engine.matching.evaluate import Evaluator
from index.whoosh_engine.matching.statistics import Statistics
from index.whoosh_engine.segment.places import near_terms
from index.whoosh_engine.segment.schema import EXACT, TEXT_FIELD, schema
from index.whoosh_engine.segment.segment import Segment
from tests.fakes.corpus import made
from tests.fakes.weighting import LuceneIdf

WORDS = ("vote", "votes", "voting", "dirt", "dirty", "foreign", "not", "us", "the")

# Up to ten words: there Whoosh keeps a passage's length exactly, above it rounds to a byte.
passage = st.lists(st.sampled_from(WORDS), min_size=1, max_size=10).map(" ".join)
stem = st.sampled_from(("vote", "dirt", "dirti", "foreign", "not", "us", "the", "absent"))


def _term(word: str) -> wq.Query:
    return wq.Term(TEXT_FIELD, word)


leaf = st.one_of(
    stem.map(_term),
    st.lists(st.sampled_from(WORDS), min_size=2, max_size=3).map(lambda words: wq.Phrase(EXACT, words)),
)
queries = st.recursive(
    leaf,
    lambda inner: st.one_of(
        st.lists(inner, min_size=2, max_size=3).map(wq.Or), st.lists(inner, min_size=2, max_size=3).map(wq.And)
    ),
    max_leaves=6,
)


def stock_scores(texts: list[str], query: wq.Query) -> dict[int, float]:
    index = RamStorage().create_index(schema())
    writer = index.writer()
    for number, text in enumerate(texts):
        writer.add_document(stored=number, **{EXACT: text, TEXT_FIELD: text})
    writer.commit()
    with index.searcher(weighting=LuceneIdf()) as searcher:
        return {hit["stored"]: hit.score for hit in searcher.search(query, limit=None, optimize=False)}


def our_scores(texts: list[str], query: wq.Query) -> dict[int, float]:
    builder = SegmentBuilder()
    for number, text in enumerate(texts):
        builder.add(entry(made(str(number), text), 1))
    with TemporaryDirectory() as folder:
        builder.write(Path(folder) / "segment")
        segment = Segment(Path(folder) / "segment")
        found = Evaluator(segment, Statistics([segment])).found(query)
        return dict(zip(found.rows.tolist(), found.scores_in(found.rows).tolist(), strict=True))


@settings(max_examples=40, deadline=None)
@given(st.lists(passage, min_size=1, max_size=8), queries)
def test_rows_and_scores_are_whooshs(texts: list[str], query: wq.Query) -> None:
    ours, stock = our_scores(texts, query), stock_scores(texts, query)
    assert ours.keys() == stock.keys()
    for number, score in stock.items():
        assert ours[number] == pytest.approx(score, rel=1e-4, abs=1e-5)


def test_near_words_by_edits() -> None:
    assert near_terms("kashoggi", ["khashoggi", "kashogi", "other"], 1) == ["khashoggi", "kashogi"]
    assert near_terms("kashoggi", [], 2) == []
    assert np.array(near_terms("form", ["from", "farm"], 1)).tolist() == ["from", "farm"]
