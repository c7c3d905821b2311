"""EPUB: chapters in the order of the spine, facts, and packages that are refused."""

from datetime import UTC, datetime

import pytest

from sources.document import Extract, Heading, Raw
from sources.errors import NoText, Unreadable
from sources.extract.epub import extract
from tests.fakes.zips import epub, zipped


def read(content: bytes) -> Extract:
    (document,) = extract(Raw("a.epub", content, "", datetime(2019, 7, 1, tzinfo=UTC)))
    return document


def chapter(body: str) -> str:
    return f'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><body>{body}</body></html>'


def test_chapters_come_in_the_order_of_the_spine_with_their_headings() -> None:
    lamp = chapter("<h2>Lamp</h2><p>It <em>was</em> broken.<script>x()</script></p>")
    found = read(epub({"two.xhtml": lamp, "one.xhtml": chapter("<p>The pier was<br/>closed.</p>")}))
    assert found.text == "Lamp\n\nIt was broken.\n\nThe pier was\nclosed."
    assert [(m.start, m.end, m.value) for m in found.marks] == [(0, 4, Heading(2))]


def test_facts_come_from_the_package() -> None:
    facts = "<dc:title>Harbor</dc:title><dc:creator>Ada Moss</dc:creator><dc:date>2019-06</dc:date>"
    found = read(epub({"a.xhtml": chapter("<p>The pier.</p>")}, f"{facts}<dc:publisher>Bay Press</dc:publisher>"))
    assert (found.title, found.author, found.publisher) == ("Harbor", "Ada Moss", "Bay Press")
    assert found.published is not None
    assert found.published.value == "2019-06"


def test_a_book_without_words_has_no_text() -> None:
    with pytest.raises(NoText):
        read(epub({"a.xhtml": chapter("<p> </p>")}))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (zipped({"a.txt": "a"}), "not an EPUB"),
        (zipped({"META-INF/container.xml": "<container/>"}), "no package"),
        (zipped({"META-INF/container.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}), "entities"),
        (zipped({"META-INF/container.xml": '<a><rootfile full-path="no.opf"/></a>'}), "package"),
        (epub({"../../etc/passwd": ""}), "missing"),
        (epub({"a.xhtml": chapter("<p>The pier.</p>")})[:-30], "damaged"),
    ],
)
def test_a_package_that_is_not_a_book_is_refused(content: bytes, words: str) -> None:
    with pytest.raises(Unreadable, match=words):
        read(content)


def test_a_missing_chapter_is_told_and_the_others_are_read() -> None:
    made = epub({"one.xhtml": chapter("<p>The pier.</p>"), "two.xhtml": chapter("<p>No.</p>")})
    found = read(made.replace(b"OEBPS/two.xhtml", b"OEBPS/owt.xhtml"))
    assert found.text == "The pier."
    assert found.warnings == ("The EPUB is not complete: its chapter OEBPS/two.xhtml is missing.",)
