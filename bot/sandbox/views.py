"""Modals and home tabs as they stand now."""

from dataclasses import dataclass, field

from bot.sandbox.app import App
from bot.sandbox.blocks import Element, elements, words
from bot.sandbox.json_value import Json, as_object

Values = dict[str, dict[str, Json]]
"""block_id → action_id → what is filled in, as `state.values` carries it."""


@dataclass(frozen=True, slots=True)
class View:
    """One view before one person. `source` is what the app sent, its blocks with ids; `values` what is filled in."""

    id: str
    user: str
    source: Json
    hash: str
    root_id: str
    previous_id: str | None = None
    values: Values = field(default_factory=dict[str, dict[str, Json]])

    @property
    def type(self) -> str:
        """`modal` or `home`."""
        return str(self.source["type"])

    @property
    def blocks(self) -> tuple[Json, ...]:
        """Its blocks, with ids."""
        return tuple(self.source["blocks"])

    @property
    def title(self) -> str:
        """The words at its top; none on a home tab."""
        return str((as_object(self.source.get("title")) or {}).get("text", ""))

    @property
    def shown(self) -> str:
        """What is read in it."""
        return words(self.blocks)

    @property
    def elements(self) -> tuple[Element, ...]:
        """What can be used in it, in reading order."""
        return tuple(elements(self.blocks))

    @property
    def buttons(self) -> tuple[str, ...]:
        """The labels of its buttons, in reading order; submit and close are not among them."""
        return tuple(element.label for element in self.elements if element.type == "button")

    def to_json(self, app: App, team_id: str) -> Json:
        """As views.* answers and payloads carry it."""
        source = self.source
        return {
            "id": self.id,
            "team_id": team_id,
            "type": self.type,
            "blocks": list(self.blocks),
            "private_metadata": source.get("private_metadata", ""),
            "callback_id": source.get("callback_id", ""),
            "state": {"values": self.values},
            "hash": self.hash,
            "title": source.get("title", {"type": "plain_text", "text": "View Title", "emoji": True}),
            "clear_on_close": source.get("clear_on_close", False),
            "notify_on_close": source.get("notify_on_close", False),
            "close": source.get("close"),
            "submit": source.get("submit"),
            "previous_view_id": self.previous_id,
            "root_view_id": self.root_id,
            "app_id": app.app_id,
            "external_id": source.get("external_id", ""),
            "app_installed_team_id": team_id,
            "bot_id": app.bot_id,
        }
