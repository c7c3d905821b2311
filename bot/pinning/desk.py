"""What people do with pins, one method each. Rights are asked here, whatever a surface shows or hides."""

import asyncio
import re
from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import uuid4

from bot import metrics
from bot.asking.cards import PassageRef
from bot.asking.desk import Desk
from bot.asking.facts import neighbours
from bot.errors import BadRequest, NotAllowed
from bot.pinning.anchored import moved_to
from bot.pinning.following import brought_up
from bot.pinning.reading import PinReading
from bot.pinning.view import PinView, ref_of, snapshot_of
from bot.roles import Person, may_edit_pin, may_pin, may_verify
from bot.store.archive import Archive
from bot.store.audit import Audit, AuditEntry
from bot.store.documents import StoredVersion
from bot.store.pins import ASKING, Deed, Pin, PinChange, PinFilter, Pins, Where
from bot.wording import pin_words
from index.analysis import terms
from index.anchor import Selector, select
from index.split import split

MOST = 4_000
"""Code points of a pin."""


class PinDesk(PinReading):
    """Every method may raise as those of `PinReading`."""

    def __init__(
        self,
        desk: Desk,
        archive: Archive,
        pins: Pins,
        audit: Audit,
        clock: Callable[[], datetime],
        *,
        editors: AbstractSet[str] = frozenset(),
        public_url: str | None = None,
    ) -> None:
        super().__init__(archive, pins, audit, clock, editors=editors, public_url=public_url)
        self._desk = desk
        self._archive = archive
        self._audit = audit

    async def pin(
        self,
        person: Person,
        ref: PassageRef,
        *,
        note: str = "",
        tags: Sequence[str] = (),
        story: str | None = None,
        expires: datetime | None = None,
    ) -> PinView:
        """Pin the words at `ref`, any slice of a version. Raises BadRequest, SourceChanged."""
        if not may_pin(person):
            raise NotAllowed(pin_words.GUESTS)
        stored, card = await self._words(person, ref)
        now = self._clock()
        self._check_future(expires)
        selector = select(stored.document.text, ref.start, ref.end)
        pin = Pin(
            id=uuid4().hex[:12],
            workspace_id=person.workspace_id,
            source_id=card.document.source_id,
            document_id=ref.document_id,
            at=Where(ref.version, ref.start, ref.end),
            quote=selector.exact,
            prefix=selector.prefix,
            suffix=selector.suffix,
            snapshot=snapshot_of(card, stored),
            owner=person.user_id,
            created=now,
            changed=now,
            note=note.strip(),
            tags=_tags(tags),
            story=_name(story),
            expires=expires,
        )
        changes = [PinChange(pin.id, now, person.user_id, Deed.PINNED)]
        if found := await brought_up(self._archive, pin, now):  # it is of an older version
            pin = found.pin
            changes.append(found.change)
        await self._pins.add([pin], changes)
        await self._note(person, pin, Deed.PINNED)
        return await self._board.view(person, pin)

    async def twins(self, person: Person, ref: PassageRef) -> tuple[PinView, ...]:
        """Pins of these very words at this place that were not taken down, the newest first. Whoever may read the words
        may see them; raises NotAllowed for anybody else, SourceChanged.
        """
        stored = await self._desk.stored(person, ref)
        selector, at = select(stored.document.text, ref.start, ref.end), Where(ref.version, ref.start, ref.end)
        pins = await self._found(person, PinFilter(document_id=ref.document_id))
        return await self._board.views(person, [pin for pin in pins if _twins(pin, at, selector)])

    async def slice_of(self, person: Person, ref: PassageRef, text: str) -> PassageRef:
        """Where `text` stands, letter for letter, in the words at `ref`, else nearest to them in the passages that they
        touch and the ones before and after. Raises BadRequest where it does not, NotAllowed, SourceChanged.
        """
        stored = await self._desk.stored(person, ref)
        whole, wanted = stored.document.text, text.strip().replace("\r\n", "\n")
        if not wanted:
            raise BadRequest(pin_words.NOT_SO)
        at = whole.find(wanted, ref.start, ref.end)
        if at < 0:  # only then the document is cut into its passages, which takes a while
            start, end = await _around(stored, ref)
            found = [start + match.start() for match in re.finditer(f"(?={re.escape(wanted)})", whole[start:end])]
            if not found:
                raise BadRequest(pin_words.NOT_SO)
            at = min(found, key=lambda at: abs(at - ref.start))
        return replace(ref, start=at, end=at + len(wanted))

    async def recut(self, person: Person, pin_id: str, ref: PassageRef) -> PinView:
        """Other words of the same version's passage or its neighbours; they are to be verified anew."""
        pin = await self._editable(person, pin_id)
        if pin.doubt is not None or (ref.document_id, ref.version) != (pin.document_id, pin.at.version):
            raise BadRequest(pin_words.ORPHANED_FIRST)
        start, end = await _around(await self._desk.stored(person, ref_of(pin)), ref_of(pin))
        if not start <= ref.start < ref.end <= end:
            raise BadRequest(pin_words.NOT_SO)
        stored, card = await self._words(person, ref)
        place = Where(ref.version, ref.start, ref.end)
        new = moved_to(pin, stored, place, snapshot_of(card, stored))
        return await self._alter(person, pin, replace(new, verifier=None, verified=None), Deed.RECUT)

    async def edit(
        self,
        person: Person,
        pin_id: str,
        *,
        note: str | None = None,
        tags: Sequence[str] | None = None,
        story: str | None = None,
    ) -> PinView:
        """Set what is given; an empty text, or no tags, empties it."""
        pin = await self._editable(person, pin_id)
        new = pin if note is None else replace(pin, note=note.strip())
        new = new if tags is None else replace(new, tags=_tags(tags))
        new = new if story is None else replace(new, story=_name(story))
        return await self._alter(person, pin, new, Deed.EDITED)

    async def verify(self, person: Person, pin_id: str) -> PinView:
        """Vouch for the pin. Raises BadRequest where its words are in doubt."""
        pin = await self._readable(person, pin_id)
        if not may_verify(person, self._editors):
            raise NotAllowed(pin_words.NOT_EDITOR)
        if pin.unpinned is not None:
            raise BadRequest(pin_words.UNPINNED_FIRST)
        if pin.doubt is not None:
            raise BadRequest(pin_words.NOT_THERE)
        new = replace(pin, verifier=person.user_id, verified=self._clock())
        return await self._alter(person, pin, new, Deed.VERIFIED)

    async def expire(self, person: Person, pin_id: str, at: datetime | None) -> PinView:
        """Set when the pin is no longer to be used; None: never."""
        pin = await self._editable(person, pin_id)
        self._check_future(at)
        return await self._alter(person, pin, replace(pin, expires=at), Deed.EXPIRY)

    async def hand_over(self, person: Person, pin_id: str, to: str) -> PinView:
        """Make somebody else its owner."""
        pin = await self._editable(person, pin_id)
        if not to.strip():
            raise BadRequest(pin_words.NO_OWNER)
        return await self._alter(person, pin, replace(pin, owner=to.strip()), Deed.HANDED_OVER)

    async def unpin(self, person: Person, pin_id: str) -> PinView:
        """Take it down; `undo` puts it up again."""
        pin = await self._editable(person, pin_id)
        return await self._alter(person, pin, replace(pin, unpinned=self._clock()), Deed.UNPINNED)

    async def undo(self, person: Person, pin_id: str) -> PinView:
        """Put up a pin that was taken down."""
        pin = await self._readable(person, pin_id)
        if not may_edit_pin(person, pin.owner, self._editors):
            raise NotAllowed(pin_words.NOT_YOURS)
        if pin.unpinned is None:
            raise BadRequest(pin_words.NOT_UNPINNED)
        return await self._alter(person, pin, replace(pin, unpinned=None), Deed.RESTORED)

    async def confirm(self, person: Person, pin_id: str) -> PinView:
        """Say that the words that are asked about are the pin's. Raises BadRequest where nothing is asked."""
        pin = await self._editable(person, pin_id)
        if pin.now is None or pin.doubt not in ASKING:
            raise BadRequest(pin_words.NOTHING_ASKED)
        ref = PassageRef(pin.document_id, pin.now.version, pin.now.start, pin.now.end)
        stored, card = await self._words(person, ref)
        if not stored.current:
            raise BadRequest(pin_words.CHANGED_AGAIN)
        new = moved_to(pin, stored, pin.now, snapshot_of(card, stored))
        return await self._alter(person, pin, new, Deed.CONFIRMED)

    async def _words(self, person: Person, ref: PassageRef) -> tuple[StoredVersion, Any]:
        """The version and the card of words that may be pinned."""
        if ref.end - ref.start > MOST:
            raise BadRequest(pin_words.TOO_LONG.format(MOST, ref.end - ref.start))
        if not terms(await self._desk.words_at(person, ref)):
            raise BadRequest(pin_words.NO_WORDS)
        card = await self._desk.card(person, ref)
        stored = await self._archive.version(person.workspace_id, ref.document_id, ref.version)
        if stored is None:
            raise NotAllowed(pin_words.NO_PIN)
        return stored, card

    async def _editable(self, person: Person, pin_id: str) -> Pin:
        pin = await self._readable(person, pin_id)
        if not may_edit_pin(person, pin.owner, self._editors):
            raise NotAllowed(pin_words.NOT_YOURS)
        if pin.unpinned is not None:
            raise BadRequest(pin_words.UNPINNED_FIRST)
        return pin

    async def _alter(self, person: Person, old: Pin, new: Pin, deed: Deed) -> PinView:
        now = self._clock()
        if new != old:
            detail = {name: (_plain(getattr(old, name)), _plain(getattr(new, name))) for name in _changed(old, new)}
            change = PinChange(old.id, now, person.user_id, deed, detail)
            new = await self._pins.alter(replace(new, changed=now), change)
            await self._note(person, new, deed)
        return await self._board.view(person, new)

    def _check_future(self, at: datetime | None) -> None:
        if at is not None and at <= self._clock():
            raise BadRequest(pin_words.PAST)

    async def _note(self, person: Person, pin: Pin, deed: Deed) -> None:
        metrics.PINS.labels(deed.value).inc()
        entry = AuditEntry(person.workspace_id, self._clock(), person.user_id, f"pin: {deed}", pin.id, str(ref_of(pin)))
        await self._audit.write(entry)


