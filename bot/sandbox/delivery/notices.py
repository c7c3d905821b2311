"""What Slack shows a person when the app doesn't answer, or answers wrongly. The wordings are assumed."""

from bot.sandbox.delivery.port import Kind, Parcel

LATE = "operation_timeout"
BAD_STATUS = "dispatch_failed"
TROUBLE = "We had some trouble connecting. Try again?"
NOTICES = {
    "block_actions": "⚠ beside the button: the app did not respond.",
    "block_suggestion": "Sorry, the results couldn't be loaded.",
    "message_action": TROUBLE,
    "shortcut": TROUBLE,
    "view_submission": TROUBLE,
}


def notice(parcel: Parcel, error: str) -> str | None:
    """The sentence, or None where a person is shown nothing (events, closed views)."""
    if parcel.kind is Kind.COMMAND:
        return notice_of_command(parcel.name, error)
    return NOTICES.get(parcel.name)


def notice_of_command(name: str, error: str) -> str:
    """The sentence under a failed slash command."""
    return f'{name} failed with the error "{error}"'
