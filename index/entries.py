"""Stored documents as the index takes them."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from index.analysis import terms
from index.hit import DocumentCard
from index.port import Entry, Versioned
from index.split import split
from sources.document import Document


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
