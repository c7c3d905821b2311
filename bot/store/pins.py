"""Pins: words that a newsroom has set apart, with all that is told of them, and the ports that keep them.

All times are aware UTC. A pin keeps a full copy of its words and of what was told of them, so that it can be read
whatever becomes of the source. Every method of the ports raises `StoreUnavailable`.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol

from sources.document import Cue, Page, PartialDate, Speaker


class PinStatus(StrEnum):
    """How a pin stands; the first that holds, from the last to the first."""

    ACTIVE = "active"
    EXPIRED = "expired"
    MOVED = "moved"
    ORPHAN = "orphan"
    UNPINNED = "unpinned"


class Doubt(StrEnum):
    """Why a pin's words are not simply there. The first three ask its owner for one click, the others orphan it."""

    SURROUNDINGS = "surroundings"
    TYPOGRAPHY = "typography"
    SPEAKER = "speaker"
    ALTERED = "altered"
    AMBIGUOUS = "ambiguous"
    REMOVED = "removed"
    UNPROVED = "unproved"
    PURGED = "purged"


ASKING = frozenset({Doubt.SURROUNDINGS, Doubt.TYPOGRAPHY, Doubt.SPEAKER})


@dataclass(frozen=True, slots=True)
class Where:
    """`text[start:end]` of a version of the pin's document, in code points."""

    version: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What was told of the words when they were found last. `text_sha256` is of the version's whole text."""

    location: str
    added: datetime
    text_sha256: str
    title: str | None = None
    publisher: str | None = None
    author: str | None = None
    kind: str | None = None
    url: str | None = None
    archived_url: str | None = None
    published: PartialDate | None = None
    said: PartialDate | None = None
    speaker: Speaker | None = None
    pages: tuple[Page, ...] = ()
    cue: Cue | None = None
    heading: str | None = None
    link: str | None = None


@dataclass(frozen=True, slots=True)
class Pin:
    """Words set apart. `quote` is the slice `at` of its document, `prefix` and `suffix` what stands around it there.

    `doubt` with `now`: where the words seem to stand in a newer version (the owner is asked), or what is nearest to
    them where they are gone. `revision` goes up with every writing, so that nobody overwrites what they have not seen.
    """

    id: str
    workspace_id: str
    source_id: str
    document_id: str
    at: Where
    quote: str = field(repr=False)
    prefix: str = field(repr=False)
    suffix: str = field(repr=False)
    snapshot: Snapshot = field(repr=False)
    owner: str
    created: datetime
    changed: datetime
    note: str = ""
    tags: tuple[str, ...] = ()
    story: str | None = None
    verifier: str | None = None
    verified: datetime | None = None
    expires: datetime | None = None
    unpinned: datetime | None = None
    doubt: Doubt | None = None
    now: Where | None = None
    revision: int = 1

    def __post_init__(self) -> None:
        if self.at.end - self.at.start != len(self.quote) and self.doubt is not Doubt.PURGED:
            raise ValueError(f"{len(self.quote)} code points can't be the slice {self.at.start}..{self.at.end}")

    def status(self, now: datetime) -> PinStatus:
        """How it stands at that time."""
        if self.unpinned is not None:
            return PinStatus.UNPINNED
        if self.doubt is not None:
            return PinStatus.MOVED if self.doubt in ASKING else PinStatus.ORPHAN
        return PinStatus.EXPIRED if self.expires is not None and self.expires <= now else PinStatus.ACTIVE


class Deed(StrEnum):
    """What was done to a pin."""

    PINNED = "pinned"
    EDITED = "edited"
    RECUT = "recut"
    VERIFIED = "verified"
    EXPIRY = "expiry"
    HANDED_OVER = "handed over"
    UNPINNED = "unpinned"
    RESTORED = "restored"
    ANCHORED = "anchored"
    MOVED = "moved"
    ORPHANED = "orphaned"
    RETURNED = "returned"
    CONFIRMED = "confirmed"
    IMPORTED = "imported"


@dataclass(frozen=True, slots=True)
class PinChange:
    """One line of a pin's history: each changed field with its value before and after, as JSON has it."""

    pin_id: str
    at: datetime
    who: str
    deed: Deed
    detail: Mapping[str, tuple[Any, Any]] = field(default_factory=dict[str, tuple[Any, Any]])


