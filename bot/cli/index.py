"""`quotedesk reindex`, `rollback` and `status`: the index."""

from typing import Annotated

import typer

from bot.cli.render_json import stamp_json, status_json
from bot.cli.render_text import show_status
from bot.cli.session import application, command
from bot.cli.sources import AsJson, tell
from bot.cli.terminal import console, progress, show_json
from bot.roles import operator


@command
async def reindex(
    full: Annotated[bool, typer.Option("--full", help="Build a new index beside the live one, then swap.")] = False,
    as_json: AsJson = False,
) -> None:
    """Read the sources again and bring the index up to date."""
    async with application() as app:
        with progress(quiet=as_json) as told:
            refreshed = await app.holdings.reindex(operator(), full=full, told=told)
        if not as_json:
            show_status(console(), await app.desk.status(operator()))
        tell(refreshed, as_json=as_json)


@command
async def rollback(as_json: AsJson = False) -> None:
    """Go back to the index before, brought up to date: what was removed since stays removed."""
    async with application() as app:
        stamp = await app.holdings.rollback(operator())
        if as_json:
            show_json(stamp_json(stamp))
        else:
            show_status(console(), await app.desk.status(operator()))


@command
async def status(as_json: AsJson = False) -> None:
    """Tell how the index stands and what the sources hold."""
    async with application() as app:
        found = await app.desk.status(operator())
    if as_json:
        show_json(status_json(found))
    else:
        show_status(console(), found)
