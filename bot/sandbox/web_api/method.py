"""What a Web API method is, and the arguments it is called with."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any

from bot.sandbox.core import Core
from bot.sandbox.errors import SlackRefusal
from bot.sandbox.json_value import Json, as_flag


class Token(Enum):
    """Which token a method takes; one that asks for the client's secret takes none."""

    BOT = "xoxb"
    APP = "xapp"
    NONE = ""


@dataclass(frozen=True, slots=True)
class Arguments:
    """The arguments, however they came: query, form, JSON or multipart."""

    given: Json

    def optional(self, name: str) -> str | None:
        """A text argument, None when absent or empty."""
        value = self.given.get(name)
        return None if value is None or value == "" else str(value)

    def need(self, name: str) -> str:
        """A text argument. Raises invalid_arguments when it is absent."""
        value = self.optional(name)
        if value is None:
            raise SlackRefusal("invalid_arguments", messages=[f"[ERROR] missing required field: {name}"])
        return value

    def flag(self, name: str) -> bool:
        """A boolean argument, false when absent."""
        return as_flag(self.given.get(name))

    def flag_or_none(self, name: str) -> bool | None:
        """A boolean argument, None when absent."""
        return None if self.given.get(name) is None else self.flag(name)

    def structure(self, name: str, error: str) -> Any:
        """An argument that is JSON, perhaps encoded as text. Raises `error` when it can't be read."""
        value = self.given.get(name)
        if value == "" or not isinstance(value, str):
            return None if value == "" else value
        try:
            return json.loads(value)
        except json.JSONDecodeError as bad:
            raise SlackRefusal(error) from bad

    def page(self, items: list[Any], most: int = 1000) -> tuple[list[Any], str]:
        """The part of a list that `cursor` and `limit` ask for, and the next cursor ("" at the end)."""
        try:
            start = int((self.optional("cursor") or "after:0").removeprefix("after:"))
            limit = int(self.optional("limit") or 100)
        except ValueError as bad:
            raise SlackRefusal("invalid_cursor") from bad
        if not 1 <= limit <= most:
            raise SlackRefusal("invalid_limit")
        end = start + limit
        return items[start:end], f"after:{end}" if end < len(items) else ""


@dataclass(frozen=True, slots=True)
class Method:
    """One method: what answers it, the scopes it needs (any one of them), and the token it takes."""

    answer: Callable[[Core, Arguments], Json]
    scopes: tuple[str, ...] = ()
    token: Token = Token.BOT


def missing_scope(core: Core, *needed: str) -> SlackRefusal:
    """The refusal that names what is needed and what was granted."""
    return SlackRefusal("missing_scope", needed=",".join(needed), provided=",".join(sorted(core.app.scopes)))
