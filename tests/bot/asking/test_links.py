"""Links that open on the words: each row is a source, a passage and the address that must come of it."""

from datetime import UTC, datetime
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.asking.cards import PassageRef
from bot.asking.fragments import text_directive
from bot.asking.links import archived_link, captured, permalink, source_link, web_address
from index.hit import DocumentCard
from sources.document import Cue, Page

ADDED = datetime(2026, 1, 1, tzinfo=UTC)


def a_document(url: str | None, location: str = "a.html", archived_url: str | None = None) -> DocumentCard:
    return DocumentCard("d", "local", "s", location, 1, ADDED, url=url, archived_url=archived_url)


def link(
    url: str | None, text: str, quote: str, *, page: Page | None = None, cue: Cue | None = None, location: str = "a"
) -> str | None:
    start = text.index(quote)
    ref = PassageRef("d", 1, start, start + len(quote))
    extractor = "pdf/2" if location.endswith(".pdf") else "html/2"
    return source_link(a_document(url, location), text, ref, extractor=extractor, page=page, cue=cue)


UNIQUE = "The harbor was closed at noon on Monday."
TWICE = "He agreed with the plan. Asked again, he agreed with the plan. The end came."


@pytest.mark.parametrize(
    ("text", "quote", "directive"),
    [
        (UNIQUE, UNIQUE, "text=The%20harbor%20was%20closed%20at%20noon%20on%20Monday."),
        ("a re-run, A&B; x=1 #2", "a re-run, A&B; x=1 #2", "text=a%20re%2Drun%2C%20A%26B%3B%20x%3D1%20%232"),
        ("“naïve” — oui, oui", "“naïve” — oui, oui", "text=%E2%80%9Cna%C3%AFve%E2%80%9D%20%E2%80%94%20oui%2C%20oui"),
        # Blanks at the ends and runs of them within are not part of what a browser compares.
        ("  one two  three four ", "  one two  three four ", "text=one%20two%20three%20four"),
        # Few words get the words before them, or after them where nothing stands before.
        ("We said yes today.", "yes", "text=We%20said-,yes&text=yes,-today."),
        ("Yes today, they said.", "Yes", "text=Yes,-today%2C%20they%20said."),
        # Words that stand earlier too: the words before tell them apart.
        (TWICE, "he agreed with the plan", "text=the%20plan.%20Asked%20again%2C-,he%20agreed%20with%20the%20plan"
         "&text=he%20agreed%20with%20the%20plan,-.%20The%20end%20came."
         "&text=the%20plan.%20Asked%20again%2C-,he,plan"),
        # The words before don't tell it apart: more of them do, and so do those after.
        ("a b c d yes. a b c d yes End.", "yes", "text=b%20c%20d%20yes.%20a%20b%20c%20d-,yes&text=yes,-End."),
        # Nothing does, since a block stands twice: both sides are told all the same.
        ("a yes b\n\na yes b", "yes", "text=a-,yes,-b"),
        # Context is taken from the next block where the own one has none.
        ("Heading here\n\nYes\n\nMore follows now", "Yes", "text=Heading%20here-,Yes&text=Yes,-More%20follows%20now"),
        ("Alone", "Alone", "text=Alone"),
        (" \n ", " \n ", ""),
    ],
)  # fmt: skip
def test_directive(text: str, quote: str, directive: str) -> None:
    start = text.rindex(quote)
    assert text_directive(text, start, start + len(quote)) == directive


LONG = " ".join(f"w{n}" for n in range(100))


@pytest.mark.parametrize(
    ("text", "directive"),
    [
        # The last words are as many as stand nowhere between the first words and here.
        ("Aa bb cc dd ee ff.\n\nSo it ended at last.",
         "text=Aa%20bb%20cc%20dd%20ee%20ff.,So%20it%20ended%20at%20last."),
        # A block begins with words that a menu may repeat, so more of them are told. Words further inside stand by.
        (LONG, "text=w0%20w1%20w2%20w3%20w4%20w5%20w6%20w7,w95%20w96%20w97%20w98%20w99"
         "&text=w5%20w6%20w7%20w8,w91%20w92%20w93%20w94&text=w10%20w11%20w12%20w13,w86%20w87%20w88%20w89"),
        # A heading is not named, nor is a first block the end of which has what is not said elsewhere.
        ("Title\n\nHe said that it was so.", "text=Title-,He%20said%20that%20it%20was%20so.&text=Title-,He,so."),
        ("a b c d e f g\n\nx a b c d e\n\ny a b c d e", "text=a%20b%20c%20d%20e%20f%20g,y%20a%20b%20c%20d%20e"),
    ],
)  # fmt: skip
def test_a_long_passage_is_named_by_its_first_and_last_words(text: str, directive: str) -> None:
    assert text_directive(text, 0, len(text)) == directive


