"""What a query is made of: the values that `parse` returns and an engine evaluates. Free of any engine."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Word:
    """One word as typed; found with its inflections and spellings, in any searched field."""

    text: str


@dataclass(frozen=True, slots=True)
class AnyForm:
    """A word, or any other form (one word or several, side by side) of the name that it writes: found and scored as
    one word, with their inflections, in any searched field. What it `finds` besides are other words, with scores of
    their own: a passage with one of them lacks nothing."""

    word: Word
    forms: tuple[str, ...]
    finds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that must stand side by side exactly so: unstemmed, every word counts. Found in the passage only.

    It may run over two adjacent passages of a document. One word is a phrase too (`"not"`).
    """

    text: str


@dataclass(frozen=True, slots=True)
class Wildcard:
    """A word with `*` (any run of letters) after three letters or more: `investigat*`, `col*sion`."""

    pattern: str


@dataclass(frozen=True, slots=True)
class Fuzzy:
    """A word and those within `edits` edits of it (1, or 2 from eight letters)."""

    text: str
    edits: int


class Scope(StrEnum):
    """How close is near."""

    WORDS = "words"
    SENTENCE = "sentence"
    PASSAGE = "passage"


@dataclass(frozen=True, slots=True)
class Near:
    """All `parts` close together, in any order: at most `distance` other words between neighbours (WORDS),
    or in one sentence or one passage, where `distance` is 0. In the passage's words only."""

    parts: "tuple[Word | Phrase | Wildcard | Fuzzy | Either, ...]"
    distance: int
    scope: Scope = Scope.WORDS


@dataclass(frozen=True, slots=True)
class Either:
    """Any of them."""

    nodes: "tuple[Node, ...]"


@dataclass(frozen=True, slots=True)
class Every:
    """All of `nodes` and none of `excluded`: a bracket's content."""

    nodes: "tuple[Node, ...]"
    excluded: "tuple[Node, ...]" = ()


class FieldName(StrEnum):
    """The fields a reporter can name: `source` by its name, `type` is the document's kind, `tag` and `story` are its
    pins'."""

    SPEAKER = "speaker"
    SOURCE = "source"
    PUBLISHER = "publisher"
    TYPE = "type"
    TITLE = "title"
    TAG = "tag"
    STORY = "story"
    PAGE = "page"


@dataclass(frozen=True, slots=True)
class Field:
    """`node` must be found in this one field."""

    name: FieldName
    node: "Word | AnyForm | Phrase | Wildcard | Fuzzy | Either | Every"


Node = Word | AnyForm | Phrase | Wildcard | Fuzzy | Near | Either | Every | Field


class DateField(StrEnum):
    """Which date is asked for. `WHEN`: said where known, else published; `DURING` reads the dates mentioned too."""

    WHEN = "when"
    SAID = "said"
    PUBLISHED = "published"
    ADDED = "added"
    DURING = "during"


class DateTest(StrEnum):
    """How a document's interval must lie to the asked one: all of it before or after it, or inside it."""

    BEFORE = "before"
    AFTER = "after"
    INSIDE = "inside"


@dataclass(frozen=True, slots=True)
class DateFilter:
    """The asked interval of whole days, both ends included; `None` leaves an end open (INSIDE only)."""

    field: DateField
    test: DateTest
    first: date | None
    last: date | None
    written: str


class Sort(StrEnum):
    """The order of the hits. Undated ones come last in both orders of time."""

    RELEVANCE = "relevance"
    NEWEST = "newest"
    OLDEST = "oldest"


@dataclass(frozen=True, slots=True)
class Query:
    """A question, understood.

    `wanted`: passages with all of them come first, then the nearest. `required` and `excluded` are strict.
    `helping` are function words ("what did … say about"): they lift the score, are never required nor missing.
    `understood` says in words for the asker what is searched, with a remark where something typed was taken
    as text. `cursor` is the engine's own, from an earlier page of the same query. `explain`: hits say why they rank.
    """

    text: str
    wanted: tuple[Node, ...] = ()
    required: tuple[Node, ...] = ()
    excluded: tuple[Node, ...] = ()
    helping: tuple[Word, ...] = ()
    dates: tuple[DateFilter, ...] = ()
    sort: Sort = Sort.RELEVANCE
    limit: int = 10
    cursor: str | None = None
    understood: str = ""
    explain: bool = False

    def __post_init__(self) -> None:
        if not 1 <= self.limit <= 1000:
            raise ValueError(f"a page holds 1 to 1,000 hits, not {self.limit}")
