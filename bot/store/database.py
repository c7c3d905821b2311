"""Transactions: many readers, one writer at a time, and the one place where the database's errors are translated."""

import asyncio
import sqlite3
from collections.abc import AsyncGenerator, Awaitable, Callable, Coroutine, Generator, Iterator, Sequence
from contextlib import asynccontextmanager, closing, contextmanager
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Connection, Engine, RowMapping, Select, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, DBAPIError, IntegrityError, InvalidRequestError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry

from bot.errors import BadConfiguration, StoreUnavailable
from bot.store.glances import Glances
from bot.store.notes import Notes

# The busy timeout comes first: the command line and the server may open the same file at the same moment.
# `synchronous=FULL` waits for the disk at each commit, so that a power cut takes nothing that was promised.
_PRAGMAS = ("busy_timeout=30000", "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON")
_UNAVAILABLE = "The database can't be read or written just now."
_FULL = "The disk is full: make room, and begin again. What was kept until now stays."

Written = TypeVar("Written")
_Value = TypeVar("_Value")


class Database:
    """Reading and writing transactions. Nothing connects before the first one.

    A SQLite file has one writer: writers of this process queue here, those of other processes wait for the file's lock,
    which a writing transaction takes at its beginning. Readers see the last commit and never wait.
    """

    def __init__(self, url: str) -> None:
        try:
            # What is asked and quoted stands in the parameters, and a failure's words come into the log.
            self._engine = create_async_engine(url, hide_parameters=True)
        except (ArgumentError, InvalidRequestError, ModuleNotFoundError) as error:
            raise BadConfiguration(
                "QUOTEDESK_DATABASE_URL is not the address of a database that can be used here."
            ) from error
        if self._engine.dialect.name == "sqlite":
            _follow_sqlite(self._engine.sync_engine)
        self._glances = Glances(self._engine, _follow_sqlite)
        self._notes = Notes(self._together)
        self._writer = self._engine.execution_options(sqlite_begin="IMMEDIATE")
        self._turn = asyncio.Lock()

    async def probe(self) -> None:
        """Open a SQLite file once and close it. Raises StoreUnavailable.

        Where opening fails, aiosqlite leaves a thread that complains on stderr after the one sentence was said; so the
        first attempt is made without it.
        """
        if self._engine.dialect.name == "sqlite":
            await asyncio.to_thread(_open_once, self._engine)

    @asynccontextmanager
    async def reading(self) -> AsyncGenerator[AsyncConnection]:
        """One consistent view. Raises StoreUnavailable."""
        with _translated():
            connection = await _opened(self._engine)
            try:
                yield connection
            finally:
                await asyncio.shield(connection.close())

    async def look(self, work: Callable[[Connection], Written]) -> Written:
        """What `work` finds in one consistent view; for reads that somebody waits for. Raises StoreUnavailable."""
        with _translated():
            return await self._glances.run(work)

    async def rows(self, wanted: Select[*tuple[Any, ...]], **values: Any) -> Sequence[RowMapping]:
        """All rows of one statement, as `look` reads them. Raises StoreUnavailable."""
        return await self.look(lambda connection: connection.execute(wanted, values).mappings().all())

    async def note(self, work: Callable[[Connection], Written]) -> Written:
        """As `write`, for a few small statements that somebody waits for: those of one moment share a transaction."""
        with _translated():
            return await self._notes.add(work)

    async def write(self, work: Callable[[AsyncConnection], Awaitable[Written]]) -> Written:
        """Do `work` in a transaction: committed when it returns, rolled back when it raises.

        Raises StoreUnavailable; lets IntegrityError through, for the caller knows what it means. Who is cancelled
        before their turn wrote nothing; who is cancelled later waits for the end. A transaction is never dropped half
        way: SQLite would keep the file locked until the garbage collector finds the abandoned statement.
        """
        return await self._in_turn(lambda: self._transact(work))

    async def _in_turn(self, transaction: Callable[[], Coroutine[Any, Any, Written]]) -> Written:
        async with self._turn:
            task = asyncio.create_task(transaction())
            try:
                with _translated():
                    return await asyncio.shield(task)
            except asyncio.CancelledError:
                await asyncio.gather(task, return_exceptions=True)
                raise

    async def _together(self, work: Callable[[Connection], Any]) -> Any:
        async with self._turn:
            return await self._glances.run(work, writing=True)

    async def _transact(self, work: Callable[[AsyncConnection], Awaitable[Written]]) -> Written:
        async with self._writer.begin() as connection:
            return await work(connection)

    async def compact(self) -> None:
        """Write a SQLite file anew and empty its journal, so that nothing deleted can be found in either.

        Other databases do so by themselves in time. Raises StoreUnavailable.
        """
        if self._engine.dialect.name == "sqlite":
            async with self._turn:
                await asyncio.to_thread(_rewrite, self._engine)

    async def close(self) -> None:
        """Close all connections."""
        await self._notes.close()
        await self._glances.close()
        await self._engine.dispose()


