"""Whatever stands in a source, a draft, a note or a name: pages show those letters and never take them for markup."""

from dataclasses import replace
from html.parser import HTMLParser
from zoneinfo import ZoneInfo

from aiohttp import web
from aiohttp.test_utils import make_mocked_request
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.asking.cards import Checked, DraftCheck, Drafted
from bot.roles import Person
from bot.web import comparing
from bot.web.assets import Assets
from bot.web.rendering import renderer
from bot.web.visit import Asker
from bot.wording import check_page, check_words, search_page
from index.check import Op, Step, Verdict
from index.hit import Span
from sources.document import Speaker
from tests.fakes.desk import a_card, a_document

_SIGNS = "<>&\"'`{}%=/\\ ab\n\r\t\u00a0\u202e\u2028é👩\u200d🚒"
_LETTERS = st.sampled_from(_SIGNS) | st.characters(exclude_categories=["Cs", "Cc"])
NASTY = st.text(_LETTERS, min_size=1, max_size=60).filter(lambda text: bool(text.strip()))


class Read(HTMLParser):
    """What a browser would read of a page: its elements, and the letters in some of them."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.attributes: list[str] = []
        self.words: list[str] = []
        self._inside = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append(tag)
        self.attributes += [name for name, _ in attrs]
        if tag == "blockquote" or ("class", "draft") in attrs:
            self._inside = 1
            self.words.append("")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("blockquote", "p"):
            self._inside = 0

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.words[-1] += data


def made(template: str, **told: object) -> Read:
    server = web.Application()
    render = renderer(server, Assets(), ())
    asker = Asker(Person("local", "U1"), "<i>Rita</i>", ZoneInfo("UTC"), "token", "T1")
    response = render(template, make_mocked_request("GET", "/", app=server), asker, told, 200)
    read = Read()
    read.feed(response.text or "")
    return read


def harmless(read: Read, scripts: int) -> None:
    assert read.found.count("script") == scripts
    assert not {"i", "img", "style", "iframe", "object"} & set(read.found)
    assert not [name for name in read.attributes if name.startswith("on") or name == "style"]


@given(NASTY, NASTY, st.integers(0, 60), st.integers(0, 60))
@settings(max_examples=60, deadline=None)
def test_a_card_is_read_as_its_words_whatever_they_are(text: str, name: str, start: int, end: int) -> None:
    first, last = sorted((min(start, len(text)), min(end, len(text))))
    card = a_card(
        text,
        document=a_document(title=name, publisher=name, kind=name, author=name),
        speaker=Speaker(name),
        spans=(Span(first, last),),
        missing=(name,),
        turns=name,
    )
    read = made(
        "firsts.html",
        say=search_page,
        asking=search_page,
        question=name,
        told=[name],
        found=_Firsts((card,)),
        more=name,
        instead="/",
    )
    harmless(read, scripts=1)
    assert read.words[0] == text.replace("\r\n", "\n")


class _Firsts:
    def __init__(self, dated: tuple[object, ...]) -> None:
        self.dated, self.undated = dated, ()


@given(NASTY, NASTY, NASTY)
@settings(max_examples=60, deadline=None)
def test_a_draft_is_shown_letter_for_letter(before: str, quote: str, after: str) -> None:
    draft = before + quote + after
    step = Step(Op.REPLACE, quote, after)
    card = replace(a_card(after), speaker=Speaker(before))
    checked = Checked(quote, Verdict.ALTERED, (), (step,), (card,), claimed=before)
    drafted = DraftCheck((Drafted(len(before), len(before) + len(quote), checked),), 3)
    read = made(
        "checked.html",
        say=check_page,
        check=check_words,
        draft=comparing.pieces(draft, drafted.quotes),
        quoted=True,
        summary="",
        numbered=[(1, drafted.quotes[0])],
        look=[1],
        runs=comparing.runs,
        most=3,
        room=600,
    )
    harmless(read, scripts=1)
    shown = read.words[0].replace("altered, 1", "", 1).replace("Altered, 1", "", 1)
    assert shown == draft.replace("\r\n", "\n")
