"""Sign in with Slack, as OpenID Connect has it: the page that asks who it is, and the code that is exchanged once.

https://docs.slack.dev/authentication/sign-in-with-slack: `/openid/connect/authorize`, then `openid.connect.token`.
"""

import json
import secrets
import time
from base64 import urlsafe_b64encode
from dataclasses import dataclass, field
from html import escape
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from aiohttp import web

from bot.sandbox.errors import SlackRefusal
from bot.sandbox.json_value import Json
from bot.sandbox.people import User

if TYPE_CHECKING:
    from bot.sandbox.core import Core

ISSUER = "https://slack.com"
POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; frame-ancestors 'none'"
CODE_SECONDS = 10 * 60
"""How long a code can be exchanged."""
TOKEN_SECONDS = 5 * 60
"""How long an id_token holds."""


@dataclass(frozen=True, slots=True)
class Code:
    """What a code stands for until it is exchanged."""

    user: str
    redirect_uri: str
    nonce: str | None
    made: float


@dataclass(slots=True)
class SignIns:
    """The codes that were handed out and not exchanged yet."""

    codes: dict[str, Code] = field(default_factory=dict[str, Code])


def add_sign_in(app: web.Application, core: "Core") -> None:
    """Add the page to the stand-in's routes."""

    async def authorize(request: web.Request) -> web.Response:
        asked = request.query
        problem = _problem(core, asked.get("client_id"), asked.get("redirect_uri"), asked.get("response_type"))
        if problem or "openid" not in asked.get("scope", "").replace(",", " ").split():
            return web.Response(status=HTTPStatus.BAD_REQUEST, text=problem or "invalid_scope")
        people = [user for user in core.workspace.users.values() if not user.bot and user.active]
        chosen = next((user for user in people if user.id == asked.get("as")), None)
        if chosen is None:
            return _who_is_it(request, people)
        code = secrets.token_hex(16)
        uri = asked["redirect_uri"]
        core.sign_ins.codes[code] = Code(chosen.id, uri, asked.get("nonce"), core.clock())
        back = urlencode({"code": code, "state": asked.get("state", "")})
        return web.Response(status=HTTPStatus.FOUND, headers={"Location": f"{uri}?{back}"})

    app.router.add_get("/openid/connect/authorize", authorize)


def exchange(core: "Core", client_id: str, client_secret: str, code: str, redirect_uri: str) -> Json:
    """The answer of openid.connect.token. Raises bad_client_secret, invalid_code, bad_redirect_uri."""
    if (client_id, client_secret) != (core.app.client_id, core.app.client_secret):
        raise SlackRefusal("bad_client_secret")
    found = core.sign_ins.codes.pop(code, None)
    if found is None or core.clock() - found.made > CODE_SECONDS:
        raise SlackRefusal("invalid_code")
    if found.redirect_uri != redirect_uri:
        raise SlackRefusal("bad_redirect_uri")
    return {"access_token": f"xoxp-{code}", "token_type": "Bearer", "id_token": _id_token(core, found)}


def _id_token(core: "Core", code: Code) -> str:
    """Its signature is none: who takes it from the token endpoint itself need not look at it."""
    user, now = core.workspace.user(code.user), int(time.time())
    claims: Json = {
        "iss": ISSUER,
        "sub": user.id,
        "aud": core.app.client_id,
        "exp": now + TOKEN_SECONDS,
        "iat": now,
        "auth_time": now,
        "https://slack.com/team_id": user.to_json()["team_id"],
        "https://slack.com/user_id": user.id,
        **({"nonce": code.nonce} if code.nonce else {}),
    }
    return ".".join((_encoded({"alg": "RS256", "typ": "JWT", "kid": "sandbox"}), _encoded(claims), "c2FuZGJveA"))


def _encoded(part: Json) -> str:
    return urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=")


def _problem(core: "Core", client_id: str | None, redirect_uri: str | None, kind: str | None) -> str | None:
    if client_id != core.app.client_id:
        return "invalid_client_id"
    if not redirect_uri or (core.app.redirect_urls is not None and redirect_uri not in core.app.redirect_urls):
        return "bad_redirect_uri"
    return None if kind == "code" else "unsupported_response_type"


def _who_is_it(request: web.Request, people: list[User]) -> web.Response:
    """Slack knows who sits there; here it is asked."""
    items = "".join(
        f'<li><a class="button" href="?{escape(urlencode({**request.query, "as": user.id}))}">'
        f"{escape(user.real_name or user.name)}</a>{' (guest)' if user.guest else ''}</li>"
        for user in people
    )
    page = (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Who signs in? · Quotedesk sandbox</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<link rel="icon" href="/page/icon.svg"><link rel="stylesheet" href="/page/page.css">'
        '</head><body><main class="sign-in">'
        "<h1>Who signs in?</h1><p class='muted'>This is the sandbox's stand-in for Slack's own page.</p>"
        f"<ul>{items}</ul>"
        "</main></body></html>"
    )
    headers = {"Content-Security-Policy": POLICY, "Cache-Control": "no-store"}
    return web.Response(text=page, content_type="text/html", charset="utf-8", headers=headers)