class NoticeKind(StrEnum):
    """What somebody is to be told."""

    MOVED = "moved"
    ORPHANED = "orphaned"
    RETURNED = "returned"
    EXPIRED = "expired"
    SHARE = "share"


@dataclass(frozen=True, slots=True)
class Notice:
    """Something to be told once to one person. It holds no words: they are looked up, with the rights of that moment.

    `key` is unique. SHARE tells who shared a passage, whose card is the message `ts` of `channel`. `number` is the
    store's own, ascending.
    """

    workspace_id: str
    key: str
    kind: NoticeKind
    recipient: str
    at: datetime
    document_id: str
    was: Where
    now: Where | None = None
    doubt: Doubt | None = None
    pin_id: str | None = None
    channel: str | None = None
    ts: str | None = None
    number: int = 0


@dataclass(frozen=True, slots=True)
class PinFilter:
    """Which pins are wanted; None: all. `status` None means all but those unpinned. `words` must all stand in the pin's
    words, its note, or what is told of it, in any inflection. `verified`: those for which somebody vouches, or nobody.
    `expires_by`: those that expire by then.
    """

    story: str | None = None
    tag: str | None = None
    owner: str | None = None
    status: PinStatus | None = None
    words: str | None = None
    document_id: str | None = None
    expires_by: datetime | None = None
    verified: bool | None = None


@dataclass(frozen=True, slots=True)
class Label:
    """What a pin is called, and the document that it is of."""

    document_id: str
    tags: tuple[str, ...]
    story: str | None


class Pins(Protocol):
    """The pins of all workspaces, with their history."""

    async def add(self, new_pins: Sequence[Pin], changes: Sequence[PinChange]) -> None:
        """Keep new ones."""
        ...

    async def alter(self, pin: Pin, change: PinChange) -> Pin:
        """Keep a changed pin, and return it with its new revision. Raises Overtaken when it was changed since it was
        read.
        """
        ...

    async def get(self, workspace_id: str, pin_id: str) -> Pin | None:
        """One pin; None: never heard of it in that workspace."""
        ...

    async def search(
        self, workspace_id: str, sources: Collection[str], wanted: PinFilter, at: datetime
    ) -> Sequence[Pin]:
        """All pins of these sources that are wanted, as their status is at that time, the newest first."""
        ...

    async def standing(self, workspace_id: str, words: str, at: datetime, skip: int, most: int) -> Sequence[Pin]:
        """The pins that are active at that time and have these words, as `search` finds them, of whatever source:
        whether somebody may see one is the caller's to ask. Verified ones come first, of them and of the others the
        newest; `most` of them after the first `skip`.
        """
        ...

    async def labels(self, workspace_id: str, sources: Collection[str]) -> Sequence[Label]:
        """Those of all pins of these sources that were not taken down and have a tag or a story."""
        ...

    async def history(self, pin_id: str) -> Sequence[PinChange]:
        """All that was done to it, in order."""
        ...

    async def of_documents(self, document_ids: Sequence[str]) -> Sequence[Pin]:
        """All pins of these documents, also those unpinned, but for those purged."""
        ...

    async def expiring(self, at: datetime) -> Sequence[Pin]:
        """Pins that have expired by then and whose owners were not told of it."""
        ...

    async def followed(self) -> int:
        """The last change of the log that the pins have followed."""
        ...

    async def follow(
        self, before: int, reached: int, altered: Sequence[tuple[Pin, PinChange]], told: Sequence[Notice]
    ) -> int:
        """Keep, in one transaction, what following the log from `before` to `reached` has brought. A notice whose key
        is there already is not kept again. Returns how many were. Raises Overtaken when somebody else has followed it,
        or changed one of the pins.
        """
        ...


class Notices(Protocol):
    """What is to be told."""

    async def pending(self, workspace_id: str, limit: int = 100) -> Sequence[Notice]:
        """What nobody has delivered yet, in order."""
        ...

    async def delivered(self, number: int, at: datetime) -> bool:
        """Mark it as delivered. True the first time, also across processes."""
        ...
