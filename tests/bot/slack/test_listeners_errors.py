"""The last net: a request that can't be read is told to the person, logged, and answered 200."""

import json
import time
from collections.abc import AsyncIterator, Sequence

import pytest
import structlog
from slack_bolt.async_app import AsyncApp, AsyncBoltRequest
from slack_sdk.signature import SignatureVerifier

from bot.sandbox import Sandbox
from bot.slack import Work, build_slack_app
from bot.wording import words
from tests.bot.slack.test_listeners_work import SeenKeys
from tests.fakes.backroom import a_backroom
from tests.fakes.checks import FakeChecks
from tests.fakes.desk import NOW, FakeDesk
from tests.fakes.reading_room import a_reading_room


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with await Sandbox.start() as started:
        yield started


async def _no_limits(_workspace_id: str) -> frozenset[str]:
    return frozenset()


def _app(sandbox: Sandbox) -> AsyncApp:
    return build_slack_app(
        desk=FakeDesk([]),
        checks=FakeChecks(),
        backroom=a_backroom(),
        reading_room=a_reading_room(),
        deliveries=SeenKeys(),
        limits=_no_limits,
        workspace_of=lambda _team: "local",
        work=Work(),
        clock=lambda: NOW,
        bot_token=sandbox.app.bot_token,
        signing_secret=sandbox.app.signing_secret,
        api_url=sandbox.api_url,
    )


@pytest.mark.parametrize(("secret", "age", "status"), [("right", 0, 200), ("wrong", 0, 401), ("right", 301, 401)])
async def test_an_unsigned_or_old_request_is_refused(sandbox: Sandbox, secret: str, age: int, status: int) -> None:
    body = json.dumps({"type": "url_verification", "token": "x", "challenge": "y"})
    key = sandbox.app.signing_secret if secret == "right" else secret
    stamp = str(int(time.time()) - age)
    signature = SignatureVerifier(key).generate_signature(timestamp=stamp, body=body) or ""
    headers: dict[str, str | Sequence[str]] = {
        "x-slack-request-timestamp": stamp,
        "x-slack-signature": signature,
        "content-type": "application/json",
    }
    assert (await _app(sandbox).async_dispatch(AsyncBoltRequest(body=body, headers=headers))).status == status


async def test_a_request_that_cannot_be_read_is_no_silence(sandbox: Sandbox) -> None:
    app = _app(sandbox)
    rita = sandbox.add_user("rita")
    sandbox.add_channel("general", (rita,))
    typed = await sandbox.command(rita, "general", "/quote", "tide")  # nobody listens: only the payload is wanted
    payload = {key: value for key, value in typed.payload.items() if key != "channel_id"}
    with structlog.testing.capture_logs() as logged:
        response = await app.async_dispatch(AsyncBoltRequest(mode="socket_mode", body=json.dumps(payload)))
        told = await sandbox.wait_for("general", words.UNEXPECTED, as_user="rita")
    assert response.status == 200
    (failure,) = [entry for entry in logged if entry["log_level"] == "error"]
    assert told.shown == words.with_id(words.UNEXPECTED, failure["error_id"])
