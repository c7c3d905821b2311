"""What a match says piecemeal is what it says as a whole; cutting a ranking off changes nothing of its beginning."""

import random
from pathlib import Path

import numpy as np
import pytest
from rapidfuzz.distance import OSA

from index.port import Access
from index.query import parse
from index.query.nodes import Word
from index.whoosh_engine.answering.search import Snapshot
from index.whoosh_engine.matching.compile import compiled
from index.whoosh_engine.ranking.candidates import threshold
from index.whoosh_engine.segment.dictionary import Dictionary
from index.whoosh_engine.segment.inverted import distinct
from index.whoosh_engine.segment.places import near_terms
from index.whoosh_engine.segment.postings import among, looked_up
from tests.fakes.segments import drawn, snapshot_of, vocabulary

MANY = 9_000


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    return snapshot_of(tmp_path_factory.mktemp("whole"), drawn(MANY, seed=2))


@pytest.mark.parametrize("word", ["w0x", "w3x", "w60x", "w390x", "vote"])
def test_lists_floors_and_scores_agree(snapshot: Snapshot, word: str) -> None:
    match = snapshot.evaluators[0].found(compiled(Word(word), snapshot.weights.fields))
    every = np.arange(MANY, dtype=np.uint32)
    rows, scores = match.rows, match.scores_in(every)
    assert np.array_equal(rows, distinct(np.concatenate(match.lists())))
    assert np.array_equal(np.flatnonzero(match.has(every)), rows)
    assert np.array_equal(np.flatnonzero(scores), rows)
    assert scores.max(initial=0) <= match.bound * 1.0001
    for some, floor in zip(match.lists(), match.floors(), strict=True):
        assert np.all(floor <= scores[some] * 1.0001)
        assert np.all(scores[some] <= (floor + match.slack) * 1.0001 + 1e-6)
    lifted = np.zeros(MANY, bool)
    for some in match.others():
        lifted[some] = True
    assert np.allclose(scores[~lifted], match.floor_in(every)[~lifted])
    few = np.array([5, 77, 4000], np.uint32)
    assert match.scores_in(few).tolist() == scores[few].tolist()


@pytest.mark.parametrize("seed", range(12))
def test_a_page_of_ten_is_the_beginning_of_a_page_of_a_thousand(snapshot: Snapshot, seed: int) -> None:
    chance, known = random.Random(seed), vocabulary()
    words = " ".join(chance.choice(known[: chance.choice((4, 40, 400))]) for _ in range(chance.randint(1, 5)))
    access = Access("w", frozenset("s"))
    short, long = (snapshot.search(parse(words, limit=limit), access) for limit in (10, 1000))
    assert [hit.passage for hit in short.hits] == [hit.passage for hit in long.hits[:10]]
    assert (short.total, short.answered) == (long.total, long.answered)


def test_looking_up_by_marks_and_by_search_is_the_same() -> None:
    chance = np.random.default_rng(3)
    for many in (1, 40, 5000):
        listed = distinct(chance.integers(0, 10_000, many).astype(np.uint32))
        values = chance.integers(1, 99, len(listed)).astype(np.uint16)
        for asked in (1, 30, 6000):
            rows = chance.integers(0, 10_000, asked).astype(np.uint32)
            known = dict(zip(listed.tolist(), values.tolist(), strict=True))
            assert among(rows, listed).tolist() == [row in known for row in rows.tolist()]
            assert looked_up(rows, listed, values).tolist() == [known.get(row, 0) for row in rows.tolist()]
    nothing = np.empty(0, np.uint32)
    assert not among(np.array([3], np.uint32), nothing).any()


def test_a_threshold_is_never_above_the_score_in_question() -> None:
    chance = np.random.default_rng(4)
    for many, depth in ((3, 5), (100, 10), (40_000, 10)):
        scores = chance.random(many).astype(np.float32)
        exact = np.sort(scores)[-depth] if many >= depth else 0.0
        assert exact * 0.98 - 1e-6 <= threshold(scores, depth) <= exact


def test_a_dictionary_finds_every_string_and_every_beginning(tmp_path: Path) -> None:
    words = sorted({f"{first}{number}" for first in ("a", "b", "é", "wort", "żó") for number in range(60)})
    snapshot = snapshot_of(tmp_path, [" ".join(words)])
    terms: Dictionary = snapshot.leaves[0].segment.terms
    assert list(terms) == sorted(terms, key=str.encode)
    assert [terms.text(terms[term]) for term in terms] == list(terms)
    for prefix in ("a", "wort1", "e", "zo", "nothing", ""):
        assert [terms.text(number) for number in terms.beginning(prefix)] == [
            term for term in terms if term.startswith(prefix)
        ]
    assert terms.find("nothing") is None
    assert "nothing" not in terms


def test_words_that_may_be_meant_are_never_left_out(tmp_path: Path) -> None:
    words = ["barr", "bar", "brar", "bärr", "żółw", "zolw", "żółwie", "investigate", "instigate", "b", "日本", "日本人"]
    terms = snapshot_of(tmp_path, [" ".join(words)]).leaves[0].segment.terms
    for word in ("barr", "bra", "żółw", "investigat", "日", "zolwi", "x", "bar\ud800"):
        for edits in (1, 2):
            near = {term for term in terms if OSA.distance(word, term) <= edits}
            assert near <= {*terms.like(word, edits)}
            assert {*near_terms(word, terms.like(word, edits), edits)} == near
