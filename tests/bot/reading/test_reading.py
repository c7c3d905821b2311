"""What a reader is shown of a document, decided from its text and marks alone."""

from datetime import UTC, datetime

import pytest

from bot.asking.facts import passage_at
from bot.reading.blocks import blocks, pages_begin
from bot.reading.finding import places
from bot.reading.near import AROUND, passage_near
from bot.reading.sheet import Matches
from bot.store.documents import StoredVersion
from index.hit import Span
from index.query import parse
from index.split import split
from index.whoosh_engine import WhooshPercolator
from sources.document import Certainty, Cue, Document, Heading, Mark, Page, PartialDate, Speaker

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)


def a_document(text: str, *marks: Mark) -> Document:
    return Document("d1", "local", "s1", "a.txt", text, NOON, marks)


def test_a_block_is_a_paragraph_with_what_begins_in_it() -> None:
    text = "MEETING\n\nMR. X: Good day.\nAnd more.\n\nMS. Y: Yes.\n\n(Pause.)\n"
    y = text.index("MS. Y")
    document = a_document(
        text,
        Mark(0, 7, Heading(1)),
        Mark(0, y, Page(1, "i")),
        Mark(9, y, Speaker("MR. X", "Xavier Xu")),
        Mark(y, y + 11, Speaker("MS. Y", certainty=Certainty.GUESS)),
        Mark(y, len(text), Page(2)),
        Mark(y, y + 11, Cue(61)),
    )
    told = [
        (
            text[one.start : one.words_end],
            one.heading,
            one.turn and one.turn.named,
            [sign.page.file for sign in one.signs],
        )
        for one in blocks(document, 0, len(text))
    ]
    assert told == [
        ("MEETING", 1, None, [1]),
        ("MR. X: Good day.\nAnd more.", None, 5, []),
        ("MS. Y: Yes.", None, 5, [2]),
        ("(Pause.)", None, None, []),
    ]


def test_a_turn_that_began_earlier_is_told_where_the_stretch_begins() -> None:
    text = "MR. X: " + "One. " * 10 + "\n\n" + "Two. " * 10
    document = a_document(text, Mark(0, len(text), Speaker("MR. X")))
    half = text.index("Two")
    (block,) = blocks(document, half, len(text))
    assert block.turn is not None
    assert (block.turn.goes_on, block.turn.named) == (True, 0)


def test_a_text_without_empty_lines_is_no_single_block() -> None:
    text = "A line of a record that has no empty lines at all.\n" * 400
    found = blocks(a_document(text), 0, len(text))
    assert all(block.end - block.start < 4_200 for block in found)
    assert len(found) > 4


def test_a_page_is_found_by_its_printed_number_before_that_of_the_file() -> None:
    marks = [Mark(0, 5, Page(1, "iii")), Mark(5, 9, Page(2, "1")), Mark(9, 12, Page(3))]
    assert pages_begin(marks) == {"iii": 0, "1": 5, "2": 5, "3": 9}


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("ferry tide", ["The ferry left with the tide."]),
        ("ferry", ["The ferry sank.", "The ferry left with the tide."]),
        ("ferry lighthouse", ["The ferry sank.", "The ferry left with the tide."]),
        ('"the tide"', ["The ferry left with the tide.", "Nobody knew the tide."]),
        ("lighthouse", []),
    ],
)
def test_places_are_the_paragraphs_with_the_most_words(question: str, found: list[str]) -> None:
    text = "The ferry sank.\n\nThe ferry left with the tide.\n\nNobody knew the tide.\n"
    told = places(text, parse(question), WhooshPercolator().marked)
    assert [text[place.start : place.end] for place in told] == found


def test_a_record_without_empty_lines_has_more_than_one_place() -> None:
    text = "".join(f"MR. X: The tide of day {number} was like any other tide that we knew.\n" for number in range(60))
    told = places(text, parse("tide"), WhooshPercolator().marked)
    assert "".join(text[place.start : place.end] for place in told).count("tide of day") == 60
    assert len(told) == 15


def test_from_another_place_the_nearest_ones_lie_before_and_after() -> None:
    spans = (Span(0, 5), Span(10, 15), Span(20, 25))
    between = Matches("x", spans, None, at=12)
    assert (between.before, between.after) == (Span(10, 15), Span(20, 25))
    first = Matches("x", spans, 0)
    assert (first.before, first.after) == (None, Span(10, 15))
    assert Matches("x", spans, None, at=30).after is None


def test_what_is_known_of_words_is_the_same_as_from_the_whole_document() -> None:
    turns = [
        f"MR. {name}: On May {day}, 2019, I said so. “It is so,” she told us.\n"
        for name in "XY"
        for day in range(1, 29)
    ]
    text, marks, at = "", list[Mark](), 0
    for number in range(12):
        for turn in turns:
            text += turn + "\n" + "More was said of it then. " * 4 + "\n\n"
            marks.append(Mark(at, len(text), Speaker(turn[:5])))
            marks.append(Mark(at, len(text), Page(len(marks))))
            at = len(text)
        marks.append(Mark(at, at + 9, Heading(1)))
        marks.append(Mark(at, at + 9, PartialDate.parse("2019")))
        text += f"Chapter {number % 10}\n\n"
        at = len(text)
    document = a_document(text, *marks)
    stored = StoredVersion(document, 1, "raw", "text", "plain 1", NOON, current=True, removed=False)
    whole = split(document, 1)
    assert len(text) > 8 * AROUND
    for start in range(0, len(text) - 200, len(text) // 23):
        near, full = passage_near(stored, start, start + 130), passage_at(whole, text, start, start + 130)
        assert near is not None
        assert full is not None
        facts = ("text", "speaker", "said", "pages", "heading", "cue")
        assert [getattr(near, fact) for fact in facts] == [getattr(full, fact) for fact in facts]


def test_of_blanks_nothing_is_known() -> None:
    stored = StoredVersion(a_document("A.\n\n\n"), 1, "raw", "text", "plain 1", NOON, current=True, removed=False)
    assert passage_near(stored, 2, 5) is None
