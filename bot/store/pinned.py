"""Pins and notices in an SQL database."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, delete, exists, func, insert, literal, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import Overtaken
from bot.store.database import Database, chunks
from bot.store.home_tabs import touch
from bot.store.pin_rows import change_from, change_row, notice_from, notice_row, pin_from, pin_row, stem_rows
from bot.store.pin_tables import notices, pin_changes, pin_stems, pins
from bot.store.pin_values import key_of, keys_of, stems
from bot.store.pins import ASKING, Label, Notice, NoticeKind, Pin, PinChange, PinFilter, PinStatus
from bot.store.watch_tables import followers

_OVERTAKEN = "Somebody changed this pin at the same moment: look at it again."
_FOLLOWER = followers.c.name == "pins"
_NEWEST = (pins.c.created.desc(), pins.c.id)


class SqlPins:
    """See `bot.store.pins.Pins`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, new_pins: Sequence[Pin], changes: Sequence[PinChange]) -> None:
        """Keep new ones."""

        async def work(connection: AsyncConnection) -> None:
            if rows := [pin_row(pin) for pin in new_pins]:
                await connection.execute(insert(pins), rows)
                await _put_stems(connection, [each for row in rows for each in stem_rows(row)])
                await connection.execute(insert(pin_changes), [change_row(change) for change in changes])
                await touch(connection, ((pin.workspace_id, pin.owner) for pin in new_pins))

        await self._database.write(work)

    async def alter(self, pin: Pin, change: PinChange) -> Pin:
        """Keep a changed pin. Raises Overtaken when it was changed since it was read."""
        await self._database.write(lambda connection: _alter(connection, pin, change))
        return replace(pin, revision=pin.revision + 1)

    async def get(self, workspace_id: str, pin_id: str) -> Pin | None:
        """One pin."""
        found = await self._pins(select(pins).where(pins.c.id == pin_id, pins.c.workspace_id == workspace_id, _WORDS))
        return found[0] if found else None

    async def search(
        self, workspace_id: str, sources: Collection[str], wanted: PinFilter, at: datetime
    ) -> Sequence[Pin]:
        """The newest first."""
        asked = select(pins).where(pins.c.workspace_id == workspace_id, *_conditions(wanted, at)).order_by(*_NEWEST)
        found = [one for some in chunks(sorted(sources)) for one in await self._pins(asked.where(_of(some)))]
        return sorted(sorted(found, key=lambda pin: pin.id), key=lambda pin: pin.created, reverse=True)

    async def standing(self, workspace_id: str, words: str, at: datetime, skip: int, most: int) -> Sequence[Pin]:
        """Those that are active and have these words, of whatever source; the verified and the newest first."""
        wanted = sorted(stems(words).split(), key=len, reverse=True)  # long words are in few pins
        asked = {f"stem{number}": stem for number, stem in enumerate(wanted)}
        values = {"workspace": workspace_id, "now": at, "skip": skip, "most": most}
        return await self._pins(_active_with(len(wanted)), {**values, **asked})

    async def labels(self, workspace_id: str, sources: Collection[str]) -> Sequence[Label]:
        """Those of all pins of these sources that were not taken down and have a tag or a story."""
        named = (pins.c.tag_keys != keys_of(())) | pins.c.story.is_not(None)
        wanted = select(pins.c.document_id, pins.c.tags, pins.c.story).where(
            pins.c.workspace_id == workspace_id, pins.c.unpinned.is_(None), _WORDS, named
        )
        async with self._database.reading() as connection:
            return [
                Label(row.document_id, tuple(row.tags), row.story)
                for some in chunks(sorted(sources))
                for row in await connection.execute(wanted.where(_of(some)))
            ]

    async def history(self, pin_id: str) -> Sequence[PinChange]:
        """All that was done to it, in order."""
        wanted = select(pin_changes).where(pin_changes.c.pin_id == pin_id).order_by(pin_changes.c.id)
        async with self._database.reading() as connection:
            return [change_from(row) for row in (await connection.execute(wanted)).mappings()]

    async def of_documents(self, document_ids: Sequence[str]) -> Sequence[Pin]:
        """All pins of these documents, but for those purged."""
        return [
            pin
            for some in chunks(document_ids)
            for pin in await self._pins(select(pins).where(pins.c.document_id.in_(some), _WORDS))
        ]

    async def expiring(self, at: datetime) -> Sequence[Pin]:
        """Pins whose owners were not told that they have expired."""
        told = exists().where(
            notices.c.pin_id == pins.c.id, notices.c.kind == NoticeKind.EXPIRED.value, notices.c.at >= pins.c.expires
        )
        return await self._pins(select(pins).where(*_standing(PinStatus.EXPIRED, at), ~told))

    async def followed(self) -> int:
        """The last change that the pins have followed."""
        async with self._database.reading() as connection:
            return (await connection.execute(select(followers.c.position).where(_FOLLOWER))).scalar_one()

    async def follow(
        self, before: int, reached: int, altered: Sequence[tuple[Pin, PinChange]], told: Sequence[Notice]
    ) -> int:
        """Keep what following the log has brought, in one transaction. Raises Overtaken."""

        async def work(connection: AsyncConnection) -> int:
            on = update(followers).where(_FOLLOWER, followers.c.position == before).values(position=reached)
            if not (await connection.execute(on)).rowcount:
                raise Overtaken(_OVERTAKEN)
            for pin, change in altered:
                await _alter(connection, pin, change)
            return await _tell(connection, told)

        return await self._database.write(work)

    async def _pins(self, wanted: Select[*tuple[Any, ...]], values: Mapping[str, Any] | None = None) -> list[Pin]:
        return await self._database.look(
            lambda connection: [pin_from(row) for row in connection.execute(wanted, values).mappings()]
        )


