"""A stretch of a passage that is too long to be shown whole: around the found words, at blanks. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from index.hit import Span


@dataclass(frozen=True, slots=True)
class Excerpt:
    """`text[start:end]` of a passage of `length` characters: all of it, or a stretch around the found words."""

    start: int
    end: int
    length: int

    @property
    def cut_before(self) -> bool:
        """Whether words before it are left out."""
        return self.start > 0

    @property
    def cut_after(self) -> bool:
        """Whether words after it are left out."""
        return self.end < self.length


def excerpt(text: str, spans: Sequence[Span], room: int) -> Excerpt:
    """The stretch of at most `room` characters that holds the most found words, the earliest of equals.

    It begins and ends at blanks where there are any.
    """
    length = len(text)
    if length <= room:
        return Excerpt(0, length, length)
    start = min(max(0, _densest(spans, room)), length - room)
    end = start + room
    if start and not text[start - 1].isspace():
        start = _first_blank(text, start, end) or start
    if end < length and not text[end].isspace():
        end = _last_blank(text, start, end) or end
    return Excerpt(start, end, length)


def _densest(spans: Sequence[Span], room: int) -> int:
    """Where a stretch of `room` begins that holds the most spans, with as much before them as behind."""
    best, first, last = 0, 0, 0
    low = 0
    for high, span in enumerate(spans):
        while span.end - spans[low].start > room and low < high:
            low += 1
        if high - low + 1 > best:
            best, first, last = high - low + 1, spans[low].start, min(span.end, spans[low].start + room)
    return first - (room - (last - first)) // 2


def _first_blank(text: str, start: int, end: int) -> int | None:
    """Just behind the first blank of the first tenth."""
    return next((i + 1 for i in range(start, start + (end - start) // 10) if text[i].isspace()), None)


def _last_blank(text: str, start: int, end: int) -> int | None:
    """At the last blank of the last tenth."""
    return next((i for i in range(end - 1, end - 1 - (end - start) // 10, -1) if text[i].isspace()), None)
