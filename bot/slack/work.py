"""Work that goes on after Slack was answered: a bounded number of tasks, none of them lost at shutdown."""

import asyncio
import contextlib
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager

Job = Callable[[], Awaitable[None]]


class CutOff(asyncio.CancelledError):
    """Work that was stopped, and has said so itself."""


async def _nothing() -> None:
    """Nobody is to be told."""


class Work:
    """Runs jobs in the background, `at_once` of them together and at most `waiting` behind these."""

    def __init__(self, at_once: int = 16, waiting: int = 200) -> None:
        self._places = asyncio.Semaphore(at_once)
        self._most = at_once + waiting
        self._tasks: set[asyncio.Task[None]] = set()

    def start(self, job: Job, cut_off: Job = _nothing) -> bool:
        """Take the job on; False when there is too much to do already. The job answers for its own errors; one that is
        stopped, or whose turn never came, is `cut_off`.
        """
        if len(self._tasks) >= self._most:
            return False
        self._begin(job, self._places, cut_off)
        return True

    def at_once(self, job: Job) -> None:
        """Begin a job that is short, whatever else there is to do."""
        self._begin(job, contextlib.nullcontext(), _nothing)

    @contextlib.asynccontextmanager
    async def aside(self) -> AsyncGenerator[None]:
        """Give this job's place to another one meanwhile: for what takes minutes, or waits for a turn elsewhere.

        Many of those together must not keep the others from their answers.
        """
        self._places.release()
        try:
            yield
        finally:
            await self._places.acquire()

    async def drain(self, seconds: float) -> int:
        """Wait until everything is done; what takes longer is stopped. Returns how many were stopped."""
        if not self._tasks:
            return 0
        _, late = await asyncio.wait(set(self._tasks), timeout=seconds)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)
        return len(late)

    def _begin(self, job: Job, place: AbstractAsyncContextManager[None], cut_off: Job) -> None:
        task = asyncio.create_task(_run(job, place, cut_off))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


async def _run(job: Job, place: AbstractAsyncContextManager[None], cut_off: Job) -> None:
    try:
        async with place:
            await job()
    except CutOff:
        raise
    except asyncio.CancelledError:
        await cut_off()
        raise
