"""An app's manifest, as far as the stand-in goes by it (schemas/manifest.schema of slackapi/manifest-schema)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from bot.sandbox.json_value import Json, as_list, as_object


@dataclass(frozen=True, slots=True)
class SlashCommand:
    """A slash command, and what a composer tells of it."""

    name: str
    description: str = ""
    usage_hint: str = ""
    should_escape: bool = False


@dataclass(frozen=True, slots=True)
class Shortcut:
    """A shortcut in a message's menu, or a global one."""

    callback_id: str
    name: str
    description: str = ""
    on_messages: bool = False


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an app registers: its names, its ways in, its scopes and subscriptions."""

    name: str
    user_name: str
    commands: tuple[SlashCommand, ...]
    shortcuts: tuple[Shortcut, ...]
    scopes: frozenset[str]
    events: frozenset[str]
    unfurl_domains: tuple[str, ...] = ()

    @classmethod
    def read(cls, given: Json) -> Self:
        """From a manifest's JSON. Raises KeyError where something that every manifest has is missing."""
        features = given["features"]
        settings: Json = given["settings"].get("event_subscriptions") or {}
        name = str(given["display_information"]["name"])
        return cls(
            name=name,
            user_name=str(features["bot_user"]["display_name"]).lower().replace(" ", "-"),
            commands=tuple(_command(one) for one in _objects(features.get("slash_commands"))),
            shortcuts=tuple(_shortcut(one) for one in _objects(features.get("shortcuts"))),
            scopes=frozenset(given["oauth_config"]["scopes"]["bot"]),
            events=frozenset(settings.get("bot_events") or ()),
            unfurl_domains=tuple(features.get("unfurl_domains") or ()),
        )


def _objects(value: object) -> Iterable[Json]:
    return (found for item in as_list(value) or [] if (found := as_object(item)) is not None)


def _command(given: Json) -> SlashCommand:
    return SlashCommand(
        name=str(given["command"]),
        description=str(given.get("description", "")),
        usage_hint=str(given.get("usage_hint", "")),
        should_escape=bool(given.get("should_escape")),
    )


def _shortcut(given: Json) -> Shortcut:
    return Shortcut(
        callback_id=str(given["callback_id"]),
        name=str(given["name"]),
        description=str(given.get("description", "")),
        on_messages=given["type"] == "message",
    )
