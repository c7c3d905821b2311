"""The local stand-in for Slack: one loopback server, its state in memory, driven by tests or by a page."""

import asyncio
import time
from types import TracebackType
from typing import Self

import aiohttp
from aiohttp import web

from bot.sandbox.acts.forms import Forms
from bot.sandbox.acts.peopling import Peopling
from bot.sandbox.acts.talking import Talking
from bot.sandbox.acts.watching import PATIENCE, Watching
from bot.sandbox.app import App
from bot.sandbox.clock import Clock, VirtualClock
from bot.sandbox.core import Core, build
from bot.sandbox.delivery import Delivery, Kind, Parcel
from bot.sandbox.delivery.http import HttpTransport
from bot.sandbox.delivery.socket_mode import SocketMode
from bot.sandbox.faults import Fault
from bot.sandbox.json_value import as_object
from bot.sandbox.people import Team
from bot.sandbox.server import HOST, routes


class Sandbox(Peopling, Talking, Forms, Watching):
    """One running stand-in. Make it with `start`; close it, or use it as an async context manager.

    The person's acts return the `Delivery` once the app has acknowledged or the deadline has passed; what the app does
    afterwards is awaited with `wait_for`.
    """

    def __init__(self, core: Core, runner: web.AppRunner, session: aiohttp.ClientSession) -> None:
        super().__init__(core)
        self._runner, self._session = runner, session

    @classmethod
    async def start(
        cls,
        port: int = 0,
        *,
        clock: Clock | None = None,
        app: App | None = None,
        team: Team | None = None,
        deadline: float = 3.0,
    ) -> Self:
        """Listen on loopback (a free port for 0).

        `clock` rules expiries, time stamps and retries: by default a VirtualClock that only `advance` moves;
        `time.time` for a sandbox that people use. `deadline` is the app's time to acknowledge, in real seconds.
        """
        core = build(app or App(), team or Team(), clock or VirtualClock(), deadline)
        runner = web.AppRunner(routes(core), access_log=None, shutdown_timeout=1.0)
        await runner.setup()
        site = web.TCPSite(runner, HOST, port)
        await site.start()
        core.base_url = core.tickets.base_url = f"http://{HOST}:{runner.addresses[0][1]}"
        return cls(core, runner, aiohttp.ClientSession())

    async def close(self) -> None:
        """Stop everything; sockets are closed, retries forgotten."""
        await self._core.timetable.close()
        await self._core.postman.close()
        await self._core.sockets.close()
        await self._session.close()
        await self._runner.cleanup()
        await asyncio.sleep(0)  # a closed transport lets go of its socket one turn of the loop later

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    @property
    def api_url(self) -> str:
        """The Web API's base address, for a client's `base_url`."""
        return f"{self._core.base_url}/api/"

    @property
    def page_url(self) -> str:
        """Where a person finds the page."""
        return f"{self._core.base_url}/"

    @property
    def app(self) -> App:
        """The app's registration; its scopes and events may be changed while a test runs."""
        return self._core.app

    async def connect_http(
        self, events_url: str, signing_secret: str | None = None, *, clock: Clock = time.time
    ) -> None:
        """Deliver by HTTP to this address from now on, after Slack's `url_verification`.

        `clock` stamps the signatures. Raises ValueError when the address doesn't answer the challenge.
        """
        secret = signing_secret or self.app.signing_secret
        transport = HttpTransport(events_url, secret, self._session, clock)
        challenge = self._core.ids.new("challenge")
        payload = {"type": "url_verification", "token": self.app.verification_token, "challenge": challenge}
        ack = await transport.send(Parcel(Kind.EVENT, payload))
        echoed = (as_object(ack.body) or {}).get("challenge", ack.body)
        if ack.status != 200 or echoed != challenge:
            raise ValueError(f"{events_url} did not answer the challenge: status {ack.status}, {echoed!r}")
        self._core.postman.transport = transport

    async def wait_connected(self, connections: int = 1, timeout: float = PATIENCE) -> None:  # noqa: ASYNC109 - patience
        """Wait until so many Socket Mode connections are open."""
        await self.until(lambda: True if len(self.sockets.live) >= connections else None, timeout)

    @property
    def sockets(self) -> SocketMode:
        """The Socket Mode side: live connections, late acknowledgements, `disconnect(reason)`."""
        return self._core.sockets

    async def advance(self, seconds: float) -> None:
        """Move the virtual clock; retries that fall due are made on the way."""
        await self._core.timetable.advance(seconds)

    def fault(
        self,
        method: str,
        error: str = "internal_error",
        *,
        retry_after: int = 1,
        status: int | None = None,
        times: int = 1,
        delay: float = 0.0,
    ) -> None:
        """Make the next calls of a Web API method (or `response_url`, or `*`) fail; see `Fault`."""
        self._core.faults.add(Fault(method, error, retry_after, status, times, delay))

    async def redeliver(self, delivery: Delivery, *, attempt: int = 1, reason: str = "http_timeout") -> Delivery:
        """Deliver the same event once more, as Slack's retry does. Raises ValueError for anything but an event."""
        if "event" not in delivery.payload:
            raise ValueError("Slack retries events only")
        return await self._core.postman.deliver(Parcel(Kind.EVENT, delivery.payload, attempt, reason))

    def expire_triggers(self) -> None:
        """Every trigger_id handed out so far is too old."""
        self._core.tickets.expire_triggers()

    def revoke_token(self, token: str | None = None) -> None:
        """The token (the bot's, by default) is worth nothing any more."""
        self.app.revoked.add(token or self.app.bot_token)
