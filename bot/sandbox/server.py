"""The routes: Web API, response URLs, Socket Mode, and the page. Loopback only."""

import asyncio
import json
import time
from http import HTTPStatus
from typing import Any

from aiohttp import web

from bot.sandbox.client import add_client, guard
from bot.sandbox.core import Core
from bot.sandbox.errors import RateLimited, ServerFault, SlackRefusal
from bot.sandbox.json_value import Json, as_object
from bot.sandbox.record import Direction, Exchange, Refusal
from bot.sandbox.responses import respond
from bot.sandbox.sign_ins import add_sign_in
from bot.sandbox.web_api import call, files, uploads

HOST = "127.0.0.1"


def routes(core: Core) -> web.Application:
    """The whole server as an aiohttp application."""
    server = Server(core)
    app = web.Application(client_max_size=16 * 1024**2, middlewares=[guard])
    app.router.add_route("*", "/api/{method}", server.web_api)
    app.router.add_post("/response/{ticket}", server.response_url)
    app.router.add_post("/upload/{file}", server.upload)
    app.router.add_get("/files-pri/{file}/{name}", server.file)
    app.router.add_get("/link", core.sockets.serve)
    add_client(app, core)
    add_sign_in(app, core)
    return app


class Server:
    """Reads requests, has them answered, and writes down both."""

    def __init__(self, core: Core) -> None:
        self._core = core

    async def web_api(self, request: web.Request) -> web.Response:
        """One Web API call: always 200 with `ok`, but for 429 and Slack's own failures."""
        started = time.perf_counter()
        name = request.match_info["method"]
        given: Json = {}
        try:
            token, given = await _arguments(request)
            await asyncio.sleep(self._core.faults.delay(name))
            answer: Json = {"ok": True, **call(self._core, name, token, given)}
            status, headers = 200, dict[str, str]()
        except SlackRefusal as refusal:
            answer, status, headers = self._refused(name, refusal, given, self._before_whom(given))
        headers["X-OAuth-Scopes"] = ",".join(sorted(self._core.app.scopes))
        self._keep(name, given, status, answer, started)
        if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            # What stands before Slack's servers answers then, and not in the Web API's form (assumed).
            return web.Response(text="upstream connect error", status=status)
        return web.json_response(answer, status=status, headers=headers)

    async def response_url(self, request: web.Request) -> web.Response:
        """One use of a response_url: `ok`, or 404 for a spent one and 400 for bad content (statuses: assumed)."""
        started = time.perf_counter()
        given: Json = {}
        try:
            given = _json(await request.read())
            await asyncio.sleep(self._core.faults.delay("response_url"))
            respond(self._core, request.match_info["ticket"], given)
            status, answer = 200, "ok"
            response = web.Response(text=answer)
        except SlackRefusal as refusal:
            ticket = self._core.tickets.responses.get(request.match_info["ticket"])
            before = (ticket.channel, ticket.user) if ticket else ("", "")
            answer, status, headers = self._refused("response_url", refusal, given, before)
            if status == 200:
                status = 404 if refusal.error in ("expired_url", "used_url", "no_active_hooks") else 400
            response = web.json_response(answer, status=status, headers=headers)
        self._keep("response_url", given, status, answer, started)
        return response

    async def file(self, request: web.Request) -> web.Response:
        """A file's bytes for the app; anybody else is led to the login page, as is the app by an armed fault."""
        started = time.perf_counter()
        scheme, _, bearer = request.headers.get("Authorization", "").partition(" ")
        given: Json = {"file": request.match_info["file"]}
        try:
            found = files.content(self._core, given["file"], bearer if scheme == "Bearer" else None)
        except SlackRefusal as refusal:
            self._core.record.refuse(Refusal("url_private", refusal.error, refusal.messages, given))
            if isinstance(refusal, ServerFault):
                return web.Response(status=refusal.status)
            found = None
        status = 302 if found is None else 200
        self._keep("url_private", given, status, None, started)
        headers = {"Location": files.LOGIN} if found is None else {}
        return web.Response(status=status, body=found, headers=headers, content_type="application/octet-stream")

    async def upload(self, request: web.Request) -> web.Response:
        """The bytes of a file that the app announced (statuses: assumed)."""
        started = time.perf_counter()
        given: Json = {"file": request.match_info["file"]}
        taken = uploads.take(self._core, given["file"], await request.read())
        status, answer = (200, "OK") if taken else (400, "Failed")
        self._keep("upload_url", given, status, answer, started)
        return web.Response(status=status, text=answer)

    def _before_whom(self, given: Json) -> tuple[str, str]:
        """The channel and the person that a call was meant for, as far as it says."""
        trigger = self._core.tickets.triggers.get(str(given.get("trigger_id")))
        channel = str(given.get("channel") or "")
        return channel, trigger.user if trigger else str(given.get("user_id") or given.get("user") or "")

    def _refused(
        self, where: str, refusal: SlackRefusal, given: Json, before: tuple[str, str]
    ) -> tuple[Json, int, dict[str, str]]:
        """Write the refusal down, `before` whom (channel and person) it would have appeared; the answer to the app."""
        at = self._core.clock()
        self._core.record.refuse(Refusal(where, refusal.error, refusal.messages, given, *before, at))
        answer: Json = {"ok": False, "error": refusal.error, **refusal.extra}
        if refusal.messages:
            answer["response_metadata"] = {"messages": list(refusal.messages)}
        if isinstance(refusal, RateLimited):
            return answer, 429, {"Retry-After": str(refusal.retry_after)}
        return answer, refusal.status if isinstance(refusal, ServerFault) else 200, {}

    def _keep(self, name: str, given: Json, status: int, answer: Any, started: float) -> None:
        ms = (time.perf_counter() - started) * 1000
        self._core.record.exchange(Exchange(Direction.FROM_APP, name, self._core.clock(), given, status, answer, ms))


async def _arguments(request: web.Request) -> tuple[str | None, Json]:
    """The token and the arguments. Raises invalid_json, invalid_form_data."""
    given: Json = dict(request.query)
    if request.content_type == "application/json":
        given |= _json(await request.read())
    elif request.can_read_body:
        given |= {name: value for name, value in (await request.post()).items() if isinstance(value, str)}
    token = given.pop("token", None)
    scheme, _, bearer = request.headers.get("Authorization", "").partition(" ")
    return bearer if scheme == "Bearer" and bearer else token, given


def _json(body: bytes) -> Json:
    try:
        found = as_object(json.loads(body or b"{}"))
    except ValueError as bad:
        raise SlackRefusal("invalid_json") from bad
    if found is None:
        raise SlackRefusal("json_not_object")
    return found
