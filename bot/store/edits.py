"""Facts of a document that a person of the newsroom has set by hand. Pure.

They are laid over what the source says whenever a document is read from the store, and never written into it: so they
outlive every refresh, and taking one back shows again what the source says by then.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from sources.document import Certainty, Document, Mark, PartialDate, Speaker


class Fact(StrEnum):
    """What can be set by hand. The values are the names of the document's own facts, but for the speaker."""

    TITLE = "title"
    PUBLISHED = "published"
    SPEAKER = "speaker"
    PUBLISHER = "publisher"
    ARCHIVED = "archived_url"


@dataclass(frozen=True, slots=True)
class Edit:
    """One fact set by hand: by whom, at what aware time. A `PUBLISHED` is a date, any other fact is words."""

    document_id: str
    fact: Fact
    value: str | PartialDate
    by: str
    at: datetime

    def __post_init__(self) -> None:
        if isinstance(self.value, PartialDate) != (self.fact is Fact.PUBLISHED):
            raise ValueError(f"{self.value!r} can't be a document's {self.fact.value}")


def edited(document: Document, edits: Iterable[Edit]) -> Document:
    """The document with these edits of it laid over; a speaker only where its text is in it."""
    for edit in edits:
        if edit.fact is not Fact.SPEAKER:
            document = replace(document, **{edit.fact.value: edit.value})
        elif document.text and not has_turns(document):
            document = replace(document, marks=_spoken(document, Speaker(str(edit.value))))
    return document


def has_turns(document: Document, by_hand: str | None = None) -> bool:
    """Whether the record itself tells who speaks where: then no one speaker can be set for all of it.

    `by_hand` is the speaker that an edit has laid over this document already.
    """
    return any(
        isinstance(mark.value, Speaker)
        and mark.value.certainty is Certainty.RECORD
        and mark.value.label != by_hand
        and not _whole(mark, document)
        for mark in document.marks
    )


def _spoken(document: Document, speaker: Speaker) -> tuple[Mark, ...]:
    """The marks with the speaker over all text that no guess gives to somebody else."""
    others = [mark for mark in document.marks if not (isinstance(mark.value, Speaker) and _whole(mark, document))]
    given = sorted((mark.start, mark.end) for mark in others if isinstance(mark.value, Speaker))
    return (*others, *(Mark(start, end, speaker) for start, end in _between(given, document.text)))


def _between(given: Sequence[tuple[int, int]], text: str) -> Iterable[tuple[int, int]]:
    at = 0
    for start, end in (*given, (len(text), len(text))):
        if text[at:start].strip():
            yield at, start
        at = max(at, end)


def _whole(mark: Mark, document: Document) -> bool:
    return mark.start == 0 and mark.end == len(document.text)
