"""One person after the other types `/quote`, by signed HTTP, and gets the answer at a response_url of theirs.

The requests are those of the stand-in for Slack, which also serves the Web API; the response_urls are served here, so
that the moment of an answer's coming is noted before anything looks at it.
"""

import asyncio
import itertools
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlencode

import aiohttp
from aiohttp import web

from bot.sandbox import Sandbox, User
from bot.sandbox.delivery.http import FORM, signature

_PATIENCE = 30.0


@dataclass(frozen=True, slots=True)
class Asked:
    """Seconds from the moment at which the question was to be sent, until it was acknowledged and answered; what went
    wrong instead, if anything did.
    """

    acknowledged: float = 0.0
    answered: float = 0.0
    problem: str | None = None


@dataclass(slots=True)
class Mailbox:
    """Where answers come: one address for each question."""

    port: int = 0
    bodies: list[bytes] = field(default_factory=list[bytes])
    _waiting: dict[str, asyncio.Future[float]] = field(default_factory=dict[str, asyncio.Future[float]])
    _numbers: Iterator[int] = field(default_factory=itertools.count)

    def address(self) -> tuple[str, asyncio.Future[float]]:
        """A new address, and what will tell when an answer came there."""
        name = str(next(self._numbers))
        coming = self._waiting[name] = asyncio.get_running_loop().create_future()
        return f"http://127.0.0.1:{self.port}/response/{name}", coming

    async def take(self, request: web.Request) -> web.Response:
        """An answer. A second one to the same address is not waited for."""
        body = await request.read()
        coming = self._waiting.pop(request.match_info["name"], None)
        if coming and not coming.done():
            coming.set_result(time.perf_counter())
            self.bodies.append(body)
        return web.Response(text="ok")

    def routes(self) -> web.Application:
        """The server."""
        app = web.Application()
        app.router.add_post("/response/{name}", self.take)
        return app


@dataclass(frozen=True, slots=True)
class Line:
    """The way to the server: one for all who ask."""

    session: aiohttp.ClientSession
    sandbox: Sandbox
    mailbox: Mailbox
    url: str
    channel: str

    async def ask(self, user: User, question: str, due: float, command: str = "/quote") -> Asked:
        """Send the question and wait for its answer; `due` is by `time.perf_counter`."""
        address, coming = self.mailbox.address()
        body = urlencode(self._fields(user, command, question, address)).encode()
        stamp = str(int(time.time()))
        headers = {
            "Content-Type": FORM,
            "X-Slack-Request-Timestamp": stamp,
            "X-Slack-Signature": signature(self.sandbox.app.signing_secret, stamp, body),
        }
        try:
            async with self.session.post(f"{self.url}/slack/events", data=body, headers=headers) as answer:
                await answer.read()
                acknowledged = time.perf_counter()
                if answer.status != 200:
                    return Asked(problem=f"status {answer.status}")
            came = await asyncio.wait_for(coming, _PATIENCE)
        except (aiohttp.ClientError, TimeoutError) as error:
            return Asked(problem=type(error).__name__)
        return Asked(acknowledged - due, came - due)

    def _fields(self, user: User, command: str, question: str, address: str) -> dict[str, str]:
        return {
            "token": self.sandbox.app.verification_token,
            "team_id": user.team_id,
            "channel_id": self.channel,
            "channel_name": "general",
            "user_id": user.id,
            "user_name": user.name,
            "command": command,
            "text": question,
            "api_app_id": self.sandbox.app.app_id,
            "response_url": address,
            "trigger_id": address.rpartition("/")[2] + f".{time.time_ns()}",
        }
