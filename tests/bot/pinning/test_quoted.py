"""Whom a passage quotes: shown as what the text says, beside its own speaker, at the right place of a wider span."""

import pytest

from bot.asking.cards import Card
from bot.asking.facts import passage_at
from bot.cli.render_json import answer_json
from bot.wording.source import speaker
from index.passage import Quote
from index.split import split
from sources.attribution import attributions
from sources.document import Certainty, Speaker
from tests.fakes.corpus import made
from tests.fakes.desk import a_card, an_answer

ADA = Speaker("Moreno", "Ada Moreno", Certainty.GUESS)


def quoting(*labels: str, by: Speaker | None = None) -> Card:
    quotes = tuple(Quote(0, 4, Speaker(label, None, Certainty.GUESS)) for label in labels)
    return a_card("Some words.", speaker=by, quotes=quotes)


@pytest.mark.parametrize(
    ("shown", "words"),
    [
        (quoting("Ada Moreno"), "unattributed, quoting Ada Moreno (attributed in the text)"),
        (quoting("Moreno", "Moreno", by=Speaker("MR. BERG")), "MR. BERG, quoting Moreno (attributed in the text)"),
        (quoting("A", "B", "C", "D", "E"), "unattributed, quoting A, B, C and 2 more (attributed in the text)"),
        (quoting(by=Speaker("MR. BERG")), "MR. BERG"),
    ],
)
def test_a_quoted_person_is_not_told_as_the_speaker(shown: Card, words: str) -> None:
    assert speaker(shown, 80) == words


def test_scripts_get_the_quotes_with_their_certainty() -> None:
    shown = a_card("“Yes,” Moreno said.", quotes=(Quote(1, 5, ADA),))
    (hit,) = answer_json(an_answer(shown))["hits"]
    assert hit["speaker"] is None
    assert hit["quoted"] == [
        {"start": 1, "end": 5, "label": "Moreno", "person": "Ada Moreno", "certainty": "guess"},
    ]


def test_a_span_over_passages_keeps_what_of_the_quotes_lies_within() -> None:
    filler = "The harbor was closed until noon because of a storm that came in from the north. " * 3
    text = f"{filler}\n\n{filler} “The pier is closed,” said Ada Moreno."
    document = made("a", text, marks=attributions(text))
    passages = split(document, 1)
    at = text.index("pier")
    shown = passage_at(passages, text, 10, at + 4)
    assert len(passages) == 2
    assert shown is not None
    (quote,) = shown.quotes
    assert shown.text[quote.start : quote.end] == "The pier"
