"""Markdown as its reader sees it."""

import re
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.document import Extract, Heading, Raw, Speaker
from sources.errors import NoText
from sources.extract.markdown import extract


def read(text: str) -> Extract:
    (found,) = extract(Raw("a.md", text.encode(), "", datetime.now(UTC)))
    return found


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("One *two* **three**\nfour `five`.", "One two three four five."),
        ("One  \ntwo\\\nthree<br>four", "One\ntwo\nthree\nfour"),
        ("A [link](https://x.example) and ![picture](a.png)<b>bold</b>.", "A link and bold."),
        ("> quoted\n> words\n\nafter", "quoted words\n\nafter"),
        ("- a\n- b\n  - c\n\nafter", "a\nb\nc\n\nafter"),
        ("1. a\n2. b", "1. a\n2. b"),
        ("3) a\n\n4) b", "3) a\n\n4) b"),
        ("1.  ```\n    code\n    ```\n", "1. code"),
        ("2016. It was a year.", "2016. It was a year."),
        ("| a | b |\n|---|---|\n| c | d |", "a\tb\nc\td"),
        ("    code  here\n      more", "code  here\n  more"),
        ("Old ~~words~~ <del>gone</del> stay.", "Old   stay."),
        (
            "Words<!-- secret -->.\n\n<!-- another -->\n\n<script>\nalert(1)\n</script>\n\nEnd <script>x</script>.",
            "Words.\n\nEnd .",
        ),
        ("<div hidden>no</div>\n\n<div>Block <i>words</i></div>", "Block words"),
        ("Words.[^1] More.\n\n[^1]: The note.", "Words. More.\n\n[^1]: The note."),
        ("Not \\*this\\*, 5 < 6 &amp; “so” snake_case_name AT&T", "Not *this*, 5 < 6 & “so” snake_case_name AT&T"),
        ("See [1] and [ref].\n\n[1]: https://x.example", "See 1 and [ref]."),
    ],
)
def test_what_is_read(source: str, text: str) -> None:
    assert read(source).text == text


PIECES = [
    "one",
    "two",
    "four_five",
    "*six*",
    "**seven**",
    "`eight`",
    "[nine](x)",
    "\n",
    "\n\n",
    "#",
    ">",
    "-",
    "1.",
    "~~x~~",
]


@given(st.lists(st.sampled_from(PIECES)))
def test_words_keep_their_order(pieces: list[str]) -> None:
    source = " ".join(pieces) + "\n\nend"
    words = iter(re.findall(r"\w+", source))
    assert all(word in words for word in re.findall(r"\w+", read(source).text))


def test_headings_and_title() -> None:
    found = read("# The *ferry*\n\nWords.\n\nSecond\n---\n\nMore.")
    assert found.title == "The ferry"
    headings = [(found.text[mark.start : mark.end], mark.value) for mark in found.marks]
    assert headings == [("The ferry", Heading(1)), ("Second", Heading(2))]


def test_the_declared_title_comes_first() -> None:
    assert read("---\ntitle: Declared\n---\n# Shown\n\nWords.").title == "Declared"


def test_a_paragraph_above_dashes_is_no_heading() -> None:
    assert read(f"{'A long story. ' * 30}\n---\n\nMore.").marks == ()


def test_turns_of_a_hard_wrapped_transcript() -> None:
    more = "Q    Never?\n\nMS. MORENO:  Never.\n\nQ    And now?\n\nMS. MORENO:  No."
    found = read(f"Q    Did\nyou?\n\nMS. MORENO:  I did\nnot.\n\n{more}")
    turns = [found.text[mark.start : mark.end] for mark in found.marks if isinstance(mark.value, Speaker)]
    assert "MS. MORENO:  I did not." in turns


@pytest.mark.parametrize("source", ["", "<!-- only a comment -->", "![](a.png)", "---\ntitle: A\n---\n"])
def test_nothing_to_see_is_no_text(source: str) -> None:
    with pytest.raises(NoText):
        read(source)
