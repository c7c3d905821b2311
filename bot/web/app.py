"""The HTTP surface: Slack's requests, health and figures. `aiohttp` routes and nothing of what they serve."""

from collections.abc import Awaitable, Callable, Mapping

import structlog
from aiohttp import web
from prometheus_client import generate_latest
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.async_app import AsyncApp

from bot import metrics
from bot.errors import QuotedeskError
from bot.web.site import Site, add_closed
from index.errors import SearchError

log: structlog.stdlib.BoundLogger = structlog.stdlib.get_logger()

MAX_BODY = 1 << 20
"""Slack's largest payloads, of views, stay under 250 KB."""

Check = Callable[[], Awaitable[None]]
"""Returns when a part is ready; raises an error of ours, whose sentence tells why not."""


def build_web(checks: Mapping[str, Check], slack: AsyncApp | None = None, site: Site | None = None) -> web.Application:
    """The routes. Without `slack`, as in Socket Mode, no request of Slack's is taken; without `site` the pages are
    off, and say so.
    """
    app = web.Application(client_max_size=MAX_BODY)

    async def healthz(_request: web.Request) -> web.Response:
        return web.json_response({"alive": True})

    async def readyz(_request: web.Request) -> web.Response:
        found = {name: await _state(name, check) for name, check in checks.items()}
        ready = all(state == "ok" for state in found.values())
        return web.json_response({"ready": ready, "checks": found}, status=200 if ready else 503)

    app.router.add_get("/healthz", healthz)
    app.router.add_get("/readyz", readyz)
    app.router.add_get("/metrics", _metrics)
    if slack is not None:
        app.router.add_post("/slack/events", _slack_route(slack))
    if site is None:
        add_closed(app)
    else:
        site.add_to(app)
    return app


async def _state(name: str, check: Check) -> str:
    try:
        await check()
    except (QuotedeskError, SearchError) as error:
        log.warning("not ready", part=name, reason=str(error))
        return str(error)
    return "ok"


async def _metrics(_request: web.Request) -> web.Response:
    return web.Response(body=generate_latest(metrics.REGISTRY), headers={"Content-Type": CONTENT_TYPE_PLAIN_0_0_4})


def _slack_route(slack: AsyncApp) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def events(request: web.Request) -> web.Response:
        try:
            asked = await to_bolt_request(request)
        except (UnicodeDecodeError, LookupError) as error:  # bytes, or a charset, that no request of Slack's has
            raise web.HTTPBadRequest(text="The body is not text.") from error
        return await to_aiohttp_response(await slack.async_dispatch(asked))

    return events
