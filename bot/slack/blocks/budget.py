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
    Room(80, 20, 120, 0),
)


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
