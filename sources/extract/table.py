"""Tables (CSV, TSV) to text: a transcript's rows are turns, any other row is a paragraph of `header: cell`."""

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from statistics import fmean

from sources.document import Extract, Raw
from sources.errors import NoText, Unreadable
from sources.extract.builder import TextBuilder, numbered
from sources.extract.clean import clean
from sources.extract.decode import decode
from sources.extract.sniff import charset_of
from sources.extract.spoken import add_turn, seconds

_MAX_CELL = 8 * 1024 * 1024
_MAX_ROWS = 500_000
_MAX_BROKEN = 100
_MAX_ABOVE = 5
_SPEAKERS = ("speaker", "person", "speaker_name", "speakername", "who", "member", "participant")
_TEXTS = (
    "comment",
    "text",
    "utterance",
    "content",
    "speech",
    "words",
    "statement",
    "quote",
    "remarks",
    "transcript",
    "line",
)
_STARTS = ("timestamp", "time", "start", "start_time", "starttime", "timecode", "seconds")
_ENDS = ("end", "end_time", "endtime", "stop")
_TOLD = re.compile(r"sep=([,;\t|])\n", re.IGNORECASE)
"""A first line by which spreadsheets tell one another what stands between the cells."""
_MISSING = {"", "NA", "NULL", "None"}


@dataclass(frozen=True, slots=True)
class _Columns:
    """Places of a transcript's columns."""

    speaker: int
    text: int
    start: int | None
    end: int | None


def extract(raw: Raw) -> Sequence[Extract]:
    """One document. Raises Unreadable, NoText."""
    text = clean(decode(raw.content, charset_of(raw.media_type)))
    told = _TOLD.match(text)
    if told:
        text = text[told.end() :]
    delimiter = told[1] if told else _delimiter(raw, text)
    rows, warnings = _rows(text, delimiter)
    if not any(cell.strip() for row in rows for cell in row):
        raise NoText("The table is empty.")
    builder = TextBuilder()
    above = _above(rows)
    for row in rows[:above]:
        builder.paragraph(" ".join(cell.strip() for cell in row))
    rows = rows[above:]
    header = [cell.strip() for cell in rows[0]] if _is_header(rows) else None
    body = rows[1:] if header else rows
    columns = _columns(header, body) if header else None
    if header and columns:
        for row in body:
            _add_turn(builder, _as_wide(row, len(header), columns, delimiter), columns)
    else:
        for row in body:
            builder.paragraph("; ".join(_cells(row, header or [])))
    return [builder.build("The table holds no words.", warnings=warnings)]


def _rows(text: str, delimiter: str) -> tuple[list[list[str]], tuple[str, ...]]:
    """All rows but blank lines, and a sentence about lines whose quotation marks are not in order.

    Such a line is a row by itself: read on, its last cell would swallow what others say up to the next mark.
    """
    csv.field_size_limit(_MAX_CELL)  # a limit of the whole process, which csv has no other place for
    lines = text.splitlines(keepends=True)
    rows: list[list[str]] = []
    broken: list[int] = []
    at = 0
    while at < len(lines):
        reader = csv.reader(islice(lines, at, None), delimiter=delimiter, strict=True)
        read = 0
        try:
            for row in reader:
                rows.append(row)
                read = reader.line_num
            break
        except csv.Error as error:
            at += read
            if len(broken) >= _MAX_BROKEN:
                raise Unreadable("The table can't be read: too many of its quotation marks are not closed.") from error
            rows.append(_row(lines[at], delimiter))
            at += 1
            broken.append(at)
    if len(rows) > _MAX_ROWS:
        raise Unreadable(f"The table has more than {_MAX_ROWS:,} rows.")
    return [row for row in rows if row], _warnings(broken)


def _row(line: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=delimiter))
    except csv.Error as error:
        raise Unreadable("The table can't be read: a cell is too large.") from error


def _warnings(broken: Sequence[int]) -> tuple[str, ...]:
    if not broken:
        return ()
    which = numbered(broken)
    return (f"Quotation marks are not in order, and the line was read by itself, in line {which} of the table.",)


def _above(rows: Sequence[Sequence[str]]) -> int:
    """How many rows stand as a title above a transcript's names of columns."""
    for at, row in enumerate(rows[:_MAX_ABOVE]):
        names = _names(row)
        if _named(names, _SPEAKERS) is not None and _named(names, _TEXTS) is not None:
            return at
    return 0


def _as_wide(row: list[str], width: int, columns: _Columns, delimiter: str) -> list[str]:
    """The row, if it has more cells than the table has columns and the words stand last, with its words in one piece:
    marks in them have cut them."""
    if len(row) <= width or columns.text != width - 1:
        return row
    return [*row[: columns.text], delimiter.join(row[columns.text :]).rstrip(f"{delimiter} ")]


def _delimiter(raw: Raw, text: str) -> str:
    if raw.location.lower().endswith(".tsv") or raw.media_type.startswith("text/tab-separated"):
        return "\t"
    first = text.partition("\n")[0]
    return max(",;\t|", key=first.count)


def _is_header(rows: Sequence[Sequence[str]]) -> bool:
    """Short, different names over more than one row."""
    names = [cell.strip() for cell in rows[0] if cell.strip()]
    plain = all(len(name) <= 60 and not name[0].isdigit() for name in names)
    return len(rows) > 1 and bool(names) and plain and len(set(names)) == len(names)


def _columns(header: Sequence[str], body: Sequence[Sequence[str]]) -> _Columns | None:
    """The columns of a transcript: named as such, the speakers short and the words longer; None for another table."""
    names = _names(header)
    speaker, text = _named(names, _SPEAKERS), _named(names, _TEXTS)
    if speaker is None or text is None:
        return None
    if not 0 < _mean_length(body, speaker) < min(60, _mean_length(body, text) + 20):
        return None
    return _Columns(speaker, text, _named(names, _STARTS), _named(names, _ENDS))


def _names(header: Sequence[str]) -> list[str]:
    return [name.strip().lower().replace(" ", "_") for name in header]


def _named(names: Sequence[str], wanted: Sequence[str]) -> int | None:
    return next((names.index(name) for name in wanted if name in names), None)


def _mean_length(body: Sequence[Sequence[str]], column: int) -> float:
    return fmean([len(_cell(row, column)) for row in body] or [0])


def _cell(row: Sequence[str], column: int | None) -> str:
    cell = row[column].strip() if column is not None and column < len(row) else ""
    return "" if cell in _MISSING else cell


def _add_turn(builder: TextBuilder, row: Sequence[str], columns: _Columns) -> None:
    if text := _cell(row, columns.text):
        start, end = seconds(_cell(row, columns.start)), seconds(_cell(row, columns.end))
        add_turn(builder, " ".join(_cell(row, columns.speaker).split()), text, start, end)


def _cells(row: Sequence[str], header: Sequence[str]) -> Iterator[str]:
    for column, cell in enumerate(map(str.strip, row)):
        if cell:
            name = header[column] if column < len(header) else ""
            yield f"{name}: {cell}" if name else cell
