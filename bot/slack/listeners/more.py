"""More Passages: the next page, below what is there already."""

from slack_bolt.async_app import AsyncApp

from bot.slack.blocks import buttons
from bot.slack.listeners.click import on_click, read_value
from bot.slack.listeners.typed import searched
from bot.slack.parts import Call, Parts


def register(app: AsyncApp, parts: Parts) -> None:
    """Listen for the button."""
    on_click(app, parts, buttons.MORE, _more)


async def _more(parts: Parts, call: Call) -> None:
    await call.reply.say(await searched(parts, call, read_value(buttons.Asking.parse, call.text)))