@given(st.text(alphabet="ab \n", max_size=60), st.data())
def test_parts_stand_in_the_text_in_order_and_within_a_block(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    directive = text_directive(text, start, end)
    words = text[start:end].split()
    assert bool(directive) == bool(words)
    if words:
        made = [one.removeprefix("text=") for one in directive.split("&")]
        parts = [part.strip("-").replace("%20", " ") for one in made for part in one.split(",")]
        lines = [" ".join(line.split()) for line in text.split("\n")]
        assert all(any(part in line for line in lines) for part in parts)


@pytest.mark.parametrize(
    ("url", "opens"),
    [
        ("https://example.org/a", "https://example.org/a#:~:text=W"),
        ("https://example.org/a#part-2", "https://example.org/a#part-2:~:text=W"),
        ("https://example.org/a#x:~:text=old", "https://example.org/a#x:~:text=W"),
        ("https://example.org/a?b=c&d", "https://example.org/a?b=c&d#:~:text=W"),
        ("http://example.org", "http://example.org#:~:text=W"),
        ("https://example.org/a b<c>", "https://example.org/a%20b%3Cc%3E#:~:text=W"),
        ("https://bücher.example/ü", "https://bücher.example/ü#:~:text=W"),
        (None, None),
        ("", None),
        ("javascript:alert(1)", None),
        ("data:text/html,x", None),
        ("file:///etc/passwd", None),
        ("ftp://example.org/a", None),
        ("//example.org/a", None),
        ("https://", None),
        ("https://example.org/a\nb", None),
        ("https://[broken/a", None),
    ],
)
def test_a_web_page(url: str | None, opens: str | None) -> None:
    found = link(url, UNIQUE, UNIQUE)
    assert (found and found.replace("The%20harbor%20was%20closed%20at%20noon%20on%20Monday.", "W")) == opens


@pytest.mark.parametrize(
    ("url", "location", "page", "opens"),
    [
        ("https://example.org/r.pdf", "r.pdf", Page(12, "xii"), "https://example.org/r.pdf#page=12"),
        ("https://example.org/R.PDF?v=2", "r.pdf", Page(3), "https://example.org/R.PDF?v=2#page=3"),
        ("https://example.org/r.pdf#page=1", "r.pdf", Page(3), "https://example.org/r.pdf#page=3"),
        ("https://example.org/get?id=7", "r.pdf", Page(3), "https://example.org/get?id=7#page=3"),
        # Our copy is of another format than the file behind the address: a text fragment is nothing to a PDF.
        ("https://example.org/r.pdf", "r.html", None, "https://example.org/r.pdf"),
        # A page that a web page tells of is not the file's.
        ("https://example.org/r.pdf", "r.html", Page(3, "7"), "https://example.org/r.pdf"),
        (None, "r.pdf", Page(3), None),
    ],
)
def test_a_pdf_opens_on_its_page(url: str | None, location: str, page: Page | None, opens: str | None) -> None:
    assert link(url, UNIQUE, UNIQUE, page=page, location=location) == opens


@pytest.mark.parametrize(
    ("url", "opens"),
    [
        ("https://www.youtube.com/watch?v=abc", "https://www.youtube.com/watch?v=abc&t=123s"),
        ("https://youtu.be/abc", "https://youtu.be/abc?t=123s"),
        ("https://youtu.be/abc?t=5s&si=x", "https://youtu.be/abc?si=x&t=123s"),
        ("https://vimeo.com/123", "https://vimeo.com/123#t=123s"),
        ("https://vimeo.com/123?h=x#t=5s", "https://vimeo.com/123?h=x#t=123s"),
        ("https://video.example.org/abc", "https://video.example.org/abc"),
        ("https://notyoutube.com/watch?v=abc", "https://notyoutube.com/watch?v=abc"),
    ],
)
def test_a_recording_opens_at_its_time_where_the_host_can(url: str, opens: str) -> None:
    assert link(url, UNIQUE, UNIQUE, cue=Cue(123.9, 130)) == opens


def test_the_archived_copy_is_a_web_address_or_nothing() -> None:
    archive = "https://web.archive.org/web/2019/https://example.org/a"
    assert archived_link(a_document(None, archived_url=archive)) == archive
    assert archived_link(a_document(None, archived_url="javascript:x")) is None
    assert web_address(" https://example.org/a ") == "https://example.org/a"


def test_a_permalink_names_document_version_and_span() -> None:
    assert (
        permalink("https://desk.example.org/", PassageRef("d1", 2, 5, 9))
        == "https://desk.example.org/d/d1?v=2&at=5-9#at"
    )
    assert permalink(None, PassageRef("d1", 2, 5, 9)) is None


@pytest.mark.parametrize(
    ("url", "at"),
    [
        ("https://web.archive.org/web/20190725123456/https://example.org/a", "2019-07-25T12:34:56+00:00"),
        ("https://web.archive.org/web/20190725123456id_/http://example.org/a", "2019-07-25T12:34:56+00:00"),
        ("http://archive.ph/20190725123456/https://example.org/a", "2019-07-25T12:34:56+00:00"),
        ("https://web.archive.org/web/20190725/https://example.org/a", "2019-07-25"),
        ("https://web.archive.org/web/201907/https://example.org/a", "2019-07"),
        ("https://web.archive.org/web/2019/https://example.org/a", "2019"),
        ("https://web.archive.org/web/20191399000000/https://example.org/a", None),
        ("https://web.archive.org/web/2/https://example.org/a", None),
        ("https://perma.cc/AB12-CD34", None),
        ("https://example.org/web/20190725123456/https://example.org/a", None),
    ],
)
def test_an_archived_copy_tells_when_it_was_made_where_its_address_says_so(url: str, at: str | None) -> None:
    found = captured(url)
    assert (found.value if found else None) == at


@pytest.mark.parametrize(("clauses", "most"), [(5, 1_300), (40, 2_600)])
def test_a_script_without_blanks_is_named_by_its_clauses(clauses: int, most: int) -> None:
    text = "".join(f"港口第{number}号渡船在风中停航{chr(0x4E00 + 37 * number)}，" for number in range(60)) + "。"
    quote = text[text.index("港口第3号") : text.index(f"港口第{3 + clauses}号")]
    directive = text_directive(text, text.index(quote), text.index(quote) + len(quote))
    first, *rest = unquote(directive.split("&")[0].removeprefix("text=")).split(",")
    assert quote.startswith(first)
    assert not rest or quote.endswith(rest[-1])
    assert len(directive) < most
