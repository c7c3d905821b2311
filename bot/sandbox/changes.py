"""Waiting for something to become so, without polling."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

from bot.sandbox.errors import SandboxError

T = TypeVar("T")


class NothingCame(SandboxError):
    """What was waited for did not happen in time."""


class Changes:
    """Tells the waiting that something in the sandbox changed."""

    def __init__(self) -> None:
        self._waiting: set[asyncio.Future[None]] = set()
        self.count = 0

    def notify(self) -> None:
        """Something changed."""
        self.count += 1
        for future in self._waiting:
            if not future.done():
                future.set_result(None)
        self._waiting.clear()

    async def until(self, find: Callable[[], T | None], timeout: float) -> T:  # noqa: ASYNC109 - the person's patience
        """What `find` gives, as soon as it gives something. Raises NothingCame after `timeout` real seconds."""
        try:
            async with asyncio.timeout(timeout):
                while (found := find()) is None:
                    future = asyncio.get_running_loop().create_future()
                    self._waiting.add(future)
                    await future
                return found
        except TimeoutError as error:
            raise NothingCame(f"nothing came within {timeout} s") from error
