"""Tells owners of pins, and those who shared passages, what has become of the words, while the desk is served.

A notice is marked as told once Slack has taken its message: where the process ends between the two it is told once
more, but never not at all. What a person may no longer read they are told nothing of.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import structlog
from slack_sdk.web.async_client import AsyncWebClient

from bot import metrics
from bot.errors import NotAllowed, SourceChanged
from bot.lock import WriterLock
from bot.roles import LOCAL, Person
from bot.rounds import done, go_rounds
from bot.slack.blocks.message import Message
from bot.slack.blocks.pin_notices import owners_message, sharers_message
from bot.slack.calling import CLOSED, GONE, Unclear, called
from bot.slack.people import People
from bot.slack.pinning import Pinning
from bot.store.pins import Notice, NoticeKind, Notices
from bot.watches.telling import Away, Refused
from bot.wording import words

log: structlog.stdlib.BoundLogger = structlog.stdlib.get_logger()

LOOK_EVERY = 5.0
"""Seconds."""
REFUSALS = CLOSED | GONE | {"message_not_found", "thread_not_found"}


class PinTelling:
    """`run` is its whole life; of several processes on one home, one tells. `client` must not repeat a call whose
    answer was lost.
    """

    def __init__(
        self,
        client: AsyncWebClient,
        people: People,
        notices: Notices,
        pinning: Pinning,
        lock: WriterLock,
        clock: Callable[[], datetime],
    ) -> None:
        self._client = client
        self._people = people
        self._notices = notices
        self._pinning = pinning
        self._lock = lock
        self._clock = clock
        self._team = ""

    async def run(self) -> None:
        """Tell what is to be told until cancelled."""
        await go_rounds(self.once, self._lock, "telling of pins", LOOK_EVERY)

    async def once(self) -> bool:
        """Tell all that waits. False where it could not be done whole; the next round goes on there."""
        return await done("tell of pins", self._tell_all)

    async def _tell_all(self) -> None:
        for notice in await self._notices.pending(LOCAL):
            await self._deliver(notice)

    async def _deliver(self, notice: Notice) -> None:
        outcome = "sent"
        try:
            await self._tell(notice)
        except (NotAllowed, SourceChanged, Refused, Unclear) as error:  # of one that is unclear no other is to wait
            outcome = "untold"
            log.warning(
                "a notice of a pin was left untold", number=notice.number, reason=repr(error.__cause__ or error)
            )
        except Away:
            metrics.NOTICES_TOLD.labels("unsure").inc()
            raise
        await self._notices.delivered(notice.number, self._clock())
        metrics.NOTICES_TOLD.labels(outcome).inc()

    async def _tell(self, notice: Notice) -> None:
        person = await self._recipient(notice)
        pieces = await self._pinning.told(person, notice)
        if notice.kind is NoticeKind.SHARE:
            if notice.channel and notice.ts:
                await self._post(notice.channel, sharers_message(), notice.ts)
            return
        view = await self._pinning.show(person, notice.pin_id or "")
        await self._post(notice.recipient, owners_message(notice.kind, view, pieces))

    async def _recipient(self, notice: Notice) -> Person:
        """Who is told, with the rights of this moment. Raises Refused for somebody who is gone."""
        self._team = self._team or str((await called(self._client.auth_test(), REFUSALS))["team_id"])
        user: Any = (await called(self._client.users_info(user=notice.recipient), REFUSALS))["user"]
        if user.get("deleted"):
            raise Refused(words.SLACK_REFUSED)
        person = await self._people.person(self._client, self._team, notice.recipient)
        if self._people.unsure():  # what they may not read they would never be told
            raise Away(words.SLACK_REFUSED)
        return person

    async def _post(self, channel: str, message: Message, thread_ts: str | None = None) -> None:
        posting = self._client.chat_postMessage(
            channel=channel,
            thread_ts=thread_ts,
            text=message.text,
            blocks=message.blocks,
            unfurl_links=False,
            unfurl_media=False,
        )
        await called(posting, REFUSALS)
