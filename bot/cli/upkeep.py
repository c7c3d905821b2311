"""`quotedesk sources …`, the part that keeps them true: pause, resume, show, take, purge, edit, diff."""

from typing import Annotated

import typer

from bot.cli.render_admin import (
    difference_json,
    document_json,
    show_difference,
    show_document,
    show_view,
    view_json,
)
from bot.cli.render_json import refreshed_json
from bot.cli.render_text import show_refreshed
from bot.cli.session import application, command
from bot.cli.sources import AsJson, sources
from bot.cli.terminal import console, harmless, progress, show, show_as, show_json
from bot.roles import operator
from bot.store.edits import Fact

Name = Annotated[str, typer.Argument(help="The source's name.")]
DocumentId = Annotated[str, typer.Argument(help="The document's id, as `quote --json` and `queue` print it.")]


@sources.command("pause")
@command
async def pause(name: Name, as_json: AsJson = False) -> None:
    """Leave a source unread until it is resumed; what it holds stays searchable."""
    async with application() as app:
        record = await app.holdings.pause(operator(), name)
    _tell_state(record.name, paused=True, as_json=as_json)


@sources.command("resume")
@command
async def resume(name: Name, as_json: AsJson = False) -> None:
    """Read a paused source again with the others."""
    async with application() as app:
        record = await app.holdings.resume(operator(), name)
    _tell_state(record.name, paused=False, as_json=as_json)


@sources.command("show")
@command
async def show_one(name: Name, as_json: AsJson = False) -> None:
    """Tell all of one source: settings, counts, last reading, problems, newest documents."""
    async with application() as app:
        view = await app.admin.show(operator(), name)
    show_as(view, view_json, show_view, as_json=as_json)


@sources.command("take")
@command
async def take(
    name: Name, location: Annotated[str, typer.Argument(help="The item's address.")], as_json: AsJson = False
) -> None:
    """Take a page's new reading anyway that was held back because most of its words were gone."""
    async with application() as app:
        refreshed = await app.holdings.take(operator(), name, location)
    show_as(refreshed, refreshed_json, show_refreshed, as_json=as_json)


@sources.command("purge")
@command
async def purge(
    name: Name,
    yes: Annotated[bool, typer.Option("--yes", help="Yes: this can't be undone.")] = False,
    as_json: AsJson = False,
) -> None:
    """Erase a source, also one removed before: texts, snapshots, edits, old index generations."""
    if not yes:
        raise typer.BadParameter("a purge can't be undone; give --yes to erase the source")
    async with application() as app:
        with progress(quiet=as_json) as told:
            purged = await app.holdings.purge(operator(), name, told=told)
    if as_json:
        show_json({"name": purged.name, "documents": purged.documents})
    else:
        show(console(), harmless(f"{purged.name} is purged: {purged.documents:,} documents are erased."))


@sources.command("edit")
@command
async def edit(
    document: DocumentId,
    title: Annotated[str | None, typer.Option(help="Its title.")] = None,
    date: Annotated[str | None, typer.Option(help="When it was published: 2019-07-25, July 2019, …")] = None,
    speaker: Annotated[str | None, typer.Option(help="Whose words all of it is.")] = None,
    publisher: Annotated[str | None, typer.Option(help="Who published it.")] = None,
    undo: Annotated[list[Fact] | None, typer.Option(help="Take an edit back; repeatable.")] = None,
    as_json: AsJson = False,
) -> None:
    """Set a document's facts by hand, for good; without options, show them."""
    given = {Fact.TITLE: title, Fact.PUBLISHED: date, Fact.SPEAKER: speaker, Fact.PUBLISHER: publisher}
    values: dict[Fact, str | None] = {fact: value for fact, value in given.items() if value is not None}
    if both := values.keys() & set(undo or ()):
        raise typer.BadParameter(f"{both.pop().value} can't be set and taken back at once")
    values |= dict.fromkeys(undo or ())
    async with application() as app:
        view = await app.admin.edit(operator(), document, values)
    show_as(view, document_json, show_document, as_json=as_json)


@sources.command("diff")
@command
async def diff(
    document: DocumentId,
    old: Annotated[int | None, typer.Option("--from", min=1, help="The earlier version; else the one before.")] = None,
    new: Annotated[int | None, typer.Option("--to", min=1, help="The later version; else the newest.")] = None,
    as_json: AsJson = False,
) -> None:
    """Show what changed between two versions of a document."""
    async with application() as app:
        found = await app.admin.diff(operator(), document, old, new)
    show_as(found, difference_json, show_difference, as_json=as_json)


def _tell_state(name: str, *, paused: bool, as_json: bool) -> None:
    if as_json:
        show_json({"name": name, "paused": paused})
    else:
        show(console(), harmless(f"{name} is {'paused' if paused else 'read again from the next refresh on'}."))