async def _opened(engine: AsyncEngine) -> AsyncConnection:
    """A connection. Who is cancelled meanwhile leaves none behind that nobody would close."""
    opening = asyncio.ensure_future(engine.connect().start())
    try:
        return await asyncio.shield(opening)
    except asyncio.CancelledError:
        if isinstance((await asyncio.gather(opening, return_exceptions=True))[0], AsyncConnection):
            await opening.result().close()
        raise


@contextmanager
def _translated() -> Generator[None]:
    try:
        yield
    except IntegrityError:
        raise
    except (DBAPIError, PoolTimeout, sqlite3.Error) as error:
        raise _unavailable(error) from error


def _unavailable(error: Exception) -> StoreUnavailable:
    cause = getattr(error, "orig", error)
    return StoreUnavailable(_FULL if getattr(cause, "sqlite_errorname", "") == "SQLITE_FULL" else _UNAVAILABLE)


def _open_once(engine: AsyncEngine) -> None:
    arguments, options = engine.dialect.create_connect_args(engine.url)
    connect: Callable[..., sqlite3.Connection] = sqlite3.connect
    try:
        connect(*arguments, **options).close()
    except sqlite3.Error as error:
        raise _unavailable(error) from error


def _rewrite(engine: AsyncEngine) -> None:
    arguments, options = engine.dialect.create_connect_args(engine.url)
    connect: Callable[..., sqlite3.Connection] = sqlite3.connect
    try:
        with closing(connect(*arguments, **options)) as connection:
            for statement in (f"PRAGMA {_PRAGMAS[0]}", "VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"):
                connection.execute(statement)
    except sqlite3.Error as error:
        raise _unavailable(error) from error


def _follow_sqlite(engine: Engine) -> None:
    """Take the transactions out of the driver's hands, as SQLAlchemy's chapter on SQLite transactions tells."""
    event.listen(engine, "connect", _on_connect)
    event.listen(engine, "begin", _on_begin)


def _on_connect(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _on_begin(connection: Connection) -> None:
    how = connection.get_execution_options().get("sqlite_begin", "DEFERRED")
    # Past SQLAlchemy, whose way would cost as much as the statement that follows.
    cursor = connection.connection.cursor()
    cursor.execute(f"BEGIN {how}")
    cursor.close()


def chunks(values: Sequence[_Value]) -> Iterator[Sequence[_Value]]:
    """Pieces that one statement can hold: databases bound the number of its parameters."""
    return (values[start : start + 500] for start in range(0, len(values), 500))


async def rows_among(
    connection: AsyncConnection, wanted: Select[*tuple[Any, ...]], column: ColumnElement[str], values: Sequence[str]
) -> list[RowMapping]:
    """The rows of a statement whose `column` has one of these values, however many they are."""
    return [
        row for some in chunks(values) for row in (await connection.execute(wanted.where(column.in_(some)))).mappings()
    ]
