"""When a text itself says that it was published, written or spoken; and what is no such date."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime

import pytest

from sources.document import Extract, Origin, PartialDate, Raw
from sources.extract import html, markdown, plain
from sources.extract.datelines import stated_date

STORY = "The ferry board met on Tuesday and heard the pilots, who asked for a second boat.\n\nIt will meet again."
TURNS = "\n\n".join(f"{who}:  We asked for a second boat, and were given none." for who in ("MR. MOSS", "MS. ITO") * 4)
PAGE = "<html><head><title>{title}</title>{head}</head><body><pre>{body}</pre></body></html>"


def read(text: str, extractor: Callable[[Raw], Sequence[Extract]] = plain.extract) -> Extract:
    (extract,) = extractor(Raw("a", text.encode(), "", datetime(2024, 5, 1, tzinfo=UTC)))
    return extract


def said(extract: Extract) -> list[tuple[str, bool]]:
    """When each mark says the words were spoken, and whether it is over all of them."""
    return [
        (mark.value.value, (mark.start, mark.end) == (0, len(extract.text)))
        for mark in extract.marks
        if isinstance(mark.value, PartialDate)
    ]


@pytest.mark.parametrize(
    ("head", "day"),
    [
        ("WASHINGTON, June 13, 2019 — The ferry board met.", "2019-06-13"),
        ("HARBOR CITY, Sept. 26, 2019 /Wire/ -- The ferry board met.", "2019-09-26"),
        ("Harbor City (June 13, 2019) - The ferry board met.", "2019-06-13"),
        ("Executive Mansion, Washington, August 26, 1863.\nMy Dear Sir", "1863-08-26"),
        ("REVISED FERRY RULES.\nEXECUTIVE MANSION, February 2, 1888.", "1888-02-02"),
        ("Via Teleconference\n(April 27, 2022)\n4:06 P.M. EDT", "2022-04-27"),
        ("Turn on desktop notifications?\nHEARING OF THE FERRY BOARD\nSEPTEMBER 27, 2018", "2018-09-27"),
    ],
)
def test_the_head_states_a_date(head: str, day: str) -> None:
    assert stated_date(f"{head}\n\n{STORY}") == PartialDate.parse(day, Origin.DERIVED)


@pytest.mark.parametrize(
    ("end", "day"),
    [
        ("Done at the city of Washington, this 13th day of May, A. D. 1846, and of our Independence.", "1846-05-13"),
        ("Given under my hand, at Washington, the 2d day of July, A.D., 1807.\nTHE PRESIDENT", "1807-07-02"),
        ("Very respectfully yours,\nADA MOSS.\nHARBOR CITY, D.C.,\nSeptember 3, 1892", "1892-09-03"),
    ],
)
def test_the_end_states_a_date(end: str, day: str) -> None:
    assert stated_date(f"{STORY}\n\n{end}\n") == PartialDate.parse(day, Origin.DERIVED)


@pytest.mark.parametrize(
    "text",
    [
        f"{STORY}\n\nJune 13, 2019",
        f"{STORY}\n\nSource: Harbor Times, June 13, 2019",
        f"{STORY}\n\n© 2019 Harbor Times",
        f"{STORY} It was given at the fair on June 13, 2019, they said; it was Given in haste.",
        f"Acting Pilot (Jan. 20, 2017-- Jan. 30, 2017); then none.\n\n{STORY}",
        f"The board met in Harbor City, June 13, 2019 and voted.\n\n{STORY}",
        f"Harbor City, June 2019 — The board met.\n\n{STORY}",
        # The end is another document's.
        f"{STORY}\n\nApril 6, 1858- A Proclamation\n\n{STORY}\n\nDone at Washington, this 6th day of April, 1858.",
        f"{STORY}\n\nDone at Harbor, this 6th day of April, 1858.\nDone at Harbor, this 7th day of April, 1858.",
    ],
)
def test_nothing_else_does(text: str) -> None:
    assert stated_date(text) is None


def test_a_call_published_a_day_later_keeps_both_dates_apart() -> None:
    front = "---\ntitle: Press Call\ndate: 2022-04-28\n---\n"
    text = f"{front}Via Teleconference\n\n(April 27, 2022)\n\n4:06 P.M. EDT\n\n{TURNS}"
    extract = read(text, markdown.extract)
    assert extract.published == PartialDate.parse("2022-04-28")
    assert said(extract) == [("2022-04-27", True)]


def test_a_transcripts_title_says_when_it_was_spoken() -> None:
    assert said(read(f"---\ntitle: Press Briefing by Ada Moss, April 28, 2022\n---\n{TURNS}")) == [("2022-04-28", True)]


@pytest.mark.parametrize(
    "text",
    [
        f"---\ntitle: Remarks on the Events of January 6, 2021\ndate: 2021-01-13\n---\n{TURNS}",
        f"---\ntitle: Ferry report, April 28, 2022\n---\n{STORY}",  # no record of speech
        f"---\ntitle: A talk\ndate: 2022-04-28\n---\n{TURNS}",  # a date of publication says nothing of speech
    ],
)
def test_no_other_date_is_when_it_was_spoken(text: str) -> None:
    assert said(read(text)) == []


def test_words_spoken_after_their_publication_are_not_believed() -> None:
    extract = read(f"---\ntitle: A talk\ndate: 2022-04-28\n---\n(April 27, 2023)\n\n{TURNS}")
    assert said(extract) == []
    assert any("after it was published" in warning for warning in extract.warnings)


def test_the_congressional_record_says_when_it_was_spoken() -> None:
    title = "Congressional Record, Volume 143 Issue 8 (Tuesday, January 28, 1997)"
    extract = read(
        PAGE.format(title=title, head="", body=f"[{title}]\nWednesday, January 29, 1997\n\n{STORY}"), html.extract
    )
    assert extract.published == PartialDate.parse("1997-01-28", Origin.DERIVED)
    assert said(extract) == [("1997-01-28", True)]


def test_two_declared_dates_that_differ_are_told() -> None:
    metas = '<meta name="date" content="2019-06-13"><meta name="pubdate" content="{other}">'
    near = read(PAGE.format(title="A", head=metas.format(other="2019-06-14"), body=STORY), html.extract)
    far = read(PAGE.format(title="A", head=metas.format(other="2019-07-13"), body=STORY), html.extract)
    assert not any("two dates" in warning for warning in near.warnings)
    assert any("two dates" in warning for warning in far.warnings)
    fenced = read(f"---\ntitle: A\npublished: 2019-06-13\ndate: 2019-07-13\n---\n{STORY}")
    assert fenced.published == PartialDate.parse("2019-06-13")
    assert any("two dates" in warning for warning in fenced.warnings)
