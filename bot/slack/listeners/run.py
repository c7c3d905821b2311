"""How every call runs: acknowledged before it comes here, done once, in the background, and never in silence."""

import secrets
from collections.abc import Awaitable, Callable

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError

from bot.errors import BadRequest, NotAllowed, QuotedeskError, StoreUnavailable
from bot.slack.blocks.notice import notice_message
from bot.slack.parts import Call, Parts
from bot.slack.replies import Reply
from bot.wording import words
from index.errors import BadQuery, IndexUnavailable, NoIndex
from sources.errors import SourceError

log = structlog.stdlib.get_logger()

Behaviour = Callable[[Parts, Call], Awaitable[None]]

_MENDED_BY_THE_ASKER = (BadQuery, BadRequest, NotAllowed, SourceError)
_SENTENCES: tuple[tuple[type[Exception], str], ...] = (
    (NoIndex, words.NO_INDEX),
    (IndexUnavailable, words.INDEX_DOWN),
    (StoreUnavailable, words.STORE_DOWN),
    (SlackApiError, words.SLACK_REFUSED),
    (aiohttp.ClientError, words.SLACK_REFUSED),
)


async def run(parts: Parts, call: Call, behaviour: Behaviour) -> None:
    """Start the behaviour; someone who comes when there is too much to do is told so."""

    async def job() -> None:
        if await _first(parts, call):
            await behaviour(parts, call)

    if not parts.work.start(lambda: guarded(call, job)):
        log.warning("Too much to do, a call was turned away", user=call.user_id)
        parts.work.at_once(lambda: _tell(call.reply, words.BUSY))


async def _first(parts: Parts, call: Call) -> bool:
    workspace_id = parts.people.workspace(call.team_id)
    first = await parts.deliveries.first(workspace_id, call.delivery, parts.clock())
    if not first:
        log.info("A repeated delivery was left alone", delivery=call.delivery)
    return first


async def guarded(call: Call, job: Callable[[], Awaitable[None]]) -> None:
    """Run the job; whatever fails is told to the person in one sentence."""
    try:
        await job()
    except _MENDED_BY_THE_ASKER as error:
        await _tell(call.reply, str(error))
    except Exception as error:  # the outermost place of a task: nothing behind it would hear of it
        error_id = secrets.token_hex(4)
        log.exception("A call failed", error_id=error_id, user=call.user_id, delivery=call.delivery)
        await _tell(call.reply, words.with_id(_sentence(error), error_id))


def _sentence(error: Exception) -> str:
    for kind, sentence in _SENTENCES:
        if isinstance(error, kind):
            return sentence
    return str(error) if isinstance(error, QuotedeskError) else words.UNEXPECTED


async def _tell(reply: Reply, sentence: str) -> None:
    try:
        await reply.say(notice_message(sentence))
    except Exception:  # Slack itself is out of reach: the log is all that is left
        log.exception("The person could not be told", sentence=sentence)
