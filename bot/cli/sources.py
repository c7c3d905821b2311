"""`quotedesk sources …`: what the newsroom reads."""

from datetime import timedelta
from typing import Annotated

import typer

from bot.cli.render_json import refreshed_json, source_json
from bot.cli.render_text import show_refreshed, show_source
from bot.cli.session import FAILED, application, command
from bot.cli.terminal import console, errors, harmless, progress, show, show_json
from bot.errors import BadRequest
from bot.keeping.schedule import Usual, parse_every
from bot.keeping.walks import Refreshed
from bot.roles import operator
from sources.connectors.starter import PREFIX as STARTER

sources = typer.Typer(no_args_is_help=True, help="Add, list, refresh and remove sources.")

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@sources.command("add")
@command
async def add(
    place: Annotated[
        str | None, typer.Argument(help="A folder, a file, or a web address: a page, a feed or a sitemap.")
    ] = None,
    starter: Annotated[str | None, typer.Option(help="A starter list of public records, instead of a place.")] = None,
    name: Annotated[
        str | None, typer.Option(help="What people call it; else the folder's name or the address.")
    ] = None,
    visible_to: Annotated[
        list[str] | None, typer.Option(help="Slack id of a group, channel or person; repeatable. Else everyone.")
    ] = None,
    no_manifest: Annotated[
        bool, typer.Option("--no-manifest", help="Leave the folder's manifest.jsonl unread.")
    ] = False,
    every: Annotated[
        str | None,
        typer.Option(help="How often `serve` reads it again: 30m, 6h, 1d, 2w, off; watch for a folder. Else as usual."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Add a source, read all of it and make it searchable."""
    if (place is None) == (starter is None):
        raise typer.BadParameter("Give either a place or --starter NAME.")
    interval = Usual.USUAL if every is None else parsed(every)
    async with application() as app:
        with progress(quiet=as_json) as told:
            refreshed = await app.holdings.add(
                operator(),
                place or f"{STARTER}{starter}",
                name=name,
                visible_to=frozenset(visible_to or ()),
                manifest=not no_manifest,
                every=interval,
                told=told,
            )
        tell([refreshed], as_json=as_json, single=True)


@sources.command("list")
@command
async def list_(as_json: AsJson = False) -> None:
    """List the sources, what they hold, and what of them can't be read."""
    async with application() as app:
        states = await app.desk.sources(operator())
        found = [(state, list(await app.store.archive.refused(state.record.id))) for state in states]
    if as_json:
        show_json([source_json(*one) for one in found])
        return
    for one in found:
        show_source(console(), *one)
    if not found:
        show(console(), "No source was added yet: `quotedesk sources add PLACE`.")


@sources.command("refresh")
@command
async def refresh(
    name: Annotated[str | None, typer.Argument(help="The source's name; else all.")] = None, as_json: AsJson = False
) -> None:
    """Read again what changed, and make it searchable."""
    async with application() as app:
        with progress(quiet=as_json) as told:
            refreshed = await app.holdings.refresh(operator(), name, told=told)
        tell(refreshed, as_json=as_json)


@sources.command("remove")
@command
async def remove(name: Annotated[str, typer.Argument(help="The source's name.")], as_json: AsJson = False) -> None:
    """Hide a source at once; its versions and snapshots are kept."""
    async with application() as app:
        record, removed = await app.holdings.remove(operator(), name)
    if as_json:
        show_json({"id": record.id, "name": record.name, "removed": removed})
    else:
        show(console(), harmless(f"{record.name} is removed, and {removed:,} documents with it."))


def parsed(every: str) -> timedelta | None:
    """An interval as it was typed. Raises BadParameter: what is none is wrong usage."""
    try:
        return parse_every(every)
    except BadRequest as error:
        raise typer.BadParameter(str(error)) from error


def tell(refreshed: list[Refreshed], *, as_json: bool, single: bool = False) -> None:
    """What came of walking sources; ends with exit code 1 when one could not be walked."""
    if as_json:
        found = [refreshed_json(one) for one in refreshed]
        show_json(found[0] if single else found)
    else:
        for one in refreshed:
            show_refreshed(console(), one)
    if problems := [one for one in refreshed if one.problem]:
        names = ", ".join(one.record.name for one in problems)
        show(errors(), harmless(f"quotedesk: these sources could not be read: {names}."))
        raise typer.Exit(FAILED)
