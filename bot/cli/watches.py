"""`quotedesk watches …`: the standing questions of everybody, for whoever looks after the desk."""

from collections.abc import Awaitable, Callable
from typing import Annotated

import typer

from bot.cli.render_watches import show_watch, show_watches, watch_json, watches_json
from bot.cli.session import application, command
from bot.cli.sources import AsJson
from bot.cli.terminal import show_as
from bot.roles import operator
from bot.store.watching import Watch
from bot.watches.watches import WatchDesk

watches = typer.Typer(no_args_is_help=True, help="Standing questions whose new passages are told in Slack.")

WatchId = Annotated[str, typer.Argument(help="The watch's id, as `watches list` prints it.")]


@watches.command("list")
@command
async def list_(as_json: AsJson = False) -> None:
    """List all watches: whose they are, where and when they are told, and which are paused and why."""
    async with application() as app:
        found = await app.watching.listed(operator())
    show_as(found, watches_json, show_watches, as_json=as_json)


@watches.command("pause")
@command
async def pause(watch: WatchId, as_json: AsJson = False) -> None:
    """Tell nothing of it until it is resumed."""
    await _change(lambda desk: desk.pause(operator(), watch), as_json=as_json)


@watches.command("resume")
@command
async def resume(watch: WatchId, as_json: AsJson = False) -> None:
    """Go on from now."""
    await _change(lambda desk: desk.resume(operator(), watch), as_json=as_json)


@watches.command("remove")
@command
async def remove(watch: WatchId, as_json: AsJson = False) -> None:
    """Take it away."""
    await _change(lambda desk: desk.remove(operator(), watch), as_json=as_json)


async def _change(change: Callable[[WatchDesk], Awaitable[Watch]], *, as_json: bool) -> None:
    async with application() as app:
        changed = await change(app.watching)
    show_as(changed, watch_json, show_watch, as_json=as_json)
