"""Whatever a source holds, every form of a citation has its exact words, and makes no markup of them."""

import html

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html as lxml_html
from markdown_it import MarkdownIt

from bot.asking.cards import Card
from bot.citations import Style, cite
from bot.slack.views.citation import MOST, citation_view
from sources.document import Certainty, Speaker
from tests.fakes.desk import a_card, a_document

_MARKUP = st.sampled_from(
    ["*", "_", "`", "<b>", "</figure>", "&amp;", "&", "[x](y)", "![", "> ", "# ", "- ", "1. ", "1) ", "\\", "~~", "|",
     "***", "===", "---", "http://a.b/", "www.a.b", "<!--", "“", "”", '"', "'", "$", "[cut]", "...", "…", "\n", "\n\n",
     "    ", "\t", "a", "é", "🐟", " "]
)  # fmt: skip
_plain = st.text(st.characters(exclude_categories=["C", "Z"]), max_size=8)
_text = st.lists(_MARKUP | _plain, min_size=1, max_size=25).map("".join).filter(str.strip)
_name = st.none() | _text


@st.composite
def _cards(draw: st.DrawFn) -> Card:
    label = draw(_name)
    speaker = Speaker(label, draw(_name), draw(st.sampled_from(Certainty))) if label else None
    document = a_document(
        title=draw(_name), publisher=draw(_name), author=draw(_name), kind=draw(_name),
        url=draw(st.none() | st.just("https://example.org/a?b=1&copy;=2_(x)")),
        archived_url=draw(st.none() | st.just("https://web.archive.org/web/2019/https://example.org/a")),
    )  # fmt: skip
    return a_card(draw(_text), document=document, speaker=speaker, current=draw(st.booleans()))


def _words(text: str) -> list[str]:
    return text.split()


@given(_cards())
def test_the_words_stand_unaltered_in_ap_chicago_and_plain_text(card: Card) -> None:
    for style in (Style.AP, Style.CHICAGO, Style.PLAIN):
        assert f"“{card.text}”" in cite(card, style)


@given(_cards())
def test_html_holds_the_words_and_no_tag_of_theirs(card: Card) -> None:
    written = cite(card, Style.HTML)
    figure = lxml_html.fragment_fromstring(written)
    (quoted,) = figure.iter("blockquote")
    assert quoted.text_content() == card.text
    assert {element.tag for element in figure.iter()} <= {"figure", "blockquote", "p", "br", "figcaption", "a"}
    assert card.text in html.unescape(written.replace("<br>", ""))


@given(_cards())
def test_markdown_holds_the_words_and_no_markup_of_theirs(card: Card) -> None:
    rendered = MarkdownIt("gfm-like", {"linkify": False}).render(cite(card, Style.MARKDOWN))
    page = lxml_html.fragment_fromstring(rendered, create_parent="div")
    (quoted,) = page.iter("blockquote")
    assert _words(quoted.text_content()) == _words(card.text)
    assert {element.tag for element in page.iter()} <= {"div", "blockquote", "p", "br", "a"}
    assert all(link.text_content().startswith(("Source", "Permalink", "Archived")) for link in page.iter("a"))


@settings(max_examples=40)
@given(_cards(), st.integers(1, 300))
def test_slack_shows_every_form_within_its_limits(card: Card, times: int) -> None:
    long = a_card(card.text * times, document=card.document, speaker=card.speaker)
    view = citation_view(long)
    boxes = [part for block in view["blocks"] for part in block["elements"] if part["type"] == "rich_text_preformatted"]
    assert len(boxes) == len(Style)
    for box in boxes:
        assert 0 < len(box["elements"][0]["text"]) <= MOST
