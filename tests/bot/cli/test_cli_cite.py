"""Citations on the command line: of what a question finds, and of a place that is known."""

import json
import logging
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.citations import Style
from bot.cli import app

BRIDGE = "The old bridge was closed on Monday. Engineers said that the river had undermined it."


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A home in which one story is indexed."""
    for name in list(os.environ):
        if name.startswith(("QUOTEDESK_", "SLACK_")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("QUOTEDESK_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("NO_COLOR", "1")
    root = logging.getLogger()
    handlers = root.handlers[:]
    (tmp_path / "town").mkdir()
    (tmp_path / "town/bridge.txt").write_text(BRIDGE + "\n")
    assert run("sources", "add", str(tmp_path / "town")).exit_code == 0
    yield
    for handler in set(root.handlers) - set(handlers):
        handler.close()


def run(*words: str) -> Result:
    return CliRunner().invoke(app, list(words))


def place() -> str:
    hit = json.loads(run("quote", "--json", "bridge", "river").stdout)["hits"][0]
    return f"{hit['document']['id']}:{hit['version']}:{hit['start']}-{hit['end']}"


@pytest.mark.parametrize("style", [style.value for style in Style])
def test_what_a_question_finds_is_cited(style: str) -> None:
    told = run("quote", "bridge", "river", "--cite", style)
    assert told.exit_code == 0
    assert BRIDGE in told.stdout
    (hit,) = json.loads(run("quote", "--json", "--cite", style, "bridge", "river").stdout)["hits"]
    assert hit["citation"] in told.stdout
    assert BRIDGE in hit["citation"]


def test_without_a_style_nothing_is_cited() -> None:
    (hit,) = json.loads(run("quote", "--json", "bridge", "river").stdout)["hits"]
    assert "citation" not in hit


def test_a_batch_is_cited_too(tmp_path: Path) -> None:
    (tmp_path / "batch.jsonl").write_text('{"id": 1, "query": "bridge river"}\n')
    answered = json.loads(run("quote", "--cite", "plain", "--batch", str(tmp_path / "batch.jsonl")).stdout)
    assert BRIDGE in answered["hits"][0]["citation"]


def test_a_known_place_is_cited_by_its_name_or_its_permalink() -> None:
    document, version, span = place().split(":")
    by_name = run("cite", place(), "--style", "chicago")
    by_link = run("cite", f"https://desk.example.org/d/{document}?v={version}&at={span}", "--style", "chicago")
    assert by_name.exit_code == by_link.exit_code == 0
    assert by_name.stdout == by_link.stdout
    assert f"“{BRIDGE}”" in by_name.stdout
    assert json.loads(run("cite", place(), "--json").stdout)["citation"].startswith(f"“{BRIDGE}”")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("bridge", "neither a permalink of this desk nor DOCUMENT:VERSION:START-END"),
        ("https://desk.example.org/d/d1", "neither a permalink of this desk"),
        ("d0:1:0-5", "That passage is not here any more"),
    ],
)
def test_no_such_place_is_told_in_one_sentence(text: str, sentence: str) -> None:
    told = run("cite", text)
    assert told.exit_code == 1
    assert sentence in " ".join(told.stderr.split())
