"""A diff is exact, and says as little as a person needs."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.keeping.diff import Piece, diff

_TOKENS = ["one", "two", "three ", "\n", "\n\n", " ", "\u2028", "ﬁve"]
WORDS = st.lists(st.sampled_from(_TOKENS), max_size=40).map("".join)


@given(WORDS, WORDS)
def test_the_pieces_are_both_texts_letter_for_letter(old: str, new: str) -> None:
    rebuilt_old, rebuilt_new, at, new_at = "", "", 0, 0
    for hunk in diff(old, new):
        kept = old[at : hunk.old_start]
        assert kept == new[new_at : hunk.new_start]
        was = "".join(text for what, text in hunk.pieces if what is not Piece.ADDED)
        became = "".join(text for what, text in hunk.pieces if what is not Piece.REMOVED)
        rebuilt_old, rebuilt_new = rebuilt_old + kept + was, rebuilt_new + kept + became
        at, new_at = hunk.old_start + len(was), hunk.new_start + len(became)
    assert old[at:] == new[new_at:]
    assert (rebuilt_old + old[at:], rebuilt_new + new[new_at:]) == (old, new)


def test_the_same_text_has_no_hunks() -> None:
    assert diff("One.\n\nTwo.\n", "One.\n\nTwo.\n") == ()
    assert diff("", "") == ()


def test_one_word_of_one_paragraph() -> None:
    old = "The bridge stands.\n\nThe river was low in May.\n\nNobody was hurt.\n"
    (hunk,) = diff(old, old.replace("low", "high"))
    assert (hunk.old_start, hunk.new_start) == (20, 20)
    assert hunk.pieces == (
        (Piece.KEPT, "The river was"),
        (Piece.REMOVED, " low"),
        (Piece.ADDED, " high"),
        (Piece.KEPT, " in May.\n\n"),
    )


def test_a_paragraph_that_came_in_is_a_hunk_of_its_own() -> None:
    (hunk,) = diff("First.\nLast.\n", "First.\nBetween.\nLast.\n")
    assert hunk.pieces == ((Piece.ADDED, "Between.\n"),)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("".join(f"word{n} " for n in range(120_000)), "".join(f"other{n} " for n in range(120_000))),
        ("a\nb\n" * 250_000, "b\nc\n" * 250_000),
        ("same line\n" * 100_000, "same line\n" * 90_000 + "another\n"),
    ],
    ids=["one long line", "half a million lines", "all alike"],
)
def test_a_megabyte_takes_no_minute(old: str, new: str) -> None:
    begun = time.process_time()
    assert diff(old, new)
    assert time.process_time() - begun < 10
