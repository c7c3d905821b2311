"""Written dates: alone, and in running text."""

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sources.dates import find_dates, read_date
from sources.document import Origin, PartialDate

READ = {
    "2019": ("2019", None),
    "2019-07": ("2019-07", None),
    "2019-07-25": ("2019-07-25", None),
    "20190725": ("2019-07-25", None),
    "2019/07/25": ("2019-07-25", None),
    "2019-7-4": ("2019-07-04", None),
    "2019-07-25T18:20:00-04:00": ("2019-07-25T18:20:00-04:00", None),
    "2019-07-25T18:20Z": ("2019-07-25T18:20:00+00:00", None),
    "2019-07-25t18:20:00.500z": ("2019-07-25T18:20:00.500000+00:00", None),
    "2019-07-25 18:20:00 +0200": ("2019-07-25T18:20:00+02:00", None),
    "2019-07-25T18:20:00": ("2019-07-25", None),
    "Thu, 13 Jun 2019 10:00:00 GMT": ("2019-06-13T10:00:00+00:00", None),
    "13 Jun 2019 10:00 -0400": ("2019-06-13T10:00:00-04:00", None),
    "13 Jun 2019 10:00:00 XYZ": ("2019-06-13", None),
    "July 25, 2019": ("2019-07-25", None),
    " july 25,\n2019 ": ("2019-07-25", None),
    "JULY 25, 2019": ("2019-07-25", None),
    "Jul 25 2019": ("2019-07-25", None),
    "Jul. 25, 2019": ("2019-07-25", None),
    "July 4th, 2019": ("2019-07-04", None),
    "25 July 2019": ("2019-07-25", None),
    "25th of July, 2019": ("2019-07-25", None),
    "25-Jul-2019": ("2019-07-25", None),
    "Thursday, July 25, 2019": ("2019-07-25", None),
    "Thurs. 25 July 2019": ("2019-07-25", None),
    "July 25, 2019 at 10:30 a.m. EDT": ("2019-07-25", None),
    "July 25, 2019 | 10:30": ("2019-07-25", None),
    "25 July 2019, 6 pm": ("2019-07-25", None),
    "July 2019": ("2019-07", None),
    "Sept. 2019": ("2019-09", None),
    "July\u00a0of\u00a02019": ("2019-07", None),
    "6/13/2019": ("2019-06-13", None),
    "13/06/2019": ("2019-06-13", None),
    "13.06.2019": ("2019-06-13", None),
    "06/06/2019": ("2019-06-06", None),
    "Dec. 5-7, 2019": ("2019-12-05", "2019-12-07"),
    "December 5–7, 2019": ("2019-12-05", "2019-12-07"),
    "5–7 December 2019": ("2019-12-05", "2019-12-07"),
    "July 25 - August 2, 2019": ("2019-07-25", "2019-08-02"),
    "25 July to 2 August 2019": ("2019-07-25", "2019-08-02"),
    "Dec. 30, 2018 to Jan. 2, 2019": ("2018-12-30", "2019-01-02"),
    "July–August 2019": ("2019-07", "2019-08"),
    "June 2018 through August 2019": ("2018-06", "2019-08"),
    "2018..2020": ("2018", "2020"),
    "2018–2020": ("2018", "2020"),
    "2018 to 2020": ("2018", "2020"),
    "2019-07-01..2019-07-25": ("2019-07-01", "2019-07-25"),
    "July 5-5, 2019": ("2019-07-05", None),
}
NOT_READ = (
    *("", "foo", "May", "Thursday", "July", "July 25", "25", "12345", "12345678", "last spring"),
    *("06/07/2019", "6.7.2019", "31/31/2019", "00/00/2019", "6/13/19", "2018-20"),
    *("31 February 2019", "2019-02-31", "February 29, 2019", "2019-13", "2019-00", "July 0, 2019", "20191345"),
    *("2919", "July 25, 2919", "0999", "2919-07-25T10:00:00Z", "13 Jun 2919 10:00:00 GMT"),
    *("2020..2018", "December 30 – January 2, 2019", "Dec. 7-5, 2019", "2019-07..2020", "2018..2019..2020"),
    *("2019-07-25T25:00Z", "32 Jun 2019 10:00:00 GMT", "July 25, 2019 and more", "on July 25, 2019"),
    *("ſept 2019", "APRİL 2019", "²019", "٢٠١٩", "July 25 2019 " * 20),
)


