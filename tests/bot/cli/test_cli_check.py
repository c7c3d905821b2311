"""`quotedesk check`, with the real parts: for people, for scripts, for a file of quotations and for a draft."""

import json
import os
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from bot.cli import app

BRIDGE = "The old bridge was closed on Monday. Engineers said that the river had undermined two of its piers.\n"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home with one story in it, and no settings."""
    for name in list(os.environ):
        if name.startswith(("QUOTEDESK_", "SLACK_")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("QUOTEDESK_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("NO_COLOR", "1")
    folder = tmp_path / "town"
    folder.mkdir()
    (folder / "bridge.txt").write_text(BRIDGE)
    entry = {
        "path": "bridge.txt", "title": "Bridge closed", "date": "2019-05-06", "url": "https://example.org/bridge",
        "speaker": "Jo Doe",
    }  # fmt: skip
    (folder / "manifest.jsonl").write_text(json.dumps(entry) + "\n")
    assert run("sources", "add", str(folder)).exit_code == 0
    return tmp_path


def run(*words: str, given: str | None = None) -> Result:
    return CliRunner().invoke(app, list(words), input=given)


def ran(*words: str, given: str | None = None) -> str:
    result = run(*words, given=given)
    assert result.exit_code == 0, result.output
    return result.stdout


def data(*words: str) -> Any:
    return json.loads(ran(*words))


def test_a_quotation_for_people() -> None:
    shown = ran("check", "“the river had undermined three of its piers”", "--speaker", "Ann Roe")
    assert shown.startswith("Altered. The record has other words.\n")
    assert "! A number or its unit differs.\n" in shown
    assert "! It was not Ann Roe who said it, by the record.\n" in shown
    assert "the river had undermined [-two-] {+three+} of its piers" in shown
    assert "Jo Doe, published May 6, 2019" in shown
    assert "https://example.org/bridge" in shown


def test_a_quotation_for_scripts() -> None:
    checked = data("check", "the river had undermined three of its piers", "--json")
    assert set(checked) == {"verdict", "flags", "diff", "hits"}
    assert (checked["verdict"], checked["flags"]) == ("altered", ["number"])
    assert checked["diff"][1] == ["replace", "three ", "two "]
    assert "".join(claimed for _, claimed, _ in checked["diff"]) == "the river had undermined three of its piers"
    (hit,) = checked["hits"]
    assert hit["document"]["location"] == "bridge.txt"
    assert [hit["text"][start:end] for start, end in hit["spans"]] == ["the river had undermined", "of its piers"]


def test_what_stands_nowhere_is_a_success_too() -> None:
    checked = data("check", "Marmalade zebras juggle velvet lanterns at noon", "--json")
    assert (checked["verdict"], checked["flags"], checked["diff"], checked["hits"]) == ("absent", [], [], [])
    assert ran("check", "Marmalade zebras juggle velvet lanterns at noon").startswith("Not found in this corpus.")


def test_a_file_of_quotations(home: Path) -> None:
    lines = [
        json.dumps({"id": "a", "quote": "The old bridge was closed on Monday."}),
        json.dumps({"quote": "the old bridge was closed on monday", "speaker": "Ann Roe"}),
        "no json",
        json.dumps({"id": "d", "quote": "…"}),
    ]
    (home / "quotes.jsonl").write_text("\n".join(lines))
    answers = [json.loads(line) for line in ran("check", "--batch", str(home / "quotes.jsonl")).splitlines()]
    assert [each["id"] for each in answers] == ["a", 2, 3, "d"]
    assert [each.get("verdict") for each in answers] == ["exact", "punctuation", None, None]
    assert answers[1]["flags"] == ["speaker"]
    assert answers[2] == {"id": 3, "error": "Line 3 is no JSON object with a quote."}
    assert answers[3]["error"] == "There are no words to check."


DRAFT = "The bridge is shut. Jo Doe said, “the river had undermined two of its piers.” It was “sad.”\n"


def test_a_draft_from_a_file_and_from_stdin(home: Path) -> None:
    (home / "draft.txt").write_text(DRAFT)
    checked = data("check", "--draft", str(home / "draft.txt"), "--json")
    assert [(each["quote"], each["verdict"], each["speaker"]) for each in checked["quotes"]] == [
        ("the river had undermined two of its piers.", "exact", "Jo Doe"),
        ("sad.", None, None),
    ]
    first = checked["quotes"][0]
    assert DRAFT[first["start"] : first["end"]] == first["quote"]
    shown = ran("check", "--draft", "-", given=DRAFT)
    assert "1. “the river had undermined two of its piers.” (Jo Doe)\nExact." in shown
    assert "2. “sad.”\nToo short to check" in shown
    assert ran("check", "--draft", "-", given="Nobody is quoted.").startswith("This text quotes nothing")


def test_words_around_the_marks_make_it_a_draft_and_a_bare_quotation_may_have_marks_within() -> None:
    checked = data("check", '"The old bridge was closed on Monday," Jo Doe said.', "--json")
    (one,) = checked["quotes"]
    assert (one["verdict"], one["speaker"], one["with_before"]) == ("punctuation", "Jo Doe", False)
    for quote in ("'The old bridge was closed'", 'The "old bridge" was closed on Monday.'):
        assert data("check", quote, "--json")["verdict"] in ("exact", "punctuation")


@pytest.mark.parametrize(
    "words",
    [
        (),
        ('"It is," he said.', "--speaker", "Jo Doe"),
        ("a quotation", "--draft", "-"),
        ("--batch", "x", "--speaker", "Jo Doe"),
    ],
)
def test_wrong_usage(words: tuple[str, ...]) -> None:
    assert run("check", *words).exit_code == 2


@pytest.mark.parametrize("words", [("…",), ("--batch", "/nowhere"), ("--draft", "/nowhere")])
def test_a_failure_is_one_sentence(words: tuple[str, ...]) -> None:
    result = run("check", *words)
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (1, "", 1)


def test_words_of_an_earlier_version_are_found_and_marked(home: Path) -> None:
    (home / "town" / "bridge.txt").write_text(BRIDGE.replace("two of its piers", "one of its piers"))
    assert run("sources", "refresh").exit_code == 0
    checked = data("check", "the river had undermined two of its piers", "--json")
    assert (checked["verdict"], checked["flags"], checked["hits"][0]["version"]) == ("exact", ["superseded"], 1)
    assert "it has changed since" in ran("check", "the river had undermined two of its piers")
    found = data("quote", '"two of its piers"', "--json")
    assert (found["answered"], found["total"]) == (False, 0)
    assert run("reindex", "--full").exit_code == 0
    assert data("check", "the river had undermined two of its piers", "--json")["flags"] == ["superseded"]


def test_what_is_purged_is_checked_no_more(home: Path) -> None:
    (home / "town" / "bridge.txt").write_text(BRIDGE.replace("two of its piers", "one of its piers"))
    assert run("sources", "refresh").exit_code == 0
    assert run("sources", "remove", "town").exit_code == 0
    assert data("check", "the river had undermined two of its piers", "--json")["verdict"] == "absent"
    assert run("sources", "purge", "town", "--yes").exit_code == 0
    assert data("check", "the river had undermined two of its piers", "--json")["verdict"] == "absent"
    assert not [path for path in (home / "home" / "index").rglob("texts.bin") if b"undermined" in path.read_bytes()]
