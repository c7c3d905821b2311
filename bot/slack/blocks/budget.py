"""How much fits into one Slack message, decided the same way every time.

Slack takes 50 blocks and about 13,200 characters of all blocks together (slackapi/bolt-js#2509). How it counts
structure is not published (slackapi/bolt-js#2867), so the whole JSON is counted here, in UTF-16 units. A message is
laid out with the largest `Room` that keeps it inside. Words of a source that don't fit are left out around the found
ones, and that is always marked.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.slack.blocks.rich import Json
from index.hit import Span

MAX_BLOCKS = 50
MAX_CHARACTERS = 13_000
MAX_TEXT = 4_000


@dataclass(frozen=True, slots=True)
class Room:
    """What a card may take: characters of its passage, each name and each address, and how many copies it lists."""

    passage: int
    name: int
    address: int
    copies: int

    @property
    def bold(self) -> int:
        """Found words marked in one passage: each costs more markup than letters."""
        return self.passage // 20


ROOMS = (
    *(Room(passage, 160, 1500, 5) for passage in (8000, 6000, 4500, 3500, 2800, 2200, 1700)),
    *(Room(passage, 120, 800, 3) for passage in (1300, 1000, 800, 600)),
    Room(400, 80, 500, 1),
    Room(250, 50, 300, 1),
    Room(110, 24, 200, 0),
)


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


def size(blocks: Sequence[Json]) -> int:
    """What a message's blocks count for."""
    written = json.dumps(blocks, ensure_ascii=False, separators=(",", ":"))
    return len(written.encode("utf-16-le", "surrogatepass")) // 2


def laid_out(layout: Callable[[Room], list[Json]]) -> list[Json]:
    """The blocks in the largest room with which Slack takes them."""
    blocks: list[Json] = []
    for room in ROOMS:
        blocks = layout(room)
        if size(blocks) <= MAX_CHARACTERS:
            break
    return blocks
