"""Tables: a transcript's rows as turns, other rows as they stand."""

from datetime import UTC, datetime

import pytest

from sources.document import Cue, Extract, Raw, Speaker
from sources.errors import NoText, Unreadable
from sources.extract.table import extract


def read(content: str | bytes, name: str = "a.csv") -> Extract:
    raw = content.encode() if isinstance(content, str) else content
    (document,) = extract(Raw(name, raw, "", datetime(2019, 7, 1, tzinfo=UTC)))
    return document


HEARING = """"","original","person","timeStamp","comment"
"1","Ada Moss: (00:07) Order, please. Let\x92s begin.","Ada Moss","00:07","Order, please. Let\x92s begin."
"2","Berg: (1:02:03) He said ""no"" twice,
and left.","Berg","1:02:03","He said ""no"" twice,
and left."
"3","(00:00) Laughter.","NA","00:00","Laughter."
"""


def test_a_hearing_has_turns_with_seconds() -> None:
    document = read(HEARING.encode("latin-1"))
    assert document.text == (
        'Ada Moss: Order, please. Let’s begin.\n\nBerg: He said "no" twice,\nand left.\n\nLaughter.'
    )
    speakers = [m.value for m in document.marks if isinstance(m.value, Speaker)]
    assert speakers == [Speaker("Ada Moss", "Ada Moss"), Speaker("Berg")]
    assert [m.value.start for m in document.marks if isinstance(m.value, Cue)] == [7, 3723, 0]


@pytest.mark.parametrize(
    ("content", "name"),
    [("pier,state\nNorth,closed; shut\nSouth,\n", "a.csv"), ("pier\tstate\nNorth\tclosed; shut\nSouth\t\n", "a.tsv")],
)
def test_another_table_has_a_paragraph_a_row(content: str, name: str) -> None:
    document = read(content, name)
    assert document.text == "pier: North; state: closed; shut\n\npier: South"
    assert document.marks == ()


def test_a_table_without_a_header_keeps_every_row() -> None:
    assert read("2019,closed\n2020,open\n").text == "2019; closed\n\n2020; open"


@pytest.mark.parametrize("content", ["", "\n\n", ",,\n,,\n", "pier,state\n,\n"])
def test_an_empty_table_has_no_text(content: str) -> None:
    with pytest.raises(NoText):
        read(content)


def test_a_cell_without_end_is_refused() -> None:
    with pytest.raises(Unreadable, match="too large"):
        read('pier,state\nNorth,"' + "x" * 9_000_000)


def test_a_quotation_mark_that_is_not_closed_puts_nobodys_words_in_anothers_mouth() -> None:
    found = read('speaker,text\nMoss,"The pier\nBerg,"It was ""shut"", they said"\nAda,No\nOle,"cut')
    assert found.text == 'Moss: The pier\n\nBerg: It was "shut", they said\n\nAda: No\n\nOle: cut'
    assert found.warnings == (
        "Quotation marks are not in order, and the line was read by itself, in line 2, 5 of the table.",
    )


def test_words_that_marks_have_cut_into_cells_are_put_together() -> None:
    found = read("speaker,text\nMoss,It cost 10,000, they said\nBerg,No,,\n")
    assert found.text == "Moss: It cost 10,000, they said\n\nBerg: No"


def test_a_title_above_a_transcript_is_a_title() -> None:
    found = read("Hearing of June 13\n\nSpeaker,Text\nMoss,The pier was closed\nBerg,No\n")
    assert found.text == "Hearing of June 13\n\nMoss: The pier was closed\n\nBerg: No"
    assert len(found.marks) == 2
