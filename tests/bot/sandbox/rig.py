"""A real Bolt app connected to a sandbox, by HTTP or by Socket Mode."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import Sandbox


def bolt_app(sandbox: Sandbox) -> AsyncApp:
    client = AsyncWebClient(token=sandbox.app.bot_token, base_url=sandbox.api_url)
    return AsyncApp(client=client, signing_secret=sandbox.app.signing_secret)


@asynccontextmanager
async def served(app: AsyncApp) -> AsyncGenerator[str]:
    """The app behind a web server of its own; its request URL."""

    async def events(request: web.Request) -> web.Response:
        return await to_aiohttp_response(await app.async_dispatch(await to_bolt_request(request)))

    server = web.Application()
    server.router.add_post("/slack/events", events)
    runner = web.AppRunner(server, shutdown_timeout=1.0)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events"
    await runner.cleanup()


@asynccontextmanager
async def connected(sandbox: Sandbox, app: AsyncApp, mode: str) -> AsyncGenerator[None]:
    """The app connected the one way or the other."""
    if mode == "http":
        async with served(app) as url:
            await sandbox.connect_http(url)
            yield
    else:
        handler = AsyncSocketModeHandler(app, sandbox.app.app_token)
        await handler.connect_async()
        await sandbox.wait_connected()
        yield
        await handler.close_async()
