"""Dates mentioned in a passage, completed from the day on which its words were spoken or published."""

from dataclasses import replace

from index.split import split
from sources.document import Document, Mark, PartialDate
from tests.fakes.corpus import made

STORY = "On July 25 the President called Kyiv.\n\nThat same month aid was withheld. He spoke of it yesterday."
DAY = PartialDate.parse("2019-09-26")


def mentioned(document: Document) -> list[str]:
    return [day.value for passage in split(document, 1) for day in passage.mentioned]


def test_an_undated_document_mentions_only_what_it_names_whole() -> None:
    assert mentioned(replace(made("x", f"{STORY} That was in June 2019."), published=None)) == ["2019-06"]


def test_the_date_of_publication_completes_what_is_named_in_part() -> None:
    assert mentioned(replace(made("x", STORY), published=DAY)) == ["2019-07-25", "2019-07", "2019-09-25"]


def test_when_words_were_said_counts_before_their_publication() -> None:
    said = Mark(0, len(STORY), PartialDate.parse("2018-08-01"))
    found = split(replace(made("x", STORY), published=DAY, marks=(said,)), 1)
    assert {passage.said for passage in found} == {said.value}
    assert [day.value for passage in found for day in passage.mentioned] == ["2018-07-25", "2018-07", "2018-07-31"]


def test_a_report_on_other_years_keeps_its_months_open() -> None:
    text = (
        "On June 9, 2016 they met, and on June 14, 2016 it was in the press.\n\n"
        + "word " * 200
        + "\n\nOn July 27 he spoke."
    )
    assert mentioned(replace(made("x", text), published=DAY)) == ["2016-06-09", "2016-06-14"]


def test_what_is_mentioned_is_never_when_it_was_said() -> None:
    (passage,) = split(replace(made("x", STORY), published=DAY), 1)
    assert passage.mentioned
    assert passage.said is None
