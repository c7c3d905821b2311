"""Finding one's way in blocks: the elements a person can use, and the words they read."""

import copy
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from bot.sandbox.ids import Ids
from bot.sandbox.json_value import Json, as_list, as_object

ELEMENT_FIELDS = ("accessory", "element", "elements")
"""Where a block keeps what can be pressed, chosen or filled in."""
PASSIVE = frozenset({"image", "plain_text", "mrkdwn"})
"""Element types that only show something."""


@dataclass(frozen=True, slots=True)
class Element:
    """Something in a message or view that a person can use."""

    block_id: str
    action_id: str
    type: str
    json: Json

    @property
    def label(self) -> str:
        """The words on it (a button's text, else the placeholder)."""
        for name in ("text", "placeholder"):
            text = as_object(self.json.get(name))
            if text is not None:
                return str(text.get("text", ""))
        return ""

    @property
    def value(self) -> str | None:
        """A button's hidden value."""
        return self.json.get("value")

    @property
    def url(self) -> str | None:
        """What a link button opens."""
        return self.json.get("url")

    @property
    def options(self) -> tuple[Json, ...]:
        """What can be chosen, groups flattened."""
        return options_of(self.json)


def options_of(holder: Json) -> tuple[Json, ...]:
    """The options of a menu, or of an answer to block_suggestion, groups flattened."""
    groups = as_list(holder.get("option_groups")) or []
    grouped = [option for group in groups for option in group.get("options", [])]
    return (*(as_list(holder.get("options")) or []), *grouped)


def elements(blocks: Iterable[Json]) -> Iterator[Element]:
    """Every usable element, in reading order."""
    for block in blocks:
        for item in _element_objects(block):
            yield Element(str(block.get("block_id", "")), str(item.get("action_id", "")), str(item["type"]), item)


def _element_objects(block: Json) -> Iterator[Json]:
    if block.get("type") == "rich_text":
        return
    for name in ELEMENT_FIELDS:
        found = block.get(name)
        for item in as_list(found) or [found]:
            element = as_object(item)
            if element is not None and element.get("type") not in PASSIVE:
                yield element


def with_ids(blocks: Iterable[Json], ids: Ids) -> tuple[Json, ...]:
    """A copy in which every block has a block_id and every usable element an action_id, as Slack fills them in."""
    filled = copy.deepcopy(list(blocks))
    for block in filled:
        block.setdefault("block_id", ids.new("b"))
        for element in _element_objects(block):
            element.setdefault("action_id", ids.new("a"))
    return tuple(filled)


def words(blocks: Iterable[Json]) -> str:
    """What a person reads in the blocks, a line for each text; the labels of buttons and menus are left out."""
    return "\n".join(line for block in blocks for line in _lines(block))


def _lines(block: Json) -> Iterator[str]:
    kind = block.get("type")
    if kind in ("actions", "context_actions"):
        return
    if kind == "rich_text":
        yield from ("".join(_runs(part)) for part in as_list(block.get("elements")) or [])
        return
    if kind == "table":
        yield from (" | ".join("".join(_runs(cell)) for cell in row) for row in as_list(block.get("rows")) or [])
        return
    for name, value in block.items():
        if name in ("text", "title", "label", "hint", "alt_text") and value:
            yield value if isinstance(value, str) else str(value.get("text", ""))
        elif name in ("fields", "elements"):
            for item in as_list(value) or []:
                yield from _lines(item)


def _runs(part: Any) -> Iterator[str]:
    """The words of rich text: a leaf has `text`, a link may have only its address, a user only an id."""
    node = as_object(part) or {}
    inner = as_list(node.get("elements"))
    if inner is not None:
        for item in inner:
            yield from _runs(item)
    else:
        yield str(
            node.get("text") or node.get("url") or node.get("user_id") or node.get("name") or node.get("fallback") or ""
        )
