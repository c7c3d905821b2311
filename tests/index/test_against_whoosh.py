"""Whatever is asked, the arrays find what stock Whoosh finds in the same passages, with the same scores.

Passages are as long as Whoosh's own codec can note exactly (it rounds other lengths to a byte), so that both score by
the same statistics. Both have the same segments and the same deletions; a deleted passage still counts in both, until
segments are joined. The disk's part is left out: nothing here is about lasting.
"""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO

import numpy as np
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from whoosh import query as wq
from whoosh.filedb.filestore import RamStorage
from whoosh.scoring import BM25F

from index.analysis import stem_of
from index.hit import Stamp
from index.query.nodes import Scope
from index.sync import entry
from index.whoosh_engine.answering.collector import collect
from index.whoosh_engine.answering.search import Snapshot
from index.whoosh_engine.bulk.build import SegmentBuilder
from index.whoosh_engine.bulk.disk import LocalDisk
from index.whoosh_engine.bulk.merge import Part, merge
from index.whoosh_engine.matching.match import Match
from index.whoosh_engine.matching.near import Near
from index.whoosh_engine.segment.leaf import Leaf
from index.whoosh_engine.segment.schema import EXACT, TEXT_FIELD, TITLE, schema
from index.whoosh_engine.segment.segment import Segment
from sources.people import NOBODY
from tests.fakes.corpus import made

WORDS = ("vote", "votes", "voting", "voted", "dirt", "dirty", "foreign", "foreigner", "not", "us", "the", "deal")
TITLES = ("the deal", "foreign votes", "dirt", "us and the deal")
EXACT_LENGTHS = (*range(1, 11), 12, 13, 14, 16, 17, 18, 20, 21, 23, 25, 26, 28, 30)
FILLER = "padding"
_ROUNDED = 1e-4
_EVERYTHING = 100

differing = settings(max_examples=25, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])
"""A tree that differs is told as it was found: making it smaller takes minutes, for every try builds two indexes."""


class _Hasty(LocalDisk):
    def sync(self, file: BinaryIO) -> None:
        file.flush()

    def sync_folder(self, folder: Path) -> None:
        pass


@dataclass(frozen=True, slots=True)
class Corpus:
    """Segments of passages (title and text), and the numbers of those that are gone, counted through all segments."""

    segments: Sequence[Sequence[tuple[str, str]]]
    gone: frozenset[int]

    @property
    def size(self) -> int:
        return sum(map(len, self.segments))


def padded(words: Sequence[str]) -> str:
    """The words, filled up to a length that Whoosh notes exactly."""
    length = next(length for length in EXACT_LENGTHS if length >= len(words))
    return " ".join([*words, *[FILLER] * (length - len(words))])


word = st.sampled_from(WORDS)
passage = st.tuples(st.sampled_from(TITLES), st.lists(word, min_size=1, max_size=30).map(padded))
corpora = st.builds(
    Corpus,
    st.lists(st.lists(passage, min_size=1, max_size=8), min_size=1, max_size=4),
    st.frozensets(st.integers(0, 31), max_size=6),
)


def term(text: str) -> wq.Query:
    return wq.Term(TEXT_FIELD, stem_of(text))


def boosted(query: wq.Query, boost: float) -> wq.Query:
    query.boost = boost
    return query


leaf = st.one_of(
    word.map(term),
    word.map(lambda text: wq.Term(EXACT, text)),
    word.map(lambda text: wq.Term(TITLE, stem_of(text))),
    st.just(wq.Term(EXACT, "absent")),
    st.lists(word, min_size=2, max_size=4).map(lambda words: wq.Phrase(EXACT, words)),
    st.tuples(word, st.sampled_from((0.5, 1.5, 3.0))).map(lambda pair: boosted(term(pair[0]), pair[1])),
)
expanded = st.one_of(
    st.sampled_from(("v", "vot", "f", "x", "foreign")).map(lambda text: wq.Prefix(EXACT, text)),
    st.sampled_from(("v*e", "*t*", "di*", "x*y")).map(lambda text: wq.Wildcard(EXACT, text)),
    st.sampled_from(("vode", "dirts", "foregn")).map(lambda text: wq.FuzzyTerm(EXACT, text, maxdist=1)),
)


