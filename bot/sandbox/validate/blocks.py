"""Blocks: which there are, and where each may stand."""

from collections.abc import Iterator
from enum import Enum

from bot.sandbox.json_value import Json
from bot.sandbox.validate.elements import IMAGE, IN_ACTIONS, IN_CONTEXT_ACTIONS, IN_INPUT, IN_SECTION
from bot.sandbox.validate.limits import BLOCKS
from bot.sandbox.validate.objects import plain, text
from bot.sandbox.validate.problem import Problem
from bot.sandbox.validate.rich_text import RICH_TEXT
from bot.sandbox.validate.schema import Check, Rule, Shape, array, boolean, by_type, choice, string, typed


class Surface(Enum):
    """Where blocks stand."""

    MESSAGE = "message"
    MODAL = "modal"
    HOME = "home"


EVERYWHERE = frozenset(Surface)
MESSAGES = frozenset({Surface.MESSAGE})
MODALS = frozenset({Surface.MODAL})


def _block(name: str, fields: dict[str, Check], required: tuple[str, ...] = (), rules: tuple[Rule, ...] = ()) -> Shape:
    return typed(f"{BLOCKS}/{name}-block", {"block_id": string("block_id"), **fields}, required, rules)


def _text_or_fields(given: Json, pointer: str) -> Iterator[Problem]:
    if not given.get("text") and not given.get("fields"):
        yield Problem("must define either `text` or `fields`", f"{pointer}/type", f"{BLOCKS}/section-block")


_RICH_TEXT = _block("rich-text", RICH_TEXT, ("elements",))
_RAW_TEXT = typed(f"{BLOCKS}/table-block", {"text": string("section.text")}, ("text",))
_CELL = by_type({"raw_text": _RAW_TEXT, "rich_text": _RICH_TEXT})
_COLUMN = Shape(f"{BLOCKS}/table-block", {"align": choice("left", "center", "right"), "is_wrapped": boolean})

TABLE: dict[str, tuple[Shape, frozenset[Surface]]] = {
    "actions": (
        _block("actions", {"elements": array(by_type(IN_ACTIONS), "actions.elements")}, ("elements",)),
        EVERYWHERE,
    ),
    "alert": (
        _block(
            "alert",
            {"text": text("alert.text"), "level": choice("default", "info", "warning", "error", "success")},
            ("text",),
        ),
        MODALS,
    ),
    "context": (
        _block(
            "context",
            {
                "elements": array(
                    by_type({"image": IMAGE, "plain_text": text("context.text"), "mrkdwn": text("context.text")}),
                    "context.elements",
                )
            },
            ("elements",),
        ),
        EVERYWHERE,
    ),
    "context_actions": (
        _block(
            "context-actions",
            {"elements": array(by_type(IN_CONTEXT_ACTIONS), "context_actions.elements")},
            ("elements",),
        ),
        MESSAGES,
    ),
    "divider": (_block("divider", {}), EVERYWHERE),
    "header": (_block("header", {"text": plain("header.text")}, ("text",)), EVERYWHERE),
    "image": (
        _block(
            "image",
            {
                "image_url": string("image.image_url"),
                "alt_text": string("image.alt_text"),
                "title": plain("image.title"),
            },
            ("image_url", "alt_text"),
        ),
        EVERYWHERE,
    ),
    "input": (
        _block(
            "input",
            {
                "label": plain("input.label"),
                "element": by_type(IN_INPUT),
                "hint": plain("input.hint"),
                "optional": boolean,
                "dispatch_action": boolean,
            },
            ("label", "element"),
        ),
        EVERYWHERE,
    ),
    "markdown": (_block("markdown", {"text": string("markdown.text")}, ("text",)), MESSAGES),
    "rich_text": (_RICH_TEXT, EVERYWHERE),
    "section": (
        _block(
            "section",
            {
                "text": text("section.text"),
                "fields": array(text("section.field"), "section.fields"),
                "accessory": by_type(IN_SECTION),
                "expand": boolean,
            },
            rules=(_text_or_fields,),
        ),
        EVERYWHERE,
    ),
    "table": (
        _block(
            "table",
            {
                "rows": array(array(_CELL, "table.cells"), "table.rows"),
                "column_settings": array(_COLUMN, "table.column_settings"),
            },
            ("rows",),
        ),
        MESSAGES,
    ),
}
"""Each block that the sandbox knows, and its surfaces. The others (card, carousel, video …) it refuses: assumed, and
stricter than Slack."""

ON_SURFACE = {
    surface: by_type({name: shape for name, (shape, surfaces) in TABLE.items() if surface in surfaces})
    for surface in Surface
}
