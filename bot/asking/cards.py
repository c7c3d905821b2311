"""What the desk hands to a surface (Slack, the command line, a page): proved words and all that is told about them."""

from dataclasses import dataclass, field

from bot.store.sources import SourceRecord
from index.check import Flag, Step, Verdict
from index.hit import DocumentCard, LeftOut, Match, Reason, Span, Stamp
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

    def within(self, other: "PassageRef") -> bool:
        """Whether all of these words are among those of the other."""
        same = (self.document_id, self.version) == (other.document_id, other.version)
        return same and other.start <= self.start and self.end <= other.end

    @classmethod
    def parse(cls, text: str) -> "PassageRef":
        """Read what `str()` wrote. Raises ValueError."""
        document_id, version, span = text.split(":")
        start, end = span.split("-")
        return cls(document_id, int(version), int(start), int(end))


@dataclass(frozen=True, slots=True)
class Place:
    """Another place where a card's words stand, the link that opens on them there, the page or time they begin at, and
    Quotedesk's own page of them."""

    document: DocumentCard
    start: int
    end: int
    link: str | None = None
    page: Page | None = None
    cue: Cue | None = None
    permalink: str | None = None


@dataclass(frozen=True, slots=True)
class Card:
    """One piece of evidence. `text` was compared with the stored version when the card was made.

    `link` opens the source on the words (text fragment, page or time), `permalink` Quotedesk's own reader page,
    where one is served. `earliest` says that its date lies surely before those of all its copies. `turns` is the
    opening word of the next sentence when it turns the meaning ("but", "however"). `current` is False when a newer
    version of the document no longer is this one. `quotes` are words within `text` that the text itself puts into
    somebody's mouth, `speaker` says all of it. `text_sha256` is of the version's whole text, `based_on` the record that
    one of Quotedesk's own summaries is of. `also_in` and `similar_in` are places in other documents, `elsewhere` those
    in this one. `reasons` are there only where the question asked to explain.
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
    elsewhere: tuple[Place, ...] = ()
    earliest: bool = False
    link: str | None = None
    permalink: str | None = None
    turns: str | None = None
    current: bool = True
    quotes: tuple[Quote, ...] = ()
    text_sha256: str | None = None
    based_on: str | None = None
    reasons: tuple[Reason, ...] = ()


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
class Checked:
    """A quotation as somebody has it, and how it stands to what is stored.

    `verdict` is None for what is too short to check. `diff` sets it against the first card (for joined ones against all
    of them, in its own order); it is empty when absent or too short. `cards` are the places, best first, with the same
    words as `spans`; when absent only the nearest. `claimed` is whom it was given to: the flag `speaker` says that the
    first card's words are another's. `turns` is the word close by that turns the meaning, for the flag `context`.
    `superseded`: the first card is of an older version.
    """

    quote: str
    verdict: Verdict | None
    flags: tuple[Flag, ...] = ()
    diff: tuple[Step, ...] = ()
    cards: tuple[Card, ...] = ()
    claimed: str | None = None
    turns: str | None = None
    superseded: bool = False

    @property
    def sound(self) -> bool:
        """Whether nothing about the quotation asks for a second look."""
        return self.verdict in (Verdict.EXACT, Verdict.PUNCTUATION) and not self.flags


@dataclass(frozen=True, slots=True)
class Drafted:
    """A quotation of a draft: the words at `draft[start:end]`, the marks around them left out.

    `with_before`: it goes on with the sentence of the quotation before it, and what is told is of both together: the
    first may stand so, the two together do not.
    """

    start: int
    end: int
    checked: Checked
    with_before: bool = False


@dataclass(frozen=True, slots=True)
class DraftCheck:
    """All quotations of a draft in its order, and of how many words it is."""

    quotes: tuple[Drafted, ...]
    words: int


@dataclass(frozen=True, slots=True)
class Context:
    """A passage with what stands before and after it in the same version (None at the document's ends)."""

    before: Card | None
    here: Card
    after: Card | None


@dataclass(frozen=True, slots=True)
class Firsts:
    """Where exact words stand, in the order of time: the first dated places and some undated ones, of so many. Each
    speaker of a document comes once.

    `earliest`: the first one's date lies surely before those of all other dated ones.
    """

    words: str
    dated: tuple[Card, ...]
    undated: tuple[Card, ...]
    total_dated: int
    total_undated: int
    earliest: bool


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
