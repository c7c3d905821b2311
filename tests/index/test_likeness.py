"""How alike two runs of words are, and where the likeness begins and ends."""

from hypothesis import given
from hypothesis import strategies as st

from index.likeness import NONE, likeness

PLEDGE = "we will pay any price bear any burden meet any hardship support any friend oppose any foe"
OURS = [str(word) for word in PLEDGE.split()]


def judged(words: list[str], other: list[str]) -> tuple[str, float]:
    numbers: dict[str, int] = {}
    one, two = ([numbers.setdefault(word, len(numbers)) for word in each] for each in (words, other))
    found = likeness(one, two)
    return " ".join(other[found.start : found.end]), round(found.share, 2)


def test_the_same_words_amid_others_are_wholly_alike() -> None:
    assert judged(OURS, ["and", "so", *OURS, "he", "said"]) == (" ".join(OURS), 1.0)


def test_a_word_lost_gained_or_changed_costs_a_little() -> None:
    lost, gained, changed = [*OURS[:8], *OURS[9:]], [*OURS[:8], "ever", *OURS[8:]], [*OURS[:8], "each", *OURS[9:]]
    assert [judged(OURS, other) for other in (lost, gained, changed)] == [
        (" ".join(lost), 0.97),
        (" ".join(gained), 0.97),
        (" ".join(changed), 0.94),
    ]


def test_a_common_word_farther_away_does_not_move_the_edges() -> None:
    assert (
        judged(["the", "vote", "was", "on", "the", "bill", "today"], ["the", "x", "y", "the", "vote", "was", "today"])[
            0
        ]
        == "the vote was today"
    )


def test_the_same_words_in_another_order_are_not_alike() -> None:
    assert judged(OURS, sorted(OURS))[1] < 0.5


def test_words_in_common_by_chance_are_little_likeness() -> None:
    assert likeness([1, 2, 3, 4, 5], [1, 9, 8, 2, 9, 8, 3, 9, 8, 4]).share < 0.6
    assert likeness([], [1, 2]) == likeness([1, 2], []) == NONE


numbers = st.lists(st.integers(0, 9), max_size=30)


@given(numbers, numbers, numbers)
def test_a_run_is_found_whatever_stands_around_it(before: list[int], words: list[int], after: list[int]) -> None:
    own = [number + 10 * (place + 1) for place, number in enumerate(words)]
    found = likeness(own, [*before, *own, *after])
    assert found == NONE if not own else (found.start, found.end, found.share) == (len(before), len(before + own), 1.0)


@given(numbers, numbers)
def test_a_share_is_a_share_and_a_stretch_a_stretch(words: list[int], other: list[int]) -> None:
    found = likeness(words, other)
    assert 0 <= found.start <= found.end <= len(other)
    assert 0 <= found.share <= 1
    assert (found.share == 1) == (bool(words) and other[found.start : found.end] == words)
