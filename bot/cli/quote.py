"""`quotedesk quote`: passages for a question, or for a file of them."""

from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Annotated

import typer

from bot.asking.desk import Desk
from bot.citations import Style
from bot.cli.lines import fields_of, lines_of
from bot.cli.quote_csv import questions_of, write_answers
from bot.cli.render_json import Json, answer_json
from bot.cli.render_text import show_answer
from bot.cli.session import application, command
from bot.cli.terminal import console, show_json
from bot.roles import operator
from index.errors import BadQuery

# A word to leave out begins with a dash, as options do: what is no option here is part of the question.
CONTEXT = {"ignore_unknown_options": True}


EXAMPLE = "Barr '\"foreign dirt\"' before:2020 -Kerry"


@command
async def quote(
    query: Annotated[list[str] | None, typer.Argument(metavar="QUERY", help=f"The question, as in {EXAMPLE}.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=1000, help="At most so many passages.")] = 3,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    batch: Annotated[
        Path | None,
        typer.Option(help='Answer a file: JSON lines {"id", "query"}, or CSV with these columns; prints the same.'),
    ] = None,
    explain: Annotated[bool, typer.Option("--explain", help="Tell what gave each passage its score.")] = False,
    cite: Annotated[Style | None, typer.Option(help="Print citations in this form instead of passages.")] = None,
) -> None:
    """Print the passages that answer a question."""
    words = [word.encode(errors="replace").decode() for word in query or []]
    if (batch is None) == (not words):
        raise typer.BadParameter("give either a question or --batch FILE")
    if mistyped := next((word for word in words if word.startswith("--") and word[2:3].isalpha()), None):
        raise typer.BadParameter(f"there is no option {mistyped}")
    sheet = questions_of(batch) if batch and batch.suffix.lower() == ".csv" else None
    lines = lines_of(batch) if batch and sheet is None else []
    async with application() as app:
        if sheet is not None:
            await write_answers(app.desk, sheet, limit, cite)
            return
        if batch:
            async for answered in _answered(app.desk, lines, limit, cite, explain=explain):
                show_json(answered)
            return
        answer = await app.desk.answer(operator(), " ".join(words), limit=limit, explain=explain)
        if as_json:
            show_json(answer_json(answer, cite))
        else:
            show_answer(console(), answer, cite)
        if not explain:
            await app.searches.missed(operator(), answer)


async def _answered(
    desk: Desk, lines: list[str], limit: int, style: Style | None, *, explain: bool
) -> AsyncGenerator[Json]:
    """An answer or an error for each line, in their order; one bad line doesn't stop the rest.

    A line without an id is named by its number.
    """
    for number, line in enumerate(lines, 1):
        fields = fields_of(line)
        name = fields.get("id", number)
        question = fields.get("query")
        if not isinstance(question, str):
            yield {"id": name, "error": f"Line {number} is no JSON object with a query."}
            continue
        try:
            answer = await desk.answer(operator(), question, limit=limit, explain=explain)
            yield {"id": name, **answer_json(answer, style)}
        except BadQuery as error:
            yield {"id": name, "error": str(error)}
