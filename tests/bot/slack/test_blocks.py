"""What the blocks say: every fact of a card, and nothing that Slack could read as markup."""

import json
from typing import Any

import pytest

from bot.asking.cards import Context, IndexState, PassageRef, Place, SourceState, Status
from bot.slack.blocks.answer import answer_message
from bot.slack.blocks.buttons import Asking, Looking
from bot.slack.blocks.context import context_message
from bot.slack.blocks.help import help_message
from bot.slack.blocks.message import Message
from bot.slack.blocks.notice import notice_message
from bot.slack.blocks.shared import shared_message
from bot.slack.blocks.status import status_message
from bot.store.sources import SourceRecord
from bot.wording import pinboard_words, words
from bot.wording.dates import when, written
from index.hit import LeftOut, Match, Span
from index.port import EngineStatus
from sources.document import Certainty, Cue, Origin, Page, PartialDate, Speaker
from tests.fakes.desk import NOW, STAMP, a_card, a_document, an_answer

PAGE = Asking("tide")


def shown(message: Message) -> str:
    """Everything a person reads in the blocks, one line a paragraph."""
    return "\n".join(line for block in message.blocks for line in _lines(block))


def _lines(block: dict[str, Any]) -> list[str]:
    if block["type"] == "rich_text":
        return [
            "".join(e.get("text", f"<@{e.get('user_id')}>") for e in part["elements"]) for part in block["elements"]
        ]
    return [_label(element) for element in block.get("elements", []) if "text" in element]


def _label(element: dict[str, Any]) -> str:
    text = element["text"]
    return str(text if isinstance(text, str) else text["text"])


def quotes(message: Message) -> list[list[dict[str, Any]]]:
    """The elements of each quotation."""
    parts = [part for block in message.blocks if block["type"] == "rich_text" for part in block["elements"]]
    return [part["elements"] for part in parts if part["type"] == "rich_text_quote"]


def links(message: Message) -> dict[str, str]:
    """Every link's label and address."""
    parts = [part for block in message.blocks if block["type"] == "rich_text" for part in block["elements"]]
    return {e["text"]: e["url"] for part in parts for e in part["elements"] if e["type"] == "link"}


def answered(*cards: Any, **facts: Any) -> Message:
    return answer_message(an_answer(*cards, **facts), PAGE, shareable=True)


def test_a_card_tells_who_when_where_and_links() -> None:
    card = a_card(
        "The tide turned at noon.",
        speaker=Speaker("CAPT. ROW", "Ann Row"),
        said=PartialDate.parse("2019-01-10", Origin.DERIVED),
        pages=(Page(14, "12"),),
        link="https://example.org/a#:~:text=The%20tide",
        permalink="https://desk.example/d/d1?v=1&at=0-24",
        document=a_document(
            kind="transcript",
            author="B. Clerk",
            url="https://example.org/a",
            archived_url="https://archive.example/a",
            published=PartialDate.parse("2019-07"),
        ),
    )
    message = answered(card)
    lines = shown(message).splitlines()
    assert "CAPT. ROW (Ann Row) · said Jan. 10, 2019 (date read from the text); published July 2019" in lines
    assert "The Gazette, Harbor Notes (transcript), by B. Clerk, p. 12 (file page 14)" in lines
    assert "Open at the words · Permalink · Archived copy" in lines
    assert links(message) == {
        "Open at the words": "https://example.org/a#:~:text=The%20tide",
        "Permalink": "https://desk.example/d/d1?v=1&at=0-24",
        "Archived copy": "https://archive.example/a",
    }


def test_what_is_not_known_is_said_plainly() -> None:
    lines = shown(answered(a_card())).splitlines()
    assert "unattributed · undated" in lines
    assert "The Gazette, Harbor Notes · no public address" in lines


