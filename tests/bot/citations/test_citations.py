"""Citations as they are pasted: every form of one card, and the cards that need a word of caution."""

from typing import Any

import pytest

from bot.asking.cards import Card
from bot.citations import Extent, Style, cite
from bot.wording import words
from index.passage import Quote
from sources.document import Certainty, Cue, Origin, Page, PartialDate, Speaker
from tests.fakes.desk import a_card, a_document

WORDS = "If a foreign intelligence service does, yes."
URL = "https://example.org/hearing"


def hearing(text: str = WORDS, **facts: Any) -> Card:
    document = a_document(
        title="The Special Counsel’s Report: Hearing Before the S. Comm. on the Judiciary, 116th Cong.",
        publisher="US Senate",
        kind="hearing-transcript",
        url=URL,
        archived_url="https://web.archive.org/web/20190725123400/https://example.org/hearing",
        published=PartialDate.parse("2019-07"),
    )
    plain: dict[str, Any] = {
        "speaker": Speaker("Attorney General BARR", "William Barr"),
        "said": PartialDate.parse("2019-01-10"),
        "pages": (Page(14, "12"),),
        "link": f"{URL}#:~:text=If%20a",
        "permalink": "https://desk.example/d/d1?v=1&at=120-164",
        "text_sha256": "1a2b3c4d5e6f" + "0" * 52,
    }
    return a_card(text, 120, document=document, **{**plain, **facts})


FORMS = {
    Style.AP: """\
Attorney General BARR (William Barr) said Jan. 10, 2019, according to “The Special Counsel’s Report: Hearing Before \
the S. Comm. on the Judiciary, 116th Cong.” (US Senate; published in July 2019; hearing transcript), p. 12 \
(file page 14): “If a foreign intelligence service does, yes.”
https://example.org/hearing#:~:text=If%20a
Permalink: https://desk.example/d/d1?v=1&at=120-164
Archived July 25, 2019, 12:34 p.m. (UTC): https://web.archive.org/web/20190725123400/https://example.org/hearing""",
    Style.CHICAGO: """\
“If a foreign intelligence service does, yes.”

The Special Counsel’s Report: Hearing Before the S. Comm. on the Judiciary, 116th Cong., 12 (file page 14) \
(January 10, 2019) (statement of Attorney General BARR (William Barr)), US Senate, \
https://example.org/hearing#:~:text=If%20a, https://desk.example/d/d1?v=1&at=120-164, archived July 25, 2019, 12:34 \
p.m. (UTC), at https://web.archive.org/web/20190725123400/https://example.org/hearing.""",
    Style.PLAIN: """\
“If a foreign intelligence service does, yes.”
— Attorney General BARR (William Barr), said Jan. 10, 2019; published July 2019
The Special Counsel’s Report: Hearing Before the S. Comm. on the Judiciary, 116th Cong., US Senate, p. 12 \
(file page 14), hearing transcript
Source: https://example.org/hearing#:~:text=If%20a
Permalink: https://desk.example/d/d1?v=1&at=120-164
Archived July 25, 2019, 12:34 p.m. (UTC): https://web.archive.org/web/20190725123400/https://example.org/hearing
Stored version 1 (SHA-256 1a2b3c4d5e6f), characters 120-164""",
    Style.MARKDOWN: """\
> If a foreign intelligence service does, yes.

— Attorney General BARR (William Barr), said Jan. 10, 2019; published July 2019\\
The Special Counsel’s Report: Hearing Before the S. Comm. on the Judiciary, 116th Cong., US Senate, p. 12 \
(file page 14), hearing transcript\\
[Source](<https://example.org/hearing#:~:text=If%20a>) · [Permalink](<https://desk.example/d/d1?v=1&amp;at=120-164>) · \
[Archived July 25, 2019, 12:34 p.m. (UTC)](<https://web.archive.org/web/20190725123400/https://example.org/hearing>)""",
    Style.HTML: """\
<figure>
<blockquote cite="https://example.org/hearing#:~:text=If%20a"><p>If a foreign intelligence service does, yes.</p>\
</blockquote>
<figcaption>Attorney General BARR (William Barr), said Jan. 10, 2019; published July 2019<br>
The Special Counsel’s Report: Hearing Before the S. Comm. on the Judiciary, 116th Cong., US Senate, p. 12 \
(file page 14), hearing transcript<br>
<a href="https://example.org/hearing#:~:text=If%20a">Source</a><br>
<a href="https://desk.example/d/d1?v=1&amp;at=120-164">Permalink</a><br>
<a href="https://web.archive.org/web/20190725123400/https://example.org/hearing">Archived July 25, 2019, 12:34 p.m. \
(UTC)</a><br>
Stored version 1 (SHA-256 1a2b3c4d5e6f), characters 120-164</figcaption>
</figure>""",
}


