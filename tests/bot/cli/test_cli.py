"""The command line, from adding a folder to quoting from it, with the real parts."""

import fcntl
import json
import logging
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

import pytest
from typer.testing import CliRunner, Result

from bot.cli import app

BRIDGE = "The old bridge was closed on Monday. Engineers said that the river had undermined it.\n"
MARKET = "The market hall opens again in spring. The council promised lower rents for the stalls.\n"
QUESTION = ["quote", "--json", "bridge", "river"]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty home, no settings, and the log as it was afterwards."""
    for name in list(os.environ):
        if name.startswith(("QUOTEDESK_", "SLACK_")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("QUOTEDESK_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("NO_COLOR", "1")
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield tmp_path / "home"
    for handler in set(root.handlers) - set(handlers):
        handler.close()
    root.handlers[:], root.level = handlers, level


@pytest.fixture
def town(tmp_path: Path) -> Path:
    """A folder with two stories, a manifest for one of them, and a file that can't be read."""
    folder = tmp_path / "town"
    folder.mkdir()
    (folder / "bridge.txt").write_text(BRIDGE)
    (folder / "market.txt").write_text(MARKET)
    (folder / "photo.jpg").write_bytes(b"\xff\xd8\xff\xe0")
    entry = {"path": "bridge.txt", "title": "Bridge closed", "date": "2019-05-06", "url": "https://example.org/bridge"}
    (folder / "manifest.jsonl").write_text(json.dumps(entry) + "\n")
    return folder


def run(*words: str) -> Result:
    return CliRunner().invoke(app, list(words))


def ran(*words: str) -> str:
    result = run(*words)
    assert result.exit_code == 0, result.output
    return result.stdout


def data(*words: str) -> Any:
    return json.loads(ran(*words))


def failed(*words: str) -> str:
    """The one sentence that a failure says."""
    result = run(*words)
    assert result.exit_code == 1, result.output
    assert result.stdout == ""
    assert result.stderr.count("\n") == 1
    return result.stderr


def hits(*words: str) -> list[Any]:
    return data("quote", "--json", *words)["hits"]


def test_from_a_folder_to_a_quote(town: Path) -> None:
    added = data("sources", "add", str(town), "--json")
    assert (added["name"], added["documents"], added["new"]) == ("town", 2, 2)
    assert [one["location"] for one in added["unreadable"]] == ["photo.jpg"]
    ran("reindex")
    answer = data(*QUESTION)
    assert set(answer) == {"answered", "understood", "total", "left_out", "hits"}
    assert answer["answered"] is True
    assert answer["left_out"] == {"undated": 0, "vague": 0}
    hit = answer["hits"][0]
    document = hit.pop("document")
    assert document.pop("id")
    assert document == {
        "title": "Bridge closed",
        "publisher": None,
        "kind": None,
        "url": "https://example.org/bridge",
        "location": "bridge.txt",
        "published": {"value": "2019-05-06", "precision": "day", "origin": "declared", "end": None},
    }
    assert hit.pop("score") > 0
    assert hit == {
        "text": BRIDGE.strip(),
        "start": 0,
        "end": len(BRIDGE.strip()),
        "version": 1,
        "speaker": None,
        "quoted": [],
        "said": None,
        "pages": [],
        "cue": None,
        "spans": [[8, 14], [BRIDGE.index("river"), BRIDGE.index("river") + 5]],
        "missing": [],
        "match": "match",
        "link": hit["link"],
        "also_in": [],
        "elsewhere": [],
    }
    assert hit["link"].startswith("https://example.org/bridge#:~:text=The%20old%20bridge")


def test_people_read_the_passage_its_date_and_its_link(town: Path) -> None:
    ran("sources", "add", str(town))
    shown = ran("quote", "bridge", "river")
    assert BRIDGE.strip() in shown
    assert "published May 6, 2019" in shown
    assert "Bridge closed" in shown
    assert "https://example.org/bridge#:~:text=" in shown


def test_the_place_that_is_shown_is_one_to_cite(town: Path) -> None:
    ran("sources", "add", str(town))
    shown = ran("quote", "bridge", "river")
    (place,) = re.findall(r"Place: (\S+)", shown)
    assert BRIDGE.strip() in ran("cite", place)


def test_who_sees_a_part_of_the_passages_is_told_how_to_see_more(town: Path) -> None:
    ran("sources", "add", str(town))
    assert "The first 1 of 2; --limit shows more." in ran("quote", "--limit", "1", "the")
    assert "--limit" not in ran("quote", "--limit", "2", "the")


def test_it_goes_by_its_own_name() -> None:
    ended = subprocess.run([sys.executable, "-m", "bot", "quote"], capture_output=True, text=True, check=False)
    assert ended.returncode == 2
    assert ended.stderr.startswith("Usage: quotedesk quote ")


def test_nothing_found_is_no_failure_and_never_called_false(town: Path) -> None:
    ran("sources", "add", str(town))
    assert "Not found" in ran("quote", '"zeppelin landing"')
    assert data("quote", "--json", '"zeppelin landing"')["hits"] == []


