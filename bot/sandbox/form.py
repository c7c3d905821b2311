"""What a person has filled in: the `state.values` of a view, and the client's own checks before it submits."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from bot.sandbox.blocks import Element, elements
from bot.sandbox.errors import PersonError
from bot.sandbox.json_value import Json
from bot.sandbox.views import Values

STATE_FIELD = {
    "plain_text_input": "value",
    "email_text_input": "value",
    "url_text_input": "value",
    "number_input": "value",
    "rich_text_input": "rich_text_value",
    "static_select": "selected_option",
    "external_select": "selected_option",
    "radio_buttons": "selected_option",
    "checkboxes": "selected_options",
    "multi_static_select": "selected_options",
    "multi_external_select": "selected_options",
    "users_select": "selected_user",
    "multi_users_select": "selected_users",
    "conversations_select": "selected_conversation",
    "multi_conversations_select": "selected_conversations",
    "channels_select": "selected_channel",
    "multi_channels_select": "selected_channels",
    "datepicker": "selected_date",
    "timepicker": "selected_time",
    "datetimepicker": "selected_date_time",
}
"""Where each input's state keeps its value (reference/views, state.values)."""

OPTIONS = frozenset({"selected_option", "selected_options"})
REQUIRED = "Please complete this required field."
FORMATS = {
    "email_text_input": (re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+"), "Please enter a valid email address."),
    "url_text_input": (re.compile(r"https?://\S+"), "Please enter a valid URL."),
    "number_input": (re.compile(r"-?\d+(\.\d+)?"), "Please enter a valid number."),
}
"""The client's sentences are assumed."""


def inputs(blocks: Iterable[Json]) -> Iterator[Element]:
    """The elements that keep a state."""
    return (element for element in elements(blocks) if element.type in STATE_FIELD)


def initial_values(blocks: Iterable[Json]) -> Values:
    """The state of a fresh view."""
    values: Values = {}
    for element in inputs(blocks):
        name = STATE_FIELD[element.type]
        initial = element.json.get("initial_" + name.removeprefix("selected_").removeprefix("rich_text_"))
        if initial is None and name.endswith("s"):
            initial = []
        values.setdefault(element.block_id, {})[element.action_id] = {"type": element.type, name: initial}
    return values


def kept_values(before: Values, blocks: Iterable[Json]) -> Values:
    """The state after an update: what was filled in stays where block_id, action_id and type stay."""
    values = initial_values(blocks)
    for block_id, actions in values.items():
        for action_id, state in actions.items():
            old = before.get(block_id, {}).get(action_id)
            if old is not None and old["type"] == state["type"]:
                actions[action_id] = old
    return values


def filled(element: Element, given: Any) -> Json:
    """The element's state with this value: text, an option's value or words, an id, a date. Raises PersonError."""
    name = STATE_FIELD[element.type]
    if given is None or name not in OPTIONS or element.type.endswith("external_select"):
        return {"type": element.type, name: given}
    chosen = [option_of(element, item) for item in ([given] if name == "selected_option" else given)]
    return {"type": element.type, name: chosen[0] if name == "selected_option" else chosen}


def option_of(element: Element, wanted: str) -> Json:
    """The option with this value or these words. Raises PersonError."""
    for option in element.options:
        if wanted in (option.get("value"), option["text"]["text"]):
            return option
    raise PersonError(f"{element.label or element.action_id!r} offers no {wanted!r}")


def mistakes(blocks: Iterable[Json], values: Values) -> dict[str, str]:
    """What the client itself would complain of, by block_id; such a form is not sent."""
    found: dict[str, str] = {}
    for block in blocks:
        for element in inputs([block]) if block.get("type") == "input" else ():
            value = values[element.block_id][element.action_id][STATE_FIELD[element.type]]
            mistake = _mistake(element, value, optional=bool(block.get("optional")))
            if mistake:
                found[element.block_id] = mistake
    return found


def _mistake(element: Element, value: Any, *, optional: bool) -> str | None:
    if value in (None, "", []):
        return None if optional else REQUIRED
    if not isinstance(value, str):
        return None
    least, most = element.json.get("min_length"), element.json.get("max_length", 3000)
    if element.type == "plain_text_input" and least and len(value) < least:
        return f"Please enter at least {least} characters."
    if element.type == "plain_text_input" and len(value) > most:
        return f"Please enter no more than {most} characters."
    pattern, sentence = FORMATS.get(element.type, (None, ""))
    return sentence if pattern and not pattern.fullmatch(value) else None
