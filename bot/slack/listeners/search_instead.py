"""Search These Words: what was taken for a command, searched as it stands."""

from slack_bolt.async_app import AsyncApp

from bot.slack.blocks import buttons
from bot.slack.listeners.click import on_click
from bot.slack.listeners.typed import searched
from bot.slack.parts import Call, Parts


def register(app: AsyncApp, parts: Parts) -> None:
    """Listen for the button."""
    on_click(app, parts, buttons.SEARCH_INSTEAD, _search)


async def _search(parts: Parts, call: Call) -> None:
    await call.reply.say(await searched(parts, call, buttons.Asking(call.text)))
