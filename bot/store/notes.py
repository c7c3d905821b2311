"""Small writes that somebody waits for, those of one moment in one transaction: the disk is waited for once for all.

Each has a savepoint of its own: one that fails leaves nothing and hinders no other. What is waiting when the turn to
write comes is written together; what comes meanwhile is the next lot.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, TypeVar

from sqlalchemy import Connection

Noted = TypeVar("Noted")
Work = Callable[[Connection], Any]
Outcome = tuple[Any, Exception | None]
"""What a piece of work returned, or what it raised."""

Together = Callable[[Work], Awaitable[Any]]
"""Does work in a transaction when it is this process's turn to write."""


class Notes:
    """`together` runs one lot; whatever it raises is the fate of all in the lot."""

    def __init__(self, together: Together) -> None:
        self._together = together
        self._waiting: list[tuple[Work, asyncio.Future[Any]]] = []
        self._writing: asyncio.Task[None] | None = None

    async def add(self, work: Callable[[Connection], Noted]) -> Noted:
        """Do `work`; returns when it is on the disk. Who is cancelled meanwhile may have written all the same."""
        done: asyncio.Future[Noted] = asyncio.get_running_loop().create_future()
        self._waiting.append((work, done))
        if self._writing is None:
            self._writing = asyncio.create_task(self._write())
        return await done

    async def close(self) -> None:
        """Wait until everything is written."""
        if self._writing is not None:
            await self._writing

    async def _write(self) -> None:
        while self._waiting:
            lot, self._waiting = self._waiting, []
            try:
                outcomes = await self._together(
                    lambda connection, lot=lot: _each([work for work, _ in lot], connection)
                )
            except Exception as error:  # told to everyone who waits for it
                outcomes = [(None, error)] * len(lot)
            for (_, done), (found, error) in zip(lot, outcomes, strict=True):
                _tell(done, found, error)
        self._writing = None


def _each(works: Sequence[Work], connection: Connection) -> list[Outcome]:
    if len(works) == 1:  # nobody else is in the transaction
        return [(works[0](connection), None)]
    outcomes: list[Outcome] = []
    for work in works:
        try:
            with connection.begin_nested():
                outcomes.append((work(connection), None))
        except Exception as error:
            outcomes.append((None, error))
    return outcomes


def _tell(done: asyncio.Future[Any], found: Any, error: Exception | None) -> None:
    if done.done():
        return
    if error is None:
        done.set_result(found)
    else:
        done.set_exception(error)
