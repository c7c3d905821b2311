"""A merged segment is the one that a fresh build of what is left would make."""

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.entries import Entry, entry
from index.whoosh_engine.bulk import derived
from index.whoosh_engine.bulk.build import SegmentBuilder
from index.whoosh_engine.bulk.disk import SCRATCH
from index.whoosh_engine.bulk.merge import Part, merge
from sources.document import Cue, Mark, Page, Speaker
from tests.fakes.corpus import made
from tests.fakes.segment_content import content_of

WORDS = (
    "vote",
    "votes",
    "Dirt.",
    "dirt",
    "naïve",
    "foreign",
    "the",
    "the",
    "U.S.",
    "漢字",
    "July 25, 2019.",
    "—",
    "\n\n",
)

words = st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join)
mark = st.sampled_from([Speaker("MR. BARR"), Speaker("Q"), Page(1), Page(2, "ii"), Cue(1.5, 3.0)])


@st.composite
def documents(draw: st.DrawFn) -> list[Entry]:
    """Documents as the index takes them, each with another location, some without a word."""
    entries: list[Entry] = []
    for number in range(draw(st.integers(0, 7))):
        text = draw(words)
        end = draw(st.integers(0, len(text)))
        marks = [Mark(0, end, draw(mark))] if end else []
        document = made(
            str(number),
            text,
            marks=marks,
            title=draw(st.sampled_from([None, "A vote", "The vote on dirt"])),
            publisher=draw(st.sampled_from([None, "Senate", "Press"])),
            published=draw(st.sampled_from([None, "2019", "2020-02-03"])),
            source=draw(st.sampled_from(["s", "t"])),
        )
        entries.append(entry(document, draw(st.integers(1, 3))))
    return entries


def build(entries: Sequence[Entry], folder: Path) -> Path:
    builder = SegmentBuilder()
    for each in entries:
        builder.add(each)
    builder.write(folder, SCRATCH)
    return folder


@settings(max_examples=60, deadline=None)
@given(documents(), st.data())
def test_a_merge_is_a_fresh_build_of_what_is_left(entries: list[Entry], data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.lists(st.integers(0, len(entries)), max_size=3)))
    parts = [entries[first:last] for first, last in zip([0, *cuts], [*cuts, len(entries)], strict=True)]
    gone = [data.draw(st.frozensets(st.integers(0, len(part) - 1))) if part else frozenset[int]() for part in parts]
    left = [each for part, out in zip(parts, gone, strict=True) for at, each in enumerate(part) if at not in out]
    with TemporaryDirectory() as root:
        fresh = build(left, Path(root) / "fresh")
        built = [build(part, Path(root) / f"part{at}") for at, part in enumerate(parts)]
        merged = Path(root) / "merged"
        merge([Part(folder, sorted(out)) for folder, out in zip(built, gone, strict=True)], merged, SCRATCH)
        assert content_of(merged) == content_of(fresh)
        again = Path(root) / "again"
        merge([Part(merged)], again, SCRATCH)
        assert content_of(again) == content_of(fresh)


def test_dense_rows_and_pairs_of_common_words_are_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(derived, "SMALLEST", 4)
    monkeypatch.setattr(derived, "GRAM_PLACES", 4)
    entries = [
        entry(made(str(at), "the vote the vote " * (at % 5) + "dirt " * 70 + f"word{at}"), 1) for at in range(40)
    ]
    fresh = build([each for at, each in enumerate(entries) if at % 3], tmp_path / "fresh")
    parts = [
        Part(build(entries[at : at + 10], tmp_path / f"{at}"), [n for n in range(10) if (at + n) % 3 == 0])
        for at in range(0, 40, 10)
    ]
    merge(parts, tmp_path / "merged", SCRATCH)
    expected = content_of(fresh)
    assert content_of(tmp_path / "merged") == expected
    names = [
        bytes(expected["terms"][first:last])
        for first, last in zip(expected["terms_ptr"], expected["terms_ptr"][1:], strict=False)
    ]
    dense: dict[bytes, list[int]] = {
        names[int(number)]: row for number, row in zip(expected["dense_terms"], expected["dense_term_tf"], strict=True)
    }
    assert dense[b"dirt"] == [70] * 26  # more than a posting's code counts
    common = [names[int(number)] for number in expected["gram_terms"]]
    pair = common.index(b"the") * len(common) + common.index(b"vote")
    begin, end = expected["gram_ptr"][pair : pair + 2]
    stream = expected["stream"]
    wanted = [at for at, two in enumerate(pairwise(stream)) if (names[two[0]], names[two[1]]) == (b"the", b"vote")]
    assert expected["gram_places"][begin:end] == wanted
