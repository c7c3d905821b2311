"""What is shown of a pin."""

from dataclasses import dataclass, replace

from bot.asking.cards import Card, PassageRef
from bot.store.documents import StoredVersion
from bot.store.pins import Pin, PinStatus, Snapshot
from index.hit import DocumentCard


@dataclass(frozen=True, slots=True)
class PinView:
    """A pin as one person sees it. `card` has the pinned words; of an orphan it is the kept copy, and not current.
    `source` is the source's name.
    """

    pin: Pin
    status: PinStatus
    card: Card
    source: str
    may_edit: bool
    may_verify: bool
    permalink: str | None = None

    @property
    def told(self) -> Card:
        """The card, with the pin's own page as its permalink."""
        return replace(self.card, permalink=self.permalink)


@dataclass(frozen=True, slots=True)
class PinPage:
    """Some of `total` pins; `cursor` asks for the next ones, `understood` says how the question was read."""

    views: tuple[PinView, ...]
    total: int
    cursor: str | None = None
    understood: str = ""


def ref_of(pin: Pin) -> PassageRef:
    """Where the pinned words stand."""
    return PassageRef(pin.document_id, pin.at.version, pin.at.start, pin.at.end)


def snapshot_of(card: Card, stored: StoredVersion) -> Snapshot:
    """What a card tells, to be kept with a pin."""
    document = card.document
    return Snapshot(
        location=document.location,
        added=document.added,
        text_sha256=stored.text_sha256,
        title=document.title,
        publisher=document.publisher,
        author=document.author,
        kind=document.kind,
        url=document.url,
        archived_url=document.archived_url,
        published=document.published,
        said=card.said,
        speaker=card.speaker,
        pages=card.pages,
        cue=card.cue,
        heading=card.heading,
        link=card.link,
    )


def card_of(pin: Pin, *, current: bool) -> Card:
    """The pin's own copy as a card."""
    told = pin.snapshot
    document = DocumentCard(
        id=pin.document_id,
        workspace_id=pin.workspace_id,
        source_id=pin.source_id,
        location=told.location,
        version=pin.at.version,
        added=told.added,
        title=told.title,
        publisher=told.publisher,
        author=told.author,
        kind=told.kind,
        url=told.url,
        archived_url=told.archived_url,
        published=told.published,
    )
    return Card(
        ref_of(pin),
        pin.quote,
        document,
        speaker=told.speaker,
        said=told.said,
        pages=told.pages,
        cue=told.cue,
        heading=told.heading,
        link=told.link,
        current=current,
        text_sha256=told.text_sha256,
    )
