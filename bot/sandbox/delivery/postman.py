"""Makes deliveries: the deadline, the record, and the retries of events."""

import asyncio
import time
from collections.abc import Awaitable
from typing import Any

from bot.sandbox.clock import Clock, Timetable
from bot.sandbox.delivery.notices import BAD_STATUS, LATE, notice
from bot.sandbox.delivery.port import Ack, Delivery, Kind, Parcel, Transport, Unreachable
from bot.sandbox.record import Direction, Exchange, Record

RETRY_AFTER = (1.0, 60.0, 300.0)
"""Seconds before each retry of an event: about now, a minute, five minutes (apis/events-api)."""


class Postman:
    """Delivers by `transport`, which is set when the app connects by HTTP; until then, Socket Mode.

    `late` is how many acknowledgements to come are to count as too late, though the app gives them in time.
    """

    def __init__(
        self, transport: Transport, clock: Clock, timetable: Timetable, record: Record, deadline: float
    ) -> None:
        self.transport = transport
        self.deliveries: list[Delivery] = []
        self.late = 0
        self._clock, self._timetable, self._record, self._deadline = clock, timetable, record, deadline
        self._under_way: set[asyncio.Task[Any]] = set()

    async def deliver(self, parcel: Parcel) -> Delivery:
        """Deliver once. A failed event is tried again on the clock's time, up to three times."""
        started = time.perf_counter()
        ack, failure = await self._attempt(parcel)
        ms = (time.perf_counter() - started) * 1000
        self._record.exchange(
            Exchange(
                Direction.TO_APP,
                parcel.name,
                self._clock(),
                parcel.payload,
                ack and ack.status,
                ack and ack.body,
                ms,
            )
        )
        delivery = Delivery(
            payload=parcel.payload,
            status=ack and ack.status,
            ack_ms=ms if ack else None,
            body=ack and ack.body,
            late=failure == "http_timeout",
            notice=notice(parcel, LATE if failure == "http_timeout" else BAD_STATUS) if failure else None,
            attempt=parcel.attempt,
            retry_reason=parcel.reason,
        )
        self.deliveries.append(delivery)
        if failure and parcel.kind is Kind.EVENT and not (ack and ack.no_retry):
            self._retry(parcel, failure)
        return delivery

    async def _attempt(self, parcel: Parcel) -> tuple[Ack | None, str | None]:
        """The answer and the reason of failure, as `x-slack-retry-reason` words it."""
        try:
            async with asyncio.timeout(self._deadline):
                ack = await self.transport.send(parcel)
        except TimeoutError:
            return None, "http_timeout"
        except Unreachable:
            return None, "connection_failed"
        if self.late:
            self.late -= 1
            return None, "http_timeout"
        good = ack.status == 200 if parcel.kind is not Kind.EVENT else 200 <= ack.status < 300
        return ack, None if good else "http_error"

    def _retry(self, parcel: Parcel, reason: str) -> None:
        if parcel.attempt >= len(RETRY_AFTER):
            return
        again = Parcel(parcel.kind, parcel.payload, parcel.attempt + 1, reason)

        async def job() -> None:
            await self.deliver(again)

        self._timetable.after(RETRY_AFTER[parcel.attempt], job)

    def in_background(self, work: Awaitable[Any]) -> None:
        """Do something nobody waits for; `settle` does."""
        task = asyncio.ensure_future(work)
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)

    async def settle(self) -> None:
        """Wait until what is under way in the background is done. Raises what went wrong there."""
        while self._under_way:
            await asyncio.gather(*self._under_way)

    async def close(self) -> None:
        """Give up what is under way."""
        for task in self._under_way:
            task.cancel()
        await asyncio.gather(*self._under_way, return_exceptions=True)
