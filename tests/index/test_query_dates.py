"""Date filters by example: which date, how it must lie, and to which days."""

from datetime import date

import pytest

from index.query import DateField, DateFilter, DateTest, Word, parse

BEFORE, AFTER, INSIDE = DateTest.BEFORE, DateTest.AFTER, DateTest.INSIDE
WHEN, DURING, SAID = DateField.WHEN, DateField.DURING, DateField.SAID

Y2019 = (date(2019, 1, 1), date(2019, 12, 31))
JULY = (date(2019, 7, 1), date(2019, 7, 31))
THE_25TH = (date(2019, 7, 25), date(2019, 7, 25))

CASES = {
    "before:2019": (WHEN, BEFORE, *Y2019),
    "after:2019-07": (WHEN, AFTER, *JULY),
    "on:2019-07-25": (WHEN, INSIDE, *THE_25TH),
    "during:2019": (DURING, INSIDE, *Y2019),
    "said:2019-07-25": (SAID, INSIDE, *THE_25TH),
    "published:2019-07": (DateField.PUBLISHED, INSIDE, *JULY),
    "added:20190725": (DateField.ADDED, INSIDE, *THE_25TH),
    "Before:2019": (WHEN, BEFORE, *Y2019),
    "before: 2019": (WHEN, BEFORE, *Y2019),
    "on:July 2019": (WHEN, INSIDE, *JULY),
    "on:july 2019": (WHEN, INSIDE, *JULY),
    "on:Jul 25 2019": (WHEN, INSIDE, *THE_25TH),
    "on:July 25, 2019": (WHEN, INSIDE, *THE_25TH),
    "on:25 July 2019": (WHEN, INSIDE, *THE_25TH),
    "on:Thursday, July 25, 2019": (WHEN, INSIDE, *THE_25TH),
    'on:"July 25, 2019"': (WHEN, INSIDE, *THE_25TH),
    "on:“July 2019”": (WHEN, INSIDE, *JULY),
    "on:7/25/2019": (WHEN, INSIDE, *THE_25TH),
    "on:July 24-26, 2019": (WHEN, INSIDE, date(2019, 7, 24), date(2019, 7, 26)),
    "during:2018..2020": (DURING, INSIDE, date(2018, 1, 1), date(2020, 12, 31)),
    "during:20180101..20180131": (DURING, INSIDE, date(2018, 1, 1), date(2018, 1, 31)),
    "during:2018..2019-07": (DURING, INSIDE, date(2018, 1, 1), date(2019, 7, 31)),
    "during:2018…2020": (DURING, INSIDE, date(2018, 1, 1), date(2020, 12, 31)),
    "during:[2018-10-01 TO 2018-10-31]": (DURING, INSIDE, date(2018, 10, 1), date(2018, 10, 31)),
    "on:[July 2018 TO 2019]": (WHEN, INSIDE, date(2018, 7, 1), date(2019, 12, 31)),
    "on:[2018 TO *]": (WHEN, INSIDE, date(2018, 1, 1), None),
    "on:2019..": (WHEN, INSIDE, date(2019, 1, 1), None),
    "on:..2019": (WHEN, INSIDE, None, date(2019, 12, 31)),
    "said:>=2019": (SAID, INSIDE, date(2019, 1, 1), None),
    "said:≤2019": (SAID, INSIDE, None, date(2019, 12, 31)),
    "said:>July 2019": (SAID, AFTER, *JULY),
    "said:<2019-07": (SAID, BEFORE, *JULY),
    "before:2018..2019": (WHEN, BEFORE, date(2018, 1, 1), date(2019, 12, 31)),
}


@pytest.mark.parametrize(("text", "expected"), CASES.items(), ids=CASES)
@pytest.mark.parametrize("query", ["dirt {}", "{} dirt", "(dirt {})", "{}, dirt"])
def test_a_date_filter(query: str, text: str, expected: tuple[DateField, DateTest, date | None, date | None]) -> None:
    parsed = parse(query.format(text))
    assert [(found.field, found.test, found.first, found.last) for found in parsed.dates] == [expected]
    assert parsed.wanted == (Word("dirt"),)


def test_filters_add_up_and_keep_what_was_written() -> None:
    query = parse("dirt after:July  2018 before:2020")
    assert query.dates == (
        DateFilter(WHEN, AFTER, date(2018, 7, 1), date(2018, 7, 31), "after:July 2018"),
        DateFilter(WHEN, BEFORE, date(2020, 1, 1), date(2020, 12, 31), "before:2020"),
    )


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("during:2016 election", ("election",)),
        ("on:2018 -2020 dirt", ("dirt",)),
        ("on:2018 2020", ("2020",)),
        ("on:July 2018 to testify", ("testify",)),
        ('on:2018"dirt"', ()),
    ],
)
def test_a_value_is_the_longest_run_that_is_a_date(text: str, words: tuple[str, ...]) -> None:
    query = parse(text)
    assert len(query.dates) == 1
    assert query.wanted == tuple(map(Word, words))


def test_a_field_name_before_a_blank_and_no_date_is_text() -> None:
    query = parse("Before: the summit")
    assert not query.dates
    assert "“Before:” is read as text" in query.understood
