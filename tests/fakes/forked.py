"""Processes to be killed or set upon each other: forked from one that has imported everything, they begin at once."""

import asyncio
import multiprocessing
from collections.abc import Callable
from multiprocessing.context import ForkServerProcess

_CONTEXT = multiprocessing.get_context("forkserver")
_CONTEXT.set_forkserver_preload(["bot.build", "bot.web.telling", "bot.web.watching", "tests.contracts.archive"])

Ends = _CONTEXT.Pipe
"""The two ends of a pipe, for what such a process says and is told."""


def forked(work: Callable[..., None], *given: object) -> ForkServerProcess:
    """A process that does `work`, a function of a module; it has begun. It shares nothing with this one."""
    process = _CONTEXT.Process(target=work, args=given)
    process.start()
    return process


async def ended(process: ForkServerProcess, seconds: float = 60) -> int:
    """Its exit code, less than 0 when a signal ended it; waits for it."""
    await asyncio.to_thread(process.join, seconds)
    code = process.exitcode
    assert code is not None, "it goes on and on"
    process.close()
    return code