def trees(leaves: st.SearchStrategy[wq.Query]) -> st.SearchStrategy[wq.Query]:
    """Trees of these leaves. What an AndMaybe adds is a leaf: stock Whoosh loses sight of a tree there now and then."""

    def several(inner: st.SearchStrategy[wq.Query]) -> st.SearchStrategy[list[wq.Query]]:
        return st.lists(inner, min_size=2, max_size=3)

    return st.recursive(
        leaves,
        lambda inner: st.one_of(
            several(inner).map(wq.Or),
            several(inner).map(wq.And),
            st.tuples(inner, leaves).map(lambda two: wq.AndMaybe(*two)),
            st.tuples(inner, inner).map(lambda two: wq.Require(*two)),
        ),
        max_leaves=8,
    )


def stock(corpus: Corpus, query: wq.Query, *, joined: bool = False) -> dict[int, float]:
    """The numbers and scores that Whoosh gives; with its segments `joined` into one, if wanted."""
    index = RamStorage().create_index(schema())
    number = 0
    for segment in corpus.segments:
        writer = index.writer()
        for title, text in segment:
            writer.add_document(stored=number, **{EXACT: text, TEXT_FIELD: text, TITLE: title})
            number += 1
        writer.commit(merge=False)
    writer = index.writer()
    for each in corpus.gone:
        if each < number:
            writer.delete_document(each)
    writer.commit(merge=False)
    if joined:
        index.writer().commit(optimize=True)
    with index.searcher(weighting=BM25F()) as searcher:
        return {hit["stored"]: hit.score for hit in searcher.search(query, limit=None, optimize=False)}


class Ours:
    """A snapshot of the same segments; a context manager that removes their files."""

    def __init__(self, corpus: Corpus, *, joined: bool = False) -> None:
        self._opened = ExitStack()
        folder = Path(self._opened.enter_context(TemporaryDirectory()))
        self._numbers: list[list[int]] = []
        leaves: list[Leaf] = []
        for passages in corpus.segments:
            begin = sum(map(len, self._numbers))
            self._numbers.append([begin + row for row in range(len(passages))])
            segment = _written(folder / str(begin), self._numbers[-1], passages)
            live = [number not in corpus.gone for number in self._numbers[-1]]
            leaves.append(Leaf(segment, np.array(live, bool)))
        self.snapshot = self._snapshot([self._joined(folder, leaves)] if joined else leaves)

    def __enter__(self) -> "Ours":
        return self

    def __exit__(self, *_: object) -> None:
        self._opened.close()

    def found(self, query: wq.Query) -> dict[int, float]:
        """Numbers and scores, best first."""
        return dict(self.page(query, _EVERYTHING, 0)[0])

    def page(self, query: wq.Query, k: int, after: int) -> tuple[list[tuple[int, float]], int, int | None]:
        """One page, the total, and where the next begins."""
        got = collect(self.snapshot, query, k, after=after)
        places: list[tuple[int, int]] = np.column_stack((got.leaf, got.row)).tolist()
        numbers = [self._numbers[leaf][row] for leaf, row in places]
        scores: list[float] = got.score.tolist()
        return list(zip(numbers, scores, strict=True)), got.total, got.cursor

    def matches(self, query: wq.Query) -> Iterator[tuple[Leaf, Match]]:
        """Each segment with what was found in it."""
        for leaf, evaluator in zip(self.snapshot.leaves, self.snapshot.evaluators, strict=True):
            yield leaf, evaluator.found(query)

    def _joined(self, folder: Path, leaves: Sequence[Leaf]) -> Leaf:
        parts = [Part(leaf.segment.folder, np.flatnonzero(~leaf.live).tolist()) for leaf in leaves]
        merge(parts, folder / "joined", _Hasty())
        lives = zip(self._numbers, leaves, strict=True)
        self._numbers = [[number for numbers, leaf in lives for number in np.array(numbers)[leaf.live].tolist()]]
        segment = Segment(folder / "joined")
        return Leaf(segment, np.ones(segment.rows, bool))

    def _snapshot(self, leaves: Sequence[Leaf]) -> Snapshot:
        return Snapshot(Stamp("g", 1, "s", datetime(2026, 1, 1, tzinfo=UTC), 1, 1), leaves, NOBODY)


