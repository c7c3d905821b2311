"""`quotedesk pins` and a spreadsheet of questions, with the real parts."""

import csv
import io
import json
import os
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from bot.cli import app

BRIDGE = (
    "The old bridge was closed on Monday. Engineers said that the river had undermined two of its piers.\n\n"
    "The mayor told reporters that the town will not wait for another flood.\n"
)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home with one story in it, and no settings."""
    for name in list(os.environ):
        if name.startswith(("QUOTEDESK_", "SLACK_")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("QUOTEDESK_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("NO_COLOR", "1")
    (tmp_path / "town").mkdir()
    (tmp_path / "town" / "bridge.txt").write_text(BRIDGE)
    assert run("sources", "add", str(tmp_path / "town")).exit_code == 0
    return tmp_path


def run(*words: str) -> Result:
    return CliRunner().invoke(app, list(words))


def ran(*words: str) -> str:
    result = run(*words)
    assert result.exit_code == 0, result.output
    return result.stdout


def data(*words: str) -> Any:
    return json.loads(ran(*words, "--json"))


def place() -> str:
    (hit, *_) = data("quote", "another flood")["hits"]
    return f"{hit['document']['id']}:{hit['version']}:{hit['start']}-{hit['end']}"


def test_nothing_is_pinned_and_then_something_is() -> None:
    assert ran("pins", "list").startswith("Nothing is pinned yet.\nPin the words of an answer: quotedesk pins add")
    words = "the town will not wait for another flood"
    added = data("pins", "add", place(), "--words", words, "--tag", "flood", "--story", "Bridge", "--note", "Mind")
    name = added["id"]
    assert added["selector"][0]["exact"] == words
    assert data("pins", "verify", name)["verifier"] == "cli"
    shown = ran("pins", "list", "--story", "bridge")
    assert "1 pin." in shown
    assert f"Pin {name}, active, cli’s, from town; verified by cli" in shown
    assert ran("pins", "list", "--tag", "sea").startswith("No pin is like that.")
    edited = data(
        "pins", "edit", name, "--note", "", "--expires", "2099-01-31", "--owner", "U7", "--words", "another flood"
    )
    assert (edited["note"], edited["owner"], edited["verifier"]) == ("", "U7", None)
    assert edited["expires"] == "2099-02-01T00:00:00+00:00"
    assert "To be used until 2099-02-01 00:00 UTC." in ran("pins", "show", name)
    assert data("pins", "unpin", name)["status"] == "unpinned"
    assert data("pins", "undo", name)["status"] == "active"
    assert "cli took it down" in ran("pins", "history", name)
    assert [line["deed"] for line in data("pins", "history", name)][:2] == ["pinned", "verified"]


def test_the_same_words_are_pinned_twice_only_knowingly() -> None:
    name = data("pins", "add", place(), "--words", "another flood")["id"]
    twice = run("pins", "add", place(), "--words", "another flood")
    assert (twice.exit_code, twice.stdout) == (1, "")
    assert "These words are pinned already, by cli on 20" in twice.stderr
    assert f"(pin {name})" in twice.stderr
    assert data("pins", "add", place(), "--words", "another flood", "--again")["id"] != name
    ran("pins", "add", place(), "--words", "for another flood")
    assert listed() == 3


def listed(*asked: str) -> int:
    """How many pins are like that."""
    return int(json.loads(ran("pins", "list", "--json", "--", *asked))["total"])


def test_pins_are_asked_for_as_in_slack() -> None:
    ran("pins", "add", place(), "--words", "another flood", "--tag", "flood", "--story", "Bridge inquiry")
    for asked in (
        ["story:Bridge inquiry"],
        ["tag:flood", "another"],
        ["owner:me", "verified:no"],
        ["-tag:sea", "flood"],
    ):
        assert listed(*asked) == 1, asked
        assert b"another flood" in ran("pins", "export", "--form", "csv", "--", *asked).encode()
    for asked in (["orphan"], ["verified:yes"], ["story:harbor"], ["before:2001"], ['"flood another"']):
        assert listed(*asked) == 0, asked
    assert "Words: another" in ran("pins", "list", "another")
    assert run("pins", "list", "verified:perhaps").exit_code == 1
    assert "No pin that you can see is tagged" in run("quote", "flood tag:sea").output.replace("\n", " ")
    assert data("quote", "flood", "tag:flood")["total"] == 1


def test_a_change_of_the_source_is_shown_word_by_word(home: Path) -> None:
    name = data("pins", "add", place(), "--words", "the town will not wait for another flood")["id"]
    (home / "town" / "bridge.txt").write_text(BRIDGE.replace("not wait", "gladly wait"))
    assert run("sources", "refresh").exit_code == 0
    shown = ran("pins", "show", name)
    assert f"Pin {name}, orphan" in shown
    assert "the town will [-not-] {+gladly+} wait for another flood" in shown


@pytest.mark.parametrize("form", ["markdown", "csv", "json"])
def test_pins_are_written_and_taken_in(home: Path, form: str) -> None:
    name = data("pins", "add", place(), "--words", "another flood")["id"]
    assert name in ran("pins", "export", "--form", form)
    if form == "json":
        assert run("pins", "export", "--form", "json", "--to", str(home / "pins.json")).exit_code == 0
        assert data("pins", "import", str(home / "pins.json")) == {"pins": 0, "orphans": 0, "known": 1}


def test_a_word_file(home: Path) -> None:
    ran("pins", "add", place(), "--words", "another flood")
    ran("pins", "export", "--form", "docx", "--to", str(home / "pins.docx"))
    assert (home / "pins.docx").read_bytes().startswith(b"PK")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("pins", "show", "nope"), 1),
        (("pins", "add", "nope"), 1),
        (("pins", "add", "d:1:0-5", "--expires", "soon"), 2),
        (("pins", "export", "--form", "docx"), 2),
        (("pins", "import", "/nowhere"), 1),
        (("quote", "--batch", "/nowhere.csv"), 1),
    ],
)
def test_a_failure_is_one_sentence(words: tuple[str, ...], code: int) -> None:
    result = run(*words)
    assert (result.exit_code, result.stdout) == (code, "")


def test_a_spreadsheet_of_questions_gets_one_of_passages(home: Path) -> None:
    (home / "q.csv").write_text("id,query\na,another flood\n,marmalade zebra\nc,before:nonsense flood\n=d,river\n")
    rows = list(csv.DictReader(io.StringIO(ran("quote", "--batch", str(home / "q.csv")).lstrip("\ufeff"))))
    assert [row["id"] for row in rows] == ["a", "2", "c", "'=d"]
    assert [row["answered"] for row in rows] == ["yes", "no", "error", "yes"]
    assert "another flood" in rows[0]["text"]
