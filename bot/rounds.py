"""How whatever tells people something goes its rounds while the desk is served."""

import asyncio
from collections.abc import Awaitable, Callable

import structlog

from bot.lock import WriterLock
from bot.watches.telling import Away

log: structlog.stdlib.BoundLogger = structlog.stdlib.get_logger()

LONGEST_WAIT = 2**6
"""So many times as long as usual is waited after rounds that failed."""


async def go_rounds(once: Callable[[], Awaitable[bool]], lock: WriterLock, doing: str, every: float) -> None:
    """Go a round every so many seconds until cancelled, later and later where rounds fail. Of several processes on one
    home, one goes them; another takes over when it ends.
    """
    async with lock.hold(doing):
        wait = 1
        while True:
            wait = 1 if await once() else min(2 * wait, LONGEST_WAIT)
            await asyncio.sleep(every * wait)


async def done(doing: str, work: Callable[[], Awaitable[None]]) -> bool:
    """Whether the work could be done whole. The next round goes on there: nobody must stay untold for good because
    Slack or the database was away for a minute.
    """
    try:
        await work()
    except Away as error:
        log.warning("a round waits", doing=doing, reason=str(error))
    except Exception:
        log.exception("a round failed", doing=doing)
    else:
        return True
    return False
