"""Small statements that an answer waits for, each done whole in one step of one thread.

The asynchronous driver of SQLite hands every statement, and the beginning and end of every transaction, to a thread and
back: five times the work of the statements themselves. Here a whole piece of work goes there once, over connections of
its own to the same file. Other databases take the same work over their asynchronous connections.
"""

import asyncio
import contextlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from sqlalchemy import Connection, Engine, create_engine
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlalchemy.pool import QueuePool

_AT_ONCE = 4

Found = TypeVar("Found")
Follow = Callable[[Engine], None]
"""Makes an engine's connections behave as those of the whole store do."""


class Glances:
    """Over the database of `engine`. Nothing connects before the first call."""

    def __init__(self, engine: AsyncEngine, follow: Follow) -> None:
        self._engine = engine
        self._direct = _direct(engine, follow)
        self._writing = self._direct and self._direct.execution_options(sqlite_begin="IMMEDIATE")
        self._threads = ThreadPoolExecutor(_AT_ONCE, "store")

    async def run(self, work: Callable[[Connection], Found], *, writing: bool = False) -> Found:
        """Do `work` in a transaction of its own: kept when it returns if `writing`, dropped otherwise."""
        direct = self._writing if writing else self._direct
        if direct is None:
            begin = self._engine.begin if writing else self._engine.connect
            async with begin() as connection:
                return await connection.run_sync(work)
        return await asyncio.get_running_loop().run_in_executor(self._threads, _done, direct, work, writing)

    async def close(self) -> None:
        """End the threads, close the connections."""
        await asyncio.to_thread(self._threads.shutdown)
        if self._direct is not None:
            self._direct.dispose()


def _done(engine: Engine, work: Callable[[Connection], Found], writing: bool) -> Found:
    if not writing:
        with contextlib.closing(engine.connect()) as connection:
            return work(connection)
    with engine.begin() as connection:
        return work(connection)


def _direct(engine: AsyncEngine, follow: Follow) -> Engine | None:
    """An engine without a driver's thread; None for other databases, and for one in memory, which is nobody else's."""
    if engine.dialect.name != "sqlite" or not engine.url.database or engine.url.database == ":memory:":
        return None
    url = engine.url.set(drivername="sqlite")
    direct = create_engine(
        url,
        poolclass=QueuePool,
        pool_size=_AT_ONCE,
        max_overflow=0,
        connect_args={"check_same_thread": False},
        hide_parameters=True,
    )
    follow(direct)
    return direct
