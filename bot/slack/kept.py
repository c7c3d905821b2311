"""Answers remembered for a while."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Generic, TypeVar

T = TypeVar("T")

MOST = 10_000


class Kept(Generic[T]):
    """Values by key, each until its time is over; the oldest go first when there are too many."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._values: dict[tuple[str, str], tuple[datetime, T]] = {}

    def get(self, key: tuple[str, str]) -> T | None:
        """The value, None when there is none or its time is over."""
        until, value = self._values.get(key, (None, None))
        return value if until is not None and self._clock() < until else None

    def put(self, key: tuple[str, str], value: T, keep: timedelta) -> T:
        """Remember the value, and return it."""
        self._values.pop(key, None)
        while len(self._values) >= MOST:
            del self._values[next(iter(self._values))]
        self._values[key] = (self._clock() + keep, value)
        return value
