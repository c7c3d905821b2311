"""What was found for watches and is to be told, in an SQL database."""

from collections.abc import Sequence
from dataclasses import asdict, fields
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, exists, func, insert, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.database import Database, chunks
from bot.store.shares import Share
from bot.store.tables import shares as shared
from bot.store.watch_news import news
from bot.store.watch_tables import followers, watch_finds, watch_posts, watches
from bot.store.watches import COLUMNS, watch_from
from bot.store.watching import Came, Find, News, Post, Settled, Watch

_FOLLOWER = followers.c.name == "watches"
_FIND = [watch_finds.c[field.name] for field in fields(Find)]
_PLACE = [watch_finds.c[name] for name in ("watch_id", "document_id", "version", "start", "end")]
_IN_ORDER = (watch_finds.c.at, watch_finds.c.document_id, watch_finds.c.start)


class _SettledAlready(Exception):
    """Somebody else told of a find at the same moment."""


class SqlOutbox:
    """See `bot.store.watching.Outbox`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def position(self) -> int:
        """The sequence number up to which changes were looked through."""
        async with self._database.reading() as connection:
            return (await connection.execute(select(followers.c.position).where(_FOLLOWER))).scalar_one()

    async def news(self, after: int, upto: int) -> Sequence[News]:
        """Live documents that became new or got another text."""
        async with self._database.reading() as connection:
            return await news(connection, after, upto)

    async def commit(self, before: int, position: int, finds: Sequence[Find]) -> bool:
        """Move on, and keep what was found on the way."""
        moved = update(followers).where(_FOLLOWER, followers.c.position == before).values(position=position)

        async def keep(connection: AsyncConnection) -> bool:
            if not (await connection.execute(moved)).rowcount:
                return False
            ids = sorted({find.watch_id for find in finds})
            live: set[str] = set()
            known: set[tuple[Any, ...]] = set()
            for some in chunks(ids):
                begun = select(watches.c.id).where(watches.c.id.in_(some), watches.c.since < position)
                live |= set((await connection.execute(begun)).scalars())
                kept = select(*_PLACE).where(
                    watch_finds.c.watch_id.in_(some),
                    watch_finds.c.document_id.in_(sorted({find.document_id for find in finds})),
                )
                known |= {tuple(row) for row in await connection.execute(kept)}
            rows = [_row(find) for find in finds if find.watch_id in live and _place(find) not in known]
            if rows:
                await connection.execute(insert(watch_finds), rows)
            return True

        return await self._database.write(keep)

    async def waiting(self, now: datetime) -> Sequence[Watch]:
        """Watches that have something to tell now."""
        has_finds = exists().where(watch_finds.c.watch_id == watches.c.id, watch_finds.c.came.is_(None))
        sending = exists().where(watch_posts.c.watch_id == watches.c.id)
        wanted = (
            select(*COLUMNS)
            .where(~watches.c.paused, ~sending, (watches.c.due.is_(None) & has_finds) | (watches.c.due <= now))
            .order_by(watches.c.created, watches.c.id)
        )
        async with self._database.reading() as connection:
            return [watch_from(row) for row in (await connection.execute(wanted)).mappings()]

    async def finds(self, watch_id: str, limit: int) -> Sequence[Find]:
        """Those that wait."""
        return await self._finds((watch_finds.c.watch_id == watch_id) & watch_finds.c.came.is_(None), limit)

    async def told(self, watch_id: str, limit: int) -> Sequence[tuple[str, bytes]]:
        """The document and the `runs` of what was told last."""
        wanted = (
            select(watch_finds.c.document_id, watch_finds.c.runs)
            .where(watch_finds.c.watch_id == watch_id, watch_finds.c.came == Came.TOLD.value)
            .order_by(watch_finds.c.at.desc())
            .limit(limit)
        )
        async with self._database.reading() as connection:
            return [(row.document_id, row.runs or b"") for row in await connection.execute(wanted)]

    async def begin(self, watch: Watch, post: Post | None, settled: Sequence[Settled]) -> bool:
        """Keep what came of the finds, and the post that is to tell of them."""
        same = update(watches).where(watches.c.id == watch.id, ~watches.c.paused)
        sends = None if post is None else post.id

        async def keep(connection: AsyncConnection) -> bool:
            if not (await connection.execute(same.values(due=watch.due, zone=watch.zone))).rowcount:
                return False
            if post is not None:
                await connection.execute(insert(watch_posts), asdict(post))
            for each in settled:
                told = each.came is Came.TOLD
                values = {"came": each.came.value, "post_id": sends if told else None, "runs": each.runs or None}
                waits = _at(each.find) & watch_finds.c.came.is_(None)
                if not (await connection.execute(update(watch_finds).where(waits).values(values))).rowcount:
                    raise _SettledAlready  # takes back the post as well
            return True

        try:
            return await self._database.write(keep)
        except _SettledAlready:
            return False

    async def open_posts(self) -> Sequence[tuple[Post, Watch]]:
        """Posts of which it is not known that they stand in Slack."""
        labels = [watch_posts.c[field.name].label(f"post_{field.name}") for field in fields(Post)]
        wanted = select(*labels, *COLUMNS).join(watches, watches.c.id == watch_posts.c.watch_id)
        async with self._database.reading() as connection:
            rows = await connection.execute(wanted.order_by(watch_posts.c.at, watch_posts.c.id))
            return [
                (Post(**{field.name: row[f"post_{field.name}"] for field in fields(Post)}), watch_from(row))
                for row in rows.mappings()
            ]

    async def of_post(self, post_id: str) -> Sequence[Find]:
        """What a post tells of."""
        return await self._finds(watch_finds.c.post_id == post_id)

    async def tried(self, post: Post) -> None:
        """Count one more attempt."""
        more = update(watch_posts).where(watch_posts.c.id == post.id).values(tries=post.tries + 1)
        await self._database.write(lambda connection: connection.execute(more))

    async def finish(self, post_id: str, shares: Sequence[Share] = ()) -> None:
        """It stands in Slack, or is not to be sent any more."""

        async def keep(connection: AsyncConnection) -> None:
            gone = await connection.execute(delete(watch_posts).where(watch_posts.c.id == post_id))
            if gone.rowcount and shares:
                await connection.execute(insert(shared), [asdict(share) for share in shares])

        await self._database.write(keep)

    async def prune(self, before: datetime, keep: int) -> int:
        """Forget what came of finds long ago."""
        rank = func.row_number().over(partition_by=watch_finds.c.watch_id, order_by=watch_finds.c.at.desc())
        told = select(*_PLACE, rank.label("rank")).where(watch_finds.c.came == Came.TOLD.value).subquery()
        surplus = select(*(told.c[column.name] for column in _PLACE)).where(told.c.rank > keep)
        sending = exists().where(watch_posts.c.id == watch_finds.c.post_id)
        left_out = watch_finds.c.came.in_([Came.COPY.value, Came.WITHHELD.value])
        old = delete(watch_finds).where(watch_finds.c.at < before, ~sending, left_out | tuple_(*_PLACE).in_(surplus))
        return (await self._database.write(lambda connection: connection.execute(old))).rowcount

    async def release(self, post_id: str) -> None:
        """It surely was not sent."""

        async def free(connection: AsyncConnection) -> None:
            await connection.execute(delete(watch_posts).where(watch_posts.c.id == post_id))
            its = update(watch_finds).where(watch_finds.c.post_id == post_id)
            await connection.execute(its.values(came=None, post_id=None, runs=None))

        await self._database.write(free)

    async def _finds(self, which: ColumnElement[bool], limit: int | None = None) -> Sequence[Find]:
        async with self._database.reading() as connection:
            rows = await connection.execute(select(*_FIND).where(which).order_by(*_IN_ORDER).limit(limit))
            return [Find(**row) for row in rows.mappings()]


def _place(find: Find) -> tuple[Any, ...]:
    return (find.watch_id, find.document_id, find.version, find.start, find.end)


def _row(find: Find) -> dict[str, Any]:
    """Not `asdict`: that copies every value, and there may be tens of thousands."""
    return {column.name: getattr(find, column.name) for column in _FIND}


def _at(find: Find) -> ColumnElement[bool]:
    place = _PLACE[0] == find.watch_id
    for column in _PLACE[1:]:
        place &= column == getattr(find, column.name)
    return place
