"""`/d/<document>`: a stored version on the words that were asked for, and what changed between two versions."""

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlencode

from aiohttp import web

from bot.asking.cards import PassageRef
from bot.asking.links import reader_path
from bot.citations import Style, cite
from bot.errors import BadRequest, NotHere
from bot.pinning import PinView
from bot.reading import Block, Sheet, Wanted
from bot.web.marking import Marked, slices
from bot.web.visit import Route, Visit
from bot.wording import reader_words, words
from index.hit import Span

_SPAN = re.compile(r"(\d{1,9})-(\d{1,9})")
_NUMBER = re.compile(r"\d{1,9}")


async def show(visit: Visit) -> web.Response:
    """One document."""
    wanted = wanted_of(visit.query)
    sheet = await visit.app.reading.open(visit.person, visit.part("document"), wanted)
    return visit.page("reader.html", zone=visit.asker.zone, **told_of(sheet, wanted))


async def compare(visit: Visit) -> web.Response:
    """What changed between two versions."""
    old, new = (_number(visit.query.get(name)) for name in ("from", "to"))
    if old is None or new is None:
        raise NotHere(reader_words.NOT_HERE)
    changes = await visit.app.reading.changes(visit.person, visit.part("document"), old, new)
    return visit.page("changes.html", changes=changes, document=changes.new.document, reader=reader_words)


async def present(visit: Visit) -> web.Response:
    """To the same words in the present version; where they are gone, to what changed."""
    wanted, document = wanted_of(visit.query), visit.part("document")
    if wanted.version is None or wanted.at is None:
        raise NotHere(reader_words.NOT_HERE)
    newest, at = await visit.app.reading.present(visit.person, document, wanted.version, wanted.at)
    if at is None:
        return visit.see_other(f"/d/{quote(document, safe='')}/changes?from={wanted.version}&to={newest}")
    return visit.see_other(reader_path(PassageRef(document, newest, at.start, at.end)))


def told_of(sheet: Sheet, wanted: Wanted) -> dict[str, Any]:
    """What the template is told of a document."""
    forms = [(words.CITATION_FORMS[style], cite(sheet.card, style)) for style in Style] if sheet.card else []
    return {
        "sheet": sheet,
        "document": sheet.stored.document,
        "marks": marks_of(sheet),
        "pins": _by_block(sheet),
        "links": Links(sheet, wanted),
        "citations": forms,
        "anchor": anchor_of(sheet),
        "who": reader_words.who,
        "reader": reader_words,
        "slices": slices,
    }


def wanted_of(query: Mapping[str, str]) -> Wanted:
    """What an address asks for. Raises BadRequest for a place that is none.

    >>> wanted_of({"v": "2", "at": "10-25"}).at
    Span(start=10, end=25)
    """
    span = _SPAN.fullmatch(query.get("at", ""))
    if query.get("at") and (span is None or int(span[1]) >= int(span[2])):
        raise BadRequest(reader_words.BAD_PLACE)
    return Wanted(
        version=_number(query.get("v")),
        at=Span(int(span[1]), int(span[2])) if span else None,
        section=_number(query.get("part")),
        page=query.get("page") or None,
        question=query.get("q", "").strip(),
    )


def marks_of(sheet: Sheet) -> tuple[Marked, ...]:
    """All that is marked in the stretch."""
    asked = [Marked(sheet.asked.start, sheet.asked.end, "asked")] if sheet.asked else []
    found = [Marked(span.start, span.end, "found") for span in sheet.found]
    pinned = [Marked(view.pin.at.start, view.pin.at.end, "pinned") for view in sheet.pins]
    names = [
        Marked(block.start, block.start + block.turn.named, "named")
        for block in sheet.blocks
        if block.turn and block.turn.named
    ]
    return (*asked, *found, *pinned, *names)


def anchor_of(sheet: Sheet) -> int | None:
    """Where the page is scrolled to: the asked words, else those of the place that is looked at."""
    if sheet.asked is not None:
        return max(sheet.asked.start, sheet.start)
    here = sheet.matches.places[sheet.matches.here] if sheet.matches and sheet.matches.here is not None else None
    return next((span.start for span in sheet.found if here is not None and span.start >= here.start), None)


def _by_block(sheet: Sheet) -> Mapping[int, list[PinView]]:
    """The pins that begin in each block, by the block's start."""
    found: dict[int, list[PinView]] = {block.start: [] for block in sheet.blocks}
    for view in sheet.pins:
        block = next(one for one in sheet.blocks if one.start <= view.pin.at.start < one.end)
        found[block.start].append(view)
    return found


class Links:
    """The addresses that a page of a document leads to: each keeps what the others did not change."""

    def __init__(self, sheet: Sheet, wanted: Wanted) -> None:
        self._path = f"/d/{sheet.stored.document.id}"
        at = f"{sheet.asked.start}-{sheet.asked.end}" if sheet.asked else None
        self._kept = {"v": str(sheet.stored.number), "at": at, "q": wanted.question or None}
        self.kept: list[tuple[str, str]] = [(name, value) for name, value in self._kept.items() if value]

    def part(self, number: int) -> str:
        """Another section."""
        return self._to(part=str(number))

    def at(self, span: Span) -> str:
        """Other words."""
        return self._to(at=f"{span.start}-{span.end}") + "#at"

    def place(self, block: Block) -> str:
        """A paragraph, and nothing else."""
        return self._to(at=f"{block.start}-{block.words_end}", q=None) + "#at"

    def words(self) -> str:
        """The asked words again."""
        return self._to() + "#at"

    def version(self, number: int) -> str:
        """Another version, from its beginning."""
        return f"{self._path}?v={number}"

    def present(self) -> str:
        """The asked words in the present version."""
        told = {name: value for name, value in self._kept.items() if value and name != "q"}
        return f"{self._path}/present?{urlencode(told)}"

    def compare(self, old: int, new: int) -> str:
        """What changed between two."""
        return f"{self._path}/changes?from={old}&to={new}"

    def _to(self, **changed: str | None) -> str:
        told = {name: value for name, value in {**self._kept, **changed}.items() if value}
        return f"{self._path}?{urlencode(told)}"


def _number(text: str | None) -> int | None:
    return int(text) if text and _NUMBER.fullmatch(text) else None


ROUTES = (
    Route("GET", "/d/{document}", show),
    Route("GET", "/d/{document}/changes", compare),
    Route("GET", "/d/{document}/present", present),
)