_HISTORY = ("at", "quote", "owner", "note", "tags", "story", "verifier", "verified", "expires", "unpinned", "doubt")


def _twins(pin: Pin, at: Where, selector: Selector) -> bool:
    """Of another version the same words are at the same place where the same stands around them."""
    if pin.at.version == at.version:
        return pin.at == at
    return (pin.quote, pin.prefix, pin.suffix) == (selector.exact, selector.prefix, selector.suffix)


async def _around(stored: StoredVersion, ref: PassageRef) -> tuple[int, int]:
    """From the beginning of the passage before those that the words at `ref` touch to the end of the one after."""
    passages = await asyncio.to_thread(split, stored.document, ref.version)
    touched = [passage for passage in passages if passage.start < ref.end and ref.start < passage.end]
    if not touched:
        raise NotAllowed(pin_words.NO_PIN)
    before, after = neighbours(passages, touched[0].start, touched[-1].end)
    start, end = (before or touched[0]).start, (after or touched[-1]).end
    return min(start, ref.start), max(end, ref.end)


def _changed(old: Pin, new: Pin) -> list[str]:
    return [name for name in _HISTORY if getattr(old, name) != getattr(new, name)]


def _plain(value: object) -> object:
    """A value as a line of history has it."""
    if isinstance(value, Where):
        return f"{value.version}:{value.start}-{value.end}"
    if isinstance(value, tuple):
        return [str(one) for one in value]  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType] - tags
    return value.isoformat() if isinstance(value, datetime) else value


def _tags(tags: Sequence[str]) -> tuple[str, ...]:
    """One line each, without a number sign, none twice."""
    named = [" ".join(tag.split()).lstrip("#") for tag in tags]
    return tuple({tag.casefold(): tag for tag in named if tag}.values())


def _name(story: str | None) -> str | None:
    return " ".join((story or "").split()) or None
