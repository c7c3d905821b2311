"""The values that leave `sources`: `Raw` bytes, and the `Document` with its `Mark`s and `PartialDate`s.

All offsets are code points into `Document.text`, half-open. `text` is what is quoted: it is stored as
it stands and never changed afterwards, so a slice of it is a proof.
"""

import hashlib
import re
from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from functools import lru_cache
from typing import Protocol, runtime_checkable

_ISO_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


class Precision(StrEnum):
    """How much of a date is known."""

    YEAR = "year"
    MONTH = "month"
    DAY = "day"
    TIME = "time"


class Origin(StrEnum):
    """Who says so: the source's own record, its text, or a person of the newsroom."""

    DECLARED = "declared"
    DERIVED = "derived"
    EDITED = "edited"


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date as far as it is known, which makes it an interval of whole days.

    `value` is `2019`, `2019-07`, `2019-07-25`, or an ISO time with the source's own offset
    (`2022-04-28T18:20:00-04:00`); the day of a time is the day on the source's own clock, so a date never
    shifts with its reader. `end`, of the same form and not earlier, makes it a range. An unknown date is `None`,
    never a value.

    >>> july = PartialDate.parse("2019-07")
    >>> str(july.first), str(july.last)
    ('2019-07-01', '2019-07-31')
    """

    value: str
    precision: Precision
    origin: Origin = Origin.DECLARED
    end: str | None = None

    def __post_init__(self) -> None:
        if _precision(self.value) != self.precision:
            raise ValueError(f"{self.value!r} is not a date of precision {self.precision.value}")
        begins = _days(self.value)[0]
        if self.end is not None and _days(self.end)[1] < begins:
            raise ValueError(f"the range ends ({self.end}) before it begins ({self.value})")

    @classmethod
    def parse(cls, value: str, origin: Origin = Origin.DECLARED, end: str | None = None) -> "PartialDate":
        """Read an ISO date of any precision. Raises ValueError for anything else, such as 31 February."""
        return cls(value, _precision(value), origin, end)

    @property
    def first(self) -> date:
        """The first day that it may mean."""
        return _days(self.value)[0]

    @property
    def last(self) -> date:
        """The last day that it may mean, that day included."""
        return _days(self.end or self.value)[1]


def _precision(value: str) -> Precision:
    if match := _ISO_DATE.fullmatch(value):
        return Precision.DAY if match[3] else Precision.MONTH if match[2] else Precision.YEAR
    if "T" in value:
        return Precision.TIME
    raise ValueError(f"{value!r} is not an ISO date")


@lru_cache(10_000)
def _days(value: str) -> tuple[date, date]:
    if match := _ISO_DATE.fullmatch(value):
        year, month, day = int(match[1]), match[2], match[3]
        first = date(year, int(month or 1), int(day or 1))
        if day:
            return first, first
        last_month = int(month or 12)
        return first, date(year, last_month, monthrange(year, last_month)[1])
    day_of_time = datetime.fromisoformat(value).date()
    return day_of_time, day_of_time


class Certainty(StrEnum):
    """How sure an attribution is: `RECORD` is the record's own label, `GUESS` is shown as one."""

    RECORD = "record"
    GUESS = "guess"


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a paginated file: its number in the file (from 1) and the number printed on it, if another."""

    file: int
    printed: str | None = None


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks: the label exactly as the record has it, and the person where one is known."""

    label: str
    person: str | None = None
    certainty: Certainty = Certainty.RECORD


@dataclass(frozen=True, slots=True)
class Cue:
    """A stretch of a recording, in seconds from its beginning; `end` is None where only the start is stamped."""

    start: float
    end: float | None = None


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the text; `level` counts from 1."""

    level: int = 1


@dataclass(frozen=True, slots=True)
class Quoted:
    """Words inside quotation marks, and who says them by the text's own attribution: they are no turn of a record."""

    speaker: Speaker


MarkValue = Page | Speaker | Quoted | Cue | Heading | PartialDate


