"""Segments stay few, and a passage is copied seldom, however an index grows."""

from hypothesis import given
from hypothesis import strategies as st

from index.whoosh_engine.writing.manifest import SegmentRecord
from index.whoosh_engine.writing.tiers import MOST, to_merge


def segment(name: str, rows: int, gone: int = 0) -> SegmentRecord:
    """A segment of so many documents of one passage each, the first of them gone."""
    return SegmentRecord(name, 1, 0, rows, rows, frozenset(range(gone)), gone)


def test_few_sound_segments_are_left_alone() -> None:
    assert to_merge([segment(f"{at}", 10) for at in range(MOST)]) == ()


def test_a_worn_segment_is_copied_alone() -> None:
    segments = [segment("sound", 100, 50), segment("worn", 100, 51), segment("empty", 3, 3)]
    assert [each.name for each in to_merge(segments)] == ["worn", "empty"]


def test_the_small_ones_are_merged_and_the_large_one_stays() -> None:
    segments = [segment("large", 100_000), *(segment(f"{at}", 10) for at in range(MOST))]
    assert [each.name for each in to_merge(segments)] == [f"{at}" for at in range(MOST)]


@given(st.lists(st.integers(1, 50), min_size=100, max_size=300))
def test_a_growing_index_keeps_few_segments_and_copies_each_passage_a_few_times(added: list[int]) -> None:
    held: list[SegmentRecord] = []
    copied = 0
    for at, rows in enumerate(added):
        held.append(segment(f"s{at}", rows))
        if chosen := to_merge(held):
            together = sum(each.live_rows for each in chosen)
            copied += together
            held = [*(each for each in held if each not in chosen), segment(f"m{at}", together)]
        assert len(held) <= MOST
    assert copied <= 12 * sum(added)
