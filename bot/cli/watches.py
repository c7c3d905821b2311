"""`quotedesk watches …`: the standing questions of everybody, for whoever looks after the desk."""

from collections.abc import Awaitable, Callable
from typing import Annotated

import typer

from bot.cli.render_watches import show_watch, show_watches, watch_json, watches_json
from bot.cli.session import application, change, command
from bot.cli.sources import AsJson
from bot.cli.terminal import show_as
from bot.roles import operator
from bot.store.watching import Watch
from bot.watches.watches import WatchDesk, Wish

watches = typer.Typer(no_args_is_help=True, help="Standing questions whose new passages are told in Slack.")

WatchId = Annotated[str, typer.Argument(help="The watch's id, as `watches list` prints it.")]


@watches.command("list")
@command
async def list_(as_json: AsJson = False) -> None:
    """List all watches: whose they are, where and when they are told, and which are paused and why."""
    async with application() as app:
        found = await app.watching.listed(operator())
    show_as(found, watches_json, show_watches, as_json=as_json)


@watches.command("edit")
@command
async def edit(
    watch: WatchId,
    question: Annotated[str | None, typer.Option(help="What to watch for, as in `quotedesk quote`.")] = None,
    least: Annotated[int | None, typer.Option(min=0, help="The words that a passage must have.")] = None,
    hour: Annotated[int | None, typer.Option(min=0, max=23, help="Tell of it daily at this hour.")] = None,
    at_once: Annotated[bool, typer.Option("--at-once", help="Tell of it as soon as it is found.")] = False,
    as_json: AsJson = False,
) -> None:
    """Watch for something else, or tell of it at another time; with another question it goes on from now."""
    if at_once and hour is not None:
        raise typer.BadParameter("--at-once and --hour exclude each other")

    async def work(desk: WatchDesk) -> Watch:
        now = await desk.one(operator(), watch)
        when = None if at_once else now.hour if hour is None else hour
        wish = Wish(
            now.question if question is None else question,
            now.least if least is None else least,
            when,
        )
        return await desk.edit(operator(), watch, wish)

    await _change(work, as_json=as_json)


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


async def _change(work: Callable[[WatchDesk], Awaitable[Watch]], *, as_json: bool) -> None:
    await change(lambda app: work(app.watching), watch_json, show_watch, as_json=as_json)
