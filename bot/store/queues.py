"""The queues that admins work off, in an SQL database."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, RowMapping, Select, case, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store import editing
from bot.store.database import Database
from bot.store.edits import Edit, Fact
from bot.store.tables import documents, feedback, items, unanswered, versions
from bot.store.tasks import Queue, Task, Twin
from sources.port import Trouble

Wanted = Select[*tuple[Any, ...]]

_LIVE = documents.c.removed.is_(None)
_CURRENT = (versions.c.document_id == documents.c.id) & (versions.c.number == documents.c.version)
_DOCUMENT = (documents.c.id, documents.c.source_id, documents.c.location, documents.c.title, documents.c.added)


class SqlTasks:
    """See `bot.store.tasks.Tasks`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def counts(self, workspace_id: str, sources: Collection[str]) -> Mapping[Queue, int]:
        """How many rows each queue has."""
        async with self._database.reading() as connection:
            found: dict[Queue, int] = {}
            for queue, reader in _READERS.items():
                rows = reader.wanted(workspace_id, sources).order_by(None).subquery()
                found[queue] = (await connection.execute(select(func.count()).select_from(rows))).scalar_one()
            return found

    async def rows(
        self, workspace_id: str, sources: Collection[str], queue: Queue, limit: int, offset: int
    ) -> Sequence[Task]:
        """Rows `offset` to `offset + limit` of a queue, in an order that lasts as long as nothing changes."""
        reader = _READERS[queue]
        wanted = reader.wanted(workspace_id, sources).limit(limit).offset(offset)
        async with self._database.reading() as connection:
            rows = (await connection.execute(wanted)).mappings().all()
            more = await reader.more(connection, workspace_id, sources, [row["key"] for row in rows])
        return [reader.task(row, more.get(row["key"], ())) for row in rows]


More = Mapping[str, Sequence[Any]]
"""By the key of a row, what belongs to it and stands in other tables."""


@dataclass(frozen=True, slots=True)
class _Reader:
    """One queue: the statement of its rows, each with a `key`; a second one for what else a page's rows need; and how a
    row of both becomes a task."""

    wanted: Callable[[str, Collection[str]], Wanted]
    more: Callable[[AsyncConnection, str, Collection[str], Sequence[str]], Any]
    task: Callable[[RowMapping, Sequence[Any]], Task]


def _undated(_workspace_id: str, sources: Collection[str]) -> Wanted:
    unknown = documents.c.published.is_(None) & ~editing.DATED_BY_HAND
    wanted = select(documents.c.id.label("key"), *_DOCUMENT).where(_LIVE, documents.c.source_id.in_(sources), unknown)
    return wanted.order_by(documents.c.added.desc(), documents.c.location, documents.c.id)


async def _titles(
    connection: AsyncConnection, _workspace_id: str, _sources: Collection[str], keys: Sequence[str]
) -> More:
    return await editing.of_documents(connection, keys)


def _undated_task(row: RowMapping, edits: Sequence[Edit]) -> Task:
    return Task(
        Queue.UNDATED,
        _title(row, edits),
        source_id=row["source_id"],
        location=row["location"],
        document_id=row["id"],
        at=row["added"],
    )


def _items(trouble: ColumnElement[bool]) -> Callable[[str, Collection[str]], Wanted]:
    def wanted(_workspace_id: str, sources: Collection[str]) -> Wanted:
        found = select(items.c.location.label("key"), items).where(
            items.c.source_id.in_(sources), items.c.problem.is_not(None), trouble
        )
        return found.order_by(items.c.source_id, items.c.location)

    return wanted


async def _nothing(
    _connection: AsyncConnection, _workspace_id: str, _sources: Collection[str], _keys: Sequence[str]
) -> More:
    return {}


def _item_task(queue: Queue) -> Callable[[RowMapping, Sequence[Any]], Task]:
    def task(row: RowMapping, _more: Sequence[Any]) -> Task:
        return Task(
            queue,
            row["location"],
            source_id=row["source_id"],
            location=row["location"],
            problem=row["problem"],
            held_back=row["trouble"] == Trouble.HELD_BACK,
            times=max(row["times"], 1),
        )

    return task


def _duplicates(workspace_id: str, sources: Collection[str]) -> Wanted:
    wanted = (
        select(versions.c.text_sha256.label("key"))
        .join(documents, _CURRENT)
        .where(versions.c.workspace_id == workspace_id, _LIVE, documents.c.source_id.in_(sources))
    )
    return wanted.group_by(versions.c.text_sha256).having(func.count() > 1).order_by(versions.c.text_sha256)


async def _same_text(
    connection: AsyncConnection, workspace_id: str, sources: Collection[str], keys: Sequence[str]
) -> More:
    """By the hash of a text, its documents, the one that was here first before the others, each with its edits."""
    wanted = select(versions.c.text_sha256, *_DOCUMENT).join(documents, _CURRENT)
    wanted = wanted.where(versions.c.workspace_id == workspace_id, versions.c.text_sha256.in_(keys), _LIVE)
    wanted = wanted.where(documents.c.source_id.in_(sources))
    rows = (await connection.execute(wanted.order_by(documents.c.added, documents.c.id))).mappings().all()
    edits = await editing.of_documents(connection, [row["id"] for row in rows])
    found: dict[str, list[tuple[RowMapping, Sequence[Edit]]]] = {key: [] for key in keys}
    for row in rows:
        found[row["text_sha256"]].append((row, edits.get(row["id"], ())))
    return found


