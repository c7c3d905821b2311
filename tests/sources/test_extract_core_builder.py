"""Text and marks built together stay together, whatever is thrown in."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.document import Heading, Page
from sources.errors import NoText
from sources.extract.builder import TextBuilder
from sources.extract.clean import blank, clean, line

NASTY = st.text(st.characters() | st.sampled_from("\r\n\t\x00\x1b\ufeff\ud83d\ude00\u2029\xa0\xad ﬁ’"))


@given(NASTY)
def test_clean_text_holds_nothing_that_cannot_be_stored(text: str) -> None:
    cleaned = clean(text)
    cleaned.encode()
    assert not [c for c in cleaned if unicodedata.category(c) in {"Cc", "Cs"} and c not in "\n\t"]
    assert not [c for c in cleaned if ord(c) & 0xFFFE == 0xFFFE or "\ufdd0" <= c <= "\ufdef" or c == "\ufeff"]


@given(NASTY)
def test_cleaning_twice_changes_nothing(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@given(st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn", "Zl", "Zp"], exclude_characters="\ufeff")))
def test_words_are_left_exactly_as_they_are(text: str) -> None:
    assert clean(text) == text


def test_the_two_halves_of_one_character_are_joined() -> None:
    assert clean("\ud83d\ude00 \ud83d.") == "😀 \ufffd."


@pytest.mark.parametrize("text", ["", " \n\t\xa0", "\u200b\ufeff", "\xad", "\u2060\u3000"])
def test_blank(text: str) -> None:
    assert blank(text)
    assert line(text) is None


@given(st.lists(st.tuples(NASTY, st.booleans())))
def test_marks_cover_the_words_they_were_given_for(paragraphs: list[tuple[str, bool]]) -> None:
    builder = TextBuilder()
    builder.add("Begin.")
    for text, heading in paragraphs:
        builder.paragraph(text, *([Heading(2)] if heading else []))
    extract = builder.build()
    wanted = [clean(text).strip() for text, heading in paragraphs if heading]
    assert [extract.text[mark.start : mark.end] for mark in extract.marks] == [text for text in wanted if text]


def test_paragraphs_are_one_blank_line_apart() -> None:
    builder = TextBuilder()
    for text in ("\n One.\n", "Two.\n\n", "", "Three."):
        builder.paragraph(text)
    builder.break_paragraph()
    assert builder.build().text == "One.\n\nTwo.\n\nThree."


def test_outer_marks_stand_before_inner_ones() -> None:
    builder = TextBuilder()
    with builder.marking(Page(1)):
        builder.paragraph("Title", Heading())
        builder.paragraph("Words.")
    assert [(m.start, m.end, m.value) for m in builder.build().marks] == [(0, 13, Page(1)), (0, 5, Heading())]


def test_facts_are_one_clean_line() -> None:
    builder = TextBuilder()
    builder.add("Words.")
    assert builder.build(title=" Harbor\r\n\x07commission ", author="\u200b").title == "Harbor commission"
    assert builder.build(author="\u200b").author is None


def test_nothing_visible_is_no_text() -> None:
    builder = TextBuilder()
    builder.paragraph("\xa0\u200b\x00")
    with pytest.raises(NoText, match="a scan"):
        builder.build("This is a scan.")
