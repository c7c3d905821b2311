"""Files of pins: written for a story, and taken in again."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import uuid4

from bot import metrics
from bot.errors import BadRequest, NotAllowed
from bot.pinning.desk import PinDesk
from bot.pinning.documents import as_docx
from bot.pinning.following import brought_up
from bot.pinning.imported import Record, read
from bot.pinning.texts import as_csv, as_json, as_markdown
from bot.pinning.view import PinView
from bot.roles import Person, may_pin, may_read, may_share
from bot.store.archive import Archive
from bot.store.audit import Audit, AuditEntry
from bot.store.pins import Deed, Doubt, Pin, PinChange, PinFilter, Pins
from bot.store.sources import SourceRecord
from bot.wording import pin_words


class ExportForm(StrEnum):
    """The forms in which pins leave the desk."""

    MARKDOWN = "markdown"
    CSV = "csv"
    JSON = "json"
    DOCX = "docx"


_FORMS: Mapping[ExportForm, Callable[[tuple[PinView, ...], str, datetime], bytes]] = {
    ExportForm.MARKDOWN: as_markdown,
    ExportForm.CSV: as_csv,
    ExportForm.JSON: as_json,
    ExportForm.DOCX: as_docx,
}
_EVERYTHING = 1_000_000


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of a file: `pins` were taken in, of which so many are `orphans`; `known` were here already."""

    pins: int
    orphans: int
    known: int


class PinFiles:
    """Raises StoreUnavailable."""

    def __init__(
        self, desk: PinDesk, archive: Archive, pins: Pins, audit: Audit, clock: Callable[[], datetime]
    ) -> None:
        self._desk = desk
        self._archive = archive
        self._pins = pins
        self._audit = audit
        self._clock = clock

    async def export(
        self,
        person: Person,
        wanted: PinFilter,
        form: ExportForm,
        *,
        question: str = "",
        readers: Sequence[Person] = (),
    ) -> bytes:
        """All pins that are wanted and that this person may see, as a file for them and for `readers`; `question` as in
        `PinDesk.list`. Raises BadQuery, and NotAllowed where one of the readers may not read a source of the pins.
        """
        page = await self._desk.list(person, wanted, question=question, limit=_EVERYTHING)
        await self._check_readers(person, page.views, readers)
        title = wanted.story or (f"#{wanted.tag}" if wanted.tag else question or "Pins")
        await self._note(person, f"export pins as {form}", title, f"{len(page.views)} pins")
        metrics.PINS.labels("exported").inc()
        return _FORMS[form](page.views, title, self._clock())

    async def _check_readers(self, person: Person, views: Sequence[PinView], readers: Sequence[Person]) -> None:
        live = await self._archive.sources(person.workspace_id)
        gone = await self._archive.removed_sources(person.workspace_id)
        sources = {record.id: record for record in (*gone, *live)}
        for source_id in {view.pin.source_id for view in views}:
            record = sources.get(source_id)
            if record is None or not may_share(record, readers):
                raise NotAllowed(pin_words.NOT_FOR_ALL)

    async def take_in(self, person: Person, data: bytes) -> Imported:
        """Pins out of a file that `export` wrote as JSON. Whose they become and who may see them is this desk's matter:
        they are the importer's, and go by the source that their document is in. Words that do not stand so in the
        version that the file names are an orphan with the file's copy. Raises BadRequest, and takes nothing in, where
        the file is not one.
        """
        if not may_pin(person):
            raise NotAllowed(pin_words.GUESTS)
        records = read(data)
        live = await self._archive.sources(person.workspace_id)
        sources = {one.id: one for one in live if may_read(person, one)}
        pins: list[Pin] = []
        known = 0
        for record in records:
            source = await self._source_of(person, record, sources)
            if await self._is_known(person, record):
                known += 1
            else:
                pins.append(await self._pin(person, record, source))
        changes = [PinChange(pin.id, pin.created, person.user_id, Deed.IMPORTED) for pin in pins]
        for at, pin in enumerate(pins):
            if found := await brought_up(self._archive, pin, pin.created):
                pins[at] = found.pin
                changes.append(found.change)
        await self._pins.add(pins, changes)
        orphans = sum(pin.doubt is not None for pin in pins)
        await self._note(person, "import pins", "pins", f"{len(pins)} pins, {orphans} of them orphans")
        return Imported(len(pins), orphans, known)

    async def _source_of(self, person: Person, record: Record, sources: Mapping[str, SourceRecord]) -> SourceRecord:
        """The readable source in which the document is. Raises BadRequest in the same words for one that is closed and
        one that was never here.
        """
        stored = await self._archive.version(person.workspace_id, record.document_id)
        source = sources.get(stored.document.source_id) if stored else None
        if source is None:
            raise BadRequest(
                f"Pin {record.number} of the file is of a document that is in none of the sources that you can read, "
                "so nothing was taken in: add its source first."
            )
        return source

    async def _is_known(self, person: Person, record: Record) -> bool:
        page = await self._desk.list(person, PinFilter(document_id=record.document_id), limit=_EVERYTHING)
        return any((view.pin.quote, view.pin.story) == (record.quote, record.story) for view in page.views)

    async def _pin(self, person: Person, record: Record, source: SourceRecord) -> Pin:
        now = self._clock()
        stored = await self._archive.version(person.workspace_id, record.document_id, record.at.version)
        proved = (
            stored is not None
            and stored.text_sha256 == record.snapshot.text_sha256
            and stored.document.text[record.at.start : record.at.end] == record.quote
        )
        gone = stored is not None and stored.removed
        return Pin(
            id=uuid4().hex[:12],
            workspace_id=person.workspace_id,
            source_id=source.id,
            document_id=record.document_id,
            at=record.at,
            quote=record.quote,
            prefix=record.prefix,
            suffix=record.suffix,
            snapshot=record.snapshot,
            owner=person.user_id,
            created=now,
            changed=now,
            note=record.note,
            tags=record.tags,
            story=record.story,
            expires=record.expires,
            doubt=Doubt.UNPROVED if not proved else Doubt.REMOVED if gone else None,
        )

    async def _note(self, person: Person, action: str, subject: str, detail: str) -> None:
        entry = AuditEntry(person.workspace_id, self._clock(), person.user_id, action, subject, detail)
        await self._audit.write(entry)