@pytest.mark.parametrize(("text", "expected"), READ.items(), ids=READ)
def test_a_written_date_is_read(text: str, expected: tuple[str, str | None]) -> None:
    assert read_date(text) == PartialDate.parse(expected[0], Origin.DERIVED, expected[1])


@pytest.mark.parametrize("text", NOT_READ)
def test_what_is_no_date_or_may_be_two_is_not_read(text: str) -> None:
    assert read_date(text) is None


def test_the_origin_is_the_callers() -> None:
    found = read_date("Dec. 5-7, 2019", Origin.DECLARED)
    assert found is not None
    assert found.origin is Origin.DECLARED


IN_TEXT = {
    "They met on June 9, 2016, and again in 2017.": [("June 9, 2016", "2016-06-09"), ("2017", "2017")],
    "mid-July 2019": [("July 2019", "2019-07")],
    "Between Dec. 5–7, 2019 and 25 July 2020.": [
        ("Dec. 5–7, 2019", "2019-12-05/2019-12-07"),
        ("25 July 2020", "2020-07-25"),
    ],
    "(July 25 - August 2, 2019)": [("July 25 - August 2, 2019", "2019-07-25/2019-08-02")],
    "dated 2019-07-25.": [("2019-07-25", "2019-07-25")],
    "at 2019-07-25T10:00:00Z": [("2019-07-25T10:00:00Z", "2019-07-25T10:00:00+00:00")],
    "from 2014 to 2016": [("2014 to 2016", "2014/2016")],
    "Since\n1999, by 2020; until 2021": [("1999", "1999"), ("2020", "2020"), ("2021", "2021")],
    "JULY 25, 2019": [("JULY 25, 2019", "2019-07-25")],
    "July\n25,\u00a02019": [("July\n25,\u00a02019", "2019-07-25")],
    "Thursday, July 25, 2019": [("July 25, 2019", "2019-07-25")],
    "a summary 💬 of May 2019": [("May 2019", "2019-05")],
    "the 2016 election": [],
    "he may 2019 times march 2018": [],
    "of 1200 people, by 2016%, in 2016-17, in 2019.5, in 2919": [],
    "docket 2019-07-0012, version 2011-12, a-2019-07-25-b": [],
    "on 31 February 2016 and June 31, 2016": [],
    "https://example.org/2019/07/25/story": [],
    "July 20199, 2019": [],
    "in 20190, 06/07/2019, Maypole 2019, 3.25 July 2019": [("July 2019", "2019-07")],
}


@pytest.mark.parametrize(("text", "expected"), IN_TEXT.items(), ids=IN_TEXT)
def test_dates_are_found_in_text(text: str, expected: list[tuple[str, str]]) -> None:
    found = [
        (text[found.start : found.end], found.date.value + (f"/{found.date.end}" if found.date.end else ""))
        for found in find_dates(text)
    ]
    assert found == expected


PIECES = (
    *(
        "July",
        "Dec.",
        "May",
        "25",
        "5-7",
        "31",
        "2019",
        "2919",
        "in",
        "of",
        "to",
        "-",
        "–",
        ",",
        " ",
        " ",
        ".",
        "..",
        "\n",
    ),
    *("2019-07-25", "T10:00:00Z", "T10:00", "+04:00", "/", "th", "Thursday", "GMT", "10:30", "ſ", "İ", "²", "a.m."),
)
texts = st.lists(st.sampled_from(PIECES), max_size=20).map("".join) | st.text(max_size=60)


@given(texts)
@example("2019-07-25T10:00:00+99:99")
def test_a_date_read_has_its_days(text: str) -> None:
    found = read_date(text)
    if found is not None:
        assert found.first <= found.last
        assert 1000 <= found.first.year <= found.last.year <= 2100


@given(texts)
def test_found_dates_are_in_order_apart_and_derived(text: str) -> None:
    position = 0
    for found in find_dates(text):
        assert position <= found.start < found.end <= len(text)
        assert found.date.origin is Origin.DERIVED
        assert found.date.first <= found.date.last
        position = found.end


@pytest.mark.parametrize(
    "text",
    [
        "July 25 " * 20_000,
        "5-" * 50_000,
        "in " * 50_000,
        "2019-" * 30_000,
        "July" + " " * 200_000,
        "Dec. 5-7, " * 20_000,
    ],
)
def test_hostile_text_takes_linear_time(text: str) -> None:
    started = time.perf_counter()
    assert len(list(find_dates(text + "2019"))) <= 1
    assert read_date(text) is None
    assert time.perf_counter() - started < 5
