"""Marks, dates and extracts survive JSON."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.document import Certainty, Cue, Extract, Heading, Mark, MarkValue, Origin, Page, PartialDate, Speaker
from sources.wire import (
    date_from_json,
    date_to_json,
    extract_from_json,
    extract_to_json,
    marks_from_json,
    marks_to_json,
)

WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
MAYBE = st.none() | WORDS
ORIGINS = st.sampled_from(Origin)
DATES = st.builds(
    PartialDate.parse,
    st.dates().map(lambda day: day.isoformat())
    | st.dates().map(lambda day: day.isoformat()[:7])
    | st.just("2022-04-28T18:20:00-04:00"),
    ORIGINS,
    st.none() | st.just("9999-12-31"),
)
VALUES: st.SearchStrategy[MarkValue] = (
    st.builds(Page, st.integers(1, 9999), MAYBE)
    | st.builds(Speaker, WORDS, MAYBE, st.sampled_from(Certainty))
    | st.builds(Cue, st.floats(0, 1e6), st.none() | st.floats(0, 1e6))
    | st.builds(Heading, st.integers(1, 6))
    | DATES
)


@st.composite
def extracts(draw: st.DrawFn) -> Extract:
    text = draw(WORDS)
    marks: list[Mark] = []
    for value in draw(st.lists(VALUES, max_size=5)):
        start = draw(st.integers(0, len(text)))
        marks.append(Mark(start, draw(st.integers(start, len(text))), value))
    facts = {name: draw(MAYBE) for name in ("title", "publisher", "author", "kind", "url", "language", "speaker")}
    return Extract(
        text,
        tuple(marks),
        part=draw(WORDS),
        published=draw(st.none() | DATES),
        modified=draw(st.none() | DATES),
        warnings=tuple(draw(st.lists(WORDS, max_size=2))),
        **facts,
    )


@given(extracts())
def test_an_extract_survives_json(extract: Extract) -> None:
    assert extract_from_json(json.loads(json.dumps(extract_to_json(extract)))) == extract


@given(extracts())
def test_marks_survive_json(extract: Extract) -> None:
    assert marks_from_json(json.loads(json.dumps(marks_to_json(extract.marks)))) == extract.marks


@given(st.none() | DATES)
def test_dates_survive_json(value: PartialDate | None) -> None:
    assert date_from_json(json.loads(json.dumps(date_to_json(value)))) == value


def test_a_date_has_the_documented_form() -> None:
    assert date_to_json(PartialDate.parse("2019-07")) == {
        "value": "2019-07",
        "precision": "month",
        "origin": "declared",
        "end": None,
    }


STRANGE: list[dict[str, object]] = [
    {"marks": [{"kind": "page", "start": 0, "end": 99, "value": {"file": 1, "printed": None}}]},
    {"marks": [{"kind": "curse", "start": 0, "end": 1, "value": {}}]},
    {"marks": [{"kind": "page", "start": 0, "end": 1}]},
    {"marks": 7},
    {"published": {"value": "2019-07", "precision": "day", "origin": "declared", "end": None}},
    {"text": None},
    {"title": 5},
    {"unknown": 1},
]


@pytest.mark.parametrize("change", STRANGE)
def test_what_was_not_written_here_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"."):
        extract_from_json(extract_to_json(Extract("text")) | change)
