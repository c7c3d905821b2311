"""The last net: what goes wrong before a call could be read."""

import secrets
from typing import Any

import structlog
from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncApp, AsyncRespond

from bot.slack.installation import SlackAway
from bot.slack.listeners.run import sentence_of
from bot.slack.parts import Parts
from bot.wording import words

log = structlog.stdlib.get_logger()


def register(app: AsyncApp, _parts: Parts) -> None:
    """Listen for errors; Slack is answered 200, so that it neither retries nor shows its own alarm. But of an event
    that could not even be let in, since Slack did not say whether it takes the token, nobody can be told: Slack is to
    bring it again.
    """

    async def failed(error: Exception, body: dict[str, Any], respond: AsyncRespond) -> BoltResponse:
        error_id = secrets.token_hex(4)
        log.error("A request from Slack failed", error_id=error_id, exc_info=error)
        if body.get("response_url"):
            await respond(words.with_id(sentence_of(error), error_id))
        elif isinstance(error, SlackAway):
            return BoltResponse(status=503)
        return BoltResponse(status=200)

    app.error(failed)
