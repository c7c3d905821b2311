"""Socket Mode when it goes wrong: a wrong token and a lost connection end the wait, with a sentence."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
from slack_bolt.async_app import AsyncApp

from bot.sandbox import Sandbox
from bot.slack import SocketMode, Work, build_slack_app
from bot.slack.socket import SocketLost
from tests.bot.slack.test_listeners_work import SeenKeys
from tests.fakes.backroom import a_backroom
from tests.fakes.checks import FakeChecks
from tests.fakes.desk import FakeDesk
from tests.fakes.reading_room import a_reading_room

SOON = timedelta(seconds=0.5)


async def _no_limits(_workspace_id: str) -> frozenset[str]:
    return frozenset()


def _app(sandbox: Sandbox, work: Work | None = None) -> AsyncApp:
    return build_slack_app(
        desk=FakeDesk([]),
        checks=FakeChecks(),
        backroom=a_backroom(),
        reading_room=a_reading_room(),
        deliveries=SeenKeys(),
        limits=_no_limits,
        workspace_of=lambda _team: "local",
        work=work or Work(),
        clock=lambda: datetime.now(UTC),
        bot_token=sandbox.app.bot_token,
        signing_secret="",
        api_url=sandbox.api_url,
    )


class _Open(SocketMode):
    """Closed at the end of a `with aclosing`."""

    def __init__(self, app: AsyncApp, sandbox: Sandbox) -> None:
        super().__init__(app, sandbox.app.app_token)

    async def aclose(self) -> None:
        await self.close()


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with await Sandbox.start() as started:
        yield started


async def test_a_wrong_token_is_not_tried_for_ever(sandbox: Sandbox) -> None:
    socket = SocketMode(_app(sandbox), "xapp-wrong")
    with pytest.raises(SocketLost, match="SLACK_APP_TOKEN"):
        await socket.connect(SOON)
    assert not await socket.connected()


async def test_a_connection_that_does_not_come_back_ends_the_watch(sandbox: Sandbox) -> None:
    socket = SocketMode(_app(sandbox), sandbox.app.app_token)
    await socket.connect()
    assert await socket.connected()
    await sandbox.close()
    with pytest.raises(SocketLost):
        await socket.watch(every=SOON / 10, patience=SOON)
    await socket.close()


async def test_replaced_connections_are_no_reason_to_stop(sandbox: Sandbox) -> None:
    async with contextlib.aclosing(_Open(_app(sandbox), sandbox)) as socket:
        await socket.connect()
        await sandbox.wait_connected(2)
        await sandbox.sockets.disconnect("refresh_requested")
        await asyncio.sleep(0.1)
        await sandbox.wait_connected(2)
        for _ in range(250):
            if await socket.connected():
                break
            await asyncio.sleep(0.02)
        assert await socket.connected()


async def test_another_workspaces_request_is_not_answered(sandbox: Sandbox) -> None:
    """Signed as it may be: what one newsroom holds is nobody else's."""
    work = Work()
    async with contextlib.aclosing(_Open(_app(sandbox, work), sandbox)) as socket:
        await socket.connect()
        delivery = await sandbox.dm(sandbox.add_user("rita"), "tide")
        authorizations = [{**delivery.payload["authorizations"][0], "team_id": "T0OTHER"}]
        payload = {**delivery.payload, "authorizations": authorizations, "team_id": "T0OTHER", "event_id": "Ev2"}
        await sandbox.redeliver(type(delivery)(payload))
        await work.drain(5)
    assert [exchange.name for exchange in sandbox.wire].count("chat.postMessage") == 1
