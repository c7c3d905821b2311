"""Time as the stand-in sees it: expiries and retries follow a clock that a test can move.

A `Timetable` holds what is to happen later. With a `VirtualClock` nothing happens until `advance`, and then in order,
each job finished before the next starts; with any other clock (`time.time`) jobs run by themselves.
"""

import asyncio
import heapq
import itertools
import time
from collections.abc import Awaitable, Callable

Clock = Callable[[], float]
"""Seconds since 1970 (UTC)."""

Job = Callable[[], Awaitable[None]]


class VirtualClock:
    """A clock that stands still until it is moved. It starts now, because signatures are checked against real time."""

    def __init__(self, start: float | None = None) -> None:
        self.now = time.time() if start is None else start

    def __call__(self) -> float:
        """The time it shows."""
        return self.now


class Timetable:
    """Jobs to be done at a moment of the clock."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._queue: list[tuple[float, int, Job]] = []
        self._order = itertools.count()
        self._running: set[asyncio.Task[None]] = set()
        self._timers: set[asyncio.TimerHandle] = set()

    def after(self, seconds: float, job: Job) -> None:
        """Do the job when so many seconds of the clock have passed."""
        if isinstance(self._clock, VirtualClock):
            heapq.heappush(self._queue, (self._clock() + seconds, next(self._order), job))
        else:
            self._timers.add(asyncio.get_running_loop().call_later(seconds, self._start, job))

    def _start(self, job: Job) -> None:
        task = asyncio.ensure_future(job())
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def advance(self, seconds: float) -> None:
        """Move a virtual clock, doing on the way what falls due. Raises TypeError with a clock that moves by itself."""
        if not isinstance(self._clock, VirtualClock):
            raise TypeError("this clock moves by itself; start the sandbox with a VirtualClock to move it by hand")
        until = self._clock.now + seconds
        while self._queue and self._queue[0][0] <= until:
            when, _, job = heapq.heappop(self._queue)
            self._clock.now = max(self._clock.now, when)
            await job()
        self._clock.now = until

    async def close(self) -> None:
        """Forget what is still to come."""
        self._queue.clear()
        for timer in self._timers:
            timer.cancel()
        for task in self._running:
            task.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)
