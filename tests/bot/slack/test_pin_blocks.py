"""However long the words of pins and what is told of them, Slack takes the messages."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.asking.cards import Answer, Card, PassageRef
from bot.keeping.diff import Piece
from bot.pinning import PinPage, PinView
from bot.pinning.asked import Asked
from bot.slack.blocks.answer import answer_message
from bot.slack.blocks.budget import MAX_BLOCKS, MAX_CHARACTERS, MAX_TEXT, size
from bot.slack.blocks.buttons import Asking
from bot.slack.blocks.message import Message
from bot.slack.blocks.pin_notices import owners_message
from bot.slack.blocks.pins import PAGE, Listing, Pressed, pin_message, pins_message
from bot.store.pins import Doubt, NoticeKind, Pin, PinStatus, Snapshot, Where
from bot.wording import pinboard_words
from index.hit import DocumentCard, LeftOut, Match, Span
from sources.document import Certainty, Page, Speaker
from tests.fakes.desk import NOW, STAMP

LONG = '"\\é🐟' * 1000
ADDRESS = "https://example.org/" + "a/" * 600


def a_card(number: int) -> Card:
    document = DocumentCard(
        *("d" * 32, "local", "s1", LONG, 1, NOW),
        title=LONG,
        publisher=LONG,
        author=LONG,
        kind=LONG,
        url=ADDRESS,
        archived_url=ADDRESS,
    )
    spans = tuple(Span(start, start + 2) for start in range(0, 3000, 4))
    return Card(
        *(PassageRef("d" * 32, 1, number, number + len(LONG)), LONG, document),
        speaker=Speaker(LONG, LONG, Certainty.GUESS),
        pages=(Page(1, "xii"),),
        spans=spans,
        missing=tuple([LONG] * 20),
        match=Match.RELATED,
        link=ADDRESS,
        current=False,
    )


def a_view(number: int, status: PinStatus = PinStatus.ACTIVE) -> PinView:
    pin = Pin(
        *("a" * 12, "local", "s1", "d" * 32, Where(1, 0, len(LONG)), LONG, LONG, LONG, Snapshot(LONG, NOW, "0" * 64)),
        owner="U1",
        created=NOW,
        changed=NOW,
        note=LONG,
        tags=(LONG, LONG),
        story=LONG,
        verifier="U2",
        verified=NOW,
        expires=NOW + timedelta(days=1),
        doubt=Doubt.SPEAKER if status is PinStatus.MOVED else None,
    )
    return PinView(pin, status, a_card(number), LONG, may_edit=True, may_verify=True)


def taken(message: Message) -> bool:
    fits = size(message.blocks) <= MAX_CHARACTERS and len(message.blocks) <= MAX_BLOCKS
    return fits and len(message.text) <= MAX_TEXT


LISTING = Listing(str(Asked("é" * 34, "s" * 20, "t" * 8, "U0000000001", True, PinStatus.MOVED)), "20")


def test_three_pins_above_three_cards_fit() -> None:
    question = "tide " * 20
    cards = tuple(a_card(9000 + number) for number in range(3))
    answer = Answer(question, cards, 9, True, "Words: tide.", LeftOut(1, 1), STAMP, "cursor" * 20)
    pins = [a_view(number) for number in range(3)]
    message = answer_message(answer, Asking(question), shareable=True, pins=pins)
    assert taken(message)
    answer = replace(answer, cards=())
    message = answer_message(answer, Asking(question), shareable=True, pins=pins)
    assert taken(message)
    assert str(message.blocks).count(pinboard_words.VERIFIED_BY) == 3


@pytest.mark.parametrize("status", PinStatus)
def test_a_page_of_pins_fits(status: PinStatus) -> None:
    page = PinPage(tuple(a_view(number, status) for number in range(PAGE)), 90, "5")
    assert taken(pins_message(page, LISTING, "Taken down.", a_view(7), shareable=True, typed="pins"))
    assert taken(pin_message(a_view(1, status), "Saved.", shareable=True))


def test_a_notice_fits() -> None:
    pieces = [(piece, LONG) for piece in (Piece.KEPT, Piece.REMOVED, Piece.ADDED) for _ in range(100)]
    assert taken(owners_message(NoticeKind.ORPHANED, a_view(1), pieces))


def test_a_passage_that_is_pinned_is_not_shown_again() -> None:
    view = a_view(0)
    answer = Answer("tide", (view.card, a_card(5)), 2, True, "Words: tide.", LeftOut(0, 0), STAMP)
    shown = str(answer_message(answer, Asking("tide"), shareable=True, pins=[view]).blocks)
    assert shown.count("'rich_text_quote'") == 2


def test_a_button_comes_back_as_it_went() -> None:
    for pressed in (Pressed("a" * 12), Pressed("a" * 12, LISTING)):
        assert Pressed.parse(str(pressed)) == pressed
    assert replace(LISTING, cursor=None).asked
    assert not Listing(cursor="5").asked


def test_a_pin_is_shown_with_the_address_of_its_own_page() -> None:
    view = replace(a_view(1), permalink="https://desk.example/p/1")
    for message in (
        pin_message(view, "Saved.", shareable=True),
        pins_message(PinPage((view,), 1), LISTING, shareable=True),
    ):
        assert "https://desk.example/p/1" in str(message.blocks)
