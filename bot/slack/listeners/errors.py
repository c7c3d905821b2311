"""The last net: what goes wrong before a call could be read."""

import secrets
from typing import Any

import structlog
from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncApp, AsyncRespond

from bot.slack.parts import Parts
from bot.wording import words

log = structlog.stdlib.get_logger()


def register(app: AsyncApp, _parts: Parts) -> None:
    """Listen for errors; Slack is answered 200, so that it neither retries nor shows its own alarm."""

    async def failed(error: Exception, body: dict[str, Any], respond: AsyncRespond) -> BoltResponse:
        error_id = secrets.token_hex(4)
        log.error("A request from Slack failed", error_id=error_id, exc_info=error)
        if body.get("response_url"):
            await respond(words.with_id(words.UNEXPECTED, error_id))
        return BoltResponse(status=200)

    app.error(failed)