def _duplicate_task(_row: RowMapping, same: Sequence[tuple[RowMapping, Sequence[Edit]]]) -> Task:
    (first, edits), *others = same
    return Task(
        Queue.DUPLICATE,
        _title(first, edits),
        source_id=first["source_id"],
        location=first["location"],
        document_id=first["id"],
        at=first["added"],
        twins=tuple(Twin(row["id"], row["source_id"], _title(row, its)) for row, its in others),
    )


def _questions(workspace_id: str, _sources: Collection[str]) -> Wanted:
    times, last = func.count().label("times"), func.max(unanswered.c.at).label("at")
    wanted = select(unanswered.c.folded.label("key"), times, last).where(unanswered.c.workspace_id == workspace_id)
    return wanted.group_by(unanswered.c.folded).order_by(times.desc(), last.desc(), unanswered.c.folded)


async def _asked(
    connection: AsyncConnection, workspace_id: str, _sources: Collection[str], keys: Sequence[str]
) -> More:
    """By the folded question, the times it was asked, newest first."""
    wanted = select(unanswered).where(unanswered.c.workspace_id == workspace_id, unanswered.c.folded.in_(keys))
    found: dict[str, list[RowMapping]] = {key: [] for key in keys}
    for row in (await connection.execute(wanted.order_by(unanswered.c.id.desc()))).mappings():
        found[row["folded"]].append(row)
    return found


def _question_task(row: RowMapping, asked: Sequence[RowMapping]) -> Task:
    askers = dict.fromkeys(one["asker"] for one in asked if one["asker"] is not None)
    return Task(Queue.UNANSWERED, asked[0]["question"], times=row["times"], at=asked[0]["at"], askers=tuple(askers))


def _judged(workspace_id: str, sources: Collection[str]) -> Wanted:
    """What was not asked for comes first. A passage of a document that is gone is nobody's work any more."""
    useful = func.sum(case((feedback.c.useful, 1), else_=0)).label("useful")
    not_asked, last = (func.count() - useful).label("not_asked"), func.max(feedback.c.at).label("at")
    wanted = select(_JUDGED.label("key"), useful, not_asked, last).join(documents, _OF_DOCUMENT)
    wanted = wanted.where(feedback.c.workspace_id == workspace_id, _LIVE, documents.c.source_id.in_(sources))
    return wanted.group_by(_JUDGED).order_by(not_asked.desc(), last.desc(), _JUDGED)


async def _opinions(
    connection: AsyncConnection, workspace_id: str, _sources: Collection[str], keys: Sequence[str]
) -> More:
    """By question and passage, the opinions, newest first, each with its document and what was set of it by hand."""
    wanted = select(_JUDGED.label("key"), feedback, *_DOCUMENT).join(documents, _OF_DOCUMENT)
    wanted = wanted.where(feedback.c.workspace_id == workspace_id, _JUDGED.in_(keys))
    rows = (await connection.execute(wanted.order_by(feedback.c.id.desc()))).mappings().all()
    edits = await editing.of_documents(connection, [row["document_id"] for row in rows])
    found: dict[str, list[tuple[RowMapping, Sequence[Edit]]]] = {key: [] for key in keys}
    for row in rows:
        found[row["key"]].append((row, edits.get(row["document_id"], ())))
    return found


def _feedback_task(row: RowMapping, opinions: Sequence[tuple[RowMapping, Sequence[Edit]]]) -> Task:
    newest, edits = opinions[0]
    return Task(
        Queue.FEEDBACK,
        newest["question"],
        source_id=newest["source_id"],
        location=_title(newest, edits),
        document_id=newest["document_id"],
        at=newest["at"],
        askers=tuple(dict.fromkeys(one["who"] for one, _ in opinions if one["who"] is not None)),
        passage=newest["passage"],
        useful=row["useful"],
        not_asked=row["not_asked"],
    )


def _title(row: RowMapping, edits: Sequence[Edit]) -> str:
    by_hand = next((str(edit.value) for edit in edits if edit.fact is Fact.TITLE), None)
    return by_hand or row["title"] or row["location"]


_OF_DOCUMENT = feedback.c.document_id == documents.c.id
_JUDGED = feedback.c.folded + " " + feedback.c.passage
_DEAD = items.c.trouble == Trouble.DEAD.value
_READERS = {
    Queue.UNDATED: _Reader(_undated, _titles, _undated_task),
    Queue.UNREADABLE: _Reader(
        _items(items.c.trouble.is_distinct_from(Trouble.DEAD.value)), _nothing, _item_task(Queue.UNREADABLE)
    ),
    Queue.DUPLICATE: _Reader(_duplicates, _same_text, _duplicate_task),
    Queue.DEAD_LINK: _Reader(_items(_DEAD), _nothing, _item_task(Queue.DEAD_LINK)),
    Queue.UNANSWERED: _Reader(_questions, _asked, _question_task),
    Queue.FEEDBACK: _Reader(_judged, _opinions, _feedback_task),
}
