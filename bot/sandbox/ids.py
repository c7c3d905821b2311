"""Identifiers in Slack's form, counted up: the same acts give the same ids."""

import itertools
from collections import defaultdict
from collections.abc import Iterator

from bot.sandbox.clock import Clock


def _counter() -> Iterator[int]:
    return itertools.count(1)


class Ids:
    """Gives `U0000000001`, `C0000000001` … and message time stamps that never repeat."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._counters: defaultdict[str, Iterator[int]] = defaultdict(_counter)
        self._last = 0

    def new(self, prefix: str) -> str:
        """The next id that begins so."""
        return f"{prefix}{next(self._counters[prefix]):010X}"

    def ts(self) -> str:
        """A message's `ts`: the clock in microseconds, pushed on where two would be equal."""
        self._last = max(self._last + 1, int(self._clock() * 1_000_000))
        return f"{self._last // 1_000_000}.{self._last % 1_000_000:06d}"

    def trigger(self) -> str:
        """A trigger_id's three parts. The clock is one: an app remembers what it has answered, over many runs."""
        number = next(self._counters["trigger"])
        return f"{number:012d}.{int(self._clock()):011d}.{number:032x}"

    def event(self) -> str:
        """An event_id, which no other run gives again either."""
        return f"Ev{int(self._clock()):X}{next(self._counters['event']):06X}"

    def hash(self) -> str:
        """A view's `hash`, new at each of its versions."""
        return f"{self.ts()}.{next(self._counters['hash']):08x}"
