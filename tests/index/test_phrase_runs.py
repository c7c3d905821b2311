"""Where words stand side by side is the same whether all places are looked at or those of some rows."""

import random
from pathlib import Path

import numpy as np
import pytest

from index.whoosh_engine.matching import written
from index.whoosh_engine.matching.written import words_in_each
from index.whoosh_engine.segment import phrases
from index.whoosh_engine.segment.arrays import populate
from index.whoosh_engine.segment.phrases import Runs, phrase, phrase_places
from index.whoosh_engine.segment.segment import Segment
from tests.fakes.segments import drawn, snapshot_of

PHRASES = ["w0x", "w0x w0x", "w0x w1x", "w1x w0x w2x", "w0x w3x w0x w0x", "w9x w0x", "w40x w2x", "w0x nowhere"]


@pytest.fixture(scope="module")
def segment(tmp_path_factory: pytest.TempPathFactory) -> Segment:
    """So large that its frequent pairs have lists."""
    return snapshot_of(tmp_path_factory.mktemp("runs"), drawn(9_000)).leaves[0].segment


@pytest.mark.parametrize("words", PHRASES)
def test_rows_that_are_asked_for_are_found_as_among_all(segment: Segment, words: str) -> None:
    found, chance = phrase(segment, words.split()), random.Random(1)
    assert np.isin(found.rows, found.possible).all()
    for many in (0, 1, 20, 1_000, segment.rows):
        rows = np.array(sorted(chance.sample(range(segment.rows), many)), np.uint32)
        assert found.among(rows).tolist() == np.isin(rows, found.rows).tolist()


def test_a_phrase_is_likely_where_most_of_the_places_that_are_looked_at_have_it(
    segment: Segment, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = [phrase(segment, words.split()) for words in PHRASES]
    assert not any(runs.likely for runs in asked)  # there are few places
    monkeypatch.setattr(phrases, "_MANY", 64)
    assert [words for words, runs in zip(PHRASES, asked, strict=True) if runs.likely] == PHRASES[:3]
    assert not Runs(segment, ()).likely


@pytest.mark.parametrize("words", PHRASES)
def test_lists_of_places_say_what_the_stream_says(
    segment: Segment, monkeypatch: pytest.MonkeyPatch, words: str
) -> None:
    monkeypatch.setattr(phrases, "_LISTED", len(segment.stream))
    read = phrase_places(segment, words.split()).tolist()
    monkeypatch.setattr(phrases, "_LISTED", 0)
    monkeypatch.setattr(phrases, "_FARTHER", len(segment.stream))
    assert phrase_places(segment, words.split()).tolist() == read


def test_few_rows_have_the_scores_that_they_have_among_many(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (evaluator,) = snapshot_of(tmp_path, drawn(600)).evaluators
    words = ["w0x", "w1x"]
    segment, asked = evaluator.segment, evaluator.written(words)
    rows = phrase(segment, words).rows.tolist()
    scores = words_in_each(segment, rows, asked)
    assert len(rows) > 10
    assert [words_in_each(segment, [row], asked)[0] for row in rows] == scores
    monkeypatch.setattr(written, "_FEW", len(rows))
    assert words_in_each(segment, rows, asked) == scores


@pytest.mark.parametrize("words", PHRASES)
@pytest.mark.parametrize("few", [0, 1 << 20])
def test_rows_are_the_same_whether_places_are_looked_at_one_by_one_or_as_arrays(
    segment: Segment, monkeypatch: pytest.MonkeyPatch, words: str, few: int
) -> None:
    begun = np.array(phrase_places(segment, words.split()), np.int64)
    monkeypatch.setattr(phrases, "_FEW", few)
    monkeypatch.setattr(phrases, "_LEFT", few)
    assert phrase(segment, words.split()).rows.tolist() == sorted({segment.row_of(place) for place in begun.tolist()})


def test_few_places_have_the_rows_that_they_have_among_many(segment: Segment) -> None:
    some = phrase_places(segment, ["w0x"])
    rows = segment.row_at(some).tolist()
    assert [int(segment.row_at(some[at : at + 1])[0]) for at in range(0, len(some), 97)] == rows[::97]


def test_reading_ahead_changes_nothing(segment: Segment) -> None:
    before = phrase(segment, ["w0x", "w1x"]).rows.tolist()
    segment.warm()
    segment.warm()
    assert phrase(segment, ["w0x", "w1x"]).rows.tolist() == before


def test_what_is_in_no_file_or_an_odd_one_is_left_as_it_is(tmp_path: Path) -> None:
    file = np.memmap(tmp_path / "file", np.uint8, "w+", shape=(5,))
    file[:] = 7
    populate([np.arange(3), np.empty(0), file])
    assert file.tolist() == [7] * 5