def _written(folder: Path, numbers: Sequence[int], passages: Sequence[tuple[str, str]]) -> Segment:
    """A segment in which each passage is a document of its own."""
    builder = SegmentBuilder()
    for number, (title, text) in zip(numbers, passages, strict=True):
        builder.add(entry(made(str(number), text, title=title), 1))
    builder.write(folder, _Hasty())
    return Segment(folder)


def same(ours: dict[int, float], theirs: dict[int, float]) -> None:
    """The same passages, best first, with the same scores."""
    assert ours.keys() == theirs.keys()
    assert list(ours.values()) == sorted(ours.values(), reverse=True)
    for number, score in theirs.items():
        assert ours[number] == pytest.approx(score, rel=1e-4, abs=1e-4), number


@differing
@given(corpora, trees(leaf))
def test_hits_and_scores_are_whooshs(corpus: Corpus, query: wq.Query) -> None:
    with Ours(corpus) as ours:
        same(ours.found(query), stock(corpus, query))


@differing
@given(corpora.filter(lambda corpus: len(corpus.gone) < corpus.size), trees(leaf))
def test_hits_and_scores_are_whooshs_when_segments_are_joined(corpus: Corpus, query: wq.Query) -> None:
    """Then what is gone no longer counts."""
    with Ours(corpus, joined=True) as ours:
        same(ours.found(query), stock(corpus, query, joined=True))


@differing
@given(corpora, trees(st.one_of(leaf, expanded)), st.lists(leaf, max_size=2))
def test_hits_are_whooshs_where_words_are_expanded_or_excluded(
    corpus: Corpus, query: wq.Query, unwanted: list[wq.Query]
) -> None:
    """Whoosh gives a pattern, and a part that excludes, a score of its own: here only the passages are compared."""
    whole = wq.And([query, *map(wq.Not, unwanted)]) if unwanted else query
    with Ours(corpus) as ours:
        assert ours.found(whole).keys() == stock(corpus, whole).keys()


@differing
@given(corpora, trees(leaf), trees(leaf))
def test_what_is_taken_out_of_a_find_leaves_the_scores_of_the_rest(
    corpus: Corpus, wanted: wq.Query, unwanted: wq.Query
) -> None:
    """Held against our own: Whoosh's AndNot lets its first passage through where the unwanted ones begin earlier."""
    with Ours(corpus) as ours:
        kept, gone = ours.found(wanted), ours.found(unwanted)
        expected = {number: score for number, score in kept.items() if number not in gone}
        assert ours.found(wq.AndNot(wanted, unwanted)) == pytest.approx(expected)


@differing
@given(corpora, st.tuples(word, word).filter(lambda two: two[0] != two[1]), st.integers(0, 12))
def test_words_are_near_where_so_few_others_stand_between(corpus: Corpus, two: tuple[str, str], most: int) -> None:
    """Held against the passages themselves: Whoosh's own spans know no distance over other words."""

    def near(text: str) -> bool:
        at = [[place for place, word in enumerate(text.split()) if word == one] for one in two]
        return any(abs(first - second) - 1 <= most for first in at[0] for second in at[1])

    texts = [text for segment in corpus.segments for _, text in segment]
    query = Near([wq.Term(EXACT, one) for one in two], most, Scope.WORDS)
    with Ours(corpus) as ours:
        expected = {number for number, text in enumerate(texts) if number not in corpus.gone and near(text)}
        assert ours.found(query).keys() == expected


@differing
@given(corpora, trees(st.one_of(leaf, expanded)), st.integers(1, 5))
def test_pages_are_pieces_of_the_whole(corpus: Corpus, query: wq.Query, k: int) -> None:
    """Of equal scores the same come first, however many are asked for."""
    with Ours(corpus) as ours:
        whole, total, end = ours.page(query, _EVERYTHING, 0)
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
@given(corpora, trees(st.one_of(leaf, expanded)))
def test_a_match_is_of_one_mind(corpus: Corpus, query: wq.Query) -> None:
    """What is told of single rows, and the bounds by which rows are passed over, agree with the whole."""
    with Ours(corpus) as ours:
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
