"""Deadlines, retries, signatures, sockets: what happens when an app is slow, broken or away."""

import asyncio
import time
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.say.async_say import AsyncSay
from slack_bolt.request.async_request import AsyncBoltRequest

from bot.sandbox import Delivery, NothingCame, PersonError, Sandbox
from bot.sandbox.delivery.http import signature
from tests.bot.sandbox.conftest import Newsroom
from tests.bot.sandbox.rig import bolt_app, connected, served


@pytest.fixture(params=["http", "socket"])
async def hasty(request: pytest.FixtureRequest) -> AsyncIterator[tuple[Sandbox, AsyncApp]]:
    """A sandbox that waits a tenth of a second for acknowledgements, and an app."""
    async with await Sandbox.start(deadline=0.1) as sandbox:
        sandbox.add_channel("general", (sandbox.add_user("rita"),))
        bolt = bolt_app(sandbox)
        async with connected(sandbox, bolt, request.param):
            yield sandbox, bolt


async def test_a_late_acknowledgement_is_seen_as_a_timeout(hasty: tuple[Sandbox, AsyncApp]) -> None:
    sandbox, app = hasty

    @app.command("/quote")
    async def quote(ack: AsyncAck) -> None:
        await asyncio.sleep(0.2)
        await ack("too late")

    delivery = await sandbox.command("rita", "general", "/quote", "Barr")
    await asyncio.sleep(0.2)
    await sandbox.until(lambda: len(sandbox.sockets.late_acks) == len(sandbox.sockets.live) or None)

    assert (delivery.late, delivery.status, delivery.ack_ms, delivery.ok) == (True, None, None, False)
    assert delivery.notice == '/quote failed with the error "operation_timeout"'
    assert sandbox.messages("general", as_user="rita") == ()
    assert (sandbox.wire[-1].name, sandbox.wire[-1].status) == ("/quote", None)


async def test_an_unknown_command_is_not_acknowledged(hasty: tuple[Sandbox, AsyncApp]) -> None:
    sandbox, _ = hasty
    delivery = await sandbox.command("rita", "general", "/quote")
    # By HTTP Bolt answers 404; by Socket Mode it answers nothing.
    assert (delivery.status, delivery.late) in ((404, False), (None, True))
    assert delivery.notice in (
        '/quote failed with the error "dispatch_failed"',
        '/quote failed with the error "operation_timeout"',
    )


async def test_a_failed_event_is_retried_three_times(hasty: tuple[Sandbox, AsyncApp]) -> None:
    sandbox, _ = hasty
    await sandbox.mention("rita", "general", "an app without a listener")
    for _ in range(4):
        await sandbox.advance(300)

    assert [delivery.attempt for delivery in sandbox.deliveries] == [0, 1, 2, 3]
    assert len({delivery.payload["event_id"] for delivery in sandbox.deliveries}) == 1
    # By HTTP Bolt answers 404; by Socket Mode it answers nothing.
    reasons = [delivery.retry_reason for delivery in sandbox.deliveries]
    assert reasons in ([None, *["http_error"] * 3], [None, *["http_timeout"] * 3])


async def test_retries_keep_their_times() -> None:
    async with await Sandbox.start(deadline=0.1) as sandbox:
        sandbox.add_channel("general", (sandbox.add_user("rita"),))
        delivery = await sandbox.mention("rita", "general", "nobody listens")
        assert (delivery.status, delivery.late) == (None, False)
        counts: list[int] = []
        for seconds in (1, 59, 1, 299, 1, 3000):
            await sandbox.advance(seconds)
            counts.append(len(sandbox.deliveries))
        assert counts == [2, 2, 3, 3, 4, 4]
        assert sandbox.deliveries[1].retry_reason == "connection_failed"


async def test_a_retry_can_be_made_by_hand(app: AsyncApp, newsroom: Newsroom) -> None:
    heard: list[tuple[str, Any, Any]] = []

    @app.event("app_mention")
    async def mentioned(body: dict[str, Any], request: AsyncBoltRequest, say: AsyncSay) -> None:
        number, reason = (request.headers.get(f"x-slack-retry-{name}") for name in ("num", "reason"))
        heard.append((body["event_id"], number, reason))
        await say(f"heard {len(heard)}")

    sandbox = newsroom.sandbox
    delivery = await sandbox.mention("rita", "general", "Barr")
    await sandbox.wait_for("general", "heard 1", as_user="rita")
    again = await sandbox.redeliver(delivery, attempt=2, reason="http_error")
    await sandbox.wait_for("general", "heard 2", as_user="rita")

    assert again.ok
    assert heard[0][0] == heard[1][0]
    assert heard[1][1:] == (["2"], ["http_error"])
    with pytest.raises(ValueError, match="events only"):
        await sandbox.redeliver(Delivery(payload={"command": "/quote"}))


async def test_an_app_may_decline_retries(newsroom: Newsroom) -> None:
    async def broken(request: web.Request) -> web.Response:
        body = await request.json()
        if body["type"] == "url_verification":
            return web.json_response({"challenge": body["challenge"]})
        return web.Response(status=500, headers={"x-slack-no-retry": "1"})

    server = web.Application()
    server.router.add_post("/", broken)
    runner = web.AppRunner(server)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    sandbox = newsroom.sandbox
    await sandbox.connect_http(f"http://127.0.0.1:{runner.addresses[0][1]}/")
    delivery = await sandbox.mention("rita", "general", "Barr")
    await sandbox.advance(3600)
    await runner.cleanup()
    assert (delivery.status, len(sandbox.deliveries)) == (500, 1)


