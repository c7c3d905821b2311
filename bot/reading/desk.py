"""A document to be read: which of its versions, which stretch, and what is told beside it."""

import asyncio
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.asking.cards import Card, PassageRef
from bot.asking.desk import Desk
from bot.asking.stored_card import card_from
from bot.errors import BadRequest, NotHere, Withdrawn
from bot.keeping.diff import Hunk, diff
from bot.pinning import PinDesk, PinView
from bot.reading.blocks import blocks, pages_begin
from bot.reading.finding import places
from bot.reading.near import passage_near
from bot.reading.sections import border, count, section_at
from bot.reading.sheet import Matches, Sheet, Wanted
from bot.roles import Person, may_read
from bot.store.archive import Archive
from bot.store.documents import History, StoredVersion
from bot.store.pins import PinFilter
from bot.wording import reader_words
from index.anchor import Alignment, Anchoring, Fate, anchor
from index.errors import BadQuery
from index.hit import Span
from index.port import Percolator
from index.query import Query, parse

MARGIN = 2_000
"""Code points around the asked words that are shown with them at the least."""
MOST_SECTIONS = 3
"""As many are shown at once; words that are longer are marked as far as they are shown."""
MOST_PINS = 200
REMEMBERED = 64
"""So many questions' places are kept: who goes from one to the next asks for the same again."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed between two versions of a document."""

    old: StoredVersion
    new: StoredVersion
    hunks: tuple[Hunk, ...]


class ReadingDesk:
    """Every method may raise StoreUnavailable, and NotHere in the same words for a document that is not there and for
    one that is not this person's to see; the store is asked for the same of both.
    """

    def __init__(
        self, archive: Archive, desk: Desk, pins: PinDesk, percolator: Percolator, *, public_url: str | None = None
    ) -> None:
        self._archive = archive
        self._desk = desk
        self._pins = pins
        self._percolator = percolator
        self._public_url = public_url
        self._places: OrderedDict[tuple[str, str], tuple[Span, ...]] = OrderedDict()

    async def open(self, person: Person, document_id: str, wanted: Wanted) -> Sheet:
        """What was asked for of the document. Raises Withdrawn where it is not shown any more, BadRequest for a place
        that is not in it, SourceChanged.
        """
        history = await self._history(person, document_id)
        stored = await self._version(person, document_id, history, wanted.version)
        text = stored.document.text
        asked = _inside(wanted.at, text)
        matches = await self._matches(stored, wanted, asked) if wanted.question else None
        pages = pages_begin(stored.document.marks)
        first, last = _sections(text, _page(pages, wanted.page), wanted, asked, matches)
        start, end = border(text, first), border(text, last + 1)
        return Sheet(
            stored=stored,
            history=history,
            start=start,
            end=end,
            first=first + 1,
            last=last + 1,
            sections=count(text),
            blocks=await asyncio.to_thread(blocks, stored.document, start, end),
            asked=asked,
            card=await self._card(stored, asked) if asked else None,
            matches=matches,
            found=self._found(text, start, end, matches),
            pins=await self._margin(person, stored, start, end),
            paged=bool(pages),
            page_at=_page(pages, wanted.page),
        )

    async def changes(self, person: Person, document_id: str, old: int, new: int) -> Changes:
        """What changed from one version to another; either may be the older. Raises as `open` does."""
        history = await self._history(person, document_id)
        before = await self._version(person, document_id, history, old)
        after = await self._version(person, document_id, history, new)
        found = await asyncio.to_thread(diff, before.document.text, after.document.text)
        return Changes(before, after, found)

    async def present(self, person: Person, document_id: str, number: int, at: Span) -> tuple[int, Span | None]:
        """The present version's number, and where in it the words at `at` of an older one stand; None where they are
        not there any more, or two places could be meant. Raises as `open` does.
        """
        history = await self._history(person, document_id)
        before = await self._version(person, document_id, history, number)
        after = await self._version(person, document_id, history, None)
        if (span := _inside(at, before.document.text)) is None or before.number == after.number:
            return after.number, span
        found = await asyncio.to_thread(_anchored, before, after, span)
        place = found.places[0] if found.fate in (Fate.KEPT, Fate.MOVED) else None
        return after.number, Span(place.start, place.end) if place else None

    async def _history(self, person: Person, document_id: str) -> History:
        """Of a document that this person may read. What is limited and what is not there take the same steps."""
        history = await self._archive.history(person.workspace_id, document_id)
        live = await self._archive.sources(person.workspace_id)
        removed = await self._archive.removed_sources(person.workspace_id)
        readable = {record.id: record for record in (*removed, *live) if may_read(person, record)}
        source = readable.get(history.source_id) if history else None
        if history is None or source is None:
            raise NotHere(reader_words.NOT_HERE)
        if history.source_id in {record.id for record in removed}:
            raise Withdrawn(reader_words.source_removed(source.name))
        if history.removed:
            raise Withdrawn(reader_words.withdrawn(source.name))
        return history

    async def _version(self, person: Person, document_id: str, history: History, number: int | None) -> StoredVersion:
        known = [version.number for version in history.versions]
        if number is not None and number not in known:
            raise NotHere(reader_words.no_version(number, known[0]))
        wanted = known[0] if number is None else number
        return await self._desk.stored(person, PassageRef(document_id, wanted, 0, 1))

    async def _card(self, stored: StoredVersion, asked: Span) -> Card | None:
        passage = await asyncio.to_thread(passage_near, stored, asked.start, asked.end)
        return card_from(stored, passage, self._public_url) if passage else None

    async def _matches(self, stored: StoredVersion, wanted: Wanted, asked: Span | None) -> Matches:
        try:
            query = parse(wanted.question)
        except BadQuery as error:
            return Matches(wanted.question, problem=str(error))
        found = await self._found_places(stored, query, wanted.question)
        at = _at(stored.document.text, wanted, asked)
        return Matches(wanted.question, found, _here(found, at, asked), at)

    async def _found_places(self, stored: StoredVersion, query: Query, question: str) -> tuple[Span, ...]:
        key = (stored.text_sha256, question)
        if key not in self._places:
            found = await asyncio.to_thread(places, stored.document.text, query, self._percolator.marked)
            self._places[key] = found
            while len(self._places) > REMEMBERED:
                self._places.popitem(last=False)
        return self._places[key]

    def _found(self, text: str, start: int, end: int, matches: Matches | None) -> tuple[Span, ...]:
        if matches is None or not matches.places:
            return ()
        words = self._percolator.marked(parse(matches.question), text[start:end])
        return tuple(Span(start + span.start, start + span.end) for span in words)

    async def _margin(self, person: Person, stored: StoredVersion, start: int, end: int) -> tuple[PinView, ...]:
        page = await self._pins.list(person, PinFilter(document_id=stored.document.id), limit=MOST_PINS)
        here = [
            view for view in page.views if view.pin.at.version == stored.number and start <= view.pin.at.start < end
        ]
        return tuple(sorted(here, key=lambda view: (view.pin.at.start, view.pin.at.end)))


