"""`quotedesk quote --explain`, and a newsroom's own synonyms, from outside."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import app
from bot.wording import words


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home with two stories."""
    monkeypatch.setenv("QUOTEDESK_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("NO_COLOR", "1")
    (tmp_path / "town").mkdir()
    story = (
        "The old bridge was closed on Monday, said the Works Department. The river had undermined its northern pier.\n"
    )
    (tmp_path / "town" / "bridge.txt").write_text(story)
    (tmp_path / "town" / "hall.txt").write_text("Nothing else happened in town, and the town hall stayed calm.\n")
    ran("sources", "add", str(tmp_path / "town"))
    return tmp_path / "home"


def ran(*arguments: str, code: int = 0) -> str:
    result = CliRunner().invoke(app, list(arguments))
    assert result.exit_code == code, result.output
    return result.output


def test_the_points_are_told_and_add_up(home: Path) -> None:
    printed = ran("quote", "--explain", "bridge", "river")
    assert "Why this rank:" in printed
    assert "bridge, passage" in printed
    (hit,) = json.loads(ran("quote", "--json", "--explain", "bridge", "river"))["hits"]
    assert sum(reason["points"] for reason in hit["explain"]) == pytest.approx(hit["score"], abs=0.01)
    assert {"what", "where", "points"} == set(hit["explain"][0])


def test_without_the_option_nothing_is_explained(home: Path) -> None:
    assert "Why this rank" not in ran("quote", "bridge")
    assert "explain" not in json.loads(ran("quote", "--json", "bridge"))["hits"][0]


def test_a_batch_is_explained_too(home: Path, tmp_path: Path) -> None:
    (tmp_path / "batch.jsonl").write_text('{"id": 1, "query": "bridge"}\n')
    assert json.loads(ran("quote", "--batch", str(tmp_path / "batch.jsonl"), "--explain"))["hits"][0]["explain"]


def test_a_newsrooms_own_short_form_is_found_without_a_reindex(home: Path) -> None:
    assert not json.loads(ran("quote", "--json", "MWD", "bridge"))["total"]
    (home / "synonyms.toml").write_text('[[synonyms]]\nforms = ["MWD", "Works Department"]\n')
    answer = json.loads(ran("quote", "--json", "MWD", "bridge"))
    assert (answer["answered"], answer["total"], answer["hits"][0]["missing"]) == (True, 1, [])
    assert answer["understood"] == "Words: MWD, bridge. Spellings and short forms: MWD or Works Department."


def test_a_broken_table_is_told_in_one_sentence(home: Path) -> None:
    (home / "synonyms.toml").write_text("[[synonyms]]\n")
    assert "synonyms.toml: an entry takes `forms`" in " ".join(ran("quote", "bridge", code=1).split())


def test_most_of_the_words_are_told_as_such(home: Path) -> None:
    assert words.MOST_WORDS in " ".join(ran("quote", "bridge", "closed", "undermined", "pier", "town").split())