@dataclass(frozen=True, slots=True)
class Mark:
    """What is known of `text[start:end]`; the type of `value` is its kind (a `PartialDate` is when it was *said*).

    A `Speaker` mark covers the whole turn, label included; a `Quoted` mark the quoted words, without quotation marks; a
    `Heading` mark the heading's own words.
    """

    start: int
    end: int
    value: MarkValue

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"a mark can't span {self.start}..{self.end}")


@dataclass(frozen=True, slots=True)
class Raw:
    """The bytes of one thing as they were found. `fetched_at` is an aware UTC time; header names are lower case.

    `location` is where the bytes were. `lasting` is the address to find them by from now on, where they are of the web:
    the one that was asked for, or the one that its permanent redirects (no temporary ones) have led to.
    """

    location: str
    content: bytes = field(repr=False)
    media_type: str
    fetched_at: datetime
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    lasting: str | None = None

    @property
    def sha256(self) -> str:
        """Hex digest of the bytes: the name under which a snapshot is kept."""
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True, slots=True)
class Extract:
    """What an extractor finds in one `Raw`: everything of a `Document` that the bytes themselves tell.

    `part` tells the documents of one file apart (a feed's item, a sheet); it is empty where the file is one document.
    `warnings` are sentences for the person who adds the source.
    """

    text: str = field(repr=False)
    marks: tuple[Mark, ...] = ()
    part: str = ""
    title: str | None = None
    publisher: str | None = None
    author: str | None = None
    kind: str | None = None
    url: str | None = None
    archived_url: str | None = None
    published: PartialDate | None = None
    modified: PartialDate | None = None
    language: str | None = None
    speaker: str | None = None
    warnings: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _check_marks(self.text, self.marks)


@dataclass(frozen=True, slots=True)
class Document:
    """One document of one source, as it stands now. `added` is the aware UTC time at which the newsroom got it.

    Marks in a tuple are checked against the text; in another sequence they are the store's, which has done so.
    """

    id: str
    workspace_id: str
    source_id: str
    location: str
    text: str = field(repr=False)
    added: datetime
    marks: Sequence[Mark] = ()
    title: str | None = None
    publisher: str | None = None
    author: str | None = None
    kind: str | None = None
    url: str | None = None
    archived_url: str | None = None
    published: PartialDate | None = None
    modified: PartialDate | None = None
    language: str | None = None
    warnings: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.added.tzinfo is None:
            raise ValueError("`added` needs its time zone")
        _check_marks(self.text, self.marks)

    @property
    def text_sha256(self) -> str:
        """Hex digest of the text in UTF-8: what a version is known by."""
        return hashlib.sha256(self.text.encode()).hexdigest()


def document_id(workspace_id: str, source_id: str, location: str) -> str:
    """The lasting name of the document at `location`: 32 hex digits. Documents never merge across sources.

    >>> document_id("local", "s1", "a.txt") == document_id("local", "s1", "a.txt")
    True
    """
    return hashlib.sha256("\0".join((workspace_id, source_id, location)).encode()).hexdigest()[:32]


@runtime_checkable
class MarksByKind(Protocol):
    """Marks that are packed so that some kinds can be had without reading the others."""

    def of(self, kinds: tuple[type[MarkValue], ...]) -> Sequence[Mark]:
        """Those of these kinds, in order."""
        ...


def marks_of(marks: Sequence[Mark], *kinds: type[MarkValue]) -> Sequence[Mark]:
    """Those of these kinds, in order.

    >>> marks_of((Mark(0, 9, Page(1)), Mark(0, 2, Heading())), Page, Cue)
    [Mark(start=0, end=9, value=Page(file=1, printed=None))]
    """
    if isinstance(marks, MarksByKind):
        return marks.of(kinds)
    return [mark for mark in marks if isinstance(mark.value, kinds)]


def _check_marks(text: str, marks: Sequence[Mark]) -> None:
    for mark in marks if isinstance(marks, tuple) else ():
        if mark.end > len(text):
            raise ValueError(f"a mark ends at {mark.end}, after the text's {len(text)}")
