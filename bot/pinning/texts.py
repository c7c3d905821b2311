"""Pins as Markdown, CSV and JSON. Pure."""

import csv
import io
import json
from datetime import datetime
from typing import Any

from bot.citations import Style, cite
from bot.citations.markdown import escaped
from bot.pinning.view import PinView
from bot.store.pin_values import snapshot_to_json
from bot.wording import pin_words
from bot.wording.dates import written

FORMAT = "quotedesk-pins/1"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_COLUMNS = (
    *("id", "story", "tags", "status", "quote", "speaker", "said", "published", "title", "publisher", "link", "note"),
    *("owner", "verified by", "verified", "expires", "document", "version", "start", "end", "text_sha256", "citation"),
)


def as_markdown(views: tuple[PinView, ...], title: str, at: datetime) -> bytes:
    """The pins one after the other, each with its citation, its note and what proves it."""
    parts = [f"# {escaped(title)}", f"{len(views)} pins, written {at:%Y-%m-%d %H:%M} UTC."]
    for view in views:
        parts += ["---", cite(view.card, Style.MARKDOWN), *(escaped(line) for line in about(view))]
    return ("\n\n".join(parts) + "\n").encode()


def about(view: PinView) -> list[str]:
    """What is told of a pin beside its citation, a line each."""
    pin = view.pin
    lines = [f"Status: {pin_words.STATUSES[view.status]}." + (f" {pin_words.DOUBTS[pin.doubt]}" if pin.doubt else "")]
    lines += [f"Note: {pin.note}"] if pin.note else []
    lines += [f"Tags: {', '.join(pin.tags)}"] if pin.tags else []
    if pin.verifier and pin.verified:
        lines.append(f"Verified by {pin.verifier} on {pin.verified:%Y-%m-%d}.")
    lines += [f"To be used until {pin.expires:%Y-%m-%d %H:%M} UTC."] if pin.expires else []
    where = f"{pin.document_id}, version {pin.at.version}, characters {pin.at.start} to {pin.at.end}"
    return [*lines, f"Pin {pin.id}: {where}, SHA-256 of the text {pin.snapshot.text_sha256}"]


def as_csv(views: tuple[PinView, ...], title: str, at: datetime) -> bytes:  # noqa: ARG001 - one signature for all forms
    """A row each, for spreadsheets: UTF-8 with its mark, and no cell that a spreadsheet would calculate."""
    return table(_COLUMNS, [[_cells(view)[column] for column in _COLUMNS] for view in views])


def table(columns: tuple[str, ...], rows: list[list[str]]) -> bytes:
    """A CSV file of harmless cells."""
    target = io.StringIO()
    writer = csv.writer(target)
    writer.writerows([harmless(cell) for cell in row] for row in (list(columns), *rows))
    return target.getvalue().encode("utf-8-sig")


def harmless(cell: str) -> str:
    """The cell with an apostrophe before what a spreadsheet would take for a formula.

    https://owasp.org/www-community/attacks/CSV_Injection

    >>> harmless("=1+1"), harmless(" @SUM"), harmless("a-b")
    ("'=1+1", "' @SUM", 'a-b')
    """
    return f"'{cell}" if cell.lstrip(" ").startswith(_FORMULA) else cell


def _cells(view: PinView) -> dict[str, str]:
    pin, told = view.pin, view.pin.snapshot
    return {
        "id": pin.id,
        "story": pin.story or "",
        "tags": ", ".join(pin.tags),
        "status": view.status.value,
        "quote": pin.quote,
        "speaker": told.speaker.label if told.speaker else "",
        "said": written(told.said) if told.said else "",
        "published": written(told.published) if told.published else "",
        "title": told.title or told.location,
        "publisher": told.publisher or "",
        "link": told.link or told.url or "",
        "note": pin.note,
        "owner": pin.owner,
        "verified by": pin.verifier or "",
        "verified": pin.verified.isoformat() if pin.verified else "",
        "expires": pin.expires.isoformat() if pin.expires else "",
        "document": pin.document_id,
        "version": str(pin.at.version),
        "start": str(pin.at.start),
        "end": str(pin.at.end),
        "text_sha256": told.text_sha256,
        "citation": cite(view.card, Style.PLAIN),
    }


def as_json(views: tuple[PinView, ...], title: str, at: datetime) -> bytes:
    """Everything, as `imported.read` takes it."""
    data = {"format": FORMAT, "title": title, "written": at.isoformat(), "pins": [pin_json(view) for view in views]}
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def pin_json(view: PinView) -> dict[str, Any]:
    """A pin as scripts get it. `selector` holds the W3C's TextQuoteSelector and TextPositionSelector."""
    pin = view.pin
    return {
        "id": pin.id,
        "status": view.status.value,
        "doubt": pin.doubt.value if pin.doubt else None,
        "document": pin.document_id,
        "version": pin.at.version,
        "selector": [
            {"type": "TextQuoteSelector", "exact": pin.quote, "prefix": pin.prefix, "suffix": pin.suffix},
            {"type": "TextPositionSelector", "start": pin.at.start, "end": pin.at.end},
        ],
        "snapshot": snapshot_to_json(pin.snapshot),
        "note": pin.note,
        "tags": list(pin.tags),
        "story": pin.story,
        "owner": pin.owner,
        "verifier": pin.verifier,
        "verified": pin.verified.isoformat() if pin.verified else None,
        "expires": pin.expires.isoformat() if pin.expires else None,
        "created": pin.created.isoformat(),
        "changed": pin.changed.isoformat(),
        "source": view.source,
        "permalink": view.permalink,
        "citation": cite(view.card, Style.PLAIN),
    }
