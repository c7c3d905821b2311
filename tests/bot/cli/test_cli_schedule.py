"""The schedule on the command line."""

import json
import logging
import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from bot.cli import app


@pytest.fixture(autouse=True)
def town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty home, and a folder to add."""
    for name in list(os.environ):
        if name.startswith(("QUOTEDESK_", "SLACK_")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("QUOTEDESK_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("NO_COLOR", "1")
    root = logging.getLogger()
    handlers = root.handlers[:]
    folder = tmp_path / "town"
    folder.mkdir()
    (folder / "a.txt").write_text("The old bridge was closed on Monday.\n")
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


def test_a_folder_is_watched_or_read_as_often_as_is_said(town: Path) -> None:
    ran("sources", "add", str(town))
    (listed,) = data("sources", "list")
    assert (listed["every"], listed["due"]) == ("watch", None)
    assert "watched: read as soon as something changes" in ran("sources", "list")
    changed = data("sources", "schedule", "town", "6H")
    assert (changed["name"], changed["every"]) == ("town", "6h")
    shown = data("sources", "show", "town")
    assert (shown["every"], shown["due"]) == ("6h", changed["due"])
    assert (datetime.fromisoformat(shown["due"]) - datetime.fromisoformat(shown["synced"])).total_seconds() / 3600 >= 6
    assert "read every 6 hours, next after 20" in ran("sources", "show", "town")
    assert ran("sources", "schedule", "town", "off") == "town: never read by itself.\n"
    assert ran("sources", "schedule", "town", "watch").startswith("town: watched")


def test_it_is_said_when_the_source_is_added(town: Path) -> None:
    ran("sources", "add", str(town), "--every", "2w")
    assert data("sources", "show", "town")["every"] == "2w"


@pytest.mark.parametrize("every", ["sometimes", "1m", "3", "2y", ""])
def test_nonsense_is_wrong_usage_with_a_sentence(town: Path, every: str) -> None:
    ran("sources", "add", str(town))
    for words in (("sources", "schedule", "town", every), ("sources", "add", str(town / "a.txt"), "--every", every)):
        result = run(*words)
        assert (result.exit_code, result.stdout) == (2, "")
        assert "5 minutes" in result.stderr or "is no interval" in result.stderr
    assert len(data("sources", "list")) == 1


def test_what_can_t_be_is_one_sentence(town: Path) -> None:
    result = run("sources", "schedule", "unknown", "1d")
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (1, "", 1)
    result = run("sources", "add", "--starter", "speeches", "--every", "watch")
    assert (result.exit_code, result.stderr) == (
        1,
        "quotedesk: Only a folder can be watched: give an interval such as 30m, 6h or 1d.\n",
    )
