"""The house stays in order: what lies at the top, and a README that names every command and every setting."""

import importlib
import re
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

import pytest
import typer
from typer.core import TyperCommand, TyperGroup

from bot.cli import app
from bot.config import CONFIG_FILE, Config

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")

TOP = {
    *(".ci", ".gitignore", ".typings", "LICENSE", "README.md", "pyproject.toml"),
    *("bot", "deploy", "index", "sources", "tests"),
}


def test_nothing_new_lies_at_the_top() -> None:
    passing = [line.rstrip("/") for line in (ROOT / ".gitignore").read_text().split()]
    found = {path.name for path in ROOT.iterdir()}
    assert {name for name in found if not any(fnmatch(name, pattern) for pattern in [".git", *passing])} == TOP


@pytest.mark.parametrize("command", ["demo", "test"])
def test_the_first_screen_tells_how_to_start(command: str) -> None:
    assert f"sh deploy/run.sh {command}" in "\n".join(README.splitlines()[:40])


def rows() -> Iterator[tuple[list[str], str]]:
    """Of every table row of the README: what stands in backticks in its first cell, and the whole row."""
    for line in README.splitlines():
        if line.startswith("|"):
            yield re.findall(r"`([^`]+)`", re.split(r"(?<!\\)\|", line)[1]), line


def commands(command: object, name: str = "quotedesk") -> Iterator[tuple[str, TyperCommand]]:
    """Every command that does something, by its full name."""
    if isinstance(command, TyperGroup):
        for part, below in command.commands.items():
            yield from commands(below, f"{name} {part}")
    elif isinstance(command, TyperCommand):
        yield name, command


COMMANDS = dict(commands(typer.main.get_command(app)))
SETTINGS = {CONFIG_FILE} | {str(field.validation_alias or name).upper() for name, field in Config.model_fields.items()}


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_its_row_in_the_readme_with_all_its_options(name: str) -> None:
    found = [row for codes, row in rows() if any(re.match(rf"{name}(?![\w-])", code) for code in codes)]
    assert found, f"the README has no table row whose first cell begins with `{name}`"
    options = {option for parameter in COMMANDS[name].params for option in parameter.opts if option.startswith("--")}
    missing = {option for option in options if not re.search(rf"{option}(?![\w-])", "".join(found))}
    assert not missing


def test_the_readme_names_no_command_that_is_not_there() -> None:
    told = [code for codes, _ in rows() for code in codes if code.startswith("quotedesk ")]
    assert [code for code in told if not any(re.match(rf"{name}(?![\w-])", code) for name in COMMANDS)] == []


def test_the_readme_names_every_setting_and_no_other() -> None:
    told = {code for codes, _ in rows() for code in codes if re.match(r"(QUOTEDESK|SLACK)_[A-Z_]+$", code)}
    assert told == SETTINGS


EXPORTED = {
    "bot.sandbox.client": {"add_client", "guard"},
    "bot.slack": {"SocketMode", "Work", "build_slack_app"},
    "bot.store": {"Store", "open_store"},
    "bot.pinning": {"ExportForm", "Follower", "PinDesk", "PinFiles", "PinPage", "PinView"},
    "bot.reading": {"Block", "Changes", "Matches", "ReadingDesk", "Sheet", "Sign", "Turn", "Wanted"},
    "index.anchor": {"Alignment", "Anchoring", "Fate", "Found", "Selector", "anchor", "select"},
    "index.check": {
        *("SAME", "Claim", "Finding", "Flag", "Op", "Record", "Step", "Verdict"),
        *("around", "content_words", "find", "piece", "read", "readings", "split_around", "weight_of_claim"),
    },
    "index.whoosh_engine": {"WhooshEngine", "WhooshPercolator"},
    "sources.connectors": {"CONNECTORS", "Connector", "identify", "name_of", "open_source", "recognise"},
}


@pytest.mark.parametrize("package", EXPORTED)
def test_a_package_gives_few_names_away(package: str) -> None:
    assert set(importlib.import_module(package).__all__) == EXPORTED[package]
