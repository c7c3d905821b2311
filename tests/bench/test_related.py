"""The bench of means for paraphrases counts and multiplies as it says; otherwise its figures decide wrongly."""

import numpy as np
import pytest

from tests.bench.related.__main__ import Asked
from tests.bench.related.lists import Lists, matrix
from tests.bench.related.means import MEANS, best, concepts, vectors

PASSAGES = [
    *["The car needs petrol and a driver", "A driver parks the automobile; petrol again"] * 3,
    *["The senator reads a bill", "A bill waits for the senator"] * 3,
]


def dense(lists: Lists, columns: int) -> np.ndarray:
    """The matrix written out."""
    whole = np.zeros((len(lists.ptr) - 1, columns), np.float32)
    whole[lists.lines, lists.columns] = lists.values
    return whole


def test_lists_multiply_and_turn_as_the_matrix_they_stand_for() -> None:
    held = matrix([*PASSAGES, "of the and"])
    whole = dense(held.bm25, len(held.idf))
    other = np.random.default_rng(0).standard_normal((len(held.idf), 5), np.float32)
    assert np.allclose(held.bm25.times(other), whole @ other, atol=1e-5)
    assert np.array_equal(dense(held.by_stem, held.passages), whole.T)
    assert np.array_equal(held.bm25.sums(held.bm25.values), whole.sum(axis=1))


@pytest.mark.parametrize("means", MEANS)
def test_every_means_puts_passages_of_the_asked_words_first(means: str) -> None:
    found = best(MEANS[means](matrix(PASSAGES))("automobile"), lambda _row, _other: False, 3)
    assert [PASSAGES[row] for row in found] == [PASSAGES[1]] * 3


def test_concepts_find_a_passage_without_any_asked_word() -> None:
    scores = concepts(matrix(PASSAGES), width=2)("automobile")
    assert scores[0] > scores[6]


def test_given_vectors_are_compared_by_their_direction() -> None:
    scores = vectors(np.array([[5, 0], [1, 1]], np.float32), {"q": np.array([0, 1], np.float32)})("q")
    assert scores.tolist() == pytest.approx([0, 0.5**0.5])


def test_a_hit_is_right_by_its_folded_letters() -> None:
    asked = Asked("q", ("changedthesubject",))
    assert asked.rank(["nothing", "He “changedthe\nSubject” then"]) == 2
    assert asked.rank(["nothing"]) == 0
