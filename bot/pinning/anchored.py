"""What a change of its document does to a pin: decided here, on both versions, without any I/O.

- The words are there, beyond doubt: the pin goes to the new version. Nobody is told.
- They are there and it is in doubt, or somebody else is named for them: the pin stays where it is and asks its owner.
- They are not, or several times: an orphan, with what is nearest to them now. So is a pin of a document that is gone.
- What comes back is a pin as before, and its owner is told.

Where only our reading of the same bytes changed, other typography and other facts are taken without a word.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from bot.asking.cards import Card
from bot.pinning.view import snapshot_of
from bot.roles import SCHEDULER
from bot.store.documents import StoredVersion
from bot.store.pins import Deed, Doubt, Notice, NoticeKind, Pin, PinChange, Snapshot, Where
from index.anchor import Alignment, Anchoring, Fate, anchor, select

CardAt = Callable[[Where], Card]
"""The card of a span of the new version."""

_TOLD = {Deed.MOVED: NoticeKind.MOVED, Deed.ORPHANED: NoticeKind.ORPHANED, Deed.RETURNED: NoticeKind.RETURNED}


@dataclass(frozen=True, slots=True)
class Followed:
    """A pin as it has become, the line of its history, and what its owner is to be told of it."""

    pin: Pin
    change: PinChange
    notice: Notice | None


def removed(pin: Pin, at: datetime) -> Followed | None:
    """The pin's document is gone; None where that was known."""
    return _became(pin, replace(pin, doubt=Doubt.REMOVED, now=None), at)


def follow(
    pin: Pin, old: StoredVersion, new: StoredVersion, texts: Alignment, card_at: CardAt, at: datetime
) -> Followed | None:
    """What becomes of a pin of `old` in `new`; None where nothing does. `texts` are those of both."""
    reread = old.raw_sha256 == new.raw_sha256
    found = anchor(texts, pin.at.start, pin.at.end, reextracted=reread)
    if found.fate not in (Fate.KEPT, Fate.MOVED):
        doubt = Doubt.AMBIGUOUS if found.fate is Fate.AMBIGUOUS else Doubt.ALTERED
        return _became(pin, replace(pin, doubt=doubt, now=_nearest(found, new.number)), at)
    place = Where(new.number, found.places[0].start, found.places[0].end)
    told = snapshot_of(card_at(place), new)
    doubt = _doubt(found, pin.snapshot, told, reread=reread)
    if doubt is not None:
        return _became(pin, replace(pin, doubt=doubt, now=place), at)
    return _became(pin, moved_to(pin, new, place, told), at)


def moved_to(pin: Pin, stored: StoredVersion, place: Where, told: Snapshot) -> Pin:
    """The pin at a place of a version, as an exact slice of it."""
    selector = select(stored.document.text, place.start, place.end)
    return replace(
        pin,
        at=place,
        quote=selector.exact,
        prefix=selector.prefix,
        suffix=selector.suffix,
        snapshot=told,
        doubt=None,
        now=None,
    )


def _doubt(found: Anchoring, before: Snapshot, after: Snapshot, *, reread: bool) -> Doubt | None:
    if found.fate is Fate.MOVED:
        return Doubt.SURROUNDINGS if found.exact else Doubt.TYPOGRAPHY
    one, other = (told.speaker.label if told.speaker else None for told in (before, after))
    return Doubt.SPEAKER if one is not None and one != other and not reread else None


def _nearest(found: Anchoring, number: int) -> Where | None:
    return Where(number, found.nearest.start, found.nearest.end) if found.nearest else None


def _became(pin: Pin, new: Pin, at: datetime) -> Followed | None:
    if new == pin:
        return None
    deed = _deed(pin, new)
    detail = {
        name: (_written(getattr(pin, name)), _written(getattr(new, name)))
        for name in ("at", "quote", "doubt", "now")
        if getattr(pin, name) != getattr(new, name)
    }
    new = replace(new, changed=at)
    kind = _TOLD.get(deed)
    notice = None
    if kind is not None and pin.unpinned is None:
        # The revision goes up with every change: what is followed twice is told once.
        key = f"pin/{pin.id}/{pin.revision}"
        notice = Notice(
            pin.workspace_id, key, kind, pin.owner, at, pin.document_id, pin.at, new.now, new.doubt, pin_id=pin.id
        )
    return Followed(new, PinChange(pin.id, at, SCHEDULER, deed, detail), notice)


def _deed(pin: Pin, new: Pin) -> Deed:
    if new.doubt is None:
        return Deed.ANCHORED if pin.doubt is None else Deed.RETURNED
    if new.doubt == pin.doubt:
        return Deed.ANCHORED
    return Deed.MOVED if new.doubt in (Doubt.SURROUNDINGS, Doubt.TYPOGRAPHY, Doubt.SPEAKER) else Deed.ORPHANED


def _written(value: Where | Doubt | str | None) -> str | None:
    if isinstance(value, Where):
        return f"{value.version}:{value.start}-{value.end}"
    return None if value is None else str(value)
