"""Captions: each line once, cues, paragraphs and speakers."""

from collections.abc import Sequence
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.document import Cue, Extract, Raw, Speaker
from sources.errors import NoText
from sources.extract.captions import extract


def read(content: str | bytes) -> Extract:
    raw = content.encode() if isinstance(content, str) else content
    (document,) = extract(Raw("a.vtt", raw, "", datetime(2019, 7, 1, tzinfo=UTC)))
    return document


def vtt(*cues: tuple[float, float, str]) -> str:
    return "WEBVTT\n\n" + "\n\n".join(f"{_clock(start)} --> {_clock(end)}\n{text}" for start, end, text in cues)


def _clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds * 1000), 60_000)
    return f"00:{minutes:02}:{rest // 1000:02}.{rest % 1000:03}"


def spoken(document: Extract) -> list[tuple[str, str]]:
    return [(m.value.label, document.text[m.start : m.end]) for m in document.marks if isinstance(m.value, Speaker)]


def test_cues_run_on_in_paragraphs_and_keep_their_seconds() -> None:
    document = read(vtt((0.5, 2, "The pier was"), (2, 3.25, "<i>closed</i> &amp; shut."), (9, 10, "It reopened.")))
    assert document.text == "The pier was closed & shut.\n\nIt reopened."
    assert [(document.text[m.start : m.end], m.value) for m in document.marks] == [
        ("The pier was", Cue(0.5, 2)),
        ("closed & shut.", Cue(2, 3.25)),
        ("It reopened.", Cue(9, 10)),
    ]


def test_rolling_captions_are_folded_and_a_repeated_answer_is_not() -> None:
    lines = ["the pier was closed", "and nobody was told", "when it would be", "open to the boats"]
    cues: list[tuple[float, float, str]] = []
    for number, line in enumerate(lines):
        above = f"{lines[number - 1]}\n" if number else " \n"
        words = line.split()
        cues.append((number, number + 1, f"{above}{words[0]}<00:00:01.000><c> {' '.join(words[1:])}</c>"))
        cues.append((number + 1, number + 1.01, f"{line}\n "))
    assert read(vtt(*cues)).text == " ".join(lines)
    assert read(vtt((0, 1, "No."), (1, 2, "No."), (2, 3, "Never."), (3, 4, "Why?"))).text == "No. No. Never. Why?"


SRT = """1\r
00:00:01,000 --> 00:00:04,000\r
>> CHAIRWOMAN: The meeting\r
will come to order.\r
\r
2\r
00:00:04,200 --> 00:00:07,900\r
{\\an8}MR. MOSS: I was there.\r
\r
3\r
00:00:08,000 --> 00:00:09,000\r
- Who asked you?\r
- Nobody.\r
"""


def test_labels_name_the_speakers_and_a_dash_ends_a_turn() -> None:
    document = read(b"\xef\xbb\xbf" + SRT.encode())
    assert document.text.split("\n\n") == [
        "CHAIRWOMAN: The meeting will come to order.",
        "MR. MOSS: I was there.",
        "Who asked you?",
        "Nobody.",
    ]
    assert spoken(document) == [
        ("CHAIRWOMAN", "CHAIRWOMAN: The meeting will come to order."),
        ("MR. MOSS", "MR. MOSS: I was there."),
    ]


def test_a_voice_names_everything_until_the_next_voice() -> None:
    document = read(
        vtt(
            (0, 1, "<v Ada Moss>The pier"),
            (1, 2, "<v Ada Moss>was closed."),
            (2, 3, "<v Ole>No."),
            (3, 4, "- When?\n- Now."),
        )
    )
    assert spoken(document) == [("Ada Moss", "The pier was closed."), ("Ole", "No.")]


def test_long_talk_without_pauses_comes_in_paragraphs() -> None:
    talk = read(vtt(*((number, number + 1, "and so the pier was closed") for number in range(100))))
    assert all(100 < len(paragraph.split()) <= 210 for paragraph in talk.text.split("\n\n")[:-1])


@pytest.mark.parametrize(
    "content", ["", "WEBVTT\n", "no captions here", "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n<i></i>\n"]
)
def test_a_file_without_captions_has_no_text(content: str) -> None:
    with pytest.raises(NoText):
        read(content)


