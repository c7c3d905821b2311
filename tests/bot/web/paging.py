"""A desk whose pages are served, in front of the Slack stand-in, and people who sign in to them as anybody does."""

import re
import socket
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from html import unescape
from pathlib import Path

import aiohttp
from aiohttp import web
from yarl import URL

from bot.build import Application, build, utc_now
from bot.config import Config
from bot.sandbox import Sandbox, User
from bot.slack.people import Limits
from bot.slack.work import Work
from bot.web.app import build_web
from bot.web.opening import site_of

KEY = "a secret that is long enough for a test"


@dataclass(slots=True)
class Clock:
    """The time now, and as much later as a test wishes."""

    later: timedelta = timedelta(0)

    def __call__(self) -> datetime:
        return utc_now() + self.later


@dataclass(slots=True)
class Pages:
    """What a test works with. Rita asks; Ed and Ada (an admin) may be let in to what is limited; Gus is a guest."""

    app: Application
    sandbox: Sandbox
    url: str
    people: dict[str, User]
    clock: Clock
    stack: AsyncExitStack = field(repr=False)

    async def visitor(self) -> aiohttp.ClientSession:
        """A browser that nobody has signed in with."""
        jar = aiohttp.CookieJar(unsafe=True)  # the address is a number
        return await self.stack.enter_async_context(aiohttp.ClientSession(self.url, cookie_jar=jar))

    async def enter(self, who: str) -> aiohttp.ClientSession:
        """A browser with which this person has signed in, step by step."""
        browser = await self.visitor()
        async with await self.sign_in(browser, who) as answer:
            assert answer.status in (200, 404), await answer.text()
        return browser

    async def sign_in(self, browser: aiohttp.ClientSession, who: str, to: str = "/") -> aiohttp.ClientResponse:
        """To Slack, there choose who it is, and back to where that leads."""
        async with browser.get("/sign-in/slack", params={"next": to}) as asked:
            page = await asked.text()
            assert asked.status == 200, page
            chosen = re.search(rf'href="([^"]*as={self.people[who].id})"', page)
            assert chosen is not None, page
            return await browser.get(asked.url.join(URL(unescape(chosen[1]))))


async def csrf_of(browser: aiohttp.ClientSession) -> str:
    """What a form on a page of this browser would bring."""
    async with browser.get("/nowhere-at-all") as answer:
        found = re.search(r'name="csrf" value="([^"]+)"', await answer.text())
    assert found is not None
    return found[1]


@asynccontextmanager
async def pages(home: Path, **settings: object) -> AsyncGenerator[Pages]:
    """The desk at this home with its pages served, as `serve` does it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    async with AsyncExitStack() as stack:
        sandbox = await stack.enter_async_context(await Sandbox.start())
        people = {name: sandbox.add_user(name) for name in ("rita", "ed")}
        people |= {"gus": sandbox.add_user("gus", guest=True), "ada": sandbox.add_user("ada", admin=True)}
        told = {
            "quotedesk_home": home,
            "quotedesk_slack_api_url": sandbox.api_url,
            "quotedesk_public_url": url,
            "quotedesk_secret_key": KEY,
            "slack_bot_token": sandbox.app.bot_token,
            "slack_client_id": sandbox.app.client_id,
            "slack_client_secret": sandbox.app.client_secret,
        }
        app = await stack.enter_async_context(await build(Config.model_validate({**told, **settings})))
        session = await stack.enter_async_context(aiohttp.ClientSession())
        work, clock = Work(), Clock()
        stack.push_async_callback(work.drain, 5)
        site = site_of(app, session, lambda _team: "local", limits_of(app), work, clock)
        runner = web.AppRunner(build_web({}, None, site), access_log=None, shutdown_timeout=1.0)
        await runner.setup()
        stack.push_async_callback(runner.cleanup)
        await web.TCPSite(runner, "127.0.0.1", port).start()
        yield Pages(app, sandbox, url, people, clock, stack)


def limits_of(app: Application) -> Limits:
    async def limits(workspace_id: str) -> frozenset[str]:
        archive = app.store.archive
        records = [*await archive.sources(workspace_id), *await archive.removed_sources(workspace_id)]
        return frozenset[str]().union(*(record.visible_to for record in records))

    return limits