async def test_an_old_or_foreign_signature_is_refused_by_bolt(newsroom: Newsroom) -> None:
    sandbox = newsroom.sandbox
    async with served(bolt_app(sandbox)) as url:
        with pytest.raises(ValueError, match="status 401"):
            await sandbox.connect_http(url, clock=lambda: time.time() - 301)
        with pytest.raises(ValueError, match="status 401"):
            await sandbox.connect_http(url, "another secret")


def test_the_signature_is_slacks_published_example() -> None:
    # The example of authentication/verifying-requests-from-slack.
    body = (
        b"token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&"
        b"channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&"
        b"response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN"
        b"&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c"
    )
    expected = "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503"
    assert signature("8f742231b10e8888abcd99yyyzzz85a5", "1531420618", body) == expected


async def test_sockets_reconnect_when_asked(newsroom: Newsroom) -> None:
    sandbox, app = newsroom.sandbox, bolt_app(newsroom.sandbox)

    @app.command("/quote")
    async def quote(ack: AsyncAck) -> None:
        await ack("here")

    async with connected(sandbox, app, "socket"):
        (first,) = sandbox.sockets.live
        await sandbox.sockets.disconnect()
        assert sandbox.sockets.live == []
        await sandbox.wait_connected()
        assert sandbox.sockets.live != [first]
        assert (await sandbox.command("rita", "general", "/quote")).ok


async def test_deliveries_go_to_any_of_ten_connections(newsroom: Newsroom) -> None:
    sandbox, app = newsroom.sandbox, bolt_app(newsroom.sandbox)

    @app.command("/quote")
    async def quote(ack: AsyncAck) -> None:
        await ack()

    handlers = [AsyncSocketModeHandler(app, sandbox.app.app_token) for _ in range(10)]
    for handler in handlers:
        await handler.connect_async()
    await sandbox.wait_connected(10)
    for _ in range(10):
        assert (await sandbox.command("rita", "general", "/quote")).ok
    assert [connection.delivered for connection in sandbox.sockets.live] == [1] * 10
    for handler in handlers:
        await handler.close_async()


async def test_the_eleventh_connection_is_sent_away(newsroom: Newsroom) -> None:
    import aiohttp

    sandbox = newsroom.sandbox
    headers = {"Authorization": f"Bearer {sandbox.app.app_token}"}
    async with aiohttp.ClientSession(headers=headers) as session:
        sockets: list[aiohttp.ClientWebSocketResponse] = []
        for _ in range(11):
            async with session.post(f"{sandbox.api_url}apps.connections.open") as answer:
                sockets.append(await session.ws_connect((await answer.json())["url"]))
        greetings = [await socket.receive_json() for socket in sockets]
        for socket in sockets:
            await socket.close()
    assert [greeting["type"] for greeting in greetings] == ["hello"] * 10 + ["disconnect"]
    assert greetings[-1]["reason"] == "too_many_websockets"


async def test_what_slack_stops_itself(newsroom: Newsroom) -> None:
    sandbox = newsroom.sandbox
    root = sandbox.say("rita", "general", "a thread")
    in_thread = await sandbox.command("rita", "general", "/quote", thread_ts=root.ts)
    assert (in_thread.sent, in_thread.notice) == (False, "/quote is not supported in threads. Sorry!")
    uninvited = await sandbox.mention("rita", "secret", "Barr")
    assert (uninvited.sent, uninvited.notice) == (False, "@quotedesk is not in this channel. Invite them?")
    sandbox.app.commands = {"/quote": True}
    assert (await sandbox.command("rita", "general", "/other")).notice == "/other is not a valid command."
    sandbox.app.events = frozenset()
    assert (await sandbox.dm("rita", "Barr")).sent is False
    assert sandbox.deliveries == []


async def test_what_no_person_could_do(newsroom: Newsroom) -> None:
    sandbox = newsroom.sandbox
    with pytest.raises(PersonError, match="can't post"):
        await sandbox.command("ed", "secret", "/quote")
    with pytest.raises(PersonError, match="can't see"):
        sandbox.messages("secret", as_user="ed")
    with pytest.raises(PersonError, match="no 'nobody'"):
        await sandbox.dm("nobody", "x")
    hidden = sandbox.say("rita", "secret", "hidden")
    with pytest.raises(PersonError, match="can't see"):
        await sandbox.message_shortcut("ed", hidden, "check")
    message = sandbox.say("ed", "general", "plain")
    with pytest.raises(PersonError, match="0 elements fit"):
        await sandbox.click("ed", message, "Share")


async def test_waiting_has_an_end_and_tells_what_was_there(newsroom: Newsroom) -> None:
    newsroom.sandbox.say("ed", "general", "something else")
    with pytest.raises(NothingCame, match="something else"):
        await newsroom.sandbox.wait_for("general", "dirt", as_user="ed", timeout=0.05)
