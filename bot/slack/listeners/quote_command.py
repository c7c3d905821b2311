"""`/quote …`: answered for the asker alone."""

from slack_bolt.async_app import AsyncApp

from bot.slack.listeners.command import on_command
from bot.slack.listeners.typed import answer_typed
from bot.slack.parts import Parts

COMMAND = "/quote"


def register(app: AsyncApp, parts: Parts) -> None:
    """Listen for the command."""
    on_command(app, parts, COMMAND, answer_typed)
