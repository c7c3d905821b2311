"""`quotedesk pins …`: the pinned passages of the desk."""

import sys
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from bot.build import Application, utc_now
from bot.cli.cite import place_of
from bot.cli.render_pins import changes_json, imported_json, page_json, show_changes, show_imported, show_page, show_pin
from bot.cli.session import application, change, command
from bot.cli.sources import AsJson
from bot.cli.terminal import show_as
from bot.errors import BadRequest
from bot.pinning import ExportForm, PinDesk, PinView
from bot.pinning.asked import ME, read
from bot.pinning.form import end_of
from bot.pinning.texts import pin_json
from bot.roles import operator
from bot.store.pins import PinFilter, PinStatus
from bot.wording import pin_words

pins = typer.Typer(no_args_is_help=True, help="Pin passages, verify them, and take them along.")

PinId = Annotated[str, typer.Argument(help="The pin's id, as `pins list` prints it.", metavar="PIN")]
Story = Annotated[str | None, typer.Option(help="The story that it is for.")]
Tag = Annotated[list[str] | None, typer.Option(help="A tag; repeatable.")]
Note = Annotated[str | None, typer.Option(help="A note for colleagues.")]
Expires = Annotated[
    str | None, typer.Option(help="The last day on which it may be used (UTC), as in 2027-01-31; or `never`.")
]
OneTag = Annotated[str | None, typer.Option(help="Only pins with this tag.")]
Owner = Annotated[str | None, typer.Option(help="Only this person's pins.")]
OneStory = Annotated[str | None, typer.Option(help="Only pins for this story.")]
Status = Annotated[PinStatus | None, typer.Option(help="Only pins that stand so; else all but those taken down.")]
Words = Annotated[str | None, typer.Option(help="Only pins with these words in them or in what is told of them.")]


Asking = Annotated[
    list[str] | None,
    typer.Argument(
        help='Only such pins, as in Slack: words, story:"…" tag:… owner:ID verified:yes|no person:… before:… orphan '
        "expiring.",
        metavar="[ASKED]…",
    ),
]


@pins.command("list")
@command
async def list_(
    asked: Asking = None,
    story: OneStory = None,
    tag: OneTag = None,
    owner: Owner = None,
    status: Status = None,
    words: Words = None,
    limit: Annotated[int, typer.Option(min=1, max=1000, help="At most so many.")] = 20,
    cursor: Annotated[str | None, typer.Option(help="Go on from there, as the page before said.")] = None,
    as_json: AsJson = False,
) -> None:
    """List the pins, newest first."""
    wanted, question = _wanted(asked, PinFilter(story, tag, owner, status, words))
    async with application() as app:
        await app.follower.follow()
        page = await app.pins.list(operator(), wanted, question=question, limit=limit, cursor=cursor)
    narrowed = bool(question) or wanted != PinFilter()
    show_as(page, page_json, lambda target, found: show_page(target, found, narrowed=narrowed), as_json=as_json)


@pins.command("show")
@command
async def show(pin: PinId, as_json: AsJson = False) -> None:
    """Show one pin, and what has changed in its source."""
    async with application() as app:
        await app.follower.follow()
        view = await app.pins.show(operator(), pin)
        pieces = await app.pins.difference(operator(), pin)
    show_as(view, pin_json, lambda target, found: show_pin(target, found, pieces), as_json=as_json)


@pins.command("add")
@command
async def add(
    place: Annotated[str, typer.Argument(help="A permalink, or DOCUMENT:VERSION:START-END.", metavar="PLACE")],
    words: Annotated[str | None, typer.Option(help="Only these words of the passage there or next to it.")] = None,
    note: Note = None,
    tag: Tag = None,
    story: Story = None,
    expires: Expires = None,
    again: Annotated[bool, typer.Option("--again", help="Also where these very words are pinned already.")] = False,
    as_json: AsJson = False,
) -> None:
    """Pin the words at a place."""
    ref = place_of(place)
    until = _day(expires)

    async def work(desk: PinDesk) -> PinView:
        where = ref if words is None else await desk.slice_of(operator(), ref, words)
        if not again and (twins := await desk.twins(operator(), where)):
            raise BadRequest(pin_words.pinned_already(twins[0].pin))
        return await desk.pin(operator(), where, note=note or "", tags=tag or (), story=story, expires=until)

    await _change(work, as_json=as_json)


