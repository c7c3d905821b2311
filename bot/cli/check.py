"""`quotedesk check`: whether a quotation is exact, for one, for a file of them, or for all of a draft."""

import sys
from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Annotated

import typer

from bot.checks.checks import Checks
from bot.checks.drafts import claim_of, is_bare
from bot.cli.lines import fields_of, lines_of
from bot.cli.render_check import checked_json, draft_json, show_checked, show_draft
from bot.cli.render_json import Json
from bot.cli.session import application, command
from bot.cli.terminal import show_as, show_json
from bot.errors import BadRequest
from bot.roles import operator

_STDIN = Path("-")


@command
async def check(
    quote: Annotated[
        str | None,
        typer.Argument(
            help="The quotation, with or without its marks; what goes on after them (“…,” she said) makes it a draft."
        ),
    ] = None,
    speaker: Annotated[str | None, typer.Option(help="Who is said to have said it.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    batch: Annotated[
        Path | None,
        typer.Option(help='Check a file of JSON lines, {"id", "quote"[, "speaker"]}; prints JSON lines.'),
    ] = None,
    draft: Annotated[Path | None, typer.Option(help="Check every quotation in a text file; - reads stdin.")] = None,
) -> None:
    """Say whether a quotation is exact, who said it, when and where."""
    if sum(given is not None for given in (quote, batch, draft)) != 1:
        raise typer.BadParameter("give a quotation, --batch FILE or --draft FILE")
    words = (quote or "").encode(errors="replace").decode()
    claim = words if is_bare(words) else claim_of(words)
    if speaker is not None and (quote is None or claim is None):
        raise typer.BadParameter("--speaker goes with one quotation")
    lines = lines_of(batch) if batch else []
    text = _draft(draft) if draft else words
    async with application() as app:
        if batch:
            async for checked in _batch(app.checks, lines):
                show_json(checked)
        elif draft or claim is None:
            show_as(await app.checks.draft(operator(), text), draft_json, show_draft, as_json=as_json)
        else:
            one = await app.checks.check(operator(), claim, speaker=speaker)
            show_as(one, checked_json, show_checked, as_json=as_json)


def _draft(file: Path) -> str:
    try:
        return sys.stdin.buffer.read().decode("utf-8-sig") if file == _STDIN else file.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise BadRequest(f"The file {file} can't be read as text.") from error


async def _batch(checks: Checks, lines: list[str]) -> AsyncGenerator[Json]:
    """A check or an error for each line, in their order; a line without an id is named by its number."""
    for number, line in enumerate(lines, 1):
        fields = fields_of(line)
        name, quote, speaker = fields.get("id", number), fields.get("quote"), fields.get("speaker")
        if not isinstance(quote, str):
            yield {"id": name, "error": f"Line {number} is no JSON object with a quote."}
            continue
        try:
            given = speaker if isinstance(speaker, str) else None
            yield {"id": name, **checked_json(await checks.check(operator(), quote, speaker=given))}
        except BadRequest as error:
            yield {"id": name, "error": str(error)}
