"""How the corpus has grown, in an SQL database."""

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import String, func, select

from bot.store.database import Database
from bot.store.growth import Grown
from bot.store.tables import documents


class SqlGrowth:
    """See `bot.store.growth.Growth`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def days(self, workspace_id: str, sources: Collection[str]) -> Sequence[Grown]:
        """Of these sources, by day, the earliest first."""
        day = func.date(documents.c.added, type_=String).label("day")
        wanted = (
            select(day, func.count().label("documents"))
            .where(
                documents.c.workspace_id == workspace_id,
                documents.c.source_id.in_(sources),
                documents.c.removed.is_(None),
            )
            .group_by(day)
            .order_by(day)
        )
        async with self._database.reading() as connection:
            return [Grown(date.fromisoformat(str(row[0])), row[1]) for row in await connection.execute(wanted)]
