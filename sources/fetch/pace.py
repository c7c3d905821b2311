"""One request at a time to each host, with a pause after it."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager

Sleep = Callable[[float], Awaitable[None]]


class Pace:
    """Gives each host's turns. `clock` counts seconds, `sleep` waits for some."""

    def __init__(self, clock: Callable[[], float], sleep: Sleep) -> None:
        self._clock = clock
        self._sleep = sleep
        self._turns: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._next: defaultdict[str, float] = defaultdict(float)

    @asynccontextmanager
    async def turn(self, host: str, pause: float) -> AsyncGenerator[None]:
        """Wait for this host's turn; the next one is at least `pause` seconds after the end of this."""
        async with self._turns[host]:
            while (wait := self._next[host] - self._clock()) > 0:
                await self._sleep(wait)
            try:
                yield
            finally:
                self.hold_off(host, pause)

    def hold_off(self, host: str, seconds: float) -> None:
        """No turn of this host begins within the next `seconds`."""
        self._next[host] = max(self._next[host], self._clock() + seconds)
