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
FULL_COLLECTION_AFTER = 100
"""Collections of the younger garbage for each of all of it: ten times Python's own."""


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
    again, a quarter of a second each time. What comes later, above all marks of documents that are read or shown, is
    looked through seldom: 40 ms each time, and hardly any of it is garbage. And the thread that takes requests is not
    to wait long for those that search.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*gc.get_threshold()[:2], FULL_COLLECTION_AFTER)
    sys.setswitchinterval(SWITCH_EVERY)
