"""The ports of what is watched for: standing questions, and the outbox of what was found for them.

All times are aware UTC. Every method raises StoreUnavailable; each writing method is one transaction.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from bot.store.shares import Share


@dataclass(frozen=True, slots=True)
class Watch:
    """A question that waits for passages to come.

    `place` is the conversation that is told: a channel, or with `personal` the owner's own with the bot. `least` is the
    number of words that a passage must have. It is told of at once, or daily at `hour` of `zone` (an IANA name): then
    `due` is when next. Only changes after the sequence number `since` count. A watch that was paused by Quotedesk says
    why in `problem`; `owner_told` is False until its owner has heard of it.
    """

    id: str
    workspace_id: str
    team_id: str
    owner: str
    place: str
    personal: bool
    question: str
    created: datetime
    since: int
    least: int = 0
    hour: int | None = None
    zone: str = "UTC"
    due: datetime | None = None
    paused: bool = False
    problem: str | None = None
    owner_told: bool = True

    def __post_init__(self) -> None:
        if self.hour is not None and not 0 <= self.hour < 24:
            raise ValueError(f"a day has no hour {self.hour}")
        if (self.hour is None) is not (self.due is None):
            raise ValueError("a watch has a due time if it has an hour")


class Came(StrEnum):
    """What came of a find: told (shown or counted in a post), left out as a copy of something told, or withheld because
    its readers may not see it or it is not there any more. None of these yet: it waits."""

    TOLD = "told"
    COPY = "copy"
    WITHHELD = "withheld"


@dataclass(frozen=True, slots=True)
class Find:
    """A new passage that answers a watch: `version.text[start:end]` of a document. Kept once for each watch."""

    watch_id: str
    document_id: str
    version: int
    start: int
    end: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Settled:
    """A find with what came of it. `runs` are hashes of its runs of words, by which later copies are known."""

    find: Find
    came: Came
    runs: bytes = b""


@dataclass(frozen=True, slots=True)
class Post:
    """A message about finds of one watch, from before it is sent until it surely was. `tries` counts attempts."""

    id: str
    watch_id: str
    at: datetime
    tries: int = 0


@dataclass(frozen=True, slots=True)
class News:
    """A document that is new or has another text: its present version, and the last one that was known before."""

    workspace_id: str
    document_id: str
    version: int
    known: int


class Watches(Protocol):
    """The standing questions."""

    async def add(self, watch: Watch) -> Watch:
        """Keep one, from the newest change on: the watch that is kept, with its `since`."""
        ...

    async def replace(self, watch: Watch, *, from_now: bool = False, anew: bool = False) -> bool:
        """Put it in the place of the one with its id; `from_now` from the newest change on, `anew` without what was
        found for it and waits to be told. False: it was removed meanwhile."""
        ...

    async def remove(self, workspace_id: str, watch_id: str) -> bool:
        """Take it away with all that was found for it. False: there was none."""
        ...

    async def one(self, workspace_id: str, watch_id: str) -> Watch | None:
        """The one with this id."""
        ...

    async def all(self, workspace_id: str | None = None) -> Sequence[Watch]:
        """All, the oldest first; of all workspaces when None."""
        ...


class Outbox(Protocol):
    """What was found, from the moment it was until it was told. Three steps, each safe to be killed before or after:
    `commit` moves the place in the change log together with the finds, `begin` names the post that will tell of them,
    `finish` says that it stands in Slack."""

    async def position(self) -> int:
        """The sequence number up to which changes were looked through; 0 before the first."""
        ...

    async def news(self, after: int, upto: int) -> Sequence[News]:
        """Live documents that became new or got another text by a change after `after` and up to `upto`, as they are
        now. What was only read anew by another extractor, or opened to more readers, or corrected in its facts, is no
        news."""
        ...

    async def commit(self, before: int, position: int, finds: Sequence[Find]) -> bool:
        """Move from `before` to `position`, and keep what was found on the way; those of watches that were removed, or
        that begin anew behind it, are dropped.
        False, with nothing done: somebody else has moved on meanwhile."""
        ...

    async def waiting(self, now: datetime) -> Sequence[Watch]:
        """Watches that are not paused and have something to tell now, or whose daily hour has come."""
        ...

    async def finds(self, watch_id: str, limit: int) -> Sequence[Find]:
        """Those that wait, the oldest first."""
        ...

    async def told(self, watch_id: str, limit: int) -> Sequence[tuple[str, bytes]]:
        """The document and the `runs` of what was told last."""
        ...

    async def begin(self, watch: Watch, post: Post | None, settled: Sequence[Settled]) -> bool:
        """Keep the watch's new `due`, what came of its finds, and the post that is to tell of the told ones. False,
        with nothing done: the watch was removed or paused meanwhile."""
        ...

    async def open_posts(self) -> Sequence[tuple[Post, Watch]]:
        """Posts that were begun and of which it is not known that they stand in Slack, the oldest first."""
        ...

    async def of_post(self, post_id: str) -> Sequence[Find]:
        """What a post tells of, in the order of finding."""
        ...

    async def tried(self, post: Post) -> None:
        """Count one more attempt."""
        ...

    async def finish(self, post_id: str, shares: Sequence[Share] = ()) -> None:
        """It stands in Slack, or is not to be sent any more; `shares` are the passages that a channel sees by it."""
        ...

    async def prune(self, before: datetime, keep: int) -> int:
        """Forget what came of finds before that time, but for the newest `keep` told ones of each watch, by which
        copies are known, and those of open posts. Returns how many were forgotten."""
        ...

    async def release(self, post_id: str) -> None:
        """It surely was not sent: what it was to tell waits again."""
        ...
