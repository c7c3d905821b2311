"""Calls of Slack, and what their failing means."""

from collections.abc import Awaitable, Container
from typing import Any, cast

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_async_handlers import (
    AsyncConnectionErrorRetryHandler,
    AsyncRateLimitErrorRetryHandler,
)
from slack_sdk.http_retry.request import HttpRequest
from slack_sdk.http_retry.response import HttpResponse
from slack_sdk.http_retry.state import RetryState

from bot.watches.telling import Away, Refused
from bot.wording import words
from bot.wording.slack_words import REFUSALS

GONE = frozenset({"user_not_found", "user_not_visible", "users_not_found"})
CLOSED = frozenset(
    {
        "channel_not_found",
        "not_in_channel",
        "is_archived",
        "user_disabled",
        "restricted_action",
        "restricted_action_non_threadable_channel",
        "restricted_action_read_only_channel",
        "restricted_action_thread_only_channel",
        "cannot_dm_bot",
    }
)
LATER = frozenset(REFUSALS) - CLOSED - {"expired_trigger_id"}
"""What ails Slack or the app as a whole, not one message: the same call may be taken later."""
UNREACHED = (aiohttp.ClientError, TimeoutError, OSError)
POSTS = frozenset({"chat.postMessage", "files.completeUploadExternal"})
"""What others see, once for each time that Slack takes it."""
LONGEST_WAIT = 20
"""Seconds: who is asked to wait longer is told so instead, and holds no place meanwhile."""


class Unclear(Away):
    """Slack did not take this one message, for a reason of which it is not known whether it lasts."""


class WhenLimited(AsyncRateLimitErrorRetryHandler):
    """Tries again up to twice when Slack says how soon it may, unless that is long."""

    def __init__(self) -> None:
        super().__init__(max_retry_count=2)

    async def _can_retry_async(
        self,
        *,
        state: RetryState,
        request: HttpRequest,
        response: HttpResponse | None = None,
        error: Exception | None = None,
    ) -> bool:
        if not await super()._can_retry_async(state=state, request=request, response=response, error=error):
            return False
        headers = cast("dict[str, list[str]]", response.headers if response else {})
        named = next((value[0] for name, value in headers.items() if name.lower() == "retry-after"), "1")
        return named.isdecimal() and int(named) <= LONGEST_WAIT


class WhenBroken(AsyncConnectionErrorRetryHandler):
    """Tries once more where the connection broke, but for what others would see twice: of that it is not known whether
    it arrived, unless there was no connection at all.
    """

    async def _can_retry_async(
        self,
        *,
        state: RetryState,
        request: HttpRequest,
        response: HttpResponse | None = None,
        error: Exception | None = None,
    ) -> bool:
        if not await super()._can_retry_async(state=state, request=request, response=response, error=error):
            return False
        return isinstance(error, aiohttp.ClientConnectorError) or not _is_post(request)


def _is_post(request: HttpRequest) -> bool:
    to_a_channel = (request.body_params or {}).get("response_type") == "in_channel"
    return to_a_channel or request.url.rpartition("/")[2] in POSTS


def refusal(error: SlackApiError) -> str:
    """Slack's word for why it did not do it; empty where it did not answer in its own form, as with a page for 503."""
    answer: Any = getattr(cast("Any", error.response), "data", error.response)
    return str(cast("dict[str, Any]", answer).get("error") or "") if isinstance(answer, dict) else ""


async def called(calling: Awaitable[Any], refusals: Container[str], sentence: str = words.SLACK_REFUSED) -> Any:
    """Slack's answer. Raises Refused with the sentence where the error is one of these refusals, so that Slack will
    never do it; Away where it may do it later, Unclear where that is not known.
    """
    try:
        return await calling
    except SlackApiError as error:
        if refusal(error) in refusals:
            raise Refused(sentence) from error
        raise (Away if refusal(error) in LATER else Unclear)(words.SLACK_REFUSED) from error
    except UNREACHED as error:
        raise Away(words.SLACK_REFUSED) from error