@pins.command("edit")
@command
async def edit(
    pin: PinId,
    note: Note = None,
    tag: Tag = None,
    story: Story = None,
    expires: Expires = None,
    owner: Annotated[str | None, typer.Option(help="Hand it over to this Slack id.")] = None,
    words: Annotated[str | None, typer.Option(help="Cut it anew: these words, there or next to it.")] = None,
    confirm: Annotated[bool, typer.Option("--confirm", help="Yes, these are the words: for one that moved.")] = False,
    as_json: AsJson = False,
) -> None:
    """Change a pin; an empty note, tag or story takes it away."""
    until = _day(expires)

    async def work(desk: PinDesk) -> PinView:
        view = await desk.show(operator(), pin)
        if confirm:
            view = await desk.confirm(operator(), pin)
        if words is not None:
            view = await desk.recut(operator(), pin, await desk.slice_of(operator(), view.card.ref, words))
        view = await desk.edit(operator(), pin, note=note, tags=tag, story=story)
        if expires is not None:
            view = await desk.expire(operator(), pin, until)
        return view if owner is None else await desk.hand_over(operator(), pin, owner)

    await _change(work, as_json=as_json)


@pins.command("verify")
@command
async def verify(pin: PinId, as_json: AsJson = False) -> None:
    """Vouch for a pin."""
    await _change(lambda desk: desk.verify(operator(), pin), as_json=as_json)


@pins.command("unpin")
@command
async def unpin(pin: PinId, as_json: AsJson = False) -> None:
    """Take a pin down; `pins undo` puts it up again."""
    await _change(lambda desk: desk.unpin(operator(), pin), as_json=as_json)


@pins.command("undo")
@command
async def undo(pin: PinId, as_json: AsJson = False) -> None:
    """Put up a pin that was taken down."""
    await _change(lambda desk: desk.undo(operator(), pin), as_json=as_json)


@pins.command("history")
@command
async def history(pin: PinId, as_json: AsJson = False) -> None:
    """Tell who did what to a pin, and when."""
    async with application() as app:
        found = await app.pins.history(operator(), pin)
    show_as(found, changes_json, show_changes, as_json=as_json)


@pins.command("export")
@command
async def export(
    asked: Asking = None,
    form: Annotated[ExportForm, typer.Option(help="The form of the file.")] = ExportForm.MARKDOWN,
    to: Annotated[Path | None, typer.Option(help="Where to write it; else stdout.")] = None,
    story: OneStory = None,
    tag: OneTag = None,
    owner: Owner = None,
    status: Status = None,
    words: Words = None,
) -> None:
    """Write pins with their citations and hashes: Markdown, CSV, JSON or DOCX."""
    if form is ExportForm.DOCX and to is None:
        raise typer.BadParameter("a DOCX file needs --to FILE")
    wanted, question = _wanted(asked, PinFilter(story, tag, owner, status, words))
    async with application() as app:
        await app.follower.follow()
        data = await app.pin_files.export(operator(), wanted, form, question=question)
    try:
        if to is None:
            sys.stdout.buffer.write(data)
            sys.stdout.buffer.flush()
        else:
            to.write_bytes(data)
    except OSError as error:
        raise BadRequest(f"The file {to} can't be written ({error.strerror}).") from error


@pins.command("import")
@command
async def import_(
    file: Annotated[Path, typer.Argument(help="A file that `pins export --form json` wrote.")], as_json: AsJson = False
) -> None:
    """Take in pins from a JSON export; what does not match the stored words becomes an orphan."""
    try:
        data = file.read_bytes()
    except OSError as error:
        raise BadRequest(f"The file {file} can't be read.") from error
    async with application() as app:
        found = await app.pin_files.take_in(operator(), data)
    show_as(found, imported_json, show_imported, as_json=as_json)


async def _change(work: Callable[[PinDesk], Awaitable[PinView]], *, as_json: bool) -> None:
    async def followed(app: Application) -> PinView:
        await app.follower.follow()
        return await work(app.pins)

    await change(followed, pin_json, show_pin, as_json=as_json)


def _wanted(asked: list[str] | None, options: PinFilter) -> tuple[PinFilter, str]:
    """The pins that the words and the options ask for, and what of it is a question. Raises BadQuery."""
    typed = read(" ".join(map(_requoted, asked or ())))
    owner = operator().user_id if typed.owner == ME else typed.owner
    wanted = typed.wanted(owner, utc_now())
    chosen = replace(options, owner=options.owner or wanted.owner, status=options.status or wanted.status)
    return replace(chosen, verified=wanted.verified, expires_by=wanted.expires_by), typed.question


def _requoted(word: str) -> str:
    """The marks again that the shell has taken from `story:"Harbor inquiry"`."""
    name, colon, value = word.partition(":")
    return f'{name}:"{value}"' if colon and name.isalpha() and " " in value and '"' not in value else word


def _day(text: str | None) -> datetime | None:
    """The end of a day in UTC; None where none is given. Raises BadParameter."""
    if text is None or text == "never":
        return None
    try:
        return end_of(date.fromisoformat(text), ZoneInfo("UTC"))
    except ValueError as error:
        raise typer.BadParameter("--expires takes a day such as 2027-01-31, or never") from error
