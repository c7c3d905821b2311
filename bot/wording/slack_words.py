"""What is said when Slack itself does not do what is asked of it. Plain text: nothing is markup."""

from collections.abc import Mapping

from bot.wording import words

AWAY = "Slack can't be reached just now. Please try again in a minute."
UNSURE = "Slack did not answer in time, so this may or may not have arrived. Please look before you try again."
WHO = "Slack did not tell just now who you are, so nothing was done. Please try again in a minute."
SOME_LEFT_OUT = (
    "Slack did not tell just now who may read what, so sources that are not open to everyone may be left out. "
    "Please ask again in a minute to be sure."
)
STOPPED = "Quotedesk is being restarted, so this was not finished. Please try again in a minute."

_BUSY = "Slack takes no more from Quotedesk just now. Please try again in a minute."
_TROUBLE = "Slack has trouble of its own just now. Please try again in a few minutes."
_NO_MEMBER = "Quotedesk is no member of that channel. Invite @Quotedesk there, then try again."
_CLOSED = "The settings of that channel or workspace let no app post there."
_OUT = "Slack does not take Quotedesk's token any more. An admin must install the app again."

REFUSALS: Mapping[str, str] = {
    "": _TROUBLE,
    "fatal_error": _TROUBLE,
    "internal_error": _TROUBLE,
    "request_timeout": _TROUBLE,
    "service_unavailable": _TROUBLE,
    "ratelimited": _BUSY,
    "is_archived": "That channel is archived, so nothing can be posted there.",
    "channel_not_found": _NO_MEMBER,
    "not_in_channel": _NO_MEMBER,
    "restricted_action": _CLOSED,
    "restricted_action_non_threadable_channel": _CLOSED,
    "restricted_action_read_only_channel": _CLOSED,
    "restricted_action_thread_only_channel": _CLOSED,
    "account_inactive": _OUT,
    "invalid_auth": _OUT,
    "not_authed": _OUT,
    "token_expired": _OUT,
    "token_revoked": _OUT,
    "missing_scope": (
        "Quotedesk lacks a right in Slack that this needs. An admin must install the app again by its present manifest."
    ),
    "expired_trigger_id": "That took too long to open. Please press it again.",
}
"""By Slack's own word for it (reference/methods); empty where Slack did not even answer in its own form."""


def refused(error: str) -> str:
    """Why Slack did not do it, and what helps.

    >>> refused("is_archived")
    'That channel is archived, so nothing can be posted there.'
    >>> refused("msg_too_long") == words.SLACK_REFUSED
    True
    """
    return REFUSALS.get(error, words.SLACK_REFUSED)
