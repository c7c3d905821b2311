"""DOCX: what is text and what is not, facts, and packages that are refused."""

from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZipFile

import docx
import pytest
from docx.document import Document

from sources.document import Extract, Heading, Origin, Raw, Speaker
from sources.errors import NoText, Unreadable
from sources.extract.docx import extract
from tests.fakes.zips import word, zipped


def read(content: bytes) -> Extract:
    (document,) = extract(Raw("a.docx", content, "", datetime(2019, 7, 1, tzinfo=UTC)))
    return document


def made(document: Document) -> bytes:
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def test_headings_paragraphs_and_table_rows_come_in_order_without_header_and_footer() -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "CONFIDENTIAL"
    document.add_heading("The pier", 1)
    paragraph = document.add_paragraph("It was clo")
    paragraph.add_run("sed").bold = True
    paragraph.add_run(" on Monday.")
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Moss", "voted no"
    document.add_paragraph("It reopened.")
    found = read(made(document))
    assert found.text == "The pier\n\nIt was closed on Monday.\n\nMoss\tvoted no\n\nIt reopened."
    assert [(found.text[m.start : m.end], m.value) for m in found.marks] == [("The pier", Heading(1))]


def test_facts_come_from_the_core_properties_and_not_from_the_template() -> None:
    document = docx.Document()
    document.add_paragraph("The pier.")
    found = read(made(document))
    assert (found.author, found.published) == (None, None)
    facts = document.core_properties
    facts.title, facts.author = "Harbor", "Ada Moss"
    found = read(made(document))
    assert (found.title, found.author) == ("Harbor", "Ada Moss")


def dated(text: str, created: datetime, modified: datetime) -> Extract:
    document = docx.Document()
    document.add_paragraph(text)
    facts = document.core_properties
    facts.created, facts.modified = created, modified
    return read(made(document))


def test_the_day_on_which_a_file_was_begun_is_a_guess_and_called_one() -> None:
    found = dated("The pier.", datetime(2019, 6, 13, tzinfo=UTC), datetime(2019, 6, 20, tzinfo=UTC))
    assert found.published is not None
    assert (found.published.value, found.published.origin) == ("2019-06-13", Origin.DERIVED)
    assert found.warnings == ("The text gives no date; 2019-06-13 is the day on which the file was begun.",)


def test_the_day_of_a_template_or_of_an_older_file_is_no_date() -> None:
    begun = datetime(2011, 3, 2, tzinfo=UTC)
    for changed in (datetime(2019, 6, 20, tzinfo=UTC), datetime(2010, 1, 2, tzinfo=UTC)):
        found = dated("The pier.", begun, changed)
        assert (found.published, found.warnings) == (None, ())


def test_a_date_in_the_text_goes_before_the_files_own() -> None:
    found = dated("July 1, 2018", datetime(2019, 6, 13, tzinfo=UTC), datetime(2019, 6, 20, tzinfo=UTC))
    assert found.published is not None
    assert (found.published.value, found.warnings) == ("2018-07-01", ())


def test_tracked_changes_controls_and_footnotes() -> None:
    found = read(
        word(
            "<w:p><w:r><w:t>The pier </w:t></w:r><w:ins><w:r><w:t>was</w:t></w:r></w:ins>"
            "<w:del><w:r><w:delText>is</w:delText></w:r></w:del><w:r><w:t> closed.</w:t></w:r></w:p>"
            "<w:sdt><w:sdtContent><w:p><w:r><w:t>One</w:t><w:br/><w:t>two.</w:t></w:r></w:p></w:sdtContent></w:sdt>",
            "<w:p><w:r><w:t>Port records.</w:t></w:r></w:p>",
        )
    )
    assert found.text == "The pier was closed.\n\nOne\ntwo.\n\nPort records."


def test_a_transcript_has_its_turns() -> None:
    document = docx.Document()
    for line in ("MS. MOSS: Good morning.", "Q: Is the pier open?", "MS. MOSS: It is."):
        document.add_paragraph(line)
    marks = read(made(document)).marks
    assert [m.value.label for m in marks if isinstance(m.value, Speaker)] == ["MS. MOSS", "Q", "MS. MOSS"]


def test_a_document_without_words_has_no_text() -> None:
    with pytest.raises(NoText):
        read(made(docx.Document()))


