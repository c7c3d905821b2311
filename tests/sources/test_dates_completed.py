"""Dates named in part, completed from the text's own date where one reading is possible, else left alone."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.dates import Mentions, find_dates
from sources.document import Origin, PartialDate

THURSDAY = PartialDate.parse("2019-09-26")


def found(text: str, base: PartialDate | None = THURSDAY) -> list[tuple[str, str]]:
    return [
        (text[found.start : found.end], found.date.value + (f"/{found.date.end}" if found.date.end else ""))
        for found in find_dates(text, base)
    ]


COMPLETED = {
    "the July 25 call": [("July 25", "2019-07-25")],
    "on Sept. 26": [("Sept. 26", "2019-09-26")],
    "on the 25th of July, and on 3 August": [("25th of July", "2019-07-25"), ("3 August", "2019-08-03")],
    "on September 5–7": [("September 5–7", "2019-09-05/2019-09-07")],
    "in January, and since late March": [("in January", "2019-01"), ("late March", "2019-03")],
    "In September it was told": [("In September", "2019-09")],
    "he said so yesterday": [("yesterday", "2019-09-25")],
    "last Friday": [("last Friday", "2019-09-20")],
    "last Thursday": [("last Thursday", "2019-09-19")],
    "last week": [("last week", "2019-09-15/2019-09-22")],
    "last month, and last year": [("last month", "2019-08"), ("last year", "2018")],
    "On July 25, 2019 he called; the following day they met.": [
        ("July 25, 2019", "2019-07-25"),
        ("the following day", "2019-07-26"),
    ],
    "the July 25 call. That same month": [("July 25", "2019-07-25"), ("That same month", "2019-07")],
    "in July 2016. The same month": [("July 2016", "2016-07"), ("The same month", "2016-07")],
    "In 2016. That year": [("2016", "2016"), ("That year", "2016")],
    "“No,” he said on July 25": [("July 25", "2019-07-25")],
}


@pytest.mark.parametrize(("text", "expected"), COMPLETED.items(), ids=COMPLETED)
def test_what_is_named_in_part_is_completed(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize("text", COMPLETED)
def test_without_a_date_of_its_own_a_text_names_only_what_it_names_whole(text: str) -> None:
    assert found(text, None) == [pair for pair in COMPLETED[text] if pair[0][-4:].isdigit()]


@pytest.mark.parametrize(
    "text",
    [
        *("they will meet on July 25", "until August 3", "July 25 is the deadline", "next July", "by August 3"),
        *("every June 5", "the September 11 attacks", "January 6", "on July 4"),
        *("on Dec. 18", "in November", "February 30", "September 7-5"),  # far back, or not in the calendar
        *("last Tuesday", "last Sunday"),  # two days ago, or nine?
        *("“They came yesterday”", '"last week they came"', "yesterday's news", "over the last month"),
        *("the following day", "that same month", "today", "this year", "on Tuesday"),
        *("July 25, 2919", "July 25,000", "July 25:3", "may 25", "july 25"),
    ],
)
def test_what_can_be_read_in_two_ways_is_left_alone(text: str) -> None:
    assert found(text) == []


def test_what_follows_far_below_is_left_alone() -> None:
    assert found("On July 25, 2019 he called." + " word" * 60 + " The following day") == [
        ("July 25, 2019", "2019-07-25")
    ]


def test_a_day_beside_another_years_date_is_left_alone() -> None:
    assert found("On June 9, 2016 they met; on July 27 he spoke.") == [("June 9, 2016", "2016-06-09")]


@pytest.mark.parametrize(
    ("base", "text", "expected"),
    [
        ("2020-01-15", "on Dec. 18", ["2019-12-18"]),
        ("2020-01-15", "in June", []),
        ("2019-07", "on June 9", ["2019-06-09"]),
        ("2019-07", "on July 9", []),
        ("2019-07", "last month", ["2019-06"]),
        ("2019-07", "yesterday, last week", []),
        ("2019", "on June 9, in June", []),
        ("2019", "last year", ["2018"]),
        ("2019-09-29", "last week", []),  # a Sunday ends the week for some and begins it for others
        ("2019-09-30T22:00:00-04:00", "yesterday", ["2019-09-29"]),
        ("2019-03-01", "on February 29", []),
    ],
)
def test_no_more_is_completed_than_the_texts_own_date_allows(base: str, text: str, expected: list[str]) -> None:
    assert [day for _, day in found(text, PartialDate.parse(base))] == expected


def test_a_document_is_asked_stretch_by_stretch() -> None:
    text = "On July 25 he called. In 2016 he did not."
    mentions = Mentions(text)
    assert [day.value for day in mentions.within(0, 20, THURSDAY)] == ["2019-07-25"]
    assert [day.value for day in mentions.within(20, len(text), THURSDAY)] == ["2016"]
    assert mentions.within(0, 20, None) == ()


PIECES = (
    *("July", "25", "2016", "in", "last", "week", "Friday", "yesterday", "that same", "month", "the following day"),
    *("“", "”", '"', " ", " ", " ", ",", ".", "-", "\n\n", "will", "th", "of", "June 9, 2016", "year"),
)
bases = st.sampled_from(["0001", "9999-12-31", "2019", "2019-07", "2019-09-26", "2020-02-29"]).map(PartialDate.parse)


@given(st.lists(st.sampled_from(PIECES), max_size=20).map("".join), bases)
def test_all_are_in_order_apart_derived_and_hold_what_is_named_whole(text: str, base: PartialDate) -> None:
    position, all_found = 0, list(find_dates(text, base))
    for each in all_found:
        assert position <= each.start < each.end <= len(text)
        assert each.date.origin is Origin.DERIVED
        position = each.end
    assert set(find_dates(text)) <= set(all_found)


@pytest.mark.parametrize(
    "text", ["July 25 " * 20_000, "last " * 50_000, "“" * 100_000 + "yesterday", "the following day " * 10_000]
)
def test_hostile_text_takes_linear_time(text: str) -> None:
    started = time.perf_counter()
    assert len(list(find_dates(text, THURSDAY))) <= 20_000
    assert time.perf_counter() - started < 10
