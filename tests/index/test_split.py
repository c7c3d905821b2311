"""Passages: exact slices that hold every word once, keep to one speaker, and are of a readable size."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.analysis import terms
from index.split import split
from sources.document import Cue, Document, Heading, Mark, Page, PartialDate, Speaker
from tests.fakes.corpus import made, spoken


def sentences(count: int, words: int = 12) -> str:
    return " ".join("Sentence " + " ".join(["word"] * (words - 2)) + " end." for _ in range(count))


def sizes(document: Document) -> list[int]:
    return [len(terms(passage.text)) for passage in split(document, 1)]


def test_short_paragraphs_of_one_voice_are_joined() -> None:
    assert sizes(made("x", "\n\n".join([sentences(1)] * 10))) == [120]


def test_a_paragraph_that_fits_stays_whole() -> None:
    assert sizes(made("x", f"{sentences(10)}\n\n{sentences(14)}")) == [120, 168]


def test_a_long_paragraph_is_cut_at_sentence_ends() -> None:
    passages = split(made("x", sentences(40)), 1)
    assert all(passage.text.endswith("end.") for passage in passages)
    assert all(80 <= len(terms(passage.text)) <= 180 for passage in passages)


def test_a_turn_is_never_joined_with_another_speakers() -> None:
    document = spoken("x", [("Q", "Did you?"), ("A", "No."), ("Q", "Why not?"), ("A", sentences(25))])
    passages = split(document, 1)
    assert [passage.speaker and passage.speaker.label for passage in passages] == ["Q", "A", "Q", "A", "A", "A"]
    assert passages[0].text == "Q: Did you?"


def test_a_heading_begins_a_passage_and_names_the_ones_below() -> None:
    text = f"{sentences(3)}\n\nFindings\n\n{sentences(3)}"
    at = text.index("Findings")
    passages = split(made("x", text, marks=[Mark(at, at + 8, Heading(2))]), 1)
    assert [passage.heading for passage in passages] == [None, "Findings"]
    assert passages[1].text.startswith("Findings\n\nSentence")


def test_pages_cues_and_said_dates_of_the_words() -> None:
    text = "First page words. Second page words."
    middle = text.index("Second")
    said = PartialDate.parse("2019-07-25")
    marks = [
        Mark(0, middle, Page(1, "i")),
        Mark(middle, len(text), Page(2, "1")),
        Mark(0, middle, Cue(3.0, 4.5)),
        Mark(middle, len(text), Cue(4.5, 8.0)),
        Mark(0, len(text), said),
    ]
    (passage,) = split(made("x", text, marks=marks), 1)
    assert passage.pages == (Page(1, "i"), Page(2, "1"))
    assert (passage.cue, passage.said) == (Cue(3.0, 8.0), said)


def test_dates_that_the_words_name_are_mentioned_not_said() -> None:
    (passage,) = split(made("x", "On July 25, 2019 they spoke."), 1)
    assert passage.said is None
    assert [date.value for date in passage.mentioned] == ["2019-07-25"]


@pytest.mark.parametrize("text", ["", " \n\n\t ", "\u00a0\u200b"])
def test_nothing_to_say_makes_no_passage_with_words(text: str) -> None:
    assert all(not terms(passage.text) for passage in split(made("x", text), 1))


@pytest.mark.parametrize(
    "text",
    [
        "x" * 300_000 + " and then it ends.",
        "7\n" * 120_000,
        "ความช่วยเหลือ" * 20_000,
        "👨‍👩‍👧‍👦" * 9_000,
        "e\u0301" * 30_000,
    ],
    ids=["one word", "lines", "thai", "family", "accents"],
)
def test_hostile_text_is_split_in_linear_time_into_bounded_pieces(text: str) -> None:
    passages = split(made("x", text), 1)
    assert max(len(passage.text) for passage in passages) <= 4_000
    assert max(len(terms(passage.text)) for passage in passages) <= 180
    assert not any(passage.text.startswith(("\u200d", "\u0301", "\u0e48")) for passage in passages)


TEXT = st.text(
    st.one_of(
        st.characters(exclude_categories=["Cs"]),
        st.sampled_from("\n\n\n  ..!?“”’\u00ad\u200d🇩🇪"),
        st.sampled_from("abc DEF "),
    ),
    max_size=1500,
)


@st.composite
def documents(draw: st.DrawFn) -> Document:
    text = draw(TEXT)
    bounds = st.integers(0, len(text))
    spans = draw(st.lists(st.tuples(bounds, bounds).map(sorted), max_size=6))
    values = st.sampled_from([Speaker("A"), Speaker("B"), Page(1), Cue(1.0), Heading()])
    return made("x", text, marks=[Mark(first, last, draw(values)) for first, last in spans])


@given(documents())
def test_passages_are_slices_in_order_and_hold_every_visible_sign_once(document: Document) -> None:
    at = 0
    for passage in split(document, 3):
        assert passage.text == document.text[passage.start : passage.end]
        assert document.text[at : passage.start].strip() == ""
        assert passage.text.strip() == passage.text
        assert passage.text
        at = passage.end
    assert document.text[at:].strip() == ""


@given(documents())
def test_splitting_needs_nothing_but_the_version(document: Document) -> None:
    assert split(document, 1) == split(replace(document, title="Another title"), 1)
