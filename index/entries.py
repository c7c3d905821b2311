"""Stored documents as the index takes them: whole, or cut into passages."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from index.analysis import terms
from index.hit import DocumentCard
from index.passage import Passage
from index.split import split
from sources.document import Document


@dataclass(frozen=True, slots=True)
class Entry:
    """A document as the index takes it: its card, its text and all passages of it, in reading order.

    `superseded`: an older version of the document, with those passages alone that newer ones no longer have. It is
    there for `locate` and for nothing else, and goes whenever the document does.
    """

    card: DocumentCard
    text: str = field(repr=False)
    passages: tuple[Passage, ...]
    superseded: bool = False


@dataclass(frozen=True, slots=True)
class Versioned:
    """A stored document together with the number of the version that its text is."""

    document: Document
    version: int


@dataclass(frozen=True, slots=True)
class Uncut:
    """A document as the store has it, and the texts of its superseded versions, as far as they are kept, newest first.
    The engine makes entries of it itself, so that many are cut side by side.
    """

    present: Versioned
    older: Sequence[Versioned] = ()


def entry(document: Document, version: int) -> Entry:
    """A document as the index takes it."""
    return Entry(card_of(document, version), document.text, tuple(split(document, version)))


def superseded_entries(present: Document, older: Sequence[Versioned]) -> Iterator[Entry]:
    """Each older version, newest first, with the passages whose words stand in no newer one; none without such."""
    newer = _run_of_words(present.text) if older else ""
    for each in older:
        whole = entry(each.document, each.version)
        kept = tuple(passage for passage in whole.passages if _run_of_words(passage.text) not in newer)
        if kept:
            yield replace(whole, passages=kept, superseded=True)
        newer += _run_of_words(whole.text)


def _run_of_words(text: str) -> str:
    return f" {' '.join(terms(text))} "


def card_of(document: Document, version: int) -> DocumentCard:
    """What is shown of a document beside its text."""
    return DocumentCard(
        id=document.id,
        workspace_id=document.workspace_id,
        source_id=document.source_id,
        location=document.location,
        version=version,
        added=document.added,
        title=document.title,
        publisher=document.publisher,
        author=document.author,
        kind=document.kind,
        url=document.url,
        archived_url=document.archived_url,
        published=document.published,
        language=document.language,
    )
