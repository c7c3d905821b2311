"""The statements that keep what a list was, each within the transaction of its caller."""

from sqlalchemy import delete, insert, literal, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.tables import listings, sources


async def cursor_of(connection: AsyncConnection, source_id: str) -> str | None:
    """The cursor that was kept."""
    return (await connection.execute(select(listings.c.cursor).where(listings.c.source_id == source_id))).scalar()


async def keep(connection: AsyncConnection, source_id: str, cursor: str | None) -> None:
    """Put it in the place of the one before, as long as the source is live."""
    await forget(connection, source_id)
    if cursor is not None:
        live = select(sources.c.id, sources.c.workspace_id, literal(cursor)).where(
            sources.c.id == source_id, sources.c.removed.is_(None)
        )
        await connection.execute(insert(listings).from_select(["source_id", "workspace_id", "cursor"], live))


async def forget(connection: AsyncConnection, source_id: str) -> None:
    """Drop it."""
    await connection.execute(delete(listings).where(listings.c.source_id == source_id))
