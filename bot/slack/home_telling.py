"""Publishes home tabs again when what they show has changed anywhere: a pin that lost its words, a watch that was
paused, what the command line did. Only for those who have opened theirs, and for each not too often.
"""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta

import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot import metrics
from bot.lock import WriterLock
from bot.slack.blocks.home import home_blocks, home_view
from bot.slack.people import People
from bot.slack.reading_room import Welcoming
from bot.slack.watch_telling import GONE, UNREACHED
from bot.store.homes import Homes, HomeTab

log: structlog.stdlib.BoundLogger = structlog.stdlib.get_logger()

LOOK_EVERY = 5.0
"""Seconds."""
APART = timedelta(seconds=30)
"""A person's home is published no more often than that, but for what they do there themselves."""
AT_ONCE = 50
"""Homes of one round."""


class HomeTelling:
    """`run` is its whole life; of several processes on one home, one publishes."""

    def __init__(
        self,
        client: AsyncWebClient,
        people: People,
        homes: Homes,
        welcoming: Welcoming,
        lock: WriterLock,
        clock: Callable[[], datetime],
    ) -> None:
        self._client = client
        self._people = people
        self._homes = homes
        self._welcoming = welcoming
        self._lock = lock
        self._clock = clock

    async def run(self) -> None:
        """Publish what has changed until cancelled."""
        async with self._lock.hold("publishing homes"):
            failures = 0
            while True:
                failures = 0 if await self.once() else failures + 1
                await asyncio.sleep(LOOK_EVERY * 2 ** min(failures, 6))

    async def once(self) -> bool:
        """Publish all that waits. False where it could not be done whole; the next round goes on there."""
        try:
            for tab in await self._homes.waiting(self._clock() - APART, AT_ONCE):
                await self._publish(tab)
        except UNREACHED as error:
            log.warning("homes wait", reason=str(error))
            return False
        except Exception:  # homes must not stay stale for good because the database was away for a minute
            log.exception("homes could not be published")
            return False
        return True

    async def _publish(self, tab: HomeTab) -> None:
        now, outcome = self._clock(), "published"
        person = await self._people.person(self._client, tab.team_id, tab.user_id)
        view = home_view(home_blocks(await self._welcoming.home(person)), tab.conversation)
        try:
            await self._client.views_publish(user_id=tab.user_id, view=view)
        except SlackApiError as error:
            if error.response["error"] not in GONE:
                raise
            outcome = "gone"
        await self._homes.shown(tab, now)
        metrics.HOMES.labels(outcome).inc()
