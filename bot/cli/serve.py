"""`quotedesk serve`: the bot in Slack."""

import gc
import sys
from typing import Annotated

import typer

from bot import log
from bot.build import build, make_home
from bot.cli.session import command
from bot.config import load

SWITCH_EVERY = 0.0005
"""Seconds after which a thread gives way to one that waits: a tenth of Python's own."""


@command
async def serve(
    socket: Annotated[bool, typer.Option("--socket", help="Socket Mode: needs no public address.")] = False,
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port; 0 takes a free one.")] = 8080,
) -> None:
    """Answer in Slack until told to stop."""
    from bot.web.serving import serve as run  # Bolt takes its time, and only this command needs it

    config = load()
    make_home(config.home)
    log.to_stderr()
    async with await build(config, searching=config.searching) as app:
        _answer_evenly()
        await run(app, socket=socket, host=host, port=port)


def _answer_evenly() -> None:
    """Keep short what stops or holds up all answers at once.

    What was made until now stays as long as the process: the collector of garbage would look through it again and
    again, a quarter of a second each time. And the thread that takes requests is not to wait long for those that
    search.
    """
    gc.collect()
    gc.freeze()
    sys.setswitchinterval(SWITCH_EVERY)
