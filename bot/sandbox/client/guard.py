"""Who may talk to the stand-in: this machine, and no page that comes from elsewhere.

It listens on loopback only; but a browser also carries there what a foreign page asks it to. A foreign `Host` is a name
that was bent to point here (DNS rebinding); a foreign `Origin`, or `Sec-Fetch-Site: cross-site` where it leads nobody
here, a page that asks on its own account.
"""

from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from aiohttp import web

HERE = frozenset({"127.0.0.1", "localhost", "::1"})
REFUSED = "The sandbox answers at 127.0.0.1 and localhost alone, and only its own page.\n"
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",
}
"""Sent with all that the page is made of."""


@web.middleware
async def guard(
    request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
) -> web.StreamResponse:
    """Turn away what comes by a foreign name or from a foreign page."""
    host = request.headers.get("Host", "")
    origin = request.headers.get("Origin")
    if _name(host) not in HERE or origin not in (None, f"http://{host}") or _fetched_by_another_site(request):
        return web.Response(status=403, text=REFUSED)
    return await handler(request)


def asked_by_page(request: web.Request) -> None:
    """What changes something must name its origin, as every browser does. Raises HTTPForbidden."""
    if "Origin" not in request.headers:
        raise web.HTTPForbidden(text=REFUSED)


def _fetched_by_another_site(request: web.Request) -> bool:
    headers = request.headers
    return headers.get("Sec-Fetch-Site") == "cross-site" and headers.get("Sec-Fetch-Mode") != "navigate"


def _name(host: str) -> str:
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""
