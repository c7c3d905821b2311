"""The pages as one site: each request is held to our own address, its asker known, its failure told in a sentence, its
answer dressed with the headers of `headers.py`, counted and timed."""

import secrets
import time
from collections.abc import Awaitable, Callable, Mapping
from http import HTTPStatus
from urllib.parse import urlsplit

import structlog
from aiohttp import web

from bot import metrics
from bot.build import Application
from bot.errors import (
    BadRequest,
    NotAllowed,
    NotHere,
    QuotedeskError,
    SourceChanged,
    StoreUnavailable,
    Withdrawn,
)
from bot.slack.work import Work
from bot.web.assets import Assets
from bot.web.door import Door
from bot.web.headers import PAGE_HEADERS
from bot.web.openid import SlackSilent
from bot.web.pages import NAV, ROUTES
from bot.web.rendering import renderer
from bot.web.sign_in import BEGIN, DONE, SIGN_IN, SIGN_OUT, SignIn, own_path, to_sign_in
from bot.web.visit import Asker, Renderer, Route, Visit
from bot.wording import page_words, words
from index.errors import BadQuery, IndexUnavailable, NoIndex, SearchError

log: structlog.stdlib.BoundLogger = structlog.stdlib.get_logger()

ASKER = web.RequestKey("asker", Asker)
Answer = Callable[[web.Request], Awaitable[web.Response]]

STATUS: Mapping[type[Exception], HTTPStatus] = {
    NotHere: HTTPStatus.NOT_FOUND,
    Withdrawn: HTTPStatus.GONE,
    NotAllowed: HTTPStatus.FORBIDDEN,
    BadRequest: HTTPStatus.BAD_REQUEST,
    BadQuery: HTTPStatus.BAD_REQUEST,
    SourceChanged: HTTPStatus.CONFLICT,
    SlackSilent: HTTPStatus.SERVICE_UNAVAILABLE,
    StoreUnavailable: HTTPStatus.SERVICE_UNAVAILABLE,
    IndexUnavailable: HTTPStatus.SERVICE_UNAVAILABLE,
}
"""By the most special class that fits. The sentences are the errors' own, but for these:"""
SENTENCES: Mapping[type[Exception], str] = {
    StoreUnavailable: words.STORE_DOWN,
    IndexUnavailable: words.INDEX_DOWN,
    NoIndex: words.NO_INDEX,
}


class _Reception:
    """See `bot.web.visit.Reception`."""

    def __init__(self, door: Door, work: Work) -> None:
        self.names, self.handles = door.names, door.handles
        self.later = work.start


