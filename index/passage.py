"""Passages: the slices of a document that are searched and shown."""

from dataclasses import dataclass, field

from sources.document import Cue, Page, PartialDate, Speaker


@dataclass(frozen=True, slots=True)
class Quote:
    """`passage.text[start:end]` are words that the text puts into somebody's mouth."""

    start: int
    end: int
    speaker: Speaker


@dataclass(frozen=True, slots=True)
class Passage:
    """`document.text[start:end]` of one version, with what is known of just these words.

    One passage has one speaker: words of two people are never joined under one name. `pages` are the pages it
    touches, in order. `said` is when the words were spoken or written, where that is known apart from publication;
    `mentioned` are dates that its words name, which are never shown as the date of speech. `heading` is the nearest
    heading above. `quotes` are those that begin, go on or end in it; their speakers are not the passage's.
    """

    document_id: str
    version: int
    start: int
    end: int
    text: str = field(repr=False)
    speaker: Speaker | None = None
    said: PartialDate | None = None
    mentioned: tuple[PartialDate, ...] = ()
    pages: tuple[Page, ...] = ()
    cue: Cue | None = None
    heading: str | None = None
    quotes: tuple[Quote, ...] = ()

    def __post_init__(self) -> None:
        if self.end - self.start != len(self.text) or self.start < 0:
            raise ValueError(f"{len(self.text)} code points can't be the slice {self.start}..{self.end}")
