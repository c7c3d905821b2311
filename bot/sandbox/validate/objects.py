"""Composition objects: texts, confirmations, options."""

from collections.abc import Iterator
from typing import Any

from bot.sandbox.json_value import Json, as_list
from bot.sandbox.validate.limits import OBJECTS
from bot.sandbox.validate.problem import Problem
from bot.sandbox.validate.schema import (
    Check,
    Rule,
    Shape,
    array,
    boolean,
    by_type,
    choice,
    one_of_fields,
    string,
    typed,
)

TEXT = f"{OBJECTS}/text-object"
OPTION = f"{OBJECTS}/option-object"
CONFIRM = f"{OBJECTS}/confirmation-dialog-object"
FILTER = f"{OBJECTS}/conversation-filter-object"
DISPATCH = f"{OBJECTS}/dispatch-action-configuration-object"


def plain(limit: str) -> Check:
    """A text object that takes no markup; `emoji` belongs to it alone."""
    return by_type({"plain_text": _plain(limit)})


def text(limit: str) -> Check:
    """A text object of either kind; `verbatim` belongs to mrkdwn alone."""
    mrkdwn = typed(TEXT, {"text": string(limit), "verbatim": boolean}, ("text",))
    return by_type({"plain_text": _plain(limit), "mrkdwn": mrkdwn})


def _plain(limit: str) -> Shape:
    return typed(TEXT, {"text": string(limit), "emoji": boolean}, ("text",))


confirm = Shape(
    CONFIRM,
    {
        "title": plain("confirm.title"),
        "text": text("confirm.text"),
        "confirm": plain("confirm.button"),
        "deny": plain("confirm.button"),
        "style": choice("primary", "danger"),
    },
    ("title", "text", "confirm", "deny"),
)

_OPTION_FIELDS: dict[str, Check] = {"value": string("option.value")}
plain_option = Shape(
    OPTION,
    {**_OPTION_FIELDS, "text": plain("option.text"), "description": plain("option.description")},
    ("text", "value"),
)
"""An option of a select menu."""
rich_option = Shape(
    OPTION,
    {**_OPTION_FIELDS, "text": text("option.text"), "description": text("option.description")},
    ("text", "value"),
)
"""An option of checkboxes or radio buttons."""
overflow_option = Shape(
    OPTION,
    {
        **_OPTION_FIELDS,
        "text": plain("option.text"),
        "description": plain("option.description"),
        "url": string("option.url"),
    },
    ("text", "value"),
)
"""An option of an overflow menu, the only kind with an address."""
option_group = Shape(
    f"{OBJECTS}/option-group-object",
    {"label": plain("option_group.label"), "options": array(plain_option, "select.options")},
    ("label", "options"),
)
option_list = Shape(
    f"{OBJECTS}/option-object",
    {"options": array(plain_option, "select.options"), "option_groups": array(option_group, "select.option_groups")},
    rules=(one_of_fields(OPTION, "options", "option_groups"),),
)
"""What an app answers to a block_suggestion."""

conversation_filter = Shape(
    FILTER,
    {
        "include": array(choice("im", "mpim", "private", "public"), "ids"),
        "exclude_external_shared_channels": boolean,
        "exclude_bot_users": boolean,
    },
)
dispatch_config = Shape(
    DISPATCH, {"trigger_actions_on": array(choice("on_enter_pressed", "on_character_entered"), "ids")}
)


def initial_among_options(page: str) -> Rule:
    """What is chosen at first must be one of the options, word for word."""

    def rule(given: Json, pointer: str) -> Iterator[Problem]:
        groups: list[Any] = as_list(given.get("option_groups")) or []
        offered = [*(as_list(given.get("options")) or []), *(o for g in groups for o in g.get("options", []))]
        chosen = (
            [given["initial_option"]] if given.get("initial_option") else as_list(given.get("initial_options")) or []
        )
        if any(option not in offered for option in chosen):
            name = "initial_option" if given.get("initial_option") else "initial_options"
            yield Problem("must match one of the options", f"{pointer}/{name}", page)

    return rule
