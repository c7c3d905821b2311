"""Calls of Slack on nobody's request, and what their failing means."""

from collections.abc import Awaitable, Container
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError

from bot.watches.telling import Away, Refused
from bot.wording import words

GONE = frozenset({"user_not_found", "user_not_visible", "users_not_found"})
CLOSED = frozenset(
    {"channel_not_found", "not_in_channel", "is_archived", "user_disabled", "restricted_action", "cannot_dm_bot"}
)
UNREACHED = (aiohttp.ClientError, TimeoutError, OSError)


async def called(calling: Awaitable[Any], refusals: Container[str], sentence: str = words.SLACK_REFUSED) -> Any:
    """Slack's answer. Raises Refused with the sentence where the error is one of these refusals, so that Slack will
    never do it; Away where it may do it later.
    """
    try:
        return await calling
    except SlackApiError as error:
        if error.response["error"] in refusals:
            raise Refused(sentence) from error
        raise Away(words.SLACK_REFUSED) from error
    except UNREACHED as error:
        raise Away(words.SLACK_REFUSED) from error
