"""Looks after the watches while the desk is served: finds what is new, and tells it."""

from typing import Protocol

from bot.lock import WriterLock
from bot.rounds import done, go_rounds

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
        await go_rounds(self.once, self._lock, "telling watches", self._every)

    async def once(self) -> bool:
        """One round. False where it could not be done whole; the next one goes on there."""
        found = await done("find for watches", self._find)
        return await done("tell of watches", self._sender.round) and found

    async def _find(self) -> None:
        while await self._finder.step():
            pass