class Site:
    """Puts the pages onto an application. `address` is where they are served, as `https://quotes.example.org`."""

    def __init__(self, app: Application, door: Door, sign_in: SignIn, address: str, work: Work) -> None:
        self._app = app
        self._door = door
        self._sign_in = sign_in
        self._reception = _Reception(door, work)
        self._address = address
        self._host = urlsplit(address).netloc
        self._assets = Assets()

    def add_to(self, server: web.Application) -> None:
        """All routes."""
        render = renderer(server, self._assets, NAV)
        server.router.add_get("/static/{name}", self._assets.serve)
        for method, path, answer in (
            ("GET", SIGN_IN, self._welcome(render)),
            ("GET", BEGIN, self._sign_in.begin),
            ("GET", DONE, self._sign_in.done),
            ("POST", SIGN_OUT, self._out),
        ):
            server.router.add_route(method, path, self._dressed(path, answer, render))
        for route in ROUTES:
            server.router.add_route(
                route.method, route.path, self._dressed(route.path, self._visit(route, render), render)
            )
        nowhere = Route("GET", "/{nowhere:.*}", _nowhere)
        server.router.add_get(nowhere.path, self._dressed("nowhere", self._visit(nowhere, render), render))

    def _visit(self, route: Route, render: Renderer) -> Answer:
        """Only for those who are signed in; a deed only by a form of ours."""

        async def answer(request: web.Request) -> web.Response:
            asker = await self._door.asker(request)
            if asker is None:
                return to_sign_in(_place(request) if route.method == "GET" else "/")
            request[ASKER] = asker
            form = {} if route.method == "GET" else await self._form(request)
            return await route.handle(Visit(request, asker, self._app, render, self._reception, form))

        return answer

    async def _form(self, request: web.Request) -> dict[str, str]:
        """What the form brings. Raises NotAllowed for one that was not made for this session, or not here."""
        sent = await request.post()
        form = {name: value for name, value in sent.items() if isinstance(value, str)}
        if request.headers.get("Origin", self._address) != self._address or not self._door.vouched(
            request, form.pop("csrf", "")
        ):
            raise NotAllowed(page_words.STALE_FORM)
        return form

    def _welcome(self, render: Renderer) -> Answer:
        async def welcome(request: web.Request) -> web.Response:
            wanted = own_path(request.query.get("next"))
            return render("sign_in.html", request, None, {"next": wanted, "begin": BEGIN}, HTTPStatus.OK)

        return welcome

    async def _out(self, request: web.Request) -> web.Response:
        await self._form(request)
        return await self._sign_in.out(request)

    def _dressed(self, name: str, answer: Answer, render: Renderer) -> Answer:
        async def dressed(request: web.Request) -> web.Response:
            begun = time.perf_counter()
            response = await self._told(request, answer, render)
            for header, value in PAGE_HEADERS.items():
                response.headers.setdefault(header, value)
            took = time.perf_counter() - begun
            metrics.PAGES.labels(name, response.status).inc()
            metrics.PAGE_SECONDS.labels(name).observe(took)
            log.info("page", page=name, status=response.status, ms=round(took * 1000))
            return response

        return dressed

    async def _told(self, request: web.Request, answer: Answer, render: Renderer) -> web.Response:
        """The answer, or what went wrong in one sentence, with an id that is in the log where it is our doing."""
        if request.host.lower() != self._host:
            return web.Response(text=page_words.WRONG_HOST.format(self._address), status=HTTPStatus.MISDIRECTED_REQUEST)
        try:
            return await answer(request)
        except web.HTTPException:
            raise
        except (QuotedeskError, SearchError) as error:
            status = next(
                (STATUS[kind] for kind in type(error).__mro__ if kind in STATUS), HTTPStatus.INTERNAL_SERVER_ERROR
            )
            sentence = next((SENTENCES[kind] for kind in type(error).__mro__ if kind in SENTENCES), str(error))
            if status < HTTPStatus.INTERNAL_SERVER_ERROR:
                return _failure(render, request, sentence, status)
            cause = error
        except Exception as error:  # the last net: the person is told, and the log has it all
            sentence, status, cause = words.UNEXPECTED, HTTPStatus.INTERNAL_SERVER_ERROR, error
        error_id = secrets.token_hex(4)
        log.error("A page failed", error_id=error_id, exc_info=cause)
        return _failure(render, request, words.with_id(sentence, error_id), status)


def _place(request: web.Request) -> str:
    """What was asked for, with the place in it: what stands behind `#` is not sent, and would be lost at Slack."""
    return request.path_qs + ("#at" if {"at", "q"} & set(request.query) else "")


def _failure(render: Renderer, request: web.Request, sentence: str, status: HTTPStatus) -> web.Response:
    told = {"sentence": sentence, "missing": status in (HTTPStatus.NOT_FOUND, HTTPStatus.GONE), "sign_in": SIGN_IN}
    return render("failure.html", request, request.get(ASKER), told, status)


async def _nowhere(_visit: Visit) -> web.Response:
    raise NotHere(page_words.NO_PAGE)


def add_closed(server: web.Application) -> None:
    """Where nobody can sign in, the addresses of pages say so."""

    async def closed(_request: web.Request) -> web.Response:
        return web.Response(
            text=page_words.PAGES_OFF, status=HTTPStatus.SERVICE_UNAVAILABLE, headers=dict(PAGE_HEADERS)
        )

    for path in dict.fromkeys((SIGN_IN, *(route.path for route in ROUTES if route.method == "GET"))):
        server.router.add_get(path, closed)
