"""The field in which user groups are chosen. Block Kit has none, so its options come from us while one types."""

from collections.abc import Sequence
from typing import Any

from bot.slack.blocks.rich import Json
from bot.slack.people import Group
from bot.slack.views.modal import value_of
from bot.wording.source import clipped

GROUPS = "groups"
MOST_CHOSEN = 8
"""All that is chosen in the form must fit into a view's metadata."""
_MOST_OFFERED = 100
_LONGEST = 75


def select(chosen: Sequence[Group]) -> Json:
    """The menu; its options are asked for as soon as it opens."""
    return {
        "type": "multi_external_select",
        "min_query_length": 0,
        "max_selected_items": MOST_CHOSEN,
        **({"initial_options": [_option(group) for group in chosen]} if chosen else {}),
    }


def offered(groups: Sequence[Group], typed: str) -> list[Json]:
    """The options for what was typed: groups that have it in their name or handle, as many as Slack takes."""
    wanted = typed.strip().removeprefix("@").casefold()
    return [_option(group) for group in groups if wanted in group.name.casefold()][:_MOST_OFFERED]


def chosen_in(view: Json) -> tuple[Group, ...]:
    """What was chosen in a submitted view."""
    options: Any = value_of(view, GROUPS) or ()
    return tuple(Group(str(option["value"]), str(option["text"]["text"])) for option in options)


def _option(group: Group) -> Json:
    words = clipped(group.name, _LONGEST - 2) or group.id
    return {"text": {"type": "plain_text", "text": words, "emoji": False}, "value": group.id}
