"""`quotedesk watches …`."""

import asyncio
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.build import build
from bot.cli import app
from bot.config import Config
from bot.wording import watch_words
from tests.fakes.watches import a_watch


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("QUOTEDESK_HOME", str(tmp_path))
    return tmp_path


def run(*arguments: str, exit_code: int = 0) -> str:
    result = CliRunner().invoke(app, ["watches", *arguments])
    assert result.exit_code == exit_code, result.output
    return result.output


def test_without_any_it_tells_how_to_begin(home: Path) -> None:
    assert "/quote watch" in run("list")
    assert json.loads(run("list", "--json")) == []


def test_they_are_listed_paused_resumed_and_removed(home: Path) -> None:
    async def add() -> None:
        async with await build(Config.model_validate({"quotedesk_home": home})) as application:
            await application.store.watches.add(a_watch(question='"foreign dirt"', least=10))

    asyncio.run(add())
    (listed,) = json.loads(run("list", "--json"))
    assert (listed["id"], listed["question"], listed["owner"], listed["paused"]) == (
        "w1",
        '"foreign dirt"',
        "U1",
        False,
    )
    assert "told at once in direct messages to U1" in run("list").replace("\n", " ")
    edited = json.loads(run("edit", "w1", "--question", "dirt", "--hour", "9", "--json"))
    assert (edited["question"], edited["least"], edited["hour"]) == ("dirt", 10, 9)
    assert json.loads(run("edit", "w1", "--at-once", "--least", "0", "--json"))["hour"] is None
    assert "is not pinned yet" in run("edit", "w1", "--question", "tag:a", exit_code=1).replace("\n", " ")
    run("edit", "w1", "--at-once", "--hour", "9", exit_code=2)
    assert json.loads(run("pause", "w1", "--json"))["paused"] is True
    assert watch_words.PAUSED in run("list")
    assert json.loads(run("resume", "w1", "--json"))["paused"] is False
    run("remove", "w1")
    assert json.loads(run("list", "--json")) == []
    assert watch_words.GONE in run("remove", "w1", exit_code=1).replace("\n", " ")
