"""Publishes home tabs again when what they show has changed anywhere: a pin that lost its words, a watch that was
paused, a document that came, what the command line did. Only for those who have opened theirs, for each not too often.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

import structlog
from slack_sdk.web.async_client import AsyncWebClient

from bot import metrics
from bot.lock import WriterLock
from bot.rounds import done, go_rounds
from bot.slack.blocks.home import home_blocks, home_view
from bot.slack.calling import GONE, Unclear, called
from bot.slack.people import People
from bot.slack.reading_room import Welcoming
from bot.store.homes import Homes, HomeTab
from bot.watches.telling import Away, Refused
from bot.wording import words

log: structlog.stdlib.BoundLogger = structlog.stdlib.get_logger()

LOOK_EVERY = 5.0
"""Seconds."""
APART = timedelta(seconds=30)
"""A person's home is published no more often than that, but for what they do there themselves."""
CORPUS_APART = timedelta(minutes=5)
"""For what is new in the corpus it is published no more often than that: it concerns everybody."""
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
        await go_rounds(self.once, self._lock, "publishing homes", LOOK_EVERY)

    async def once(self) -> bool:
        """Publish all that waits. False where it could not be done whole; the next round goes on there."""
        return await done("publish homes", self._publish_all)

    async def _publish_all(self) -> None:
        now = self._clock()
        for tab in await self._homes.waiting(now - APART, now - CORPUS_APART, AT_ONCE):
            await self._publish(tab)

    async def _publish(self, tab: HomeTab) -> None:
        now, outcome = self._clock(), "published"
        person = await self._people.person(self._client, tab.team_id, tab.user_id)
        if self._people.unsure():
            raise Away(words.SLACK_REFUSED)
        view = home_view(home_blocks(await self._welcoming.home(person)), tab.conversation)
        try:
            await called(self._client.views_publish(user_id=tab.user_id, view=view), GONE)
        except Refused:
            outcome = "gone"
        except Unclear as error:  # no other home is to wait for it; it is published anew when it changes or is opened
            outcome = "refused"
            log.warning("A home tab was not taken", user=tab.user_id, reason=repr(error.__cause__))
        await self._homes.shown(tab, now)
        metrics.HOMES.labels(outcome).inc()