def test_a_guess_is_marked_as_one() -> None:
    message = answered(a_card(speaker=Speaker("ROW", certainty=Certainty.GUESS), cue=Cue(3723.2)))
    assert "ROW (the attribution is a guess) · undated" in shown(message)
    assert "Harbor Notes, at 01:02:03" in shown(message)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (PartialDate.parse("2019"), "2019"),
        (PartialDate.parse("2019-09"), "September 2019"),
        (PartialDate.parse("2019-09-03"), "Sept. 3, 2019"),
        (PartialDate.parse("2019-05-03"), "May 3, 2019"),
        (PartialDate.parse("2018-12-05", end="2018-12-07"), "Dec. 5-7, 2018"),
        (PartialDate.parse("2018-11-30", end="2018-12-02"), "Nov. 30, 2018 to Dec. 2, 2018"),
        (PartialDate.parse("2016", end="2018"), "2016 to 2018"),
        (PartialDate.parse("2022-04-28T00:05:00+02:00"), "April 28, 2022, 12:05 a.m. (UTC+02:00)"),
        (PartialDate.parse("2022-04-28T12:00:00"), "April 28, 2022, 12:00 p.m."),
        (PartialDate.parse("2022-04-28", Origin.EDITED), "April 28, 2022 (date set by the newsroom)"),
    ],
)
def test_dates_are_printed_as_a_newsroom_prints_them(day: PartialDate, expected: str) -> None:
    assert written(day) == expected


def test_said_and_published_are_never_mixed_up() -> None:
    assert when(PartialDate.parse("2019"), None) == "said 2019"
    assert when(None, PartialDate.parse("2019")) == "published 2019"


def test_source_text_stands_literally_and_found_words_are_bold() -> None:
    text = "<!channel> *stars* _under_ ~strike~ `tick` & <b> fish’n’chips"
    start = text.index("fish")
    message = answered(a_card(text, spans=(Span(start, start + 4), Span(12, 17))))
    (elements,) = quotes(message)
    assert "".join(e["text"] for e in elements) == text
    assert [e["text"] for e in elements if e.get("style") == {"bold": True}] == ["stars", "fish"]
    assert {e["type"] for e in elements} == {"text"}
    assert "&lt;!channel&gt;" in message.text
    assert "<" not in message.text


def test_found_words_side_by_side_are_one_bold_stretch_and_no_element_is_blank() -> None:
    spans = (Span(1, 4), Span(5, 9), Span(10, 16))
    (elements,) = quotes(answered(a_card(" The tide turned at noon. ", spans=spans)))
    assert [(e["text"], "style" in e) for e in elements] == [(" The tide turned", True), (" at noon. ", False)]
    (elements,) = quotes(answered(a_card("Noon at last ", spans=(Span(8, 12), Span(0, 4), Span(4, 5)))))
    assert [(e["text"], "style" in e) for e in elements] == [("Noon", True), (" at ", False), ("last ", True)]


def test_no_block_of_an_answer_is_parsed_by_slack() -> None:
    message = answered(a_card(), cursor="3")
    assert "mrkdwn" not in json.dumps(message.blocks)


def test_a_long_passage_is_cut_around_the_found_words_and_says_so() -> None:
    text = "before " * 3000 + "needle " + "after " * 3000
    start = text.index("needle")
    (elements,) = quotes(answered(a_card(text, spans=(Span(start, start + 6),))))
    assert elements[0] == {"type": "text", "text": "[cut] ", "style": {"italic": True}}
    assert elements[-1] == {"type": "text", "text": " [cut]", "style": {"italic": True}}
    kept = "".join(e["text"] for e in elements[1:-1])
    assert kept in text
    assert "needle" in [e["text"] for e in elements if "style" in e]
    assert len(kept) > 3000


def test_the_first_line_says_how_many_and_how_it_was_understood() -> None:
    message = answered(a_card(), total=1200, understood="Searched: tide, turned.", left_out=LeftOut(2, 1))
    first, second = shown(message).splitlines()[:2]
    assert first == "1,200 passages. Searched: tide, turned."
    assert second == "Left out by the date: 2 undated passages and 1 passage dated too vaguely."
    assert message.text.startswith("1,200 passages. Searched: tide, turned. Left out by the date:")


def test_the_nearest_are_never_sold_as_an_answer() -> None:
    message = answered(a_card(missing=("dirt", "foreign")), answered=False, corrected=(("tyde", "tide"),))
    assert shown(message).startswith(f"{words.NEAREST} Searched: tide.")
    assert "Missing: dirt, foreign" in shown(message)
    assert "“tyde” occurs nowhere here; “tide” was searched instead." in shown(message)