def test_a_word_with_a_dash_is_left_out_of_the_search(town: Path) -> None:
    ran("sources", "add", str(town))
    assert {hit["document"]["location"] for hit in hits("the")} == {"bridge.txt", "market.txt"}
    assert {hit["document"]["location"] for hit in hits("-council", "the")} == {"bridge.txt"}
    assert len(hits("the", "--limit", "1")) == 1


def test_the_manifest_may_be_left_unread(town: Path) -> None:
    data("sources", "add", str(town), "--no-manifest", "--json")
    assert hits("bridge")[0]["document"]["title"] != "Bridge closed"


def test_a_batch_is_answered_line_by_line(town: Path, tmp_path: Path) -> None:
    ran("sources", "add", str(town))
    lines = [
        '{"id": "a", "query": "bridge"}',
        "nonsense",
        "",
        '{"id": "b"}',
        '{"id": "c", "query": "after:nonsense x"}',
    ]
    file = tmp_path / "questions.jsonl"
    file.write_text("\n".join([*lines, '{"id": 7, "query": "market"}', "[1]"]))
    answers = [json.loads(line) for line in ran("quote", "--batch", str(file), "--limit", "1").splitlines()]
    assert [answer["id"] for answer in answers] == ["a", 2, "b", "c", 7, 6]
    assert [sorted(answer) == ["error", "id"] for answer in answers] == [False, True, True, True, False, True]
    assert answers[4]["hits"][0]["document"]["location"] == "market.txt"


def test_what_changed_and_what_is_gone_is_found_so_after_reindexing(town: Path) -> None:
    ran("sources", "add", str(town))
    (town / "market.txt").write_text("The market hall stays shut. Its roof is not safe, the council said.\n")
    (town / "bridge.txt").unlink()
    (told,) = data("reindex", "--json")
    assert (told["changed"], told["removed"], told["documents"]) == (1, 1, 1)
    assert hits("bridge", "river") == []
    assert [hit["version"] for hit in hits("roof")] == [2]


def test_a_rollback_brings_back_nothing_that_was_removed(town: Path) -> None:
    ran("sources", "add", str(town))
    ran("reindex", "--full")
    (town / "bridge.txt").unlink()
    ran("sources", "refresh", "town")
    stamp = data("rollback", "--json")
    assert stamp["documents"] == 1
    assert hits("bridge", "river") == []
    assert len(hits("market")) == 1


def test_a_removed_source_is_found_nowhere(town: Path) -> None:
    ran("sources", "add", str(town), "--name", "The Town")
    assert data("sources", "remove", "The Town", "--json")["removed"] == 2
    assert hits("bridge") == []
    assert data("sources", "list", "--json") == []


def test_sources_are_listed_with_what_can_not_be_read(town: Path) -> None:
    ran("sources", "add", str(town), "--name", "Town", "--visible-to", "C1", "--visible-to", "S2")
    (listed,) = data("sources", "list", "--json")
    assert listed.pop("id")
    (unreadable,) = listed.pop("unreadable")
    assert unreadable["location"] == "photo.jpg"
    assert unreadable["reason"]
    assert listed == {
        "name": "Town",
        "place": str(town),
        "visible_to": ["C1", "S2"],
        "paused": False,
        "problem": None,
        "every": "watch",
        "due": None,
        "documents": 2,
        "undated": 1,
    }
    shown = ran("sources", "list")
    assert "limited to C1, S2" in shown
    assert f"unreadable: photo.jpg: {unreadable['reason']}" in shown


def test_a_source_that_went_away_keeps_what_it_had_and_says_so(town: Path) -> None:
    ran("sources", "add", str(town))
    town.rename(town.with_name("elsewhere"))
    result = run("reindex")
    assert result.exit_code == 1
    assert "town" in result.stderr
    assert len(hits("bridge", "river")) == 1
    (listed,) = data("sources", "list", "--json")
    assert listed["problem"]


def test_status_tells_of_index_and_sources(town: Path) -> None:
    empty = data("status", "--json")
    assert empty["generation"] is None
    ran("sources", "add", str(town))
    status = data("status", "--json")
    assert (status["generation"]["documents"], status["behind"], status["previous"]) == (2, 0, None)
    assert [(source["name"], source["documents"], source["unreadable"]) for source in status["sources"]] == [
        ("town", 2, 1)
    ]
    assert "2 documents" in ran("status")


def test_failures_are_one_sentence_and_code_1(town: Path, tmp_path: Path) -> None:
    assert "reindex" in failed("quote", "bridge")
    ran("sources", "add", str(town))
    assert "already" in failed("sources", "add", str(town))
    assert "Town hall" in failed("sources", "remove", "Town hall")
    assert "nowhere" in failed("sources", "add", str(tmp_path / "nowhere"))
    assert "after" in failed("quote", "bridge after:nonsense")
    assert "questions" in failed("quote", "--batch", str(tmp_path / "questions.jsonl"))
    assert [one["name"] for one in data("sources", "list", "--json")] == ["town"]


