"""The manifests, the code and the scopes agree: nothing is asked for that nothing needs, and nothing is missing."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from bot.slack.listeners import (
    check_quotes,
    direct_message,
    hand_in,
    home,
    mention,
    pin_quote,
    quote_command,
    reindex_command,
    search_form,
    sources_command,
    unfurl,
    uninstalled,
)
from bot.wording import admin_words, asking_words

ROOT = Path(__file__).parents[3]
PATHS = {mode: ROOT / "deploy" / "slack" / f"manifest-{mode}.json" for mode in ("http", "socket")}

SHORTCUTS = {
    search_form.SHORTCUT: ("global", asking_words.FORM_TITLE),
    hand_in.SHORTCUT: ("message", admin_words.ADD_AS_SOURCE),
    check_quotes.SHORTCUT: ("message", "Check Quotes"),
    pin_quote.SHORTCUT: ("message", "Pin Quote"),
}

# Every scope with what needs it: a method that the code calls, an event or the command.
REASONS = {
    "app_mentions:read": {"app_mention"},
    "channels:read": {"conversations_info", "conversations_members"},
    "chat:write": {"chat_postMessage", "chat_postEphemeral", "chat_update"},
    "commands": {"/quote", "/sources", "/reindex", *SHORTCUTS},
    "files:read": {"files_info"},
    "files:write": {"files_upload_v2"},
    "groups:read": {"conversations_info", "conversations_members"},
    "im:history": {"message.im", "conversations_history"},
    "links:read": {unfurl.EVENT},
    "links:write": {"chat_unfurl"},
    "mpim:read": {"conversations_info", "conversations_members"},
    "usergroups:read": {"usergroups_list", "usergroups_users_list"},
    "users:read": {"users_info"},
}
NEED_NO_SCOPE = {"auth_test", "views_open", "views_publish", "views_update"}
COMMANDS = [quote_command.COMMAND, sources_command.COMMAND, reindex_command.COMMAND]
REFUSED = {"channels:history", "groups:history", "mpim:history", "users:read.email"}


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
    heard = {*COMMANDS, *SHORTCUTS, mention.EVENT, unfurl.EVENT, f"{direct_message.EVENT}.im"}
    assert needed == (_methods_called() - NEED_NO_SCOPE) | heard


def test_events_and_commands_are_those_that_are_listened_for(manifest: dict[str, Any]) -> None:
    assert manifest["settings"]["event_subscriptions"]["bot_events"] == sorted(
        (home.EVENT, mention.EVENT, unfurl.EVENT, f"{direct_message.EVENT}.im", *uninstalled.EVENTS)
    )
    assert [command["command"] for command in manifest["features"]["slash_commands"]] == COMMANDS


def test_the_shortcuts_are_those_that_are_listened_for(manifest: dict[str, Any]) -> None:
    shown = {each["callback_id"]: (each["type"], each["name"]) for each in manifest["features"]["shortcuts"]}
    assert shown == SHORTCUTS
    for shortcut in manifest["features"]["shortcuts"]:
        assert len(shortcut["name"]) <= 24
        assert len(shortcut["description"]) <= 150


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
    assert written.count("https://quotedesk.example.org/slack/events") == (0 if mode == "socket" else 3 + len(COMMANDS))


def test_the_two_differ_in_nothing_else() -> None:
    http, socket = (json.loads(path.read_text(encoding="utf-8")) for path in PATHS.values())
    del http["settings"]["event_subscriptions"]["request_url"], http["settings"]["interactivity"]["request_url"]
    del http["settings"]["interactivity"]["message_menu_options_url"]
    for command in http["features"]["slash_commands"]:
        del command["url"]
    http["settings"]["socket_mode_enabled"] = True
    assert http == socket
