"""Answers that bring a message without the Web API: response URLs, and the body of a command's acknowledgement."""

from dataclasses import replace

from bot.sandbox.content import checked
from bot.sandbox.core import Core
from bot.sandbox.errors import SlackRefusal
from bot.sandbox.json_value import Json, as_flag
from bot.sandbox.messages import Message

WHERE = "response_url"


def respond(core: Core, ticket_id: str, given: Json) -> None:
    """One use of a response_url (interactivity/handling-user-interaction). Raises SlackRefusal."""
    core.faults.strike(WHERE)
    ticket = core.tickets.respond(ticket_id)
    original = core.workspace.messages[ticket.channel].get(ticket.message_ts or "")
    if as_flag(given.get("delete_original")):
        core.workspace.drop_message(_own(original))
        return
    replacing = as_flag(given.get("replace_original"))
    if ticket.from_message and "replace_original" not in given:
        core.record.caution(
            WHERE, "neither replace_original nor delete_original is given: Slack's pages disagree on the default"
        )
    if replacing and not ticket.from_message:
        # A command has no message to replace: Slack posts a new one (slackapi/bolt-python#1268).
        core.record.caution(WHERE, "replace_original after a slash command replaces nothing")
    if replacing and ticket.from_message:
        _replace(core, given, _own(original))
    else:
        post(core, WHERE, given, ticket.user, ticket.channel)


def post(core: Core, where: str, given: Json, user: str, channel: str) -> Message:
    """A new message: for the person alone unless `response_type` is in_channel. Needs no membership."""
    kind = given.get("response_type", "ephemeral")
    if kind not in ("ephemeral", "in_channel"):
        raise SlackRefusal("invalid_response_type")
    content = checked(core, where, given)
    thread_ts = given.get("thread_ts")
    return core.workspace.put_message(
        Message(
            channel=channel,
            ts=core.ids.ts(),
            user=core.app.user_id,
            text=content.text,
            blocks=content.blocks,
            thread_ts=str(thread_ts) if thread_ts else None,
            only_for=user if kind == "ephemeral" else None,
            by_bot=True,
        )
    )


def _replace(core: Core, given: Json, original: Message) -> None:
    """The message keeps its place and its kind: one for a person alone never becomes everyone's."""
    if original.ephemeral and given.get("response_type") == "in_channel":
        core.record.caution(WHERE, "an ephemeral message can't become in_channel; it stays for one person")
    content = checked(core, WHERE, given)
    edited = None if original.ephemeral else core.ids.ts()
    core.workspace.put_message(replace(original, text=content.text, blocks=content.blocks, edited=edited))


def _own(original: Message | None) -> Message:
    """The message that the URL came from. Raises message_not_found when it is gone (assumed)."""
    if original is None or not original.by_bot:
        raise SlackRefusal("message_not_found")
    return original