def test_nothing_found_says_where_was_searched() -> None:
    message = answered(total=0, answered=False, suggestions=(("tyde", "tide"),))
    assert shown(message).splitlines()[0] == f"{words.NOT_FOUND} Searched: tide. {words.NOT_FOUND_MEANS}"
    assert "Did you mean “tide” where you wrote “tyde”?" in shown(message)


def test_a_later_page_says_where_it_stands() -> None:
    later = Asking("tide", "3", 3)
    message = answer_message(an_answer(a_card(), a_card(), total=9), later, shareable=True)
    assert shown(message).startswith("Passages 4 to 5 of 9. Searched: tide.")
    emptied = answer_message(an_answer(total=3), later, shareable=True)
    assert shown(emptied) == words.NO_MORE


def test_places_in_the_same_document_are_told_apart_from_other_documents() -> None:
    here = a_card().document
    again = (Place(here, 900, 905, "https://example.org/x#page=9", Page(9, "7")), Place(here, 9999, 10_004, None))
    message = answered(a_card(elsewhere=again))
    assert "Also in 2 other places of this document: p. 7 (file page 9); further on" in shown(message)
    assert "other document" not in shown(message)
    assert "https://example.org/x#page=9" in links(message).values()


def test_warnings_and_copies_are_shown() -> None:
    copies = tuple(
        Place(a_document(id=f"d{n}", title=f"Copy {n}"), 0, 5, f"https://example.org/{n}") for n in range(2, 10)
    )
    message = answered(a_card(turns="But", current=False, match=Match.RELATED, also_in=copies, similar_in=copies[:1]))
    text = shown(message)
    assert "Mind the next sentence, it begins: “But”" in text
    assert words.SUPERSEDED in text
    assert words.ONLY_NEAREST in text
    assert "Also in 8 other documents: Copy 2 (The Gazette); Copy 3 (The Gazette)" in text
    assert "and 3 more" in text
    assert "Similar in 1 other document: Copy 2 (The Gazette)" in text
    assert links(message)["Copy 2 (The Gazette)"] == "https://example.org/2"


def test_copies_whose_titles_differ_at_their_ends_are_told_apart_and_open_in_the_reader_at_least() -> None:
    series = "Report On The Investigation Into Russian Interference In The 2016 Presidential Election, Volume"
    copies = tuple(
        Place(a_document(title=f"{series} {n}", url=None), 0, 5, permalink=f"https://desk.test/d/{n}") for n in (1, 2)
    )
    found = links(answered(a_card(also_in=copies)))
    named = "Report On The Investigation Into Russian [cut] 2016 Presidential Election, Volume {} (The Gazette)"
    assert {named.format(n): f"https://desk.test/d/{n}" for n in (1, 2)}.items() <= found.items()


def test_an_address_that_is_no_web_address_is_no_link() -> None:
    message = answered(a_card(document=a_document(url="javascript:alert(1)", archived_url="file:///etc/passwd")))
    assert links(message) == {}


def test_an_overlong_link_falls_back_to_the_bare_address() -> None:
    card = a_card(link="https://example.org/a#:~:text=" + "x" * 3000, document=a_document(url="https://example.org/a"))
    assert links(answered(card)) == {"Open at the words": "https://example.org/a"}


def test_buttons_carry_the_exact_words_and_the_page() -> None:
    message = answer_message(an_answer(a_card(start=7), cursor="4"), Asking("tide", "3", 3), shareable=True)
    row, last = [block for block in message.blocks if block["type"] == "actions"]
    share, context, cite, *_ = row["elements"]
    assert PassageRef.parse(share["value"]) == PassageRef("d1", 1, 7, 31)
    assert Looking.parse(context["value"]) == Looking(PassageRef("d1", 1, 7, 31), Asking("tide", "3", 3))
    assert Asking.parse(last["elements"][0]["value"]) == Asking("tide", "4", 4)
    assert PassageRef.parse(cite["value"]) == PassageRef("d1", 1, 7, 31)
    pressed = (share, context, cite, last["elements"][0])
    assert [_label(e) for e in pressed] == [words.SHARE, words.CONTEXT, words.CITE, words.MORE]


