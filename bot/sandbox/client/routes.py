"""The page's own routes: its files, what a person sees as it changes, their acts, and the wire."""

import asyncio
import json
from collections.abc import Awaitable, Mapping
from pathlib import Path
from typing import Any

from aiohttp import web

from bot.sandbox.changes import NothingCame
from bot.sandbox.client import masked
from bot.sandbox.client.acting import ACTS, Keyboard, outcome
from bot.sandbox.client.guard import HEADERS, asked_by_page
from bot.sandbox.client.snapshot import snapshot
from bot.sandbox.core import Core
from bot.sandbox.delivery import Delivery
from bot.sandbox.errors import PersonError
from bot.sandbox.json_value import Json, as_object

PAGE = Path(__file__).parents[1] / "page"
TYPES = {".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
STILL_HERE = 15.0
"""Seconds of silence after which a live connection is told that it still stands."""
TOGETHER = 0.02
"""Seconds for which changes are gathered before they are shown."""


def add_client(app: web.Application, core: Core) -> None:
    """Add the page to the stand-in's routes."""
    client = Client(core)
    app.router.add_get("/", client.page)
    app.router.add_get("/page/people", client.people)
    app.router.add_get("/page/live", client.live)
    app.router.add_get("/page/wire", client.wire)
    app.router.add_post("/page/act", client.act)
    app.router.add_post("/page/upload", client.upload)
    app.router.add_get("/page/{file}", client.page)
    app.on_shutdown.append(client.close)


class Client:
    """Serves the page. It holds no state of its own: all of it is the core's."""

    def __init__(self, core: Core) -> None:
        self._core, self._keyboard = core, Keyboard(core)
        self._files = {path.name: path for path in PAGE.iterdir() if path.suffix in TYPES}
        self._closing = False

    async def close(self, _app: web.Application) -> None:
        """Let go of those who watch."""
        self._closing = True
        self._core.changes.notify()

    async def page(self, request: web.Request) -> web.StreamResponse:
        """One of the page's files."""
        path = self._files.get(request.match_info.get("file", "page.html"))
        if path is None:
            raise web.HTTPNotFound(headers=HEADERS)
        body = await asyncio.to_thread(path.read_bytes)
        return web.Response(body=body, content_type=TYPES[path.suffix], charset="utf-8", headers=HEADERS)

    async def people(self, _request: web.Request) -> web.Response:
        """Who can sit at the keyboard."""
        users = [user for user in self._core.workspace.users.values() if not user.bot]
        return web.json_response([{"id": user.id, "name": user.name} for user in users], headers=HEADERS)

    async def live(self, request: web.Request) -> web.StreamResponse:
        """What the person sees, at once and after every change (server-sent events)."""
        who = self._who(request.query)
        response = web.StreamResponse(headers={**HEADERS, "Content-Type": "text/event-stream"})
        await response.prepare(request)
        changes = self._core.changes
        try:
            while not self._closing:
                seen = changes.count
                await response.write(f"data: {json.dumps(snapshot(self._core, who))}\n\n".encode())
                while changes.count == seen and not self._closing:
                    if not await self._changed(seen):
                        await response.write(b": still here\n\n")
                await asyncio.sleep(TOGETHER)
        except ConnectionError:
            pass  # the tab was closed
        return response

    async def _changed(self, seen: int) -> bool:
        changes = self._core.changes
        try:
            return await changes.until(lambda: True if changes.count != seen or self._closing else None, STILL_HERE)
        except NothingCame:
            return False

    async def wire(self, request: web.Request) -> web.Response:
        """The exchanges from number `from` on, secrets masked."""
        start = int(request.query.get("from", "0") or 0)
        shown = [masked.shown(number, one) for number, one in enumerate(self._core.record.wire) if number >= start]
        return web.json_response(shown, headers=HEADERS)

    async def act(self, request: web.Request) -> web.Response:
        """One act of a person's: JSON with `as`, `act`, and what belongs to it."""
        asked_by_page(request)
        told = as_object(await request.json()) if request.content_type == "application/json" else None
        if told is None or told.get("act") not in ACTS:
            raise web.HTTPBadRequest(text="There is no such act.\n", headers=HEADERS)
        return await _done(ACTS[told["act"]](self._keyboard, self._who(told), told))

    async def upload(self, request: web.Request) -> web.Response:
        """Files of a person's: a form with `as`, `channel`, `text` and `file`s."""
        asked_by_page(request)
        form = await request.post()
        files = {part.filename: part.file.read() for part in form.getall("file", []) if isinstance(part, web.FileField)}
        told: Json = {"files": files, **{name: value for name, value in form.items() if isinstance(value, str)}}
        return await _done(self._keyboard.send_files(self._who(told), told))

    def _who(self, told: Mapping[str, Any]) -> str:
        who = str(told.get("as"))
        if who not in self._core.workspace.users:
            raise web.HTTPNotFound(text="There is nobody of that id.\n", headers=HEADERS)
        return who


async def _done(doing: Awaitable[Delivery | Json]) -> web.Response:
    """The act's outcome, or why nobody could do that."""
    try:
        return web.json_response(outcome(await doing), headers=HEADERS)
    except PersonError as error:
        return web.json_response({"problem": str(error)}, headers=HEADERS)
    except KeyError as missing:
        raise web.HTTPBadRequest(text=f"The act lacks {missing}.\n", headers=HEADERS) from missing
