"""Speaker turns: which texts are transcripts, which words are labels, and how far a turn goes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.document import Cue, Speaker
from sources.speakers import turns


def spoken(text: str, breaks: tuple[int, ...] = ()) -> list[tuple[str, str]]:
    return [(m.value.label, text[m.start : m.end]) for m in turns(text, breaks) if isinstance(m.value, Speaker)]


def labels(text: str) -> list[str]:
    return [label for label, _ in spoken(text)]


BRIEFING = """Harbor Hall

2:11 P.M. EDT

MS. ADEYEMI:  Good afternoon, everybody.  The pier reopens today.

It was closed for a month.

Q    Who paid for it?

MS. ADEYEMI:  The port did.  (Laughter.)

Q    All of it?

MS. ADEYEMI:  All of it.

END 2:40 P.M. EDT

Attached is the list of piers."""


def test_a_turn_runs_over_paragraphs_and_asides_to_the_next_label_or_the_end_of_the_record() -> None:
    turn = spoken(BRIEFING)
    assert [label for label, _ in turn] == ["MS. ADEYEMI", "Q", "MS. ADEYEMI", "Q", "MS. ADEYEMI"]
    assert turn[0][1].startswith("MS. ADEYEMI:  Good afternoon")
    assert turn[0][1].endswith("closed for a month.")
    assert turn[2][1].endswith("(Laughter.)")
    assert turn[4][1] == "MS. ADEYEMI:  All of it."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("MR. OKORO: Did you see it?\n\nMR. VANCE: I did.", ["MR. OKORO", "MR. VANCE"]),
        ("Q. State your name.\nA. Ada Vance.\nQ. Your trade?\nA. Pilot.", ["Q", "A", "Q", "A"]),
        ("Speaker 1: Hello.\n\nSpeaker 2: Hello.", ["Speaker 1", "Speaker 2"]),
        ("Ida K Moss: Welcome.\n\nOle Berg: Hi.\n\nIda K Moss: So?\n\nOle Berg: Fine.", ["Ida K Moss", "Ole Berg"] * 2),
        (
            "MOSS: Order.\nBERG (?): I --\nMOSS: Order!\nBERG: Yes.\nBERG (?): No.",
            ["MOSS", "BERG (?)", "MOSS", "BERG", "BERG (?)"],
        ),
        ("SENATOR MOSS: Yes.\n\nCHAIRMAN BERG: No.\n\nAUDIENCE: Boo!", ["SENATOR MOSS", "CHAIRMAN BERG", "AUDIENCE"]),
        (
            "  Mr. McBERG. Mr. President, I rise.\n  The PRESIDENT pro tempore. So ordered.",
            ["Mr. McBERG", "The PRESIDENT pro tempore"],
        ),
        (">> MODERATOR: Quiet.\n>> Berg: No.", ["MODERATOR", "Berg"]),
        (
            "THE PRESIDENT. I know.\n\nIda Moss, Harbor News: Sir?\n\nTHE PRESIDENT. Yes.\n\n"
            "Ole Berg, Bay Post: When?\n\nTHE PRESIDENT. Now.",
            ["THE PRESIDENT", "Ida Moss, Harbor News", "THE PRESIDENT", "Ole Berg, Bay Post", "THE PRESIDENT"],
        ),
    ],
)
def test_labels_stand_as_the_record_has_them(text: str, expected: list[str]) -> None:
    assert labels(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The pier reopened.\n\nNote: times are local.\n\nUpdate: the pier closed again.\n\nUpdate: and reopened.",
        "Why it matters: piers cost money.\n\nWhat's next: a vote.\n\nSource: the port.",
        "Title: Piers\nDate: 2019-06-13\nAuthor: Ada Vance\n\nThe pier reopened at\n10:30 on Tuesday.",
        "1. Piers\n2. Boats\n\nA. One pier.\nB. Two piers.",
        "To the Senate:\n\nI return the bill.\n\nMr. President: it is bad.\n\nSIR: it is bad.",
        "Facebook: sold 3 boats.\n\nGoogle: sold 2 boats.\n\nFacebook: none since.",
        "THE ARMY.\n\nIt marches.\n\nTHE NAVY.\n\nIt sails.\n\nTHE COURTS.\n\nThey sit.",
        "They were surprised:\nthe pier was closed. He asked Mr. Smith: why?",
        "President: Ada Vance\n\nFellow citizens: we have piers.",
        "",
    ],
)
def test_other_texts_have_no_turns(text: str) -> None:
    assert turns(text) == ()


def test_an_excerpt_deep_inside_an_article_does_not_make_it_a_transcript() -> None:
    article = "The pier reopened on Tuesday after a long wait. " * 100
    assert turns(f"{article}\n\nMR. OKORO: Did you?\n\nMR. VANCE: I did.\n\n{article}") == ()


def test_remarks_of_one_person_are_theirs() -> None:
    text = "Harbor Hall\n\nTHE PRESIDENT:  Good morning to you all.\n\n" + "We build piers. " * 30
    assert labels(text) == ["THE PRESIDENT"]


def test_stamps_give_cues_and_may_start_again_at_zero() -> None:
    text = "Ida Moss: (00:07)\nOrder.\n\nOle Berg: (1:02:03)\nI was there.\n\nIda Moss (00:00):\nPart two."
    marks = turns(text)
    assert [m.value.start for m in marks if isinstance(m.value, Cue)] == [7.0, 3723.0, 0.0]
    assert [text[m.start : m.end] for m in marks if isinstance(m.value, Cue)] == [turn for _, turn in spoken(text)]


def test_only_a_full_name_names_the_person() -> None:
    text = "Ida Moss: (00:07)\nOrder.\n\nMR. BERG: (00:09)\nYes.\n\nI. Moss: (00:10)\nNo."
    assert [m.value.person for m in turns(text) if isinstance(m.value, Speaker)] == ["Ida Moss", None, None]


def test_the_records_own_voice_is_nobodys() -> None:
    text = (
        "  Mr. BERG. I ask that the letter be printed in the Record.\n"
        "  There being no objection, the letter was ordered to be printed in the\nRecord, as follows:\n"
        "  Dear Sir: no.\n"
        "  Mr. BERG. I yield the floor.\n\n                          ____________________\n\nNext item."
    )
    assert [turn for _, turn in spoken(text)] == [
        "Mr. BERG. I ask that the letter be printed in the Record.",
        "Mr. BERG. I yield the floor.",
    ]


def test_a_break_ends_a_turn() -> None:
    text = "MR. OKORO: Order.\n\nDid anyone ask?\n\nMR. VANCE: No."
    assert spoken(text, (text.index("Did"),))[0] == ("MR. OKORO", "MR. OKORO: Order.")


_LINES = st.sampled_from(
    ["MR. OKORO: yes", "Q    why?", "A. no", "Note: x", "Ida Moss: (00:07)", ">> hm", "END", "", " words"]
)


@given(st.lists(_LINES, max_size=30).map("\n".join) | st.text(max_size=200))
def test_turns_never_overlap_and_begin_with_their_label(text: str) -> None:
    last = 0
    for mark in turns(text):
        if isinstance(mark.value, Speaker):
            assert last <= mark.start < mark.end <= len(text)
            assert text[mark.start :].startswith(mark.value.label)
            last = mark.end
