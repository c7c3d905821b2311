"""Bringing the index up to date with the store's change log.

What changed is asked from the store at the moment of applying, so a change may be applied twice without harm, and
after a crash the engine's own stamp says from where to go on.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from index.analysis import terms
from index.hit import DocumentCard, Stamp
from index.port import Batch, Changes, Engine, Entry, Versioned
from index.split import split
from sources.document import Document

_CHANGES = 500
DOCUMENTS = 100
PASSAGES = 40_000
"""Each batch leaves a segment, and each segment costs every search a little: so a batch takes what memory allows."""

Progress = Callable[[int, int], None]
"""Called with the documents done and the documents in all."""


async def drain(
    changes: Changes, engine: Engine, progress: Progress | None = None, *, passages: int = PASSAGES
) -> Stamp:
    """Apply every change that the live generation lacks, in batches of about so many passages; builds the index where
    there is none or it is outdated.
    """
    status = await engine.status()
    if status.live is None or status.outdated:
        return await rebuild(changes, engine, progress)
    async for batch in _since(changes, status.live.sequence, progress, passages):
        await engine.apply(batch)
    live = (await engine.status()).live
    return live or status.live


async def rebuild(changes: Changes, engine: Engine, progress: Progress | None = None) -> Stamp:
    """Build a new generation from all live documents and swap it in, then apply what changed meanwhile."""
    stamp = await engine.rebuild(_everything(changes, progress))
    return stamp if stamp.sequence == await changes.head() else await drain(changes, engine)


async def rollback(changes: Changes, engine: Engine) -> Stamp:
    """Go back to the previous generation, with every change since its stamp applied first: nothing removed comes
    back.
    """
    previous = (await engine.status()).previous
    return await engine.rollback(_since(changes, previous.sequence if previous else 0, None))


async def _since(
    changes: Changes, sequence: int, progress: Progress | None, passages: int = PASSAGES
) -> AsyncIterator[Batch]:
    first, head = sequence, await changes.head()
    pending: dict[str, list[Entry]] = {}
    reached = sequence
    while found := await changes.since(sequence, _CHANGES):
        ids = list(dict.fromkeys(change.document_id for change in found))
        for at in range(0, len(ids), DOCUMENTS):
            if sum(len(each.passages) for entries in pending.values() for each in entries) >= passages:
                yield _batch(pending, reached)
                pending = {}
            part = ids[at : at + DOCUMENTS]
            current = await changes.current(part)
            older = await changes.superseded([each.document.id for each in current])
            pending |= {document_id: list[Entry]() for document_id in part}
            for each in await _entries(current, older):
                pending[each.card.id].append(each)
        # Within one reading of the log a batch reaches only its beginning: after a crash the rest is applied again.
        sequence = reached = found[-1].sequence
        if progress:
            progress(min(sequence, head) - first, head - first)
    if pending:
        yield _batch(pending, reached)


def _batch(pending: Mapping[str, Sequence[Entry]], sequence: int) -> Batch:
    """Documents without an entry are gone."""
    return Batch(
        [entry for entries in pending.values() for entry in entries],
        [document_id for document_id, entries in pending.items() if not entries],
        sequence,
    )


async def _everything(changes: Changes, progress: Progress | None) -> AsyncIterator[Batch]:
    head = await changes.head()
    ids = await changes.live_ids()
    yield Batch((), (), head)
    for at in range(0, len(ids), DOCUMENTS):
        current = await changes.current(ids[at : at + DOCUMENTS])
        older = await changes.superseded([each.document.id for each in current])
        yield Batch(await _entries(current, older), (), head)
        if progress:
            progress(min(at + DOCUMENTS, len(ids)), len(ids))


async def _entries(documents: Sequence[Versioned], older: Sequence[Versioned]) -> list[Entry]:
    ordered = sorted(documents, key=lambda versioned: versioned.document.id)

    def entries() -> Iterator[Entry]:
        for each in ordered:
            present = entry(each.document, each.version)
            yield present
            yield from superseded(present, [one for one in older if one.document.id == each.document.id])

    return await asyncio.to_thread(lambda: list(entries()))


def entry(document: Document, version: int) -> Entry:
    """A document as the index takes it."""
    return Entry(card_of(document, version), document.text, tuple(split(document, version)))


def superseded(present: Entry, older: Sequence[Versioned]) -> Iterator[Entry]:
    """Each older version, newest first, with the passages whose words stand in no newer one; none without such."""
    newer = _run_of_words(present.text) if older else ""
    for each in sorted(older, key=lambda versioned: -versioned.version):
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
