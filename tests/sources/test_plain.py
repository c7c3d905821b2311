"""Plain text, front matter and what the first lines tell."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.document import Certainty, Extract, Origin, PartialDate, Precision, Quoted, Raw, Speaker
from sources.errors import NoText
from sources.extract.clean import blank, clean
from sources.extract.decode import decode
from sources.extract.frontmatter import split
from sources.extract.plain import extract

FRENCH = "« Nous n’avons pas été prévenus », a déclaré l’élève — à Paris, où êtes-vous ?"
POLISH = "Przewodniczący powiedział, że miasto nie przyjmie żółtej gęsi; świeża śmierć."
RUSSIAN = "Порт не примет камеры.\nНичто не остаётся.\n"
JAPANESE = "委員会は火曜日に、カメラの提供を拒否した。\n「無料で届くもの」と述べた。\n"
CHINESE = "委员会星期二投票拒绝了一家公司。\n免费的东西不会一直免费。\n"
STORY = "The ferry board met on Monday.\n\n“No boat sails empty,” said the pilot."


def read(text: str | bytes, media_type: str = "") -> Extract:
    content = text.encode() if isinstance(text, str) else text
    (found,) = extract(Raw("a.txt", content, media_type, datetime.now(UTC)))
    return found


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_text_is_kept_as_it_stands(text: str) -> None:
    text = f"Begin: {text}"
    assert read(text).text == clean(text).rstrip()


@given(st.binary())
def test_any_bytes_are_text_or_none(content: bytes) -> None:
    try:
        assert not blank(read(content).text)
    except NoText:
        assert blank(clean(decode(content)))


@given(
    st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"])), st.sampled_from(["utf-8-sig", "utf-16", "utf-32"])
)
def test_a_byte_order_mark_tells_the_encoding(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize(
    ("content", "declared", "text"),
    [
        ("“We’ll pay £5,” said Nuñez.".encode("cp1252"), "utf-8", "“We’ll pay £5,” said Nuñez."),
        ("Здравствуйте, говорит Москва".encode("koi8-r"), "koi8-r", "Здравствуйте, говорит Москва"),
        (
            "Здравствуйте, говорит Москва, дорогие друзья".encode("cp1251"),
            None,
            "Здравствуйте, говорит Москва, дорогие друзья",
        ),
        ("naïve".encode("latin-1"), "unicode_escape", "naïve"),
        ("café".encode() + b"; caf\xe9", None, "café; café"),
        ("Мы говорим прямо".encode()[:-1], None, "Мы говорим прямÐ"),
        ("plain words".encode("utf-16-be"), None, "plain words"),
        (b"\xff\xfea\0b\0c", None, "ab\ufffd"),
        (b"a\x81b", None, "aüb"),
        *((FRENCH.encode(name), None, FRENCH) for name in ("cp1252", "mac_roman")),
        ("C’est l’élève.".encode("mac_roman"), None, "C’est l’élève."),
        (POLISH.encode("cp1250"), None, POLISH),
        (POLISH.encode("iso8859-2"), None, POLISH),
        ("Der Bürgermeister, die Straße, größer".encode("cp850"), None, "Der Bürgermeister, die Straße, größer"),
        *((JAPANESE.encode(name), None, JAPANESE) for name in ("iso2022_jp", "utf-16-le", "utf-16-be", "utf-32-le")),
        *((RUSSIAN.encode(name), None, RUSSIAN) for name in ("utf-16-le", "utf-16-be", "utf-32-be")),
        (CHINESE.encode("utf-16-le"), None, CHINESE),
        ("안녕하세요, 여러분".encode("iso2022_kr"), None, "안녕하세요, 여러분"),
        (CHINESE.encode("hz"), None, CHINESE),
        (f"{FRENCH} 1 + 1".encode("utf-7"), None, f"{FRENCH} 1 + 1"),
        (b"a+AND+b, +1-202-555, C++ and +AOk- +AOk-", None, "a+AND+b, +1-202-555, C++ and +AOk- +AOk-"),
    ],
)
def test_encodings(content: bytes, declared: str | None, text: str) -> None:
    assert decode(content, declared) == text


def test_the_servers_encoding_is_heard() -> None:
    assert read("Žaludek, řeka".encode("iso8859-2"), "text/plain; charset=ISO-8859-2").text == "Žaludek, řeka"


@pytest.mark.parametrize("text", ["", " \n\t", "\u200b\ufeff\xa0", "---\ntitle: A\n---\n\n"])
def test_nothing_to_see_is_no_text(text: str) -> None:
    with pytest.raises(NoText):
        read(text)


def test_turns_are_marked() -> None:
    found = read("Q: Did you?\nA: No.\nQ: Never?\nA: Never.")
    labels = [
        (mark.value.label, found.text[mark.start : mark.end]) for mark in found.marks if isinstance(mark.value, Speaker)
    ]
    assert labels[:2] == [("Q", "Q: Did you?"), ("A", "A: No.")]
    assert found.speaker is None


def test_a_first_line_may_name_the_speaker_of_it_all() -> None:
    found = read("Governor: Ada B. Moreno\n\nFellow citizens: the water is ours.")
    assert found.speaker == "Ada B. Moreno"
    assert found.text.startswith("Governor: ")


@pytest.mark.parametrize(
    "text", ["Governor: We will win.\n\nMore.", "Note: Ada Moreno\n\nMore.", "Governor: Ada Moreno\nMore."]
)
def test_other_first_lines_do_not(text: str) -> None:
    assert read(text).speaker is None


def test_the_opening_of_a_story() -> None:
    found = read(f"Ferry board meets\nBy Ada Moreno\n(Wire report)\nJune 13, 2019\n\n{STORY}")
    assert (found.title, found.author) == ("Ferry board meets", "Ada Moreno")
    assert found.published == PartialDate("2019-06-13", Precision.DAY, Origin.DERIVED)
    assert found.text.startswith("Ferry board meets")


@pytest.mark.parametrize(
    "text",
    [
        f"Ferry board meets.\nJune 13, 2019\n\n{STORY}",  # a sentence stands before it
        f"Ferry board meets\n06/07/2019\n\n{STORY}",
        f"Ferry board meets\nJune 2019\n\n{STORY}",
        f"Ferry board meets\nIt met on June 13, 2019\n\n{STORY}",
        f"{STORY}\n\nJune 13, 2019\n",
    ],
)
def test_no_date_is_made_of_anything_else(text: str) -> None:
    assert read(text).published is None


def test_a_letterhead_is_no_title() -> None:
    found = read(f"Office of the Ferry Board\nHarbor City\nMarch 24, 2019\n\n{STORY}")
    assert found.title is None
    assert found.published


FENCED = """---
title: "Ferry: a report"
published_time: 2021-01-20 19:06:00-05:00
date: 2021-01-20
author: [Ada Moreno, Ben Ito]
publisher: no
source_url: https://ferry.example/report
url: javascript:alert(1)
type: report
---

