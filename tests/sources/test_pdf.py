"""PDF: reading order, paragraphs over lines and pages, page marks, what is left out, and what is refused."""

import json
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sources.document import Extract, Heading, Page, Raw, Speaker
from sources.errors import NoText, Unreadable
from sources.extract.pdf import extract
from tests.fakes.pdf import Drawn, page, pdf


def read(content: bytes) -> Extract:
    (document,) = extract(Raw("a.pdf", content, "application/pdf", datetime(2019, 7, 1, tzinfo=UTC)))
    return document


def pages_of(document: Extract) -> list[tuple[str, Page]]:
    return [(document.text[m.start : m.end], m.value) for m in document.marks if isinstance(m.value, Page)]


def test_lines_are_joined_and_paragraphs_kept_apart() -> None:
    text = read(pdf(page("The pier was closed on Monday", "by the port.", "", "It reopened on Friday."))).text
    assert text == "The pier was closed on Monday by the port.\n\nIt reopened on Friday."


def test_an_indented_line_begins_a_paragraph() -> None:
    lines = page("The pier was closed on Monday by", "order of the port of this town.")
    lines.append(Drawn("It reopened on Friday, when it", 90, 672))
    lines += page("was repaired at last.", top=658)
    assert read(pdf(lines)).text.split("\n\n") == [
        "The pier was closed on Monday by order of the port of this town.",
        "It reopened on Friday, when it was repaired at last.",
    ]


def test_two_columns_drawn_across_are_read_one_after_the_other() -> None:
    left = [
        "The port had closed the pier",
        "after a storm had torn off",
        "its outermost planks and a",
        "lamp that stood there.",
    ]
    right = [
        "Engineers who looked at it",
        "in the spring of that year",
        "found that the posts below",
        "were rotten all along.",
    ]
    drawn = [Drawn("Minutes of the meeting about the pier and the lamp on it", 72, 740)]
    for number, (one, two) in enumerate(zip(left, right, strict=True)):
        drawn += [Drawn(one, 72, 700 - 14 * number), Drawn(two, 330, 700 - 14 * number)]
    assert read(pdf(drawn)).text.split("\n\n")[1:] == [" ".join(left), " ".join(right)]


def test_a_table_is_read_by_rows() -> None:
    rows = [("Pier", "Closed"), ("Lamp", "Broken"), ("Boat", "Sunk"), ("Net", "Torn")]
    drawn = [
        Drawn(cell, x, 700 - 14 * number)
        for number, row in enumerate(rows)
        for cell, x in zip(row, (72, 330), strict=True)
    ]
    text = read(pdf(drawn)).text.split()
    assert text == [cell for row in rows for cell in row]


def test_heads_and_feet_are_left_out_and_a_sentence_runs_over_the_page() -> None:
    def leaf(number: int, *lines: str) -> list[Drawn]:
        head = [Drawn("PORT COMMISSION", 72, 760, 8), Drawn("Case 19-100", 72, 745, 8)]
        return [*head, *page(*lines), Drawn(f"- {number} -", 300, 30, 8)]

    document = read(
        pdf(
            leaf(11, "The pier was closed on a Monday in the", "winter after the storm had torn off the"),
            leaf(12, "planks and a lamp, and nobody was told", "when it would be open to the boats of"),
            leaf(13, "the town again."),
        )
    )
    assert document.text == (
        "The pier was closed on a Monday in the winter after the storm had torn off the planks and a lamp, and "
        "nobody was told when it would be open to the boats of the town again."
    )
    assert pages_of(document) == [
        ("The pier was closed on a Monday in the winter after the storm had torn off the", Page(1, "11")),
        ("planks and a lamp, and nobody was told when it would be open to the boats of", Page(2, "12")),
        ("the town again.", Page(3, "13")),
    ]


def test_a_sentence_with_a_number_is_no_running_head() -> None:
    document = read(pdf(*(page(f"This is what page {number} of the list says.") for number in range(1, 5))))
    assert document.text.count("This is what page") == 4
    assert [value for _, value in pages_of(document)] == [Page(number) for number in range(1, 5)]


def test_hyphens_at_line_ends_go_only_where_the_word_is_known() -> None:
    text = read(
        pdf(
            page(
                "It was confirmed that a well-",
                "known man was there; it was con-",
                "firmed again by the man who had",
                "kept a radio and a half of the sea-",
                "side and the anti-pier side. The sea",
                "and its side are wide; the port-",
                "Harbor line is closed.",
            )
        )
    ).text
    assert "well-known man" in text
    assert "was confirmed again" in text
    assert "sea-side" in text
    assert "port-Harbor" in text