@pytest.mark.parametrize("value", ["", "[]", '["tide",3,0]', '"tide"', "{", '["tide",null,"0"]'])
def test_a_value_of_another_age_is_refused(value: str) -> None:
    with pytest.raises(ValueError, match=r"page of an answer|JSON|Expecting"):
        Asking.parse(value)


def test_where_there_is_no_channel_there_is_no_share_button() -> None:
    message = answer_message(an_answer(a_card()), PAGE, shareable=False)
    assert words.SHARE not in shown(message)
    assert words.CONTEXT in shown(message)


def test_a_question_too_long_for_a_button_gets_a_sentence() -> None:
    message = answered(a_card(), question="x" * 2001, cursor="3")
    assert words.MORE not in shown(message).splitlines()
    assert words.MORE_TOO_LONG in shown(message)


def test_context_stands_in_order_and_leads_back() -> None:
    one, two, three = a_card("One.", speaker=Speaker("A")), a_card("Two.", 5), a_card("Three.", 10)
    looking = Looking(two.ref, PAGE)
    message = context_message(Context(one, two, three), looking, shareable=True)
    assert ["".join(e["text"] for e in elements) for elements in quotes(message)] == ["One.", "Two.", "Three."]
    assert "Before · A" in shown(message)
    assert shown(message).splitlines()[-2:] == [words.BACK, words.SHARE]


def test_context_at_the_ends_of_a_document_says_so() -> None:
    card = a_card()
    message = context_message(Context(None, card, None), Looking(card.ref), shareable=False)
    assert words.DOCUMENT_BEGINS in shown(message)
    assert words.DOCUMENT_ENDS in shown(message)
    assert words.BACK not in shown(message)


def test_a_shared_card_names_the_sharer_and_offers_what_answers_the_one_who_clicks() -> None:
    message = shared_message(a_card(), "U1")
    assert "Shared from Quotedesk by <@U1>" in shown(message)
    rows = [block["elements"] for block in message.blocks if block["type"] == "actions"]
    ((cite, menu),) = rows
    assert _label(cite) == words.CITE
    assert [_label(option) for option in menu["options"]] == [pinboard_words.PIN]
    assert "The tide turned at noon." in message.text


def test_status_counts_what_the_person_may_search() -> None:
    record = SourceRecord("s1", "local", "harbor", "folder", "/x", NOW, paused=True, problem="The folder is gone.")
    text = shown(status_message(Status((SourceState(record, 12, 3, 1),), None), "status"))
    assert "You can search 12 documents of 1 source here." in text
    assert "harbor · 12 documents, 3 undated, 1 unreadable, paused, The folder is gone." in text
    assert text.endswith(words.SEARCH_INSTEAD)


def test_status_tells_admins_how_the_index_stands() -> None:
    many = tuple(SourceState(SourceRecord(f"s{n}", "local", f"n{n}", "folder", "/x", NOW), 1, 0, 0) for n in range(32))
    behind = IndexState(EngineStatus(STAMP, None, 10, outdated=True), behind=2)
    text = shown(status_message(Status(many, behind)))
    assert "and 2 more" in text
    assert "The index holds 1 passage (generation g1).\n2 changes still to be taken in." in text
    assert text.endswith(words.INDEX_OUTDATED)
    unbuilt = IndexState(EngineStatus(None, None, 0, outdated=False), behind=0)
    assert shown(status_message(Status((), unbuilt))).endswith(words.NO_INDEX)


def test_help_teaches_by_example_and_fits_a_command_that_was_a_word() -> None:
    assert "/quote Barr foreign dirt" in shown(help_message())
    assert words.SEARCH_INSTEAD not in shown(help_message())
    assert words.SEARCH_INSTEAD in shown(help_message("help"))


def test_a_notice_is_literal_and_never_too_long() -> None:
    message = notice_message("<!channel> & " + "x" * 9000)
    assert message.text.startswith("&lt;!channel&gt; &amp;")
    assert len(message.text) <= 4000
    assert shown(message).startswith("<!channel> & ")
