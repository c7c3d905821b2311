"""Signing in and out: `/sign-in`, to Slack and back, `/sign-out`.

Who begins to sign in gets a sealed cookie with what the answer must bring (state and nonce) and where they wanted to
go. An answer that another browser asked for finds no such cookie here: nobody can be signed in as somebody else, and
no address but one of our own is ever gone to.
"""

import json
import re
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from http import HTTPStatus
from urllib.parse import urlencode

from aiohttp import web

from bot.errors import NotAllowed
from bot.web.door import Cookies, Door
from bot.web.openid import OpenId
from bot.web.sealing import Seal
from bot.wording import page_words

SIGN_IN, BEGIN, DONE, SIGN_OUT = "/sign-in", "/sign-in/slack", "/sign-in/done", "/sign-out"
PATIENCE = timedelta(minutes=10)
"""How long somebody may take at Slack."""

_COOKIE = "sign-in"
_OWN = re.compile(r"/(?![/\\])[^\s\\\x00-\x1f\x7f]{0,2000}")
"""A path of ours: two slashes, or a backslash that browsers take for one, would begin another host's address."""


def own_path(path: str | None) -> str:
    """The path where it is one of our own, else the front page.

    >>> own_path("/d/abc?v=1&at=2-3"), own_path("//evil.example"), own_path("/\\\\evil.example"), own_path("https://e.x")
    ('/d/abc?v=1&at=2-3', '/', '/', '/')
    """
    return path if path and _OWN.fullmatch(path) else "/"


def to_sign_in(path: str) -> web.Response:
    """Off to Slack, and back to this path of ours."""
    return _found(f"{BEGIN}?{urlencode({'next': own_path(path)})}")


@dataclass(frozen=True, slots=True)
class _Errand:
    """What a browser went to Slack for."""

    state: str
    nonce: str
    next: str
    until: float


class SignIn:
    """The three steps. `team` tells the id of the one workspace that Quotedesk is installed in."""

    def __init__(
        self,
        door: Door,
        openid: OpenId,
        seal: Seal,
        cookies: Cookies,
        team: Callable[[], Awaitable[str]],
        clock: Callable[[], datetime],
    ) -> None:
        self._door = door
        self._openid = openid
        self._seal = seal
        self._cookies = cookies
        self._team = team
        self._clock = clock

    async def begin(self, request: web.Request) -> web.Response:
        """To Slack. Raises SlackSilent."""
        until = (self._clock() + PATIENCE).timestamp()
        errand = _Errand(
            secrets.token_urlsafe(24), secrets.token_urlsafe(24), own_path(request.query.get("next")), until
        )
        team_id = await self._team()
        response = _found(self._openid.authorize_url(state=errand.state, nonce=errand.nonce, team_id=team_id))
        sealed = self._seal.sealed(_COOKIE, json.dumps(asdict(errand)).encode().hex())
        self._cookies.put(response, _cookie(errand.state), sealed, PATIENCE)
        return response

    async def done(self, request: web.Request) -> web.Response:
        """Back from Slack. Raises NotAllowed where nobody is signed in by it, SlackSilent, StoreUnavailable."""
        state, code = request.query.get("state", ""), request.query.get("code", "")
        errand = self._errand(request, state)
        if errand is None or not secrets.compare_digest(errand.state.encode(), state.encode()):
            raise NotAllowed(page_words.SIGN_IN_STALE)
        if not code:  # Slack brings an error instead: the person said no
            raise NotAllowed(page_words.NOT_SIGNED_IN)
        identity = await self._openid.identity(code, errand.nonce, self._clock())
        if identity.team_id != await self._team():
            raise NotAllowed(page_words.OTHER_WORKSPACE)
        response = _found(errand.next)
        if not await self._door.let_in(identity, response):
            raise NotAllowed(page_words.OTHER_WORKSPACE)
        self._cookies.drop(response, _cookie(state))
        return response

    async def out(self, request: web.Request) -> web.Response:
        """Signed out; the page where one may sign in again."""
        response = web.Response(status=HTTPStatus.SEE_OTHER, headers={"Location": SIGN_IN})
        await self._door.let_out(request, response)
        return response

    def _errand(self, request: web.Request, state: str) -> _Errand | None:
        opened = self._seal.opened(_COOKIE, self._cookies.read(request, _cookie(state)))
        errand = _Errand(**json.loads(bytes.fromhex(opened))) if opened else None
        return errand if errand and errand.until > self._clock().timestamp() else None


def _cookie(state: str) -> str:
    """One for each time somebody sets out: two links may be opened side by side."""
    return f"{_COOKIE}-{state[:8]}"


def _found(address: str) -> web.Response:
    return web.Response(status=HTTPStatus.FOUND, headers={"Location": address})
