"""What a reader is shown of a document: one stretch of a stored version with all that is told of it. Values only."""

from dataclasses import dataclass, field

from bot.asking.cards import Card, PassageRef
from bot.pinning import PinView
from bot.store.documents import History, StoredVersion
from index.hit import Span
from sources.document import Cue, Page, PartialDate, Speaker


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was asked for: a version (the newest where None), words at a span of it, a section by its number from 1, a
    page by its printed or else its file number, or the places of a question's words.
    """

    version: int | None = None
    at: Span | None = None
    section: int | None = None
    page: str | None = None
    question: str = ""


@dataclass(frozen=True, slots=True)
class Turn:
    """Who speaks from a block on. `named`: the text itself says so there; `goes_on`: they began earlier."""

    speaker: Speaker
    named: int = 0
    goes_on: bool = False


@dataclass(frozen=True, slots=True)
class Sign:
    """Where a page begins, in code points of the text."""

    at: int
    page: Page


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph: `text[start:end]`, of which what follows `words_end` are line ends. Blocks that follow one another
    leave nothing out. `heading` is its level, None for what is none; `signs` are the pages that begin in it.
    """

    start: int
    end: int
    words_end: int
    turn: Turn | None = None
    heading: int | None = None
    cue: Cue | None = None
    said: PartialDate | None = None
    signs: tuple[Sign, ...] = ()


@dataclass(frozen=True, slots=True)
class Matches:
    """The paragraphs that hold as many of a question's words as any does, in order; which of them is looked at, None
    while that is another place, which begins at `at`. `problem`: why the question can't be read.
    """

    question: str
    places: tuple[Span, ...] = ()
    here: int | None = None
    at: int = 0
    problem: str = ""

    @property
    def before(self) -> Span | None:
        """The one before."""
        number = self._later() - 1 if self.here is None else self.here - 1
        return self.places[number] if number >= 0 else None

    @property
    def after(self) -> Span | None:
        """The one after."""
        number = self._later() if self.here is None else self.here + 1
        return self.places[number] if number < len(self.places) else None

    def _later(self) -> int:
        return sum(1 for place in self.places if place.start < self.at)


@dataclass(frozen=True, slots=True)
class Sheet:
    """The stretch `text[start:end]` of a version: sections `first` to `last` of `sections`, counted from 1.

    `asked` are the words that the address names, `card` what is told of them, `found` the question's words in the
    stretch. `pins` are those of this version that begin in it and that the person may see. `paged`: it
    has pages; `page_at` is where the one begins that was asked for.
    """

    stored: StoredVersion
    history: History
    start: int
    end: int
    first: int
    last: int
    sections: int
    blocks: tuple[Block, ...] = field(repr=False)
    asked: Span | None = None
    card: Card | None = None
    matches: Matches | None = None
    found: tuple[Span, ...] = ()
    pins: tuple[PinView, ...] = ()
    paged: bool = False
    page_at: int | None = None

    @property
    def text(self) -> str:
        """The whole text of the version."""
        return self.stored.document.text

    @property
    def newest(self) -> int:
        """The number of the version that the document has now."""
        return self.history.versions[0].number

    def ref(self, span: Span) -> PassageRef:
        """A place in this version."""
        return PassageRef(self.stored.document.id, self.stored.number, span.start, span.end)
