"""The change log: numbers in the order of the commits, without gaps, never given twice."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.readings import Outcome
from bot.store.tables import changes, sequences
from index.port import Change

_COUNTER = sequences.c.name == "changes"


async def append(connection: AsyncConnection, workspace_id: str, outcomes: Mapping[str, Outcome], at: datetime) -> None:
    """Add one change for each document that did change, within the caller's transaction."""
    rows = [
        {"workspace_id": workspace_id, "document_id": document_id, "kind": outcome.value, "at": at}
        for document_id, outcome in outcomes.items()
        if outcome is not Outcome.UNCHANGED
    ]
    if not rows:
        return
    await connection.execute(update(sequences).where(_COUNTER).values(last=sequences.c.last + len(rows)))
    first = await head(connection) - len(rows) + 1
    await connection.execute(insert(changes), [row | {"sequence": first + n} for n, row in enumerate(rows)])


async def head(connection: AsyncConnection) -> int:
    """The number of the newest change, 0 before the first."""
    return (await connection.execute(select(sequences.c.last).where(_COUNTER))).scalar_one()


async def since(connection: AsyncConnection, sequence: int, limit: int) -> Sequence[Change]:
    """Changes after `sequence`, oldest first, at most `limit`."""
    wanted = (
        select(changes.c.sequence, changes.c.document_id)
        .where(changes.c.sequence > sequence)
        .order_by(changes.c.sequence)
        .limit(limit)
    )
    return [Change(row.sequence, row.document_id) for row in await connection.execute(wanted)]
