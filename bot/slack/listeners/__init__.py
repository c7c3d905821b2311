"""What the bot does in Slack, one file a behaviour. A new one is a file with `register`, and a row here."""

from slack_bolt.async_app import AsyncApp

from bot.slack.listeners import (
    context,
    direct_message,
    errors,
    mention,
    more,
    quote_command,
    search_instead,
    share,
)
from bot.slack.parts import Parts

LISTENERS = (quote_command, mention, direct_message, more, context, share, search_instead, errors)


def register_all(app: AsyncApp, parts: Parts) -> None:
    """Add every behaviour to the app."""
    for listener in LISTENERS:
        listener.register(app, parts)