class SqlNotices:
    """See `bot.store.pins.Notices`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def pending(self, workspace_id: str, limit: int = 100) -> Sequence[Notice]:
        """What nobody has delivered yet, in order."""
        wanted = select(notices).where(notices.c.workspace_id == workspace_id, notices.c.delivered.is_(None))
        async with self._database.reading() as connection:
            rows = await connection.execute(wanted.order_by(notices.c.number).limit(limit))
            return [notice_from(row) for row in rows.mappings()]

    async def delivered(self, number: int, at: datetime) -> bool:
        """Mark it as delivered. True the first time."""
        mark = update(notices).where(notices.c.number == number, notices.c.delivered.is_(None)).values(delivered=at)
        return bool((await self._database.write(lambda connection: connection.execute(mark))).rowcount)


async def _alter(connection: AsyncConnection, pin: Pin, change: PinChange) -> None:
    same = (pins.c.id == pin.id) & (pins.c.revision == pin.revision)
    row = pin_row(pin) | {"revision": pin.revision + 1}
    stood = (await connection.execute(select(pins.c.stems).where(same))).scalar() or ""
    if not (await connection.execute(update(pins).where(same).values(row))).rowcount:
        raise Overtaken(_OVERTAKEN)
    had, new = set(stood.split()), stem_rows(row)
    await _put_stems(connection, [each for each in new if each["stem"] not in had])
    whose = (pin_stems.c.workspace_id == pin.workspace_id) & (pin_stems.c.pin_id == pin.id)
    for some in chunks(sorted(had - {each["stem"] for each in new})):
        await connection.execute(delete(pin_stems).where(whose, pin_stems.c.stem.in_(some)))
    await connection.execute(insert(pin_changes), change_row(change))
    was, _ = change.detail.get("owner", (pin.owner, pin.owner))
    await touch(connection, ((pin.workspace_id, owner) for owner in (pin.owner, str(was))))


async def _put_stems(connection: AsyncConnection, new: Sequence[Mapping[str, str]]) -> None:
    if new:
        await connection.execute(insert(pin_stems), new)


async def _tell(connection: AsyncConnection, told: Sequence[Notice]) -> int:
    new = {notice.key: notice for notice in told}
    for some in chunks(list(new)):
        known = select(notices.c.key).where(notices.c.key.in_(some))
        for key in (await connection.execute(known)).scalars().all():
            del new[key]
    if new:
        await connection.execute(insert(notices), [notice_row(notice) for notice in new.values()])
        await touch(connection, ((notice.workspace_id, notice.recipient) for notice in new.values()))
    return len(new)


def _of(sources: Sequence[str]) -> ColumnElement[bool]:
    return pins.c.source_id.in_(sources)


def _conditions(wanted: PinFilter, at: datetime) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    found += _standing(wanted.status, at)
    if wanted.story is not None:
        found.append(pins.c.story_key == key_of(wanted.story))
    if wanted.tag is not None:
        found.append(pins.c.tag_keys.contains(f"\n{key_of(wanted.tag)}\n", autoescape=True))
    if wanted.owner is not None:
        found.append(pins.c.owner == wanted.owner)
    if wanted.expires_by is not None:
        found.append(pins.c.expires <= wanted.expires_by)
    if wanted.verified is not None:
        found.append(pins.c.verified.is_not(None) if wanted.verified else pins.c.verified.is_(None))
    if wanted.document_id is not None:
        found.append(pins.c.document_id == wanted.document_id)
    found += [_has(literal(stem)) for stem in stems(wanted.words or "").split()]
    return [*found, _WORDS]


@lru_cache(maxsize=32)
def _active_with(count: int) -> Select[*tuple[Any, ...]]:
    """Of a workspace, those that are active now and have so many stems, the first of which few have. Kept, since every
    question asks it."""
    order = (pins.c.verified.is_(None), *_NEWEST)
    few = pins.c.id.in_(select(pin_stems.c.pin_id).where(*_of_stem(0)))
    here = few if count else pins.c.workspace_id == bindparam("workspace")
    having = [_has_stem(number) for number in range(1, count)]
    active = select(pins.c.id).where(here, *_standing(PinStatus.ACTIVE, bindparam("now")), *having)
    # Their words are read of those alone that are shown.
    shown = active.order_by(*order).offset(bindparam("skip")).limit(bindparam("most"))
    return select(pins).where(pins.c.id.in_(shown)).order_by(*order)


def _has_stem(number: int) -> ColumnElement[bool]:
    return exists().where(pin_stems.c.pin_id == pins.c.id, *_of_stem(number))


def _of_stem(number: int) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return pin_stems.c.workspace_id == bindparam("workspace"), pin_stems.c.stem == bindparam(f"stem{number}")


def _has(stem: ColumnElement[str]) -> ColumnElement[bool]:
    """Whether the pin has that stem, which is letters, digits and apostrophes alone."""
    return pins.c.stems.contains(literal(" ") + stem + literal(" "))


def _standing(status: PinStatus | None, at: datetime | ColumnElement[datetime]) -> list[ColumnElement[bool]]:
    """The conditions of a status at that time; of None, those of all that were not taken down."""
    if status is PinStatus.UNPINNED:
        return [pins.c.unpinned.is_not(None)]
    doubtless = pins.c.doubt.is_(None)
    of_status: dict[PinStatus | None, list[ColumnElement[bool]]] = {
        None: [],
        PinStatus.MOVED: [_ASKS],
        PinStatus.ORPHAN: [pins.c.doubt.is_not(None), ~_ASKS],
        PinStatus.EXPIRED: [doubtless, pins.c.expires <= at],
        PinStatus.ACTIVE: [doubtless, pins.c.expires.is_(None) | (pins.c.expires > at)],
    }
    return [pins.c.unpinned.is_(None), *of_status[status]]


_WORDS = func.length(pins.c.quote) > 0
_ASKS = pins.c.doubt.in_([doubt.value for doubt in ASKING])
