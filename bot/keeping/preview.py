"""What a place or a file would bring, read and shown before anything is kept. Nothing here writes."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.errors import BadRequest
from bot.keeping.documents import documents_of
from bot.keeping.intake import Extractor
from bot.roles import Person, may_read, require_admin
from bot.store.archive import Archive
from bot.store.sources import SourceRecord
from sources.connectors import identify, name_of, open_source, recognise
from sources.document import Document, Raw
from sources.errors import SourceError, Unreachable
from sources.fetch import Fetcher
from sources.port import Discovery, Item, Refused, Source

ITEMS_READ = 3
SECONDS = 45.0


@dataclass(frozen=True, slots=True)
class Twin:
    """A document that is there already and may be the same: `title` in the source of that name; `same_text` where its
    words are the very same."""

    title: str
    source: str
    same_text: bool = False


@dataclass(frozen=True, slots=True)
class Preview:
    """What was read of `place`, which holds `items` things: the first documents, what failed, and possible
    duplicates. `name` is what the source would be called, `taken` whether that name is in use."""

    place: str
    name: str
    items: int
    documents: tuple[Document, ...]
    refused: tuple[Refused, ...]
    twins: tuple[Twin, ...] = ()
    taken: frozenset[str] = frozenset()


class Previews:
    """Reads for admins."""

    def __init__(
        self, archive: Archive, extractor: Extractor, clock: Callable[[], datetime], *, fetcher: Fetcher
    ) -> None:
        self._archive = archive
        self._extractor = extractor
        self._clock = clock
        self._fetcher = fetcher

    async def place(self, person: Person, place: str) -> Preview:
        """Read the first items of a place. Raises NotAllowed, Unreachable, Unreadable; BadRequest when it takes too
        long.
        """
        require_admin(person)
        try:
            async with asyncio.timeout(SECONDS):
                connector, canonical = await identify(*recognise(place), self._fetcher)
                record = _record(person, connector, canonical, self._clock())
                return await self._preview(person, record, open_source(connector, canonical, True, self._fetcher))
        except TimeoutError as error:
            raise BadRequest(f"Reading it took longer than {SECONDS:.0f} seconds, so there is no preview.") from error

    async def file(self, person: Person, name: str, content: bytes) -> Preview:
        """Read one file by its name and bytes. Raises NotAllowed."""
        require_admin(person)
        record = _record(person, "folder", name, self._clock())
        return await self._preview(person, record, _OneFile(name, content, self._clock()))

    async def _preview(self, person: Person, record: SourceRecord, source: Source) -> Preview:
        discovery = await source.discover()
        documents: list[Document] = []
        refused = list(discovery.refused)
        for item in discovery.items[:ITEMS_READ]:
            try:
                raw = await source.fetch(item)
                extracts = await self._extractor.extract(raw)
                documents += documents_of(record, item, extracts, self._clock(), raw.lasting)
            except Unreachable:
                raise
            except SourceError as error:
                refused.append(Refused(item.location, str(error)))
        records = [one for one in await self._archive.sources(person.workspace_id) if may_read(person, one)]
        return Preview(
            place=record.place,
            name=record.name,
            items=len(discovery.items),
            documents=tuple(documents),
            refused=tuple(refused),
            twins=await self._twins(records, documents),
            taken=frozenset(one.name for one in records),
        )

    async def _twins(self, records: Sequence[SourceRecord], documents: Sequence[Document]) -> tuple[Twin, ...]:
        """Documents of readable sources with the same text, then those with the same address or the same title."""
        names = {record.id: record.name for record in records}
        hashes = {document.text_sha256 for document in documents}
        workspaces = {document.workspace_id for document in documents}
        same = [one for each in workspaces for one in await self._archive.same_text(each, hashes)]
        same = [one for one in same if one.source_id in names]
        told = {one.id for one in same}
        urls = {document.url for document in documents if document.url}
        titles = {document.title.casefold() for document in documents if document.title}
        found = [Twin(one.title or one.location, names[one.source_id], same_text=True) for one in same]
        for record in records if urls or titles else ():
            found += [
                Twin(there.title or there.location, record.name)
                for there in await self._archive.documents(record.id)
                if there.id not in told and (there.url in urls or (there.title or "").casefold() in titles)
            ]
        return tuple(found)


class _OneFile:
    """A file in memory as a source."""

    def __init__(self, name: str, content: bytes, at: datetime) -> None:
        self._raw = Raw(name, content, "application/octet-stream", at)

    async def discover(self, cursor: str | None = None) -> Discovery:  # noqa: ARG002 - it is listed whole
        """The file."""
        return Discovery([Item(self._raw.location, "")])

    async def fetch(self, item: Item) -> Raw:  # noqa: ARG002 - there is only one
        """The file."""
        return self._raw


def _record(person: Person, connector: str, place: str, at: datetime) -> SourceRecord:
    return SourceRecord("preview", person.workspace_id, name_of(place), connector, place, at)
