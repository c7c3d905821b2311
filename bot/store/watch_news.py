"""Which documents are news to those who follow the change log, and which versions of them were known before.

A change says what happened to a document, not which version it made; that follows from the versions made since: every
TEXT and every REEXTRACTED made one, the first NEW of all made the first. Where a removed document came back, its
version is a new one if it was read after the removal.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.database import chunks
from bot.store.readings import Outcome
from bot.store.tables import changes, documents, versions
from bot.store.watching import News

_NEWS = (Outcome.NEW.value, Outcome.TEXT.value)
_MADE_ONE = (Outcome.TEXT, Outcome.REEXTRACTED)


@dataclass(frozen=True, slots=True)
class Step:
    """A change of one document."""

    sequence: int
    kind: Outcome
    at: datetime


def known_before(steps: Sequence[Step], after: int, version: int, observed: datetime) -> int:
    """The number of the last version that was there up to the change `after`, 0 for none. `steps` are all changes of
    the document in order, `version` is its present one, read at `observed`.
    """
    since = [step for step in steps if step.sequence > after]
    if len(since) == len(steps):
        return 0
    known = version - sum(step.kind in _MADE_ONE for step in since)
    gone = [step.at for step in steps if step.kind is Outcome.REMOVED]
    came_back = bool(gone) and any(step.kind is Outcome.NEW for step in since)
    # Where that can't be told, because it changed once more since, rather too much is news than too little.
    return known - (came_back and (known != version or observed > gone[-1]))


async def news(connection: AsyncConnection, after: int, upto: int) -> Sequence[News]:
    """See `bot.store.watching.Outbox.news`; in the order of their first such change."""
    its = (changes.c.sequence > after) & (changes.c.sequence <= upto) & changes.c.kind.in_(_NEWS)
    ordered = select(changes.c.document_id).where(its).order_by(changes.c.sequence)
    ids = list(dict.fromkeys((await connection.execute(ordered)).scalars()))
    found: dict[str, News] = {}
    for some in chunks(ids):
        steps: dict[str, list[Step]] = {}
        wanted = select(changes).where(changes.c.document_id.in_(some)).order_by(changes.c.sequence)
        for row in await connection.execute(wanted):
            steps.setdefault(row.document_id, []).append(Step(row.sequence, Outcome(row.kind), row.at))
        current = (
            select(documents.c.id, documents.c.workspace_id, documents.c.version, versions.c.observed)
            .join(versions, (versions.c.document_id == documents.c.id) & (versions.c.number == documents.c.version))
            .where(documents.c.id.in_(some), documents.c.removed.is_(None))
        )
        for row in await connection.execute(current):
            known = known_before(steps[row.id], after, row.version, row.observed)
            found[row.id] = News(row.workspace_id, row.id, row.version, known)
    return [found[document_id] for document_id in ids if document_id in found]
