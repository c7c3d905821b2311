"""A web server on this machine that answers as a test wishes, in a thread of its own, and remembers who asked what."""

import asyncio
import threading
from collections.abc import Awaitable, Callable, Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from aiohttp import web

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass(frozen=True)
class Page:
    """An answer. One with an ETag or a Last-Modified among its headers is sent only to those who do not have it yet."""

    content: bytes | str = b""
    media_type: str | None = "text/html; charset=utf-8"
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict[str, str])


@dataclass
class WebServer:
    """`pages` are by path with query; a list is answered one by one, its last page for ever. `asked` are the paths in
    the order in which they were asked for, `heads` the headers of each request.
    """

    port: int
    pages: dict[str, Page | Handler | list[Page]]
    asked: list[str] = field(default_factory=list[str])
    heads: list[Mapping[str, str]] = field(default_factory=list[Mapping[str, str]])

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"

    def url(self, path: str) -> str:
        return f"http://{self.host}{path}"

    def count(self, path: str) -> int:
        return self.asked.count(path)

    async def answer(self, request: web.Request) -> web.StreamResponse:
        self.asked.append(request.path_qs)
        self.heads.append({name.lower(): value for name, value in request.headers.items()})
        page = self.pages.get(request.path_qs, Page("Nothing here.", status=404))
        if isinstance(page, Page):
            return _response(page, request)
        if callable(page):
            return await page(request)
        return _response(page.pop(0) if len(page) > 1 else page[0], request)


@contextmanager
def serving(pages: dict[str, Page | Handler | list[Page]] | None = None) -> Generator[WebServer]:
    """Serve until the block ends."""
    server, loop, ready = WebServer(0, pages or {}), asyncio.new_event_loop(), threading.Event()
    stop = asyncio.Event()

    async def serve() -> None:
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", server.answer)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        server.port = runner.addresses[0][1]
        ready.set()
        await stop.wait()
        await runner.cleanup()

    thread = threading.Thread(target=lambda: loop.run_until_complete(serve()), daemon=True)
    thread.start()
    assert ready.wait(10)
    try:
        yield server
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join(10)
        loop.close()


def moved(target: str, status: int = 301) -> Page:
    return Page(status=status, headers={"Location": target})


def article(title: str, *paragraphs: str, head: str = "") -> str:
    """A page with an article that a reader would take for one."""
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return (
        f"<!doctype html><html><head><title>{title}</title>{head}</head>"
        f"<body><nav><a href='/'>Home</a></nav><article><h1>{title}</h1>{body}</article></body></html>"
    )


def _response(page: Page, request: web.Request) -> web.Response:
    headers = dict(page.headers)
    for mine, theirs in (("ETag", "If-None-Match"), ("Last-Modified", "If-Modified-Since")):
        if mine in headers and request.headers.get(theirs) == headers[mine]:
            return web.Response(status=304, headers=headers)
    if page.media_type is not None:
        headers["Content-Type"] = page.media_type
    content = page.content.encode() if isinstance(page.content, str) else page.content
    return web.Response(body=content, status=page.status, headers=headers)
