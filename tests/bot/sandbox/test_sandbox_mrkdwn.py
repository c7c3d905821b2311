"""Slack's markup, as the stand-in reads it for its page."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.mrkdwn import drawn, paragraphs

NAMES = {"U1": "rita", "C1": "newsroom", "S1": "editors"}


def runs(text: str, *, verbatim: bool = False) -> list[dict[str, Any]]:
    (only,) = paragraphs(text, NAMES, verbatim=verbatim)
    assert only["kind"] == "text"
    return only["runs"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("plain", [{"text": "plain"}]),
        ("a *b* c", [{"text": "a "}, {"text": "b", "bold": True}, {"text": " c"}]),
        ("_a_ ~b~", [{"text": "a", "italic": True}, {"text": " "}, {"text": "b", "strike": True}]),
        ("*a _b_*", [{"text": "a ", "bold": True}, {"text": "b", "bold": True, "italic": True}]),
        ("2*3*4 and snake_case_name", [{"text": "2*3*4 and snake_case_name"}]),
        ("* a *", [{"text": "* a *"}]),
        ("`*a*`", [{"text": "*a*", "code": True}]),
        ("AT&amp;T &lt;b&gt;", [{"text": "AT&T <b>"}]),
        ("<https://x.org/a|the record>", [{"text": "the record", "url": "https://x.org/a"}]),
        ("<https://x.org/?a=1&amp;b>", [{"text": "https://x.org/?a=1&b", "url": "https://x.org/?a=1&b"}]),
        ("<mailto:a@x.org|a@x.org>", [{"text": "a@x.org", "url": "mailto:a@x.org"}]),
        ("<javascript:alert(1)|press>", [{"text": "press"}]),
        ("<@U1> <#C1>", [{"text": "@rita", "mention": "U1"}, {"text": " "}, {"text": "#newsroom", "mention": "C1"}]),
        ("<@U9|ed>", [{"text": "@ed", "mention": "U9"}]),
        ("<!here>", [{"text": "@here", "mention": "here"}]),
        ("<!subteam^S1>", [{"text": "@editors", "mention": "S1"}]),
        ("<!date^1^{date}|then>", [{"text": "then", "date": 1, "format": "{date}"}]),
    ],
)
def test_a_line(text: str, wanted: list[dict[str, Any]]) -> None:
    assert runs(text) == wanted


def test_addresses_become_links_unless_it_is_verbatim() -> None:
    assert runs("see https://x.org/a.") == [
        {"text": "see "},
        {"text": "https://x.org/a", "url": "https://x.org/a"},
        {"text": "."},
    ]
    assert runs("see https://x.org/a.", verbatim=True) == [{"text": "see https://x.org/a."}]


def test_quotes_and_code_are_paragraphs_of_their_own() -> None:
    found = paragraphs("he said\n&gt; a\n> b\nand\n```\nx *y*\n```\nend", NAMES)
    assert [(one["kind"], "".join(run["text"] for run in one["runs"])) for one in found] == [
        ("text", "he said"),
        ("quote", "a\nb"),
        ("text", "and"),
        ("code", "x *y*"),
        ("text", "end"),
    ]


def test_blocks_get_what_is_drawn_and_stay_as_they_were() -> None:
    block = {"type": "section", "text": {"type": "mrkdwn", "text": "*a*", "verbatim": True}}
    mention = {"type": "rich_text", "elements": [{"type": "user", "user_id": "U1"}]}
    found = drawn([block, mention], NAMES)
    assert found[0]["text"]["paragraphs"] == [{"kind": "text", "runs": [{"text": "a", "bold": True}]}]
    assert found[1]["elements"][0]["name"] == "rita"
    assert "paragraphs" not in block["text"]


@given(st.text(alphabet="ab *_~`<>|&;!@#^\n\\\"'1/:.é\u202e", max_size=60))
def test_nothing_breaks_it_and_every_run_is_words(text: str) -> None:
    for paragraph in paragraphs(text, NAMES):
        assert paragraph["kind"] in ("text", "quote", "code")
        assert all(isinstance(run["text"], str) for run in paragraph["runs"])
        assert all(run.get("url", "http:").startswith(("http:", "https:", "mailto:")) for run in paragraph["runs"])


@given(st.text(alphabet="abc ä.,\n-", min_size=1, max_size=40))
def test_words_without_signs_stay_letter_for_letter(text: str) -> None:
    assert "\n".join("".join(run["text"] for run in one["runs"]) for one in paragraphs(text, NAMES)) == text
