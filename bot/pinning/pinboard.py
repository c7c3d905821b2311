"""Which pins a person may see, and how they are shown: proved against the store at that moment."""

from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import datetime

import structlog

from bot import metrics
from bot.asking import links
from bot.asking.cards import PassageRef
from bot.asking.desk import CHANGED
from bot.asking.proof import Evidence, Withheld
from bot.errors import NotAllowed, SourceChanged
from bot.pinning.view import PinView, card_of, ref_of
from bot.roles import SCHEDULER, Person, may_edit_pin, may_read, may_verify
from bot.store.archive import Archive
from bot.store.audit import Audit, AuditEntry
from bot.store.documents import StoredVersion
from bot.store.pins import Doubt, Pin
from bot.store.sources import SourceRecord
from bot.wording import pin_words

log: structlog.stdlib.BoundLogger = structlog.stdlib.get_logger()


class Pinboard:
    """Raises StoreUnavailable."""

    def __init__(
        self,
        archive: Archive,
        audit: Audit,
        clock: Callable[[], datetime],
        *,
        editors: AbstractSet[str],
        public_url: str | None,
    ) -> None:
        self._archive = archive
        self._audit = audit
        self._clock = clock
        self._editors = editors
        self._public_url = public_url

    async def readable(self, person: Person) -> Mapping[str, SourceRecord]:
        """The sources whose pins this person may see, by id. A removed source's pins keep its visibility."""
        kept = await self._archive.kept_sources(person.workspace_id)
        return {record.id: record for record in kept if may_read(person, record)}

    async def version(self, person: Person, ref: PassageRef) -> StoredVersion:
        """The version that `ref` points into. Raises NotAllowed where this person may not read it."""
        stored = await self._archive.version(person.workspace_id, ref.document_id, ref.version)
        if stored is None or stored.document.source_id not in await self.readable(person):
            raise NotAllowed(pin_words.NO_PIN)
        return stored

    async def view(self, person: Person, pin: Pin) -> PinView:
        """One pin. Raises SourceChanged where its words are not what is stored, and tells the admins."""
        views = await self.views(person, [pin])
        if not views:
            raise SourceChanged(CHANGED)
        return views[0]

    async def views(self, person: Person, pins: Sequence[Pin]) -> tuple[PinView, ...]:
        """Those of them whose words are what is stored; the admins are told of the others."""
        if not pins:
            return ()
        sources = await self.readable(person)
        evidence = Evidence(self._archive, person.workspace_id, sources)
        found = [await self._view(person, pin, sources, evidence) for pin in pins]
        return tuple(one for one in found if one is not None)

    async def _view(
        self, person: Person, pin: Pin, sources: Mapping[str, SourceRecord], evidence: Evidence
    ) -> PinView | None:
        stored = await evidence.version(ref_of(pin))
        source = sources.get(pin.source_id)
        if source is None:
            return None
        if pin.doubt is not Doubt.UNPROVED and (stored is None or _words(stored, pin) != pin.quote):
            await self._withhold(pin)
            return None
        if stored is not None and stored.removed and pin.doubt is None:
            pin = replace(pin, doubt=Doubt.REMOVED)  # the follower has yet to come
        return PinView(
            pin,
            pin.status(self._clock()),
            card_of(pin, current=pin.doubt is None),
            source.name,
            may_edit_pin(person, pin.owner, self._editors),
            may_verify(person, self._editors),
            links.pin_link(self._public_url, pin.id),
        )

    async def _withhold(self, pin: Pin) -> None:
        metrics.WITHHELD.labels(Withheld.CHANGED.value).inc()
        log.error("pin withheld", pin=pin.id, passage=str(ref_of(pin)))
        entry = AuditEntry(pin.workspace_id, self._clock(), SCHEDULER, "withhold pin", pin.id, Withheld.CHANGED.value)
        await self._audit.write(entry)


def _words(stored: StoredVersion, pin: Pin) -> str:
    return stored.document.text[pin.at.start : pin.at.end]
