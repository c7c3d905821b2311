"""The one polite fetcher: asks as the host's robots.txt wishes, follows redirects hop by hop, comes back later when it
is asked to, and takes no more than it has room for.

Whose fault a failure is: `Unreachable` when the host can't be reached or asks to be left alone, `Unreadable` when it
is this one address (too large, too slow, refused, a ring of redirects), `Gone` when nothing is there.
"""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import count
from typing import TYPE_CHECKING, Self
from urllib.parse import SplitResult, urldefrag

from sources.addresses import moved
from sources.document import Raw
from sources.errors import Unreachable, Unreadable
from sources.extract import MAX_BYTES
from sources.fetch import answers
from sources.fetch.answers import Answer, LostError
from sources.fetch.limits import DEFAULT, Limits
from sources.fetch.pace import Pace, Sleep
from sources.fetch.resolving import resolve as system_resolve
from sources.fetch.robots import AGENT, KEPT_SECONDS, Robots, read_robots
from sources.fetch.robots import MAX_BYTES as ROBOTS_BYTES

if TYPE_CHECKING:
    from sources.fetch.guard import Guard, Resolve
    from sources.fetch.transport import Transport

HEAD_BYTES = 1 << 16
"""How much `look` brings."""


@dataclass(frozen=True, slots=True)
class NotModified:
    """The server says that nothing changed since the validators that it was asked with. `lasting` is as in `Raw`."""

    lasting: str | None = None


class Fetcher:
    """Fetches from the web. An async context manager; nothing connects before the first request.

    `now` gives the aware UTC time, `clock` counts seconds, `sleep` waits for some, `chance` is a number from 0 to 1.
    `contact` tells a host whom to write to. `allowed_hosts` (`host` or `host:port`) may have private addresses.
    """

    def __init__(
        self,
        now: Callable[[], datetime],
        clock: Callable[[], float],
        chance: Callable[[], float],
        *,
        sleep: Sleep = asyncio.sleep,
        resolve: "Resolve" = system_resolve,
        limits: Limits = DEFAULT,
        allowed_hosts: Collection[str] = (),
        contact: str | None = None,
    ) -> None:
        self._now = now
        self._clock = clock
        self._chance = chance
        self._resolve = resolve
        self._limits = limits
        self._allowed_hosts = allowed_hosts
        self._agent = f"{AGENT} ({contact})" if contact else AGENT
        self._pace = Pace(clock, sleep)
        self._robots: dict[str, Robots] = {}
        self._asking: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._opened: tuple[Guard, Transport] | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def close(self) -> None:
        """Release the connections."""
        if self._opened is not None:
            opened, self._opened = self._opened, None
            await opened[1].close()

    async def fetch(
        self, url: str, *, etag: str | None = None, last_modified: str | None = None, max_bytes: int = MAX_BYTES
    ) -> Raw | NotModified:
        """Bring what is at an address; its `location` is where the redirects ended, its `media_type` the whole
        Content-Type. With validators of the last time it may be NotModified. Raises Unreachable, Unreadable, Gone.
        """
        wanted = {"If-None-Match": etag, "If-Modified-Since": last_modified}
        headers = {name: value for name, value in wanted.items() if value and value.isprintable()}
        answer = await self._follow(url, headers, max_bytes, cut=False)
        if answer.status == 304 and headers:
            return NotModified(answer.lasting)
        return self._raw(answer)

    async def look(self, url: str, *, most: int = HEAD_BYTES) -> Raw:
        """The first `most` bytes of what is at an address: enough to see what it is. Raises as `fetch` does."""
        return self._raw(await self._follow(url, {}, most, cut=True))

    def _raw(self, answer: Answer) -> Raw:
        if not answer.succeeded:
            raise answers.failure(answer)
        media_type = answer.headers.get("content-type", "application/octet-stream")
        return Raw(answer.url, answer.content, media_type, self._now(), answer.headers, answer.lasting)

    async def _follow(self, url: str, headers: dict[str, str], most: int, *, cut: bool) -> Answer:
        """The answer at the end of the redirects, each of which is as welcome as if it had been asked for itself."""
        url, seen = urldefrag(url).url, list[str]()
        asked, lasting, for_good = url, url, True
        while True:
            parts = self._guard.check(url)
            robots = await self._robots_of(parts)
            if not robots.allow(url):
                raise Unreadable(f"{parts.netloc} asks in its robots.txt that {url} is not fetched by programs.")
            pause = min(max(self._limits.interval, robots.delay), self._limits.longest_interval)
            answer = await self._ask(parts, url, headers, most, cut=cut, pause=pause)
            target = answers.redirect(answer)
            if target is None:
                return replace(answer, lasting=moved(asked, lasting))
            for_good = for_good and answers.is_for_good(answer)
            lasting = target if for_good else lasting
            seen.append(url)
            if target in seen:
                raise Unreadable(f"{url} leads back to itself.")
            if len(seen) > self._limits.redirects:
                raise Unreadable(f"{seen[0]} leads on and on: more than {self._limits.redirects} redirects.")
            url = target

    async def _ask(
        self, parts: SplitResult, url: str, headers: dict[str, str], most: int, *, cut: bool, pause: float
    ) -> Answer:
        """One address, asked again while there is hope. Raises Unreachable, Unreadable."""
        for attempt in count(1):
            answer, lost = None, None
            async with self._pace.turn(parts.netloc, pause):
                try:
                    answer = await self._transport.ask(url, headers, most, cut=cut)
                except LostError as error:
                    lost = error
            if answer is not None and not answers.may_pass(answer):
                return answer
            asked = answers.retry_after(answer.headers, self._now()) if answer else None
            wait = answers.back_off(attempt, asked, self._chance(), self._limits)
            if wait is not None:
                self._pace.hold_off(parts.netloc, wait)
            elif answer is not None:
                return answer
            else:
                raise Unreachable(str(lost)) from lost
        raise AssertionError("counting never ends")

    async def _robots_of(self, parts: SplitResult) -> Robots:
        """The rules of a host, asked for once an hour. Raises Unreachable where it can't say: then nothing is asked."""
        origin = f"{parts.scheme}://{parts.netloc}"
        async with self._asking[origin]:
            known = self._robots.get(origin)
            if known is None or self._clock() - known.read_at > KEPT_SECONDS:
                known = self._robots[origin] = read_robots(await self._robots_answer(origin), self._clock())
        return known

    async def _robots_answer(self, origin: str) -> Answer:
        url = f"{origin}/robots.txt"
        for _ in range(self._limits.redirects):
            parts = self._guard.check(url)
            answer = await self._ask(parts, url, {}, ROBOTS_BYTES, cut=True, pause=0.0)
            target = answers.redirect(answer)
            if target is None:
                if answer.status >= 500 or answer.status in answers.NOT_NOW:
                    raise Unreachable(f"{origin} can't say just now what may be fetched there ({answer.status}).")
                return answer
            url = target
        return Answer(url, 404, {}, b"")  # RFC 9309: rules at the end of too many redirects are no rules

    @property
    def _guard(self) -> "Guard":
        return self._open()[0]

    @property
    def _transport(self) -> "Transport":
        return self._open()[1]

    def _open(self) -> tuple["Guard", "Transport"]:
        """Made when first needed: aiohttp takes long to import, and a search needs none of it."""
        from sources.fetch.guard import Guard
        from sources.fetch.transport import Transport

        if self._opened is None:
            guard = Guard(self._allowed_hosts)
            transport = Transport(guard, self._resolve, self._limits, self._clock, self._agent)
            self._opened = guard, transport
        return self._opened
