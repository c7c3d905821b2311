"""Search These Words: what was taken for a command, or for another word, searched as it stands."""

from slack_bolt.async_app import AsyncApp

from bot.slack.blocks import buttons
from bot.slack.listeners.click import on_click
from bot.slack.listeners.typed import search
from bot.slack.parts import Call, Parts


def register(app: AsyncApp, parts: Parts) -> None:
    """Listen for the buttons."""
    for action_id in (buttons.SEARCH_INSTEAD, *map(buttons.instead_action, range(buttons.MOST_INSTEAD))):
        on_click(app, parts, action_id, _search)


async def _search(parts: Parts, call: Call) -> None:
    await search(parts, call, call.text)
