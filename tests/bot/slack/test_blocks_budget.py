"""Whatever an answer holds, Slack takes the blocks, and what is shown is what is stored unless it says `[cut]`."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.asking.cards import Answer, Card, Context, PassageRef, Place
from bot.slack.blocks.answer import answer_message
from bot.slack.blocks.budget import MAX_BLOCKS, size
from bot.slack.blocks.buttons import Asking, Looking
from bot.slack.blocks.context import context_message
from bot.slack.blocks.message import Message
from bot.slack.blocks.shared import shared_message
from bot.wording.excerpts import excerpt
from index.hit import DocumentCard, LeftOut, Match, Span
from sources.document import Certainty, Page, Speaker
from tests.fakes.desk import NOW, STAMP

SLACK_TAKES = 13_200

_passage: st.SearchStrategy[str] = st.one_of(
    st.text(min_size=1, max_size=300),
    st.tuples(st.text(min_size=1, max_size=20), st.integers(1, 2000)).map(lambda pair: pair[0] * pair[1]),
)
_name: st.SearchStrategy[str | None] = st.one_of(
    st.none(), st.text(max_size=60), st.sampled_from('a"\\&\x01é🐟').map(lambda character: character * 5000)
)
_paths = st.tuples(st.text("abc%/&=", max_size=40), st.integers(0, 90))
_url: st.SearchStrategy[str | None] = st.one_of(
    st.none(), _paths.map(lambda pair: f"https://example.org/{pair[0] * pair[1]}")
)
_printed: st.SearchStrategy[str | None] = st.one_of(st.none(), st.just("xii"))
_pages = st.lists(st.builds(Page, st.integers(1, 9999), _printed), max_size=2).map(tuple)


@st.composite
def _documents(draw: st.DrawFn) -> DocumentCard:
    return DocumentCard(
        "d" * 32, "local", "s1", draw(_name) or "x", 1, NOW,
        title=draw(_name), publisher=draw(_name), author=draw(_name), kind=draw(_name),
        url=draw(_url), archived_url=draw(_url),
    )  # fmt: skip


@st.composite
def _spans(draw: st.DrawFn, text: str) -> tuple[Span, ...]:
    edges = sorted(set(draw(st.lists(st.integers(0, len(text)), max_size=400))))
    return tuple(Span(start, end) for start, end in zip(edges[::2], edges[1::2], strict=False))


@st.composite
def _cards(draw: st.DrawFn) -> Card:
    text = draw(_passage)
    label = draw(_name)
    return Card(
        PassageRef("d" * 32, 1, 0, len(text)), text, draw(_documents()),
        speaker=Speaker(label, draw(_name), draw(st.sampled_from(Certainty))) if label is not None else None,
        pages=draw(_pages),
        spans=draw(_spans(text)),
        missing=tuple(draw(st.lists(st.text(max_size=200), max_size=20))),
        match=draw(st.sampled_from(Match)),
        also_in=tuple(draw(st.lists(st.builds(Place, _documents(), st.just(0), st.just(1), _url), max_size=8))),
        link=draw(_url),
        permalink=draw(_url),
        turns=draw(st.one_of(st.none(), st.text(min_size=1))),
        current=draw(st.booleans()),
    )  # fmt: skip


@st.composite
def _answers(draw: st.DrawFn) -> Answer:
    pairs = st.lists(st.tuples(st.text(), st.text()), max_size=5).map(tuple)
    return Answer(
        draw(st.text(max_size=4000)), tuple(draw(st.lists(_cards(), max_size=3))), draw(st.integers(0, 10**9)),
        draw(st.booleans()), draw(st.text(max_size=4000)), LeftOut(draw(st.integers(0, 10**9)), 5), STAMP,
        draw(st.one_of(st.none(), st.text(max_size=200))), draw(pairs), draw(pairs),
    )  # fmt: skip


def _leaves(items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Every object that has a type, however deep."""
    found: list[dict[str, Any]] = []
    for item in items:
        inner: list[dict[str, Any]] = item.get("elements", [])
        found += [item, *_leaves(inner)]
    return found


def check_limits(message: Message) -> None:
    """Slack's limits, as far as these blocks can touch them."""
    assert len(message.blocks) <= MAX_BLOCKS
    assert size(message.blocks) <= SLACK_TAKES
    assert 0 < len(message.text) <= 4000
    assert "<" not in message.text
    for leaf in _leaves(message.blocks):
        if isinstance(leaf.get("text"), str):
            assert leaf["text"]
        if leaf["type"] in ("rich_text_section", "rich_text_quote", "actions"):
            assert leaf["elements"]
        if leaf["type"] == "button":
            assert len(leaf["text"]["text"]) <= 75
            assert 0 < len(leaf["value"]) <= 2000
        if leaf["type"] == "link":
            assert leaf["url"].startswith("https://")
            assert len(leaf["url"]) <= 3000
    actions = [block for block in message.blocks if block["type"] == "actions"]
    assert all(len({e["action_id"] for e in block["elements"]}) == len(block["elements"]) for block in actions)


def check_quotes(message: Message, texts: list[str]) -> None:
    """Each quotation is the stored text, or a stretch of it between marks."""
    parts = [part for block in message.blocks if block["type"] == "rich_text" for part in block["elements"]]
    quotations = [part["elements"] for part in parts if part["type"] == "rich_text_quote"]
    assert len(quotations) == len(texts)
    for elements, text in zip(quotations, texts, strict=True):
        marked = [e for e in elements if e.get("style") == {"italic": True}]
        words = "".join(e["text"] for e in elements if e not in marked)
        if not marked:
            assert words == text
        elif elements[0] not in marked:
            assert text.startswith(words)
        elif elements[-1] not in marked:
            assert text.endswith(words)
        assert words
        assert words in text


@given(_answers(), st.booleans())
@settings(deadline=None, max_examples=150)
def test_any_answer_fits(answer: Answer, shareable: bool) -> None:
    message = answer_message(answer, Asking(answer.question, "c"), shareable=shareable)
    check_limits(message)
    check_quotes(message, [card.text for card in answer.cards])


@given(_cards(), _cards(), _cards())
@settings(deadline=None, max_examples=50)
def test_any_context_and_share_fit(before: Card, here: Card, after: Card) -> None:
    message = context_message(Context(before, here, after), Looking(here.ref, Asking("q" * 450)), shareable=True)
    check_limits(message)
    check_quotes(message, [before.text, here.text, after.text])
    check_limits(shared_message(here, "U1"))


@given(st.data())
@settings(deadline=None)
def test_an_excerpt_fits_and_holds_found_words_where_one_fits(data: st.DataObject) -> None:
    text = data.draw(st.text(alphabet="ab \n", min_size=1, max_size=400))
    spans = data.draw(_spans(text))
    room = data.draw(st.integers(10, 400))
    shown = excerpt(text, spans, room)
    assert 0 <= shown.start < shown.end <= len(text)
    assert shown.end - shown.start <= room or len(text) <= room
    fitting = [span for span in spans if 0 < span.end - span.start <= room - 2 * (room // 10)]
    if fitting:
        assert any(shown.start <= s.start and s.end <= shown.end for s in spans)


def test_the_same_answer_gives_the_same_blocks() -> None:
    card = Card(PassageRef("d", 1, 0, 9000), "word " * 1800, DocumentCard("d", "local", "s", "l", 1, NOW))
    answer = Answer("q", (card, card, card), 3, True, "u", LeftOut(), STAMP)
    first, second = (answer_message(answer, Asking("q"), shareable=True) for _ in range(2))
    assert first == second
    assert size(first.blocks) > 10_000
