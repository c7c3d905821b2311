"""What the bot does in Slack, one file a behaviour. A new one is a file with `register`, and a row here."""

from slack_bolt.async_app import AsyncApp

from bot.slack.backroom import Backroom
from bot.slack.listeners import (
    add_source,
    check_quotes,
    citation,
    context,
    direct_message,
    errors,
    feedback,
    first,
    fix_details,
    groups,
    hand_in,
    home,
    mention,
    more,
    pin_export,
    pin_form,
    pin_history,
    pin_quote,
    pins,
    queues,
    quote_command,
    reindex_command,
    schedule,
    search_form,
    search_instead,
    share,
    source_buttons,
    sources_command,
    unfurl,
    uninstalled,
    watches,
    why,
)
from bot.slack.parts import Parts

LISTENERS = (
    check_quotes,
    mention,
    direct_message,
    more,
    context,
    share,
    why,
    citation,
    search_instead,
    search_form,
    first,
    feedback,
    watches,
    pin_form,
    pin_quote,
    pin_history,
    pin_export,
    pins,
    home,
    unfurl,
    errors,
)
ADMINS_LISTENERS = (
    sources_command,
    source_buttons,
    add_source,
    schedule,
    queues,
    fix_details,
    reindex_command,
    hand_in,
    groups,
    uninstalled,
)


def register_all(app: AsyncApp, parts: Parts, backroom: Backroom) -> None:
    """Add every behaviour to the app. Bolt asks one after the other whether it is meant, so the question comes first.
    Then the admins' come: of two that hear a message the first one takes it, and a message with a file is no question.
    """
    quote_command.register(app, parts)
    for listener in ADMINS_LISTENERS:
        listener.register(app, parts, backroom)
    for listener in LISTENERS:
        listener.register(app, parts)