@pytest.mark.parametrize(
    "words",
    [
        ["quote"],
        ["quote", "bridge", "--batch", "x"],
        ["quote", "--limit", "0", "x"],
        ["quote", "--limt", "x"],
        ["nonsense"],
        ["sources", "add"],
    ],
)
def test_wrong_usage_is_code_2(words: list[str]) -> None:
    assert run(*words).exit_code == 2


def test_settings_that_can_not_be_used_are_told_by_every_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUOTEDESK_ENGINE", "sphinx")
    assert "QUOTEDESK_ENGINE" in failed("status")
    assert "QUOTEDESK_ENGINE" in failed("doctor")


def test_serving_without_tokens_names_those_that_are_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-1")
    assert "SLACK_SIGNING_SECRET" in failed("serve")
    assert "SLACK_APP_TOKEN" in failed("serve", "--socket")


def test_an_unexpected_failure_shows_an_id_that_is_in_the_log(
    town: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran("sources", "add", str(town))

    async def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("a defect")

    monkeypatch.setattr("bot.asking.desk.Desk.answer", broken)
    sentence = failed("quote", "--json", "bridge")
    trouble = re.search(r"under ([0-9a-f]{8})", sentence)
    assert trouble is not None
    assert "Traceback" not in sentence
    log = (home / "quotedesk.log").read_text()
    assert trouble[1] in log
    assert "ZeroDivisionError" in log
    assert "bridge" not in log


def test_terminal_commands_in_a_source_do_not_reach_the_terminal(tmp_path: Path) -> None:
    folder = tmp_path / "hostile"
    folder.mkdir()
    (folder / "a.txt").write_text("The mayor resigned on Friday after the vote.\n")
    title = "Mayor \x1b[31mred\x1b[0m \u202egnorw"
    (folder / "manifest.jsonl").write_text(json.dumps({"path": "a.txt", "title": title}) + "\n")
    ran("sources", "add", str(folder))
    shown = ran("quote", "mayor")
    assert "\x1b" not in shown
    assert "\u202e" not in shown


def test_the_doctor_finds_a_sound_desk_sound_and_damage_damaged(town: Path, home: Path) -> None:
    assert all(finding["ok"] for finding in data("doctor", "--json"))
    ran("sources", "add", str(town))
    assert all(finding["ok"] for finding in data("doctor", "--json"))
    for snapshot in (home / "snapshots").rglob("*"):
        if snapshot.is_file():
            snapshot.write_bytes(b"tampered")
    result = run("doctor", "--json")
    assert result.exit_code == 1
    assert [finding["name"] for finding in json.loads(result.stdout) if not finding["ok"]] == ["snapshots"]


def test_the_doctor_finds_a_flipped_bit_in_the_index(town: Path, home: Path) -> None:
    ran("sources", "add", str(town))
    file = next((home / "index").rglob("facts.bin"))
    content = bytearray(file.read_bytes())
    content[-1] ^= 1
    file.write_bytes(content)
    (found,) = [finding for finding in json.loads(run("doctor", "--json").stdout) if not finding["ok"]]
    assert found["name"] == "index"
    assert f"{file.parent.name}/facts.bin" in found["detail"]


def test_too_little_memory_for_the_index_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUOTEDESK_INDEX_MEMORY", "5")
    assert "QUOTEDESK_INDEX_MEMORY: greater than or equal to 256" in failed("status")


def test_the_demo_answers_and_leaves_the_home_alone(home: Path) -> None:
    result = run("demo", "--once")
    assert result.exit_code == 0, result.output
    assert "Barr" in result.stdout
    assert not home.exists()


@pytest.fixture
def waiting(town: Path, home: Path) -> Iterator[tuple[subprocess.Popen[str], IO[bytes]]]:
    """A `reindex` that waits for the lock, which the other one holds, and that file."""
    ran("sources", "add", str(town))
    with (home / "writer.lock").open("r+b") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        lock.truncate(0)
        lock.write(b"reindexing (process 42)")
        lock.flush()
        command = [sys.executable, "-m", "bot", "reindex", "--json"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as other:
            assert other.stderr is not None
            assert "reindexing (process 42)" in other.stderr.readline()
            assert other.poll() is None
            yield other, lock


def test_a_writer_waits_for_the_other_and_says_for_whom(waiting: tuple[subprocess.Popen[str], IO[bytes]]) -> None:
    other, lock = waiting
    fcntl.flock(lock, fcntl.LOCK_UN)
    out, _ = other.communicate(timeout=120)
    assert other.returncode == 0
    assert json.loads(out)[0]["documents"] == 2


def test_an_interrupted_command_ends_quietly(waiting: tuple[subprocess.Popen[str], IO[bytes]]) -> None:
    other, _ = waiting
    other.send_signal(signal.SIGINT)
    _, said = other.communicate(timeout=120)
    assert other.returncode == 130
    assert "Traceback" not in said
