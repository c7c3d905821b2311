"""`quotedesk sandbox`: the bot in a newsroom of its own on this machine, with a page to try it on."""

import os
import sys
import webbrowser
from functools import partial
from typing import Annotated

import typer

from bot import log
from bot.build import build, make_home
from bot.cli.session import command, fail
from bot.cli.terminal import errors, show
from bot.config import load
from bot.roles import LOCAL

PORT = 8090


@command
async def sandbox(
    port: Annotated[int, typer.Option(min=0, max=65535, help="The page's port; 0 takes a free one.")] = PORT,
    socket: Annotated[bool, typer.Option("--socket", help="Connect by Socket Mode instead of HTTP.")] = False,
) -> None:
    """Try the bot in the browser, in a stand-in for Slack on this machine."""
    from bot.cli.newsroom import at_work, connected, newsroom  # a web server, which other commands can do without

    config = load()
    if config.slack_bot_token is not None:
        fail(
            "This home answers a real Slack (SLACK_BOT_TOKEN is set), and the sandbox's people are not yours. "
            "Unset it, and give the sandbox a home of its own: QUOTEDESK_HOME=FOLDER."
        )
    log.to_file(make_home(config.home))
    async with newsroom(port, socket=socket) as room, await build(connected(config, room)) as app:
        if not await app.store.archive.sources(LOCAL):
            show(
                errors(), "This home holds no source yet; `quotedesk demo` brings a sample, Ada can use `/sources add`."
            )
        await at_work(app, room, partial(show_page, app.config.pages_at), socket=socket)


def show_page(pages: str | None, address: str) -> None:
    """Say where the page is, and the bot's own `pages`; where a person sits before a screen, open it as well."""
    show(errors(), f"The sandbox is at {address} (Ctrl-C ends it).")
    if pages:
        show(errors(), f"Quotedesk's own pages are at {pages}/; the sandbox's people can sign in there.")
    if sys.stderr.isatty() and (sys.platform in ("darwin", "win32") or _has_screen()):
        webbrowser.open(address)


def _has_screen() -> bool:
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
