"""`quotedesk sources …`, the part that keeps them true: pause, resume, schedule, show, take, purge, edit, diff."""

from collections.abc import Awaitable, Callable
from typing import Annotated

import typer
from rich.console import Console

from bot.cli.render_admin import (
    difference_json,
    document_json,
    show_difference,
    show_document,
    show_view,
    view_json,
)
from bot.cli.render_json import Json, refreshed_json, schedule_json
from bot.cli.render_text import schedule_line, show_refreshed
from bot.cli.session import application, command
from bot.cli.sources import AsJson, parsed, sources
from bot.cli.terminal import console, harmless, progress, show, show_as, show_json
from bot.keeping.holdings import Holdings
from bot.roles import operator
from bot.store.edits import Fact
from bot.store.sources import SourceRecord

Name = Annotated[str, typer.Argument(help="The source's name.")]
DocumentId = Annotated[str, typer.Argument(help="The document's id, as `quote --json` and `queue` print it.")]


@sources.command("pause")
@command
async def pause(name: Name, as_json: AsJson = False) -> None:
    """Leave a source unread until it is resumed; what it holds stays searchable."""
    await _change(lambda holdings: holdings.pause(operator(), name), _paused_json, _show_paused, as_json=as_json)


@sources.command("resume")
@command
async def resume(name: Name, as_json: AsJson = False) -> None:
    """Read a paused source again with the others."""
    await _change(lambda holdings: holdings.resume(operator(), name), _paused_json, _show_paused, as_json=as_json)


@sources.command("schedule")
@command
async def schedule(
    name: Name,
    every: Annotated[str, typer.Argument(help="30m, 6h, 1d or 2w; off for never; watch for a folder.")],
    as_json: AsJson = False,
) -> None:
    """Set how often `serve` reads a source again by itself."""
    interval = parsed(every)
    await _change(
        lambda holdings: holdings.schedule(operator(), name, interval), _schedule_json, _show_schedule, as_json=as_json
    )


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
    archived: Annotated[str | None, typer.Option(help="The address of its copy in an archive.")] = None,
    undo: Annotated[list[Fact] | None, typer.Option(help="Take an edit back; repeatable.")] = None,
    as_json: AsJson = False,
) -> None:
    """Set a document's facts by hand, for good; without options, show them."""
    given = {
        Fact.TITLE: title,
        Fact.PUBLISHED: date,
        Fact.SPEAKER: speaker,
        Fact.PUBLISHER: publisher,
        Fact.ARCHIVED: archived,
    }
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


async def _change(
    change: Callable[[Holdings], Awaitable[SourceRecord]],
    to_json: Callable[[SourceRecord], Json],
    to_text: Callable[[Console, SourceRecord], None],
    *,
    as_json: bool,
) -> None:
    """Change a setting of a source, and tell how it stands now."""
    async with application() as app:
        record = await change(app.holdings)
    show_as(record, to_json, to_text, as_json=as_json)


def _paused_json(record: SourceRecord) -> Json:
    return {"name": record.name, "paused": record.paused}


def _show_paused(target: Console, record: SourceRecord) -> None:
    show(target, harmless(f"{record.name} is {'paused' if record.paused else 'read again from the next refresh on'}."))


def _schedule_json(record: SourceRecord) -> Json:
    return {"name": record.name, **schedule_json(record)}


def _show_schedule(target: Console, record: SourceRecord) -> None:
    show(target, harmless(f"{record.name}: {schedule_line(record)}."))
