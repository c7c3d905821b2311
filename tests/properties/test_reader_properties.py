"""Whatever a stored text holds, the reader shows it letter for letter, and marks the asked words and no others."""

import unicodedata
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import aiohttp_jinja2
from aiohttp import web
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.reading.blocks import blocks
from bot.reading.sections import border, count, section_at
from bot.reading.sheet import Sheet, Wanted
from bot.store.documents import History, StoredVersion, VersionRecord
from bot.web.assets import Assets
from bot.web.marking import Marked, slices
from bot.web.pages.reader import told_of
from bot.web.rendering import renderer
from index.hit import Span
from sources.document import Cue, Document, Heading, Mark, Page, Speaker
from tests.bot.web.shown import Shown

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
_NASTY = st.sampled_from(
    ["<b>", "</div>", "&amp;", "&", "</mark>", "<!--", "-->", '"', "'", "\n", "\n\n", " \n \n", "\r", "\r\n", "\t",
     "  ", "{{ x }}", "{% y %}", "\u00a0", "\u2028", "\u00ad", "é", "e\u0301", "🐟", "\U0001f469\u200d\U0001f692",
     "\u05e2\u05d1\u05e8\u05d9\u05ea", "\ufeff", "\x85", "a", "MR. X: "]
)  # fmt: skip
_plain = st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn"]), max_size=8)
_text = st.lists(_NASTY | _plain, min_size=1, max_size=40).map("".join).filter(bool)


@st.composite
def _documents(draw: st.DrawFn) -> Document:
    text = draw(_text)
    at = st.integers(0, len(text))
    values = st.sampled_from([Page(3, "iii"), Cue(61.5), Heading(2), Speaker("MR. X", "Xavier <X>"), Speaker("MR. X")])
    marks = [
        Mark(min(a, b), max(a, b), draw(values)) for a, b in draw(st.lists(st.tuples(at, at), max_size=5)) if a != b
    ]
    return Document(
        "d1", "local", "s1", "a.txt", text, NOON, tuple(marks), title=draw(st.none() | _text.filter(str.strip))
    )


@st.composite
def _sheets(draw: st.DrawFn) -> Sheet:
    document = draw(_documents())
    text = document.text
    start = draw(st.integers(0, len(text) - 1))
    asked = Span(start, draw(st.integers(start + 1, len(text))))
    version = VersionRecord(1, "raw", "text", "plain 1", NOON)
    stored = StoredVersion(document, 1, "raw", "text", "plain 1", NOON, current=True, removed=False)
    found = tuple(Span(at, at + 1) for at in draw(st.sets(st.integers(0, len(text) - 1), max_size=4)))
    return Sheet(
        stored=stored,
        history=History("s1", False, (version,)),
        start=0,
        end=len(text),
        first=1,
        last=1,
        sections=1,
        blocks=blocks(document, 0, len(text)),
        asked=asked,
        found=tuple(sorted(found, key=lambda span: span.start)),
    )


def _environment() -> web.Application:
    app = web.Application()
    renderer(app, Assets(), ())
    return app


_APP = _environment()


def _page(sheet: Sheet) -> str:
    chrome: dict[str, object] = {"asker": None, "path": "/d/d1", "nav": [], "csrf_field": lambda: ""}
    told = {"zone": ZoneInfo("UTC"), **told_of(sheet, Wanted(at=sheet.asked))}
    return aiohttp_jinja2.get_env(_APP).get_template("reader.html").render({**chrome, **told})


@settings(deadline=None)  # the first page of all reads the templates
@given(_sheets())
def test_the_marked_text_of_the_page_is_the_slice(sheet: Sheet) -> None:
    shown = Shown(_page(sheet))
    assert sheet.asked is not None
    assert shown.text == sheet.text
    assert shown.asked == sheet.text[sheet.asked.start : sheet.asked.end]
    assert shown.anchor is not None
    assert shown.asked.startswith(shown.anchor)


@given(_text, st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50), st.sampled_from("abc")), max_size=6))
def test_slices_are_the_text_and_bear_their_marks(text: str, told: list[tuple[int, int, str]]) -> None:
    marks = [Marked(min(a, b), max(a, b), kind) for a, b, kind in told]
    found = slices(text, marks)
    assert "".join(one.text for one in found) == text
    for one in found:
        for place in range(one.start, one.start + len(one.text)):
            assert set(one.kinds) == {mark.kind for mark in marks if mark.start <= place < mark.end}


@given(st.lists(st.sampled_from(["word ", "\n", "x" * 700, "\n\n\n", "line of words\n"]), max_size=120).map("".join))
def test_sections_hold_the_text_once_and_are_found_from_any_offset(text: str) -> None:
    total = count(text)
    borders = [border(text, number) for number in range(total + 1)]
    assert borders[0] == 0
    assert borders[-1] == len(text)
    assert borders == sorted(borders)
    for offset in {0, len(text) // 3, len(text) // 2, max(0, len(text) - 1), *(at for at in borders if at < len(text))}:
        number = section_at(text, offset)
        assert 0 <= number < total
        assert not text or borders[number] <= offset < borders[number + 1]


@given(_documents())
def test_blocks_leave_nothing_out(document: Document) -> None:
    found = blocks(document, 0, len(document.text))
    assert "".join(document.text[block.start : block.end] for block in found) == document.text
    assert all(block.start <= block.words_end <= block.end for block in found)
    assert all(
        unicodedata.category(sign)[0] in "ZC" for block in found for sign in document.text[block.words_end : block.end]
    )
