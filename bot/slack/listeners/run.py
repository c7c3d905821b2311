"""How every call runs: acknowledged before it comes here, done once, in the background, and never in silence."""

import asyncio
import secrets
from collections.abc import Awaitable, Callable

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError

from bot import metrics
from bot.errors import BadRequest, NotAllowed, QuotedeskError, StoreUnavailable
from bot.slack.blocks.notice import notice_message
from bot.slack.calling import refusal
from bot.slack.parts import Call, Parts
from bot.slack.replies import InDirectMessage
from bot.wording import slack_words, words
from index.errors import BadQuery, IndexUnavailable, NoIndex
from sources.errors import SourceError

log = structlog.stdlib.get_logger()

Behaviour = Callable[[Parts, Call], Awaitable[None]]

_MENDED_BY_THE_ASKER = (BadQuery, BadRequest, NotAllowed, SourceError)
_SENTENCES: tuple[tuple[type[Exception], str], ...] = (
    (NoIndex, words.NO_INDEX),
    (IndexUnavailable, words.INDEX_DOWN),
    (StoreUnavailable, words.STORE_DOWN),
    (aiohttp.ClientConnectorError, slack_words.AWAY),
    (aiohttp.ClientError, slack_words.UNSURE),
    (TimeoutError, slack_words.UNSURE),
)
PARTING = 5.0
"""Seconds in which someone can still be told that the desk stops."""


async def run(parts: Parts, call: Call, behaviour: Behaviour) -> None:
    """Start the behaviour; someone who comes when there is too much to do is told so."""

    async def job() -> None:
        if await _first(parts, call):
            await behaviour(parts, call)

    if not parts.work.start(lambda: guarded(call, job), lambda: _cut_off(call)):
        log.warning("Too much to do, a call was turned away", user=call.user_id)
        metrics.CALLS.labels("turned_away").inc()
        parts.work.at_once(lambda: _tell(call, words.BUSY))


async def _first(parts: Parts, call: Call) -> bool:
    workspace_id = parts.people.workspace(call.team_id)
    first = await parts.deliveries.first(workspace_id, call.delivery, parts.clock())
    if not first:
        log.info("A repeated delivery was left alone", delivery=call.delivery)
        metrics.CALLS.labels("repeated").inc()
    return first


async def guarded(call: Call, job: Callable[[], Awaitable[None]]) -> None:
    """Run the job; whatever fails is told to the person in one sentence."""
    try:
        await job()
    except _MENDED_BY_THE_ASKER as error:
        metrics.CALLS.labels("refused").inc()
        await _tell(call, str(error))
    except Exception as error:  # the outermost place of a task: nothing behind it would hear of it
        error_id = secrets.token_hex(4)
        log.exception("A call failed", error_id=error_id, user=call.user_id, delivery=call.delivery)
        metrics.CALLS.labels("failed").inc()
        await _tell(call, words.with_id(sentence_of(error), error_id))


async def _cut_off(call: Call) -> None:
    """The desk stops before this was done."""
    log.warning("A call was cut off", user=call.user_id, delivery=call.delivery)
    metrics.CALLS.labels("cut_off").inc()
    try:
        async with asyncio.timeout(PARTING):
            await _tell(call, slack_words.STOPPED)
    except TimeoutError:
        metrics.CALLS.labels("untold").inc()


def sentence_of(error: Exception) -> str:
    """What a person is told of it."""
    if isinstance(error, SlackApiError):
        return slack_words.refused(refusal(error))
    for kind, sentence in _SENTENCES:
        if isinstance(error, kind):
            return sentence
    return str(error) if isinstance(error, QuotedeskError) else words.UNEXPECTED


async def _tell(call: Call, sentence: str) -> None:
    """Where the call is answered; where that can't be, as in a channel that was archived, in the direct messages."""
    direct = InDirectMessage(call.client, call.user_id, None)
    for reply in (call.reply,) if isinstance(call.reply, InDirectMessage) else (call.reply, direct):
        try:
            await reply.say(notice_message(sentence))
        except Exception as error:  # Slack itself may be out of reach: then the log is all that is left
            log.warning("That way the person could not be told", why=repr(error.__cause__ or error))
        else:
            return
    log.error("The person could not be told", user=call.user_id, delivery=call.delivery)
    metrics.CALLS.labels("untold").inc()
