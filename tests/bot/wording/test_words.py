"""The words themselves: what a picky reader would check on every sentence."""

import re

import pytest

from bot.asking.commands import Command
from bot.slack.incoming import typed
from bot.wording import words
from index.hit import MOST_COPIES

BUTTONS = [words.SHARE, words.CONTEXT, words.MORE, words.SEARCH_INSTEAD, words.BACK]
SENTENCES = [
    value
    for name, value in vars(words).items()
    if name.isupper() and isinstance(value, str) and value.endswith((".", "?"))
]


@pytest.mark.parametrize("label", BUTTONS)
def test_a_button_is_in_title_case_names_a_verb_and_fits(label: str) -> None:
    assert all(word[0].isupper() or word in ("to", "in") for word in label.split())
    assert label.isascii()
    assert len(label) <= 75


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_sentence_begins_with_a_capital_and_holds_no_markup(sentence: str) -> None:
    assert sentence[0].isupper()
    assert not re.search(r"[*_~`<>]|&\w+;|:\w+:", sentence)


def test_help_names_every_command() -> None:
    told = " ".join([words.HELP_PLACES, words.HELP_STATUS, *map(str, words.HELP_EXAMPLES)])
    assert all(
        f"/quote {command.value}" in told for command in Command if command not in (Command.SEARCH, Command.HELP)
    )


def test_nothing_found_is_never_worded_as_false() -> None:
    assert "corpus" in words.NOT_FOUND
    assert not re.search(r"\b(false|untrue|wrong|never said)\b", f"{words.NOT_FOUND} {words.NOT_FOUND_MEANS}")


@pytest.mark.parametrize(
    ("sent", "meant"),
    [
        ("AT&amp;T &lt;merger&gt;", "AT&T <merger>"),
        ("tom &quot;quoted&quot;", "tom &quot;quoted&quot;"),
        ("&amp;lt;", "&lt;"),
        ("<https://example.org/a?x=1&amp;y=2>", "https://example.org/a?x=1&y=2"),
        ("<http://example.org|example.org>", "example.org"),
        ("<mailto:ann@example.org|ann@example.org>", "ann@example.org"),
        ("barr <@UBOT> foreign <@UBOT|quotedesk> dirt", "barr foreign dirt"),
        ("<@U2> said", "@U2 said"),
        ("<@U2|ann> in <#C1|politics> or <#C2>", "@ann in #politics or #C2"),
        ("<!channel> <!subteam^S1|@desk>", "@channel @desk"),
        ("&lt;@UBOT&gt; typed out", "<@UBOT> typed out"),
        ("a &lt; b <not closed", "a < b <not closed"),
    ],
)
def test_text_comes_back_as_it_was_typed(sent: str, meant: str) -> None:
    assert typed(sent, "UBOT") == meant


@pytest.mark.parametrize(
    ("places", "told"),
    [
        (1, "Similar in 1 other document: "),
        (MOST_COPIES - 1, f"Similar in {MOST_COPIES - 1} other documents: "),
        (MOST_COPIES, f"Similar in at least {MOST_COPIES} other documents: "),
    ],
)
def test_of_very_many_copies_it_is_said_that_there_may_be_more(places: int, told: str) -> None:
    assert words.similar_in(places) == told
    assert words.also_in(places) == told.replace("Similar", "Also")
    assert words.elsewhere(places) == told.replace("Similar", "Also").replace("document", "place").replace(
        ": ", " of this document: "
    )