def test_margin_line_numbers_of_a_deposition_go_and_its_turns_are_marked() -> None:
    lines = [
        "Q. Did you at any time discuss the",
        "cameras with the company?",
        "A. Not that I recall. I would",
        "have to look.",
    ]
    lines += ["Q. When?", "A. On Monday."]
    drawn = [Drawn(str(number), 60, 724 - 24 * number) for number in range(1, 7)]
    drawn += page(*lines, x=100, leading=24)
    document = read(pdf(drawn))
    spoken = [document.text[m.start : m.end] for m in document.marks if isinstance(m.value, Speaker)]
    assert spoken[:2] == [
        "Q. Did you at any time discuss the cameras with the company?",
        "A. Not that I recall. I would have to look.",
    ]


def test_footnote_marks_leave_the_sentence_and_notes_stand_apart() -> None:
    document = read(
        pdf(
            [
                Drawn("The pier was closed.", 72, 700),
                Drawn("1", 192, 704, 6),
                Drawn("It reopened on the Friday after the", 204, 700),
                *page(
                    "storm, when the planks were back and its own lamp was lit",
                    "and nobody was told of it.",
                    top=686,
                ),
                Drawn("1", 72, 103, 5),
                Drawn("Port records, page 3.", 76, 100, 8),
            ]
        )
    )
    body, note = document.text.split("\n\n")
    assert body.startswith("The pier was closed. It reopened")
    assert note == "1 Port records, page 3."


def test_marks_cut_off_from_their_line_do_no_harm() -> None:
    drawn = [Drawn("The pier was closed.", 72, 700), Drawn("12 13", 400, 704, 6), *page("It reopened.", top=660)]
    assert sorted(read(pdf(drawn)).text.split()) == sorted(
        ["The", "pier", "was", "closed.", "12", "13", "It", "reopened."]
    )


def test_large_type_is_a_heading() -> None:
    document = read(pdf([Drawn("The pier", 72, 740, 18), *page("It was closed on Monday.", "Nobody was told.")]))
    assert [document.text[m.start : m.end] for m in document.marks if isinstance(m.value, Heading)] == ["The pier"]


@pytest.mark.parametrize("matrix", ["0 1 -1 0", "-1 0 0 -1", "0 -1 1 0"])
def test_a_page_that_lies_sideways_is_read_upright(matrix: str) -> None:
    a, b, c, d = map(float, matrix.split())
    lines = ["The pier was closed on Monday", "and nobody was told."]
    drawn = [Drawn(line, 300 - c * 14 * at, 400 - d * 14 * at, 10, f"{a} {b} {c} {d}") for at, line in enumerate(lines)]
    assert read(pdf(drawn)).text == " ".join(lines)


def test_only_sensible_facts_are_taken_from_the_file() -> None:
    lines = page("The pier was closed.")
    document = read(pdf(lines, title="Microsoft Word - pier_final2.doc", author="user1", made="D:20190613120000Z"))
    assert (document.title, document.author, document.published) == (None, None, None)
    assert document.modified is not None
    assert document.modified.value == "2019-06-13"
    document = read(pdf(lines, title="The pier of 2019", author="Ada Moss", made="D:20191399"))
    assert (document.title, document.author, document.modified) == ("The pier of 2019", "Ada Moss", None)


def test_a_scan_says_that_it_needs_ocr_and_a_single_one_is_told_of() -> None:
    with pytest.raises(NoText, match="scan and needs OCR"):
        read(pdf([], []))
    assert read(pdf(page("The pier was closed."), [])).warnings == (
        "1 of 2 pages have no text layer and may be scans: 2.",
    )


@pytest.mark.parametrize(
    "content", [b"", b"%PDF-1.4\n", b"<!DOCTYPE html><p>Log in", pdf(page("The pier."))[:150], b"\0" * 500]
)
def test_what_is_no_pdf_is_refused_in_a_sentence(content: bytes) -> None:
    with pytest.raises(Unreadable, match=r"\.$"):
        read(content)


_STRINGS = st.tuples(st.text("ab-1Q. ", min_size=1, max_size=12), st.integers(0, 600), st.integers(0, 780))