_BLANKS = "<w:p><w:r><w:t>" + " " * 3_000_000 + "</w:t></w:r></w:p>"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"PK\x03\x04 nothing", "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old"),
        (zipped({"../../tmp/a.txt": "a"}), "no text part"),
        (zipped({"word/document.xml": "<w:document"}), "damaged"),
        (word(_BLANKS), "bomb"),
        (word("<w:p/>").replace(b"word/document.xml", b"word/documentXxml"), "no text part"),
        (zipped({"word/document.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}), "entities"),
        (zipped({str(number): "" for number in range(10_001)}), "too large"),
        (zipped({"word/document.xml": "<a/>"}), "no text part"),
    ],
)
def test_a_package_that_is_not_a_word_document_is_refused(content: bytes, words: str) -> None:
    with pytest.raises(Unreadable, match=words):
        read(content)


def test_a_damaged_member_is_refused() -> None:
    content = bytearray(word("<w:p><w:r><w:t>The pier was closed on Monday.</w:t></w:r></w:p>"))
    at = content.index(b"word/document.xml") + 40
    content[at : at + 20] = b"\xff" * 20
    with pytest.raises(Unreadable, match="damaged"):
        read(bytes(content))


def altered(content: bytes, name: str, old: bytes, new: bytes) -> bytes:
    """The package with one of its parts changed."""
    with ZipFile(BytesIO(content)) as archive:
        members = {part: archive.read(part) for part in archive.namelist()}
    assert old in members[name]
    return zipped(members | {name: members[name].replace(old, new)})


def without(content: bytes, *names: str) -> bytes:
    with ZipFile(BytesIO(content)) as archive:
        return zipped({part: archive.read(part) for part in archive.namelist() if part not in names})


PIER = word("<w:p><w:r><w:t>The pier.</w:t></w:r></w:p>")
RELATED = "word/_rels/document.xml.rels"
TYPES = "[Content_Types].xml"


@pytest.mark.parametrize(
    "content",
    [
        altered(PIER, TYPES, b"openxmlformats-officedocument.wordprocessingml.document.main", b"ms-word.macros"),
        altered(
            PIER,
            "word/document.xml",
            b"schemas.openxmlformats.org/wordprocessingml/2006",
            b"purl.oclc.org/ooxml/wordprocessingml",
        ),
        altered(
            PIER, RELATED, b"</Relationships>", b'<Relationship Id="x" Type="a/image" Target="NULL"/></Relationships>'
        ),
        altered(PIER, "word/theme/theme1.xml", b"<a:theme", b"<"),
        without(PIER, "docProps/app.xml", "word/theme/theme1.xml", RELATED, TYPES),
    ],
    ids=["with macros", "strict", "relation to nothing", "broken theme", "parts missing"],
)
def test_parts_without_words_may_be_strange_broken_or_missing(content: bytes) -> None:
    assert (read(content).text, read(content).warnings) == ("The pier.", ())


def test_the_text_is_where_the_package_says() -> None:
    with ZipFile(BytesIO(PIER)) as archive:
        members = {name.replace("document.xml", "document2.xml"): archive.read(name) for name in archive.namelist()}
    members["_rels/.rels"] = members["_rels/.rels"].replace(b"word/document.xml", b"/word/document2.xml")
    assert read(zipped(members)).text == "The pier."


def test_a_damaged_part_beside_the_text_is_told() -> None:
    assert read(altered(PIER, "word/styles.xml", b"<w:styles", b"<")).warnings == (
        "The Word document's part word/styles.xml is damaged or missing, and was left out.",
    )


def test_hidden_words_and_deleted_rows_are_left_out() -> None:
    hidden = "<w:r><w:rPr><w:vanish{}/></w:rPr><w:t>{}</w:t></w:r>"
    runs = hidden.format("", "secret") + hidden.format(' w:val="0"', "The pier.")
    row = "<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc><w:p><w:r><w:t>secret</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    assert read(word(f"<w:p>{runs}</w:p>{row}")).text == "The pier."


def test_entities_are_seen_in_any_encoding() -> None:
    text = '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'.encode("utf-16")
    with pytest.raises(Unreadable, match="entities"):
        read(zipped({"word/document.xml": text}))


def test_formulas_are_words_and_readings_above_words_are_not() -> None:
    formula = '<m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"><m:r><m:t>x=5</m:t></m:r></m:oMath>'
    ruby = "<w:ruby><w:rt><w:r><w:t>kan</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>漢</w:t></w:r></w:rubyBase></w:ruby>"
    assert read(word(f"<w:p><w:r><w:t>So </w:t></w:r>{formula}<w:r>{ruby}</w:r></w:p>")).text == "So x=5漢"


def test_a_file_of_another_kind_inside_is_told() -> None:
    found = read(word("<w:p><w:r><w:t>The pier.</w:t></w:r></w:p><w:altChunk/>"))
    assert "files of another kind" in found.warnings[0]
