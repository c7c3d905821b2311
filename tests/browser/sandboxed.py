"""The whole bot on the sample corpus behind the sandbox's page, and a Chromium that complains of every complaint."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from bot.build import Application, build
from bot.cli.demo import SAMPLE
from bot.cli.newsroom import Newsroom, at_work, connected, newsroom
from bot.config import Config
from bot.roles import operator
from tests.browser.reading import CHROMIUM

if TYPE_CHECKING:
    from playwright.async_api import Browser, ConsoleMessage, Page, Request

WIDE = (1280, 860)
NARROW = (390, 844)
PATIENCE = 20_000.0
"""Milliseconds for which something is waited for that must come; long, because many tests may run at once."""


def a_config(home: Path) -> Config:
    return Config.model_validate({"quotedesk_home": home})


async def make_sample_home(home: Path) -> None:
    """A home in which the sample corpus is indexed."""
    async with await build(a_config(home)) as application:
        await application.holdings.add(operator(), str(SAMPLE), name="Sample")


@dataclass(frozen=True, slots=True)
class Running:
    """The page's address, the stand-in behind it with its people, and the bot's parts."""

    url: str
    room: Newsroom
    application: Application


@asynccontextmanager
async def running(home: Path) -> AsyncGenerator[Running]:
    """`quotedesk sandbox` on this home, in this process."""
    stop, address = asyncio.Event(), asyncio.get_running_loop().create_future()
    async with newsroom(0) as room, await build(connected(a_config(home), room)) as application:
        working = asyncio.create_task(at_work(application, room, address.set_result, stop=stop))
        try:
            await asyncio.wait({working, address}, return_when=asyncio.FIRST_COMPLETED)
            if working.done():
                working.result()
            yield Running(address.result(), room, application)
        finally:
            stop.set()
            await asyncio.wait_for(working, 30)


@dataclass(slots=True)
class Desk:
    """Opens pages in one Chromium and remembers what went wrong in them."""

    browser: "Browser"
    complaints: list[str] = field(default_factory=list[str])

    async def open(self, url: str, size: tuple[int, int] = WIDE, *, dark: bool = False) -> "Page":
        """A page of its own; errors of scripts, of the console and of the Content-Security-Policy are complaints, and
        so is every request that leaves this machine."""
        width, height = size
        context = await self.browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme="dark" if dark else "light",
            timezone_id="America/New_York",
        )
        page = await context.new_page()
        self.listen_to(page)
        await page.goto(url)
        return page

    def listen_to(self, page: "Page") -> None:
        """Hear its complaints; those of a page that another one has opened must be asked for."""

        def hear(said: "ConsoleMessage") -> None:
            if said.type in ("error", "warning"):
                self.complaints.append(said.text)

        def watch(request: "Request") -> None:
            if not request.url.startswith(("http://127.0.0.1:", "data:", "blob:", "about:")):
                self.complaints.append(f"asked for {request.url}")

        page.on("console", hear)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", watch)


@asynccontextmanager
async def a_desk() -> AsyncGenerator[Desk]:
    """Debian's Chromium."""
    from playwright.async_api import async_playwright, expect  # here: without it these tests are skipped, no others

    expect.set_options(timeout=PATIENCE)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        try:
            yield Desk(browser)
        finally:
            await browser.close()
