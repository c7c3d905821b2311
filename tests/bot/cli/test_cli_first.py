"""`quotedesk first`, the way back from a corrected word, and the feedback queue, on the command line."""

import asyncio
import json
import logging
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from bot.build import build
from bot.cli import app
from bot.config import Config
from bot.roles import LOCAL
from bot.store.asking import Opinion
from bot.wording import asking_words
from tests.fakes.source import NOON

NOTES = (("late", "2019-06-12"), ("early", "2016-07"), ("undated", None))


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A home in which three notes of the bridge are indexed."""
    for name in list(os.environ):
        if name.startswith(("QUOTEDESK_", "SLACK_")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("QUOTEDESK_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("NO_COLOR", "1")
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    folder = tmp_path / "notes"
    folder.mkdir()
    for name, date in NOTES:
        dated = f"date: {date}\n" if date else ""
        (folder / f"{name}.md").write_text(
            f"---\ntitle: {name}\n{dated}---\n\nThe bridge is out, says the {name} note.\n"
        )
    ran("sources", "add", str(folder), "--name", "notes")
    yield tmp_path / "home"
    for handler in set(root.handlers) - set(handlers):
        handler.close()
    root.handlers[:], root.level = handlers, level


def ran(*words: str) -> str:
    result = CliRunner().invoke(app, list(words))
    assert result.exit_code == 0, result.output
    return result.stdout


def data(*words: str) -> Any:
    return json.loads(ran(*words))


def test_the_places_of_exact_words_come_in_the_order_of_time() -> None:
    found = data("first", "--json", "the bridge", "is out")
    assert [place["document"]["title"] for place in found["dated"]] == ["early", "late"]
    assert [place["document"]["title"] for place in found["undated"]] == ["undated"]
    assert (found["total_dated"], found["total_undated"], found["earliest"]) == (2, 1, True)
    first = found["dated"][0]
    assert first["text"][slice(*first["spans"][0])] == "The bridge is out"
    shown = ran("first", "bridge is out", "--limit", "1")
    assert shown.startswith("“bridge is out” stands in 3 places here, 1 of them undated.")
    assert asking_words.EARLIEST_SURE in shown
    assert shown.index("says the early note") < shown.index(asking_words.UNDATED_TITLE)
    assert "1 later place is not listed." in shown


def test_words_that_stand_nowhere_are_no_failure_and_no_words_one() -> None:
    assert ran("first", "no such words").startswith(asking_words.nowhere("no such words"))
    refused = CliRunner().invoke(app, ["first", "…"])
    assert (refused.exit_code, refused.stderr.count("\n")) == (1, 1)


def test_what_was_searched_instead_says_how_to_search_the_typed_word() -> None:
    shown = ran("quote", "brigde", "out")
    assert "“brigde” occurs nowhere here; “bridge” was searched instead." in shown
    assert """quotedesk quote '"brigde" out'""" in shown


def test_feedback_waits_in_its_queue_and_is_dismissed(home: Path) -> None:
    document = data("quote", "--json", "early")["hits"][0]["document"]["id"]
    asyncio.run(_keep(home, document))
    assert data("queue", "--json")["feedback"] == 1
    (task,) = data("queue", "feedback", "--json")["tasks"]
    assert (task["title"], task["useful"], task["not_asked"], task["askers"]) == ("bridges", 0, 1, ["U1"])
    assert "not what was asked: 1" in ran("queue", "feedback")
    assert data("queue", "feedback", "--dismiss", "Bridges", "--json") == {"dismissed": 1}
    assert data("queue", "--json")["feedback"] == 0


async def _keep(home: Path, document: str) -> None:
    async with await build(Config.model_validate({"quotedesk_home": home})) as built:
        opinion = Opinion(LOCAL, "bridges", document, 1, f"{document}:1:0-5", useful=False, who="U1", at=NOON)
        await built.store.feedback.add(opinion)
