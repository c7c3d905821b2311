"""Looks after the watches while the desk is served: finds what is new, and tells it."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Protocol

import structlog

from bot.lock import WriterLock
from bot.watches.telling import Away

log: structlog.stdlib.BoundLogger = structlog.stdlib.get_logger()

LOOK_EVERY = 3.0
"""Seconds; looking costs one small question to the database."""


class Finding(Protocol):
    """`bot.watches.finding.Finder` is one."""

    async def step(self) -> bool:
        """One step along the change log."""
        ...


class Sending(Protocol):
    """`bot.watches.sending.Sender` is one."""

    async def round(self) -> None:
        """Tell all that waits."""
        ...


class WatchRounds:
    """`run` is its whole life. Of several processes on one home, one goes the rounds; another takes over when it ends,
    and goes on where it was."""

    def __init__(self, finder: Finding, sender: Sending, lock: WriterLock, every: float = LOOK_EVERY) -> None:
        self._finder = finder
        self._sender = sender
        self._lock = lock
        self._every = every

    async def run(self) -> None:
        """Go the rounds until cancelled."""
        async with self._lock.hold("telling watches"):
            failures = 0
            while True:
                failures = 0 if await self.once() else failures + 1
                await asyncio.sleep(self._every * 2 ** min(failures, 6))

    async def once(self) -> bool:
        """One round. False where it could not be done whole; the next one goes on there."""
        done = await self._guarded("find", self._find)
        return await self._guarded("tell", self._sender.round) and done

    async def _find(self) -> None:
        while await self._finder.step():
            pass

    async def _guarded(self, doing: str, work: Callable[[], Awaitable[None]]) -> bool:
        try:
            await work()
        except Away as error:
            log.warning("watches wait", doing=doing, reason=str(error))
            return False
        except Exception:  # watches must not fall silent for good because the database was away for a minute
            log.exception("the watches could not be looked after", doing=doing)
            return False
        return True