@pytest.mark.parametrize("style", Style)
def test_every_form_of_a_hearing(style: Style) -> None:
    assert cite(hearing(), style) == FORMS[style]


@pytest.mark.parametrize(
    ("kind", "title", "note"),
    [
        ("speech", "First inaugural address", "CAPT. ROW, “First inaugural address” (speech, Jan 2), The Gazette."),
        ("interview", "The Talk", "CAPT. ROW, “The Talk,” interview by B. Clerk, The Gazette, Jan 2."),
        ("report", "On the Tide", "CAPT. ROW, quoted in B. Clerk, On the Tide (The Gazette, Jan 2)."),
        ("article", "Is It So?", "CAPT. ROW, quoted in B. Clerk, “Is It So?” The Gazette, Jan 2."),
        ("captions", "The Debate", "CAPT. ROW, quoted in “The Debate,” Jan 2, captions, 00:01:05, The Gazette."),
    ],
)
def test_chicago_has_an_order_of_facts_for_each_kind(kind: str, title: str, note: str) -> None:
    document = a_document(kind=kind, title=title, author="B. Clerk")
    cue = Cue(65) if kind == "captions" else None
    card = a_card(document=document, speaker=Speaker("CAPT. ROW"), said=PartialDate.parse("2019-01-02"), cue=cue)
    assert cite(card, Style.CHICAGO).partition("\n\n")[2] == note.replace("Jan 2", "January 2, 2019")


@pytest.mark.parametrize(
    ("facts", "opening"),
    [
        ({"said": PartialDate.parse("2019-05")}, "Unattributed words said in May 2019, according to “Harbor Notes”"),
        ({"said": PartialDate.parse("2019", Origin.DERIVED)}, "Unattributed words said in 2019 (date read from the"),
        ({}, "Unattributed, according to “Harbor Notes” (The Gazette; undated): “"),
        ({"speaker": Speaker("Row", None, Certainty.GUESS)}, "Row (as attributed by the text) said, according to “"),
        (
            {"quotes": (Quote(0, 24, Speaker("Row")),)},
            "Row (as attributed by the text) said, according to",
        ),
        (
            {"quotes": (Quote(0, 3, Speaker("Row")),), "speaker": Speaker("Lee")},
            "Lee said, quoting Row (attributed in the text), according to",
        ),
        (
            {"quotes": (Quote(0, 24, Speaker("Row")),), "speaker": Speaker("Lee")},
            "Row (as attributed by the text) said, quoted by Lee, according to",
        ),
        ({"said": PartialDate.parse("2018-12-05", end="2018-12-07")}, "Unattributed words said Dec. 5-7, 2018,"),
    ],
)
def test_ap_says_no_more_of_speaker_and_date_than_is_known(facts: dict[str, Any], opening: str) -> None:
    assert cite(a_card(**facts), Style.AP).startswith(opening)


@pytest.mark.parametrize("style", Style)
def test_a_summary_of_our_own_is_cited_as_one(style: Style) -> None:
    document = a_document(publisher=words.OWN_PUBLISHER, kind="brief")
    told = cite(a_card(document=document, based_on="the hearing of May 1, 2019"), style)
    assert "summary by Quotedesk" in told
    assert "based on the hearing of May 1, 2019" in told
    assert "brief" not in told


@pytest.mark.parametrize("style", Style)
def test_words_of_an_earlier_version_are_called_so(style: Style) -> None:
    assert words.SUPERSEDED in cite(a_card(current=False), style)


@pytest.mark.parametrize("style", Style)
def test_own_cuts_are_marked_outside_the_quotation(style: Style) -> None:
    told = cite(a_card("one two three four"), style, Extent(4, 13)).replace("\\[cut\\]", "[cut]")
    before, cut, after = told.partition("two three")
    assert cut
    assert "one" not in before
    assert "four" not in after
    assert "[cut]" in before
    assert "[cut]" in after
    assert "[" not in before.rpartition("“")[2] + after.partition("”")[0] or style in (Style.MARKDOWN, Style.HTML)


@pytest.mark.parametrize(
    ("kind", "title", "label"),
    [
        ("captions", "Debate (YouTube automatic captions, WebVTT)", "machine transcript"),
        ("captions", "Debate", "captions"),
        ("congressional-record", "Daily Digest", "official record"),
        ("statement", "Remarks as Prepared for Delivery", "prepared text"),
        ("press-briefings", "Briefing", "press briefings"),
    ],
)
def test_what_sort_of_record_it_is_is_told_where_it_says_so(kind: str, title: str, label: str) -> None:
    assert f", {label}\n" in cite(a_card(document=a_document(kind=kind, title=title)), Style.PLAIN)
