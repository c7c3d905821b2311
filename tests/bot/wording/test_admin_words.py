"""The admins' words, checked as the others are."""

import re

import pytest

from bot.asking.commands import ReindexCommand, SourcesAsked, SourcesCommand, understand_reindex, understand_sources
from bot.wording import admin_words

_PLAIN = {name: value for name, value in vars(admin_words).items() if name.isupper() and isinstance(value, str)}
SENTENCES = [value for value in _PLAIN.values() if value.endswith((".", "?"))]
BUTTONS = [
    *(
        admin_words.ADD,
        admin_words.SHOW,
        admin_words.REFRESH,
        admin_words.REFRESH_ALL,
        admin_words.PAUSE,
        admin_words.RESUME,
    ),
    *(admin_words.REMOVE, admin_words.NEXT, admin_words.PREVIOUS, admin_words.ALL_SOURCES, admin_words.QUEUES),
    *(admin_words.ALL_QUEUES, admin_words.FIX, admin_words.TAKE, admin_words.DISMISS, admin_words.ROLL_BACK),
    *(admin_words.KEEP, admin_words.DISCARD, *admin_words.QUEUE_NAMES.values()),
]


@pytest.mark.parametrize("label", BUTTONS)
def test_a_button_is_in_title_case_and_fits(label: str) -> None:
    assert all(word[0].isupper() for word in label.split())
    assert label.isascii()
    assert len(label) <= 75


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_sentence_begins_with_a_capital_and_holds_no_markup(sentence: str) -> None:
    assert sentence[0].isupper()
    assert not re.search(r"[*_~`<>]|&\w+;|:\w+:", sentence)


@pytest.mark.parametrize(
    ("text", "command", "subject"),
    [
        ("", SourcesCommand.LIST, ""),
        ("  List ", SourcesCommand.LIST, ""),
        ("add https://example.org/a b", SourcesCommand.ADD, "https://example.org/a b"),
        ('REFRESH "House reports"', SourcesCommand.REFRESH, "House reports"),
        ("remove “House”", SourcesCommand.REMOVE, "House"),
        ('show "', SourcesCommand.SHOW, '"'),
        ("help me", SourcesCommand.HELP, ""),
        ("sources", SourcesCommand.HELP, "sources"),
    ],
)
def test_what_is_meant_by_sources(text: str, command: SourcesCommand, subject: str) -> None:
    assert understand_sources(text) == SourcesAsked(command, subject)


@pytest.mark.parametrize(
    ("text", "command"),
    [("", "changes"), ("FULL", "full"), ("status", "status"), ("full please", "help"), ("help", "help")],
)
def test_what_is_meant_by_reindex(text: str, command: str) -> None:
    assert understand_reindex(text) is ReindexCommand(command)
