"""Bringing the index up to date with the store's change log.

What changed is asked from the store at the moment of applying, so a change may be applied twice without harm, and
after a crash the engine's own stamp says from where to go on.
"""

from collections.abc import AsyncIterator, Callable, Mapping, Sequence

from index.entries import Uncut, Versioned
from index.hit import Stamp
from index.port import Batch, Changes, Engine

_CHANGES = 500
DOCUMENTS = 100
LETTERS = 20_000_000
"""Each batch leaves a segment, and each segment costs every search a little: so a batch takes what memory allows."""

Progress = Callable[[int, int], None]
"""Called with the documents done and the documents in all."""


async def drain(changes: Changes, engine: Engine, progress: Progress | None = None, *, letters: int = LETTERS) -> Stamp:
    """Apply every change that the live generation lacks, in batches of about so many letters; builds the index where
    there is none or it is outdated.
    """
    status = await engine.status()
    if status.live is None or status.outdated:
        return await rebuild(changes, engine, progress)
    async for batch in _since(changes, status.live.sequence, progress, letters):
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
    changes: Changes, sequence: int, progress: Progress | None, letters: int = LETTERS
) -> AsyncIterator[Batch]:
    first, head = sequence, await changes.head()
    pending: dict[str, Uncut | None] = {}
    reached = sequence
    while found := await changes.since(sequence, _CHANGES):
        ids = list(dict.fromkeys(change.document_id for change in found))
        for at in range(0, len(ids), DOCUMENTS):
            if sum(len(each.present.document.text) for each in pending.values() if each) >= letters:
                yield _batch(pending, reached)
                pending = {}
            part = ids[at : at + DOCUMENTS]
            pending |= dict.fromkeys(part)
            pending |= {each.present.document.id: each for each in await _stored(changes, part)}
        # Within one reading of the log a batch reaches only its beginning: after a crash the rest is applied again.
        sequence = reached = found[-1].sequence
        if progress:
            progress(min(sequence, head) - first, head - first)
    if pending:
        yield _batch(pending, reached)


def _batch(pending: Mapping[str, Uncut | None], sequence: int) -> Batch:
    """Those that the store no longer has are gone."""
    return Batch(
        [each for each in pending.values() if each],
        [document_id for document_id, each in pending.items() if each is None],
        sequence,
    )


async def _everything(changes: Changes, progress: Progress | None) -> AsyncIterator[Batch]:
    head = await changes.head()
    ids = await changes.live_ids()
    yield Batch((), (), head)
    for at in range(0, len(ids), DOCUMENTS):
        yield Batch(await _stored(changes, ids[at : at + DOCUMENTS]), (), head)
        if progress:
            progress(min(at + DOCUMENTS, len(ids)), len(ids))


async def _stored(changes: Changes, ids: Sequence[str]) -> list[Uncut]:
    """Those of the documents that are live, by their ids."""
    current = sorted(await changes.current(ids), key=lambda versioned: versioned.document.id)
    older: dict[str, list[Versioned]] = {each.document.id: [] for each in current}
    for each in await changes.superseded(list(older)):
        older[each.document.id].append(each)
    return [Uncut(each, older[each.document.id]) for each in current]
