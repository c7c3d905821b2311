"""What the desk hands to a surface (Slack, the command line, a page): proved words and all that is told about them."""

from dataclasses import dataclass, field

from bot.store.port import SourceRecord
from index.hit import DocumentCard, LeftOut, Match, Span, Stamp
from index.passage import Quote
from index.port import EngineStatus
from sources.document import Cue, Page, PartialDate, Speaker


@dataclass(frozen=True, slots=True)
class PassageRef:
    """Where shown words stand: `version.text[start:end]`, in code points. Buttons and links carry nothing vaguer."""

    document_id: str
    version: int
    start: int
    end: int

    def __str__(self) -> str:
        return f"{self.document_id}:{self.version}:{self.start}-{self.end}"

    @classmethod
    def parse(cls, text: str) -> "PassageRef":
        """Read what `str()` wrote. Raises ValueError."""
        document_id, version, span = text.split(":")
        start, end = span.split("-")
        return cls(document_id, int(version), int(start), int(end))


@dataclass(frozen=True, slots=True)
class Place:
    """Another place where a card's words stand, and the link that opens on them there."""

    document: DocumentCard
    start: int
    end: int
    link: str | None = None


@dataclass(frozen=True, slots=True)
class Card:
    """One piece of evidence. `text` was compared with the stored version when the card was made.

    `link` opens the source on the words (text fragment, page or time), `permalink` Quotedesk's own reader page,
    where one is served. `earliest` says that its date lies surely before those of all its copies. `turns` is the
    opening word of the next sentence when it turns the meaning ("but", "however"). `current` is False when a newer
    version of the document no longer is this one. `quotes` are words within `text` that the text itself puts into
    somebody's mouth, `speaker` says all of it.
    """

    ref: PassageRef
    text: str = field(repr=False)
    document: DocumentCard
    speaker: Speaker | None = None
    said: PartialDate | None = None
    pages: tuple[Page, ...] = ()
    cue: Cue | None = None
    heading: str | None = None
    spans: tuple[Span, ...] = ()
    missing: tuple[str, ...] = ()
    match: Match = Match.MATCH
    score: float = 0.0
    also_in: tuple[Place, ...] = ()
    similar_in: tuple[Place, ...] = ()
    earliest: bool = False
    link: str | None = None
    permalink: str | None = None
    turns: str | None = None
    current: bool = True
    quotes: tuple[Quote, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """One page of evidence for a question, best first; with `answered` False the cards are only the nearest."""

    question: str
    cards: tuple[Card, ...]
    total: int
    answered: bool
    understood: str
    left_out: LeftOut
    stamp: Stamp
    cursor: str | None = None
    corrected: tuple[tuple[str, str], ...] = ()
    suggestions: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Context:
    """A passage with what stands before and after it in the same version (None at the document's ends)."""

    before: Card | None
    here: Card
    after: Card | None


@dataclass(frozen=True, slots=True)
class SourceState:
    """What one source holds: live documents, those of them without a date, and items that could not be read."""

    record: SourceRecord
    documents: int
    undated: int
    unreadable: int


@dataclass(frozen=True, slots=True)
class IndexState:
    """How the index stands; `behind` is the number of changes that it has yet to take in."""

    engine: EngineStatus
    behind: int


@dataclass(frozen=True, slots=True)
class Status:
    """The sources that the person may read and, for admins, the index (whose figures tell of limited sources too)."""

    sources: tuple[SourceState, ...]
    index: IndexState | None