def _anchored(before: StoredVersion, after: StoredVersion, at: Span) -> Anchoring:
    reread = before.raw_sha256 == after.raw_sha256
    return anchor(Alignment(before.document.text, after.document.text), at.start, at.end, reextracted=reread)


def _sections(
    text: str, page_at: int | None, wanted: Wanted, asked: Span | None, matches: Matches | None
) -> tuple[int, int]:
    """The first and the last section to be shown, from 0. What is asked for by hand goes before the words."""
    if page_at is not None:
        return section_at(text, page_at), section_at(text, page_at)
    if wanted.section is not None:
        number = min(max(wanted.section, 1), count(text)) - 1
        return number, number
    here = asked or (matches.places[matches.here] if matches and matches.here is not None else None)
    if here is None:
        return 0, 0
    first = section_at(text, max(0, here.start - MARGIN))
    return first, min(section_at(text, here.end + MARGIN), first + MOST_SECTIONS - 1)


def _page(pages: Mapping[str, int], page: str | None) -> int | None:
    """Where the page begins that is asked for. Raises BadRequest where none is called so."""
    if page is None:
        return None
    if (found := pages.get(page.strip().casefold())) is None:
        raise BadRequest(reader_words.no_page(page.strip()))
    return found


def _inside(at: Span | None, text: str) -> Span | None:
    """The span where it lies in the text. Raises BadRequest."""
    if at is not None and not at.start < at.end <= len(text):
        raise BadRequest(reader_words.no_place(at.start, at.end, len(text)))
    return at


def _at(text: str, wanted: Wanted, asked: Span | None) -> int:
    """Where one looks before any of the question's places is chosen."""
    if asked is not None:
        return asked.start
    return border(text, min(wanted.section, count(text)) - 1) if wanted.section else 0


def _here(found: Sequence[Span], at: int, asked: Span | None) -> int | None:
    """Which of the places is looked at: that of the asked words, else the first from there on, else the first."""
    if asked is not None:
        return next((n for n, place in enumerate(found) if place.start < asked.end and asked.start < place.end), None)
    return next((n for n, place in enumerate(found) if place.start >= at), 0 if found else None)
