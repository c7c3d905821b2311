"""The admins' commands, with the real parts."""

import json
import logging
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from bot.cli import app

BRIDGE = "The old bridge was closed on Monday. Engineers said that the river had undermined it.\n"


@pytest.fixture(autouse=True)
def town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A home that has read the folder “town”: two files with one text, and one that can't be read."""
    for name in list(os.environ):
        if name.startswith(("QUOTEDESK_", "SLACK_")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("QUOTEDESK_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("NO_COLOR", "1")
    root = logging.getLogger()
    handlers = root.handlers[:]
    folder = tmp_path / "town"
    folder.mkdir()
    for name in ("a.txt", "b.txt"):
        (folder / name).write_text(BRIDGE)
    (folder / "photo.jpg").write_bytes(b"\xff\xd8\xff\xe0")
    ran("sources", "add", str(folder))
    yield folder
    for handler in set(root.handlers) - set(handlers):
        handler.close()


def run(*words: str) -> Result:
    return CliRunner().invoke(app, list(words))


def ran(*words: str) -> str:
    result = run(*words)
    assert result.exit_code == 0, result.output
    return result.stdout


def data(*words: str) -> Any:
    return json.loads(ran(*words, "--json"))


def test_from_the_queues_to_a_corrected_document(town: Path) -> None:
    ran("quote", "elephants")
    assert data("queue") == {
        "undated": 2,
        "unreadable": 1,
        "duplicate": 1,
        "dead_link": 0,
        "unanswered": 1,
        "feedback": 0,
    }
    assert "undated: 2 documents without a date" in ran("queue")
    (twins,) = data("queue", "duplicate")["tasks"]
    assert {twins["title"], twins["twins"][0]["title"]} == {"a.txt", "b.txt"}
    (photo,) = data("queue", "unreadable")["tasks"]
    assert (photo["location"], photo["source"], photo["held_back"]) == ("photo.jpg", "town", False)
    first = data("queue", "undated", "--limit", "1")
    (second,) = data("queue", "undated", "--cursor", first["cursor"])["tasks"]
    name = second["document"]
    facts = data("sources", "edit", name, "--title", "Bridge", "--date", "July 2019", "--speaker", "Roe")
    assert facts["published"] == {"value": "2019-07", "precision": "month", "origin": "edited", "end": None}
    assert [edit["fact"] for edit in facts["edits"]] == ["title", "published", "speaker"]
    assert data("quote", "speaker:Roe", "bridge", "during:2019")["hits"][0]["document"]["id"] == name
    assert "title: Bridge  (set by hand)" in ran("sources", "edit", name)
    facts = data("sources", "edit", name, "--undo", "speaker", "--undo", "title")
    assert (facts["speaker"], [edit["fact"] for edit in facts["edits"]]) == (None, ["published"])
    assert data("queue")["undated"] == 1
    copy = "https://web.archive.org/web/2019/https://example.org/bridge"
    assert data("sources", "edit", name, "--archived", copy)["archived_url"] == copy
    assert f"archived_url: {copy}  (set by hand)" in ran("sources", "edit", name)
    assert "web address" in run("sources", "edit", name, "--archived", "javascript:alert(1)").stderr
    assert data("sources", "edit", name, "--undo", "archived_url")["archived_url"] is None
    assert "elephants" in ran("queue", "unanswered")
    assert data("queue", "--dismiss", "Elephants") == {"dismissed": 1}
    assert "Nothing is left" in ran("queue", "unanswered")


def test_a_paused_source_and_what_changed_of_it(town: Path) -> None:
    assert data("sources", "pause", "town") == {"name": "town", "paused": True}
    (town / "a.txt").write_text(BRIDGE.replace("old", "new"))
    assert data("sources", "refresh") == []
    assert run("sources", "refresh", "town").exit_code == 1
    assert "paused, last read" in ran("sources", "show", "town")
    ran("sources", "resume", "town")
    assert data("sources", "refresh")[0]["changed"] == 1
    shown = data("sources", "show", "town")
    assert (shown["documents"], shown["paused"], len(shown["newest"])) == (2, False, 2)
    name = next(one["id"] for one in shown["newest"] if one["location"] == "a.txt")
    assert "[-old-] {+new+}" in ran("sources", "diff", name)
    (hunk,) = data("sources", "diff", name, "--from", "1", "--to", "2")["hunks"]
    assert [piece["what"] for piece in hunk["pieces"]] == ["kept", "removed", "added", "kept"]
    assert [one["live"] for one in data("generations")] == [True]
    assert "live, of " in ran("generations")
    result = run("sources", "take", "town", "a.txt")
    assert (result.exit_code, result.stderr) == (1, "quotedesk: Nothing is held back at “a.txt”.\n")


def test_a_purge_asks_to_be_meant(town: Path) -> None:
    assert run("sources", "purge", "town").exit_code == 2
    assert data("quote", "bridge")["total"] > 0
    assert data("sources", "purge", "town", "--yes") == {"name": "town", "documents": 2}
    assert data("quote", "bridge")["total"] == 0
    assert data("sources", "list") == []


@pytest.mark.parametrize(
    "words",
    [
        ("sources", "edit", "unknown", "--title", "x"),
        ("sources", "diff", "unknown"),
        ("sources", "show", "unknown"),
        ("sources", "pause", "unknown"),
        ("sources", "purge", "unknown", "--yes"),
        ("queue", "undated", "--cursor", "x"),
    ],
)
def test_what_is_not_there_gets_one_sentence(words: tuple[str, ...]) -> None:
    result = run(*words)
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (1, "", 1)


@pytest.mark.parametrize("words", [("queue", "nonsense"), ("sources", "edit", "x", "--title", "y", "--undo", "title")])
def test_what_can_t_be_meant_is_wrong_usage(words: tuple[str, ...]) -> None:
    assert run(*words).exit_code == 2