"""


def test_fenced_front_matter() -> None:
    found = read(FENCED + STORY)
    assert found.text == STORY
    assert (found.title, found.author, found.publisher, found.kind) == (
        "Ferry: a report",
        "Ada Moreno, Ben Ito",
        "no",
        "report",
    )
    assert found.published == PartialDate("2021-01-20T19:06:00-05:00", Precision.TIME)
    assert found.url == "https://ferry.example/report"
    assert "not a web address" in found.warnings[0]


def test_unfenced_front_matter() -> None:
    found = read(f"Title: Ferry report\nDate: 13 June 2019\nSpeaker: Ada Moreno\n\n{STORY}")
    assert (found.title, found.speaker, found.text) == ("Ferry report", "Ada Moreno", STORY)
    assert found.published == PartialDate("2019-06-13", Precision.DAY)


@pytest.mark.parametrize(
    "text",
    [
        f"Speaker: The board will come to order.\n\n{STORY}",
        f"Title: Ferry report\nand a line more\n\n{STORY}",
        f"Title: Ferry report\nWeather: fine\n\n{STORY}",
        f"--- \nno end of it\n\n{STORY}",
        f"{STORY}\n---\ntitle: x\n---\n",
    ],
)
def test_what_is_no_front_matter_stays(text: str) -> None:
    assert split(text) == ({}, text)


@pytest.mark.parametrize(
    "yaml",
    [
        'title: !!python/object/apply:os.system ["touch hacked"]',
        "title: [unclosed",
        "a: " + "[" * 5000,
        "title: &a [*a]",
        "just words",
        "",
    ],
)
def test_a_bad_front_matter_neither_runs_nor_hides_the_text(yaml: str) -> None:
    facts, body = split(f"---\n{yaml}\n---\n{STORY}")
    assert body == STORY
    assert not facts.get("title")


def test_a_broken_front_matter_is_read_as_far_as_it_goes() -> None:
    facts, _ = split(f"---\ntitle: Ferry: the report\ndate: 31 June 2019\n---\n{STORY}")
    assert facts.get("title") == "Ferry: the report"
    assert facts.get("published") is None
    assert [warning.split()[1] for warning in facts.get("warnings", ())] == ["front", "date"]


def test_a_file_that_is_all_front_matter_says_its_summary() -> None:
    assert read("---\ntitle: A\nsummary: |\n  The ferry sank.\n---\n").text == "The ferry sank."


def test_the_head_of_a_transcript_says_who_holds_the_office_of_a_label() -> None:
    text = "President: Ada K. Moreno\n\nTHE PRESIDENT: Good day.\n\nQ: Why?\n\nTHE PRESIDENT: Because.\n\nQ: Who?\n"
    found = read(text + "\nMR. MOSS: I did.\n\nTHE PRESIDENT: He did.\n\nMR. MORENO: So I did.")
    speakers = [mark.value for mark in found.marks if isinstance(mark.value, Speaker)]
    assert {(each.label, each.person) for each in speakers} == {
        ("THE PRESIDENT", "Ada K. Moreno"),
        ("MR. MORENO", "Ada K. Moreno"),
        ("MR. MOSS", None),
        ("Q", None),
    }


def test_an_article_keeps_who_is_quoted_in_it() -> None:
    found = read("The ferry board met.\n\n“No boat sails empty,” said Ada Moreno.")
    ((words, value),) = [(found.text[mark.start : mark.end], mark.value) for mark in found.marks]
    assert words == "No boat sails empty,"
    assert isinstance(value, Quoted)
    assert value.speaker == Speaker("Ada Moreno", "Ada Moreno", Certainty.GUESS)


@pytest.mark.parametrize(
    "text",
    [
        '+++\ntitle = "The pier"\ndate = 2019-07-25\ntags = ["a"]\n+++\nIt was closed.',
        "---\ntitle: The pier\ndate: 2019-07-25\n\nIt was closed.",
    ],
)
def test_front_matter_in_toml_or_without_its_second_fence(text: str) -> None:
    facts, body = split(text)
    published = facts.get("published")
    assert (facts.get("title"), published and published.value) == ("The pier", "2019-07-25")
    assert body.strip() == "It was closed."


def test_front_matter_that_is_no_toml_is_told() -> None:
    facts, body = split("+++\ntitle = The pier\n+++\nIt was closed.")
    assert body == "It was closed."
    assert "not sound TOML" in facts.get("warnings", ("",))[0]