@settings(max_examples=50)
@given(st.lists(_STRINGS, min_size=1, max_size=40))
def test_no_word_is_lost_or_doubled_wherever_it_stands(drawn: list[tuple[str, int, int]]) -> None:
    placed = {(x, y): Drawn(text, x, y, 1) for text, x, y in drawn if text.strip()}
    if not placed:
        return
    document = read(pdf(list(placed.values())))
    for _, value in pages_of(document):
        assert value == Page(1)
    wanted = sorted("".join(d.text for d in placed.values()).replace(" ", "").replace("-", ""))
    numbers = {"1"}  # may be taken for a margin number or a footnote's mark
    found = sorted("".join(document.text.split()).replace("-", ""))
    assert [letter for letter in found if letter not in numbers] == [
        letter for letter in wanted if letter not in numbers
    ]


@pytest.mark.shared
def test_the_public_quotations_are_in_the_reports(shared: Path) -> None:
    wanted: dict[str, list[str]] = {}
    for line in (shared / "gold/newsroom_public.jsonl").read_text(encoding="utf-8").splitlines():
        for answer in json.loads(line)["gold"]:
            if answer["path"].endswith(".pdf"):
                wanted.setdefault(answer["path"], []).append(answer["must_contain"])
    began, pages, missing = time.process_time(), 0, list[str]()
    for path, quotations in wanted.items():
        document = read((shared / "corpus/newsroom" / path).read_bytes())
        pages += len({value for _, value in pages_of(document)})
        text = _folded(document.text)
        missing += [quotation for quotation in quotations if _folded(quotation) not in text]
    assert sum(map(len, wanted.values())) > 20
    assert missing == []
    assert pages / (time.process_time() - began) > 10  # about 65 pages a second on one quiet core


def _folded(text: str) -> str:
    return " ".join(text.translate(str.maketrans("“”‘’", "\"\"''")).split())


def test_a_stamp_across_the_page_does_not_get_into_its_lines() -> None:
    lines = page(*(f"The pier was closed on day {number} of the strike." for number in range(40)))
    slanting = Drawn("CONFIDENTIAL DRAFT", 100, 100, 60, "0.7071 0.7071 -0.7071 0.7071")
    upright = Drawn("Filed 01/02/19", 30, 200, 14, "0 1 -1 0")
    assert read(pdf([slanting, *lines, upright])).text == read(pdf(lines)).text


def test_lines_that_are_all_there_is_are_no_running_heads() -> None:
    assert read(pdf(*(page(f"The pier was closed on day {number}.") for number in range(4)))).text.count("closed") == 4


def test_a_damaged_page_is_told_of_and_the_others_are_read() -> None:
    damaged = pdf(page("The pier."), page("It was closed on Monday.")).replace(b"/Kids [5 0 R", b"/Kids [99 0 R")
    assert (read(damaged).text, read(damaged).warnings) == (
        "It was closed on Monday.",
        ("1 of 2 pages are damaged and were left out: 1.",),
    )


def altered(old: bytes, new: bytes, *streams: bytes) -> bytes:
    """A page with words, changed and with objects 99, 100 … added; readers mend the table of places themselves."""
    objects = b"".join(
        b"%d 0 obj\n<< /Length %d %s\nendstream\nendobj\n" % (99 + number, 99, stream)
        for number, stream in enumerate(streams)
    )
    made = pdf(page("The pier was closed."))
    return made.replace(old, new, 1).replace(b"xref\n", objects + b"xref\n", 1)


def test_what_is_written_in_a_form_or_over_the_page_is_read() -> None:
    look = (
        b"/Type /XObject /Subtype /Form /BBox [0 0 300 20] /Resources << /Font << /F1 3 0 R >> >> >>\n"
        b"stream\nBT /F1 10 Tf 0 5 Td (By order of Ada Moss.) Tj ET"
    )
    for kind in (b"/Widget /FT /Tx", b"/FreeText"):
        written = b"/Annots [<< /Type /Annot /Subtype %s /Rect [72 400 372 420] /F 4 /AP << /N 99 0 R >> >>] /MediaBox"
        assert read(altered(b"/MediaBox", written % kind, look)).text == "The pier was closed.\n\nBy order of Ada Moss."


def test_a_form_that_only_its_makers_programs_can_show_is_refused() -> None:
    form = b"/Type /Catalog /NeedsRendering true /AcroForm << /Fields [] /XFA 99 0 R >>"
    with pytest.raises(NoText, match="only Adobe's own programs"):
        read(altered(b"/Type /Catalog", form, b">>\nstream\n<xdp/>"))


def test_attached_files_are_told() -> None:
    names = b"/Names << /EmbeddedFiles << /Names [(a) << /Type /Filespec /F (a) /EF << /F 99 0 R >> >>] >> >>"
    found = read(altered(b"/Type /Catalog", b"/Type /Catalog " + names, b">>\nstream\nwords"))
    assert found.warnings == ("The PDF has attached files (1), which were not read.",)
