"""A spreadsheet of questions in, a spreadsheet of the best passages out."""

import csv
import io
import sys
from pathlib import Path

from bot.asking.cards import Card
from bot.asking.desk import Desk
from bot.citations import Style, cite
from bot.errors import BadRequest
from bot.pinning.texts import table
from bot.roles import operator
from bot.wording.dates import when
from index.errors import BadQuery

_COLUMNS = ("id", "query", "rank", "answered", "text", "speaker", "dates", "title", "publisher", "link", "place")


def questions_of(file: Path) -> list[tuple[str, str]]:
    """The ids and questions of a CSV file whose first line names a column `query`, and `id` if wanted; a question
    without an id is named by its number. Raises BadRequest.
    """
    try:
        rows = list(csv.DictReader(io.StringIO(file.read_text("utf-8-sig"), newline=""), strict=True))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise BadRequest(f"The file {file} can't be read as CSV.") from error
    if not all(isinstance(row.get("query"), str) for row in rows):
        raise BadRequest(f"The file {file} needs a first line that names a column “query”, and a question in each row.")
    return [(row.get("id") or str(number), row["query"]) for number, row in enumerate(rows, 1)]


async def write_answers(desk: Desk, questions: list[tuple[str, str]], limit: int, style: Style | None) -> None:
    """A row for each passage, in the order of the questions; a question that finds nothing, or can't be asked, has one
    row that says so.
    """
    columns = (*_COLUMNS, "citation") if style else _COLUMNS
    rows: list[list[str]] = []
    for name, question in questions:
        try:
            answer = await desk.answer(operator(), question, limit=limit)
        except BadQuery as error:
            rows.append([name, question, "", "error", str(error), *[""] * (len(columns) - 5)])
            continue
        for rank, card in enumerate(answer.cards, 1):
            told = [name, question, str(rank), "yes" if answer.answered else "nearest", *_told(card)]
            rows.append([*told, cite(card, style)] if style else told)
        if not answer.cards:
            rows.append([name, question, "", "no", *[""] * (len(columns) - 4)])
    sys.stdout.buffer.write(table(columns, rows))
    sys.stdout.buffer.flush()


def _told(card: Card) -> list[str]:
    document = card.document
    return [
        card.text,
        card.speaker.label if card.speaker else "",
        when(card.said, document.published),
        document.title or document.location,
        document.publisher or "",
        card.link or document.url or "",
        str(card.ref),
    ]
