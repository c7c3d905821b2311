"""What a search brings back. Nothing here is markup: highlights are offsets."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from index.passage import Passage
from sources.document import PartialDate


@dataclass(frozen=True, slots=True)
class DocumentCard:
    """What is shown and searched of a document beside its text."""

    id: str
    workspace_id: str
    source_id: str
    location: str
    version: int
    added: datetime
    title: str | None = None
    publisher: str | None = None
    author: str | None = None
    kind: str | None = None
    url: str | None = None
    archived_url: str | None = None
    published: PartialDate | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """Found words: `passage.text[start:end]`."""

    start: int
    end: int


class Match(StrEnum):
    """Whether a hit is what was looked for, or only the nearest to a quotation that is nowhere."""

    MATCH = "match"
    RELATED = "related"


@dataclass(frozen=True, slots=True)
class Copy:
    """Another place of the shown words: `text[start:end]` of that document's version, cut as it may be there."""

    document: DocumentCard
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Reason:
    """A part of a hit's score: what was found (a part of the question, or what else counts), where, and its points,
    which may be negative. The points of all reasons add up to the score."""

    what: str
    where: str
    points: float


MOST_COPIES = 20
"""So many copies of a kind are told: a formula that stands in thousands of documents is no news in any of them."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage (or a wider span of one document, where a phrase runs over two), why it is here and what it lacks.

    In `also_in` the shown words themselves stand (folded: quotes, dashes, capitals, accents and spacing may differ);
    in `similar_in` lightly edited ones; both are of other documents. `elsewhere` are the places in this document where
    the shown words stand once more. Of each there are `MOST_COPIES` at most; where there are as many, there may be
    more. `earliest`: this one and all of the others are told and dated, and it surely before them. `reasons` tell of
    the score where the query asked to explain.
    """

    passage: Passage
    document: DocumentCard
    score: float
    spans: tuple[Span, ...] = ()
    missing: tuple[str, ...] = ()
    match: Match = Match.MATCH
    also_in: tuple[Copy, ...] = ()
    similar_in: tuple[Copy, ...] = ()
    elsewhere: tuple[Copy, ...] = ()
    earliest: bool = False
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Located:
    """Where words of a quotation stand, or much like them: `text[start:end]` of that version of the document.

    `passage` is the one in which they stand, or the wider span where they run on into the next. `share` of the
    quotation's words, weighed by how rare they are, stands there; `whole`: side by side. `superseded`: it is of an
    older version, and the document's present one no longer has the passage.
    """

    passage: Passage
    document: DocumentCard
    start: int
    end: int
    share: float = 1.0
    whole: bool = False
    superseded: bool = False


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Passages that a date filter could not judge, all other conditions met: they carry no date, or too vague a one."""

    undated: int = 0
    vague: int = 0


@dataclass(frozen=True, slots=True)
class Stamp:
    """What an index generation was built from: the last change it holds and the analysis it was built with."""

    generation: str
    sequence: int
    schema: str
    built_at: datetime
    documents: int
    passages: int


@dataclass(frozen=True, slots=True)
class Results:
    """One page of hits, best first, and how the query was understood (a sentence or two, never empty).

    `answered` is False when the hits are only the nearest. `total` counts all passages that match, copies
    included, after access. `cursor` asks for the next page; None at the end. `corrected` pairs a word that occurs
    nowhere with the word searched in its place; `suggestions` pairs one with a word that may be meant.
    """

    hits: tuple[Hit, ...]
    total: int
    answered: bool
    understood: str
    left_out: LeftOut
    stamp: Stamp
    cursor: str | None = None
    corrected: tuple[tuple[str, str], ...] = ()
    suggestions: tuple[tuple[str, str], ...] = ()
