"""The manifests, the code and the scopes agree: nothing is asked for that nothing needs, and nothing is missing."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from bot.slack.listeners import direct_message, mention, quote_command

ROOT = Path(__file__).parents[2]
PATHS = {mode: ROOT / "deploy" / "slack" / f"manifest-{mode}.json" for mode in ("http", "socket")}

# Every scope with what needs it: a method that the code calls, an event or the command.
REASONS = {
    "app_mentions:read": {"app_mention"},
    "channels:read": {"conversations_info", "conversations_members"},
    "chat:write": {"chat_postMessage", "chat_postEphemeral"},
    "commands": {"/quote"},
    "groups:read": {"conversations_info", "conversations_members"},
    "im:history": {"message.im"},
    "mpim:read": {"conversations_info", "conversations_members"},
    "usergroups:read": {"usergroups_users_list"},
    "users:read": {"users_info"},
}
NEED_NO_SCOPE = {"auth_test"}
REFUSED = {"channels:history", "groups:history", "mpim:history", "users:read.email", "files:write"}


@pytest.fixture(params=["http", "socket"])
def mode(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def manifest(mode: str) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(PATHS[mode].read_text(encoding="utf-8"))
    return content


def _methods_called() -> set[str]:
    """All Web API methods that the room calls."""
    called = re.compile(r"client\.((?:auth|chat|conversations|files|usergroups|users|views)_\w+)\(")
    files = (ROOT / "bot" / "slack").rglob("*.py")
    return {name for file in files for name in called.findall(file.read_text(encoding="utf-8"))}


def test_every_scope_has_a_reason_and_none_is_refused(manifest: dict[str, Any]) -> None:
    scopes = manifest["oauth_config"]["scopes"]["bot"]
    assert scopes == sorted(REASONS)
    assert not REFUSED & set(scopes)


def test_every_reason_is_in_the_code() -> None:
    needed = {reason for reasons in REASONS.values() for reason in reasons}
    heard = {quote_command.COMMAND, mention.EVENT, f"{direct_message.EVENT}.im"}
    assert needed == (_methods_called() - NEED_NO_SCOPE) | heard


def test_events_and_commands_are_those_that_are_listened_for(manifest: dict[str, Any]) -> None:
    assert manifest["settings"]["event_subscriptions"]["bot_events"] == [mention.EVENT, f"{direct_message.EVENT}.im"]
    assert [command["command"] for command in manifest["features"]["slash_commands"]] == [quote_command.COMMAND]


def test_texts_are_within_slacks_limits_and_commands_are_escaped(manifest: dict[str, Any]) -> None:
    shown = manifest["display_information"]
    assert len(shown["name"]) <= 35
    assert len(shown["description"]) <= 140
    for command in manifest["features"]["slash_commands"]:
        assert command["should_escape"]
        assert len(command["command"]) <= 32
        assert len(command["usage_hint"]) <= 1000


def test_socket_mode_names_no_address_and_http_names_one_everywhere(mode: str, manifest: dict[str, Any]) -> None:
    written = json.dumps(manifest)
    assert manifest["settings"]["socket_mode_enabled"] is (mode == "socket")
    assert written.count("https://quotedesk.example.org/slack/events") == (0 if mode == "socket" else 3)


def test_the_two_differ_in_nothing_else() -> None:
    http, socket = (json.loads(path.read_text(encoding="utf-8")) for path in PATHS.values())
    del http["settings"]["event_subscriptions"]["request_url"], http["settings"]["interactivity"]["request_url"]
    del http["features"]["slash_commands"][0]["url"]
    http["settings"]["socket_mode_enabled"] = True
    assert http == socket