@given(
    st.lists(st.sampled_from(["pier", ">> MOSS: no", "- a\n- b", "<v Ada Moss>yes", "Q: why?", "&lt;"]), max_size=20)
)
def test_every_cue_is_kept_and_marked_in_order(texts: Sequence[str]) -> None:
    if not texts:
        return
    document = read(vtt(*((number * 3, number * 3 + 1, text) for number, text in enumerate(texts))))
    starts = [mark.value.start for mark in document.marks if isinstance(mark.value, Cue)]
    assert starts == sorted(starts)
    assert set(starts) == {float(number * 3) for number in range(len(texts))}


def test_subrip_may_lack_fractions_and_blank_lines() -> None:
    document = read("1\n00:00:01 --> 00:00:02\nThe pier was\n2\n00:00:02,5 --> 00:00:03\nclosed in\n1917\n")
    assert document.text == "The pier was closed in 1917"
    assert [mark.value for mark in document.marks] == [Cue(1, 2), Cue(2.5, 3)]


def test_captions_shown_word_by_word_are_told_once() -> None:
    words = ["The", "pier", "was", "closed", "on", "Monday"]
    shown = [(at, at + 1.0, " ".join(words[: at + 1])) for at in range(len(words))]
    document = read(vtt(*shown, (6, 7, "It reopened.")))
    assert document.text == "The pier was closed on Monday It reopened."
    assert document.marks[0].value == Cue(0, 6)


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (
            "1\n00:00:01,000 --> 00:00:02,000\nThe pier\n\nwas closed.\n\n2\n00:00:03,000 --> 00:00:04,000\nNo.",
            "The pier was closed. No.",
        ),
        (
            "1\n00:00:01,000 -> 00:00:02,000\nThe pier\n\n2\n00:00:03,000 –> 00:00:04,000\nwas shut.",
            "The pier was shut.",
        ),
        (
            "1\n-00:00:01,000 --> 00:00:02,000\nThe pier\n\n2\n00:00:01: 75 --> 00:00:02, 5\nwas shut.",
            "The pier was shut.",
        ),
        (
            "1\n00:00:01,000 --> 00:00:02,000\nThe pier\n\n2\nxx:00:03,000 --> 00:00:04,000\nwas shut.\n\n"
            "3\n00:00:05 -->\nYes.",
            "The pier was shut. Yes.",
        ),
        ("1\n00:00:01,000 --> 00:00:02,000\nThe pier\n\n2\n00:00:03,000 --> 00:0", "The pier"),
        ("1\n00:00:01,000 --> 00:00:02,000\nThe pier\n\n2\n", "The pier"),
        ("1\n00:00:01,000 --> 00:00:02,000\n\n2\n00:00:03,000 --> 00:00:04,000\n1984\n", "1984"),
        ("1\n00:00:01,000 --> 00:00:02,000\n{b}The{/b} {\\an8}pier\n", "The pier"),
        ("webvtt\n\nopening\n01.000 --> 02.000\nnot a cue", None),
        (
            "WEBVTT - Harbor\nKind: captions\n\nSTYLE\n::cue { color: red }\n\nNOTE not\nthese words\n\n"
            "opening\n100:00:01.000 --> 100:00:02.000 align:start\nThe pier\n\nNOTE\nnor these\n\n"
            "second\n100:00:02.000 --> 100:00:03.000\nwas shut.",
            "The pier was shut.",
        ),
    ],
)
def test_no_word_is_lost_and_none_added_whatever_has_become_of_the_times(content: str, text: str | None) -> None:
    if text is None:
        with pytest.raises(NoText, match="no line of it tells times"):
            read(content)
    else:
        assert read(content).text == text


def test_a_time_that_cannot_be_read_is_that_of_the_cue_before() -> None:
    found = read(
        "1\n1:02:03,5 --> 1:02:04,5\nThe pier\n\n2\nxx:00:03 --> yy:00\nwas shut.\n\n3\n0:0:1:12 --> 0:0:2:05\nNo."
    )
    assert [mark.value for mark in found.marks] == [Cue(3723.5, 3724.5), Cue(3724.5, 3724.5), Cue(1, 2)]


def test_each_of_several_voices_in_one_cue_speaks_its_own_words() -> None:
    found = read(vtt((0, 1, "<v.loud Ada Moss>The pier</v> <v Ole>was <i>not</i>\nclosed.</v>"), (1, 2, "Never.")))
    assert spoken(found) == [("Ada Moss", "The pier"), ("Ole", "was not closed. Never.")]
