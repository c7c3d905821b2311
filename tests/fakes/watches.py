"""Watches for tests, and a place where they are told that can fail."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from bot.roles import Person
from bot.store.watching import Post, Watch
from bot.watches.telling import Audience, Away, CannotLook, Digest, Refused

CREATED = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


def a_watch(**changes: Any) -> Watch:
    """One that is told at once, in direct messages."""
    watch = Watch(
        id="w1",
        workspace_id="local",
        team_id="T1",
        owner="U1",
        place="D1",
        personal=True,
        question="tide",
        created=CREATED,
        since=0,
    )
    return replace(watch, **changes)


@dataclass(slots=True)
class FakeTelling:
    """Keeps what is posted. `readers` are all who read every place; by default the owner alone."""

    posts: list[tuple[str, Digest]] = field(default_factory=list[tuple[str, Digest]])
    told: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    problem: str | None = None
    readers: Sequence[Person] | None = None
    failure: Exception | None = None
    loses_answers: int = 0
    blind: bool = False
    zone: str = "UTC"
    on_post: Callable[[], None] = lambda: None

    async def audience(self, watch: Watch) -> Audience:
        owner = Person(watch.workspace_id, watch.owner)
        return Audience(owner, self.readers or (owner,), self.zone, self.problem)

    async def post(self, digest: Digest, post_id: str) -> str:
        if self.failure is not None:
            raise self.failure
        self.posts.append((post_id, digest))
        self.on_post()
        if self.loses_answers:
            self.loses_answers -= 1
            raise Away("The answer was lost.")
        return f"{len(self.posts)}.0"

    async def posted(self, watch: Watch, post: Post) -> str | None:
        if self.blind:
            raise CannotLook("Nothing can be seen.")
        return next((f"{at}.0" for at, (post_id, _) in enumerate(self.posts, 1) if post_id == post.id), None)

    async def tell_owner(self, watch: Watch, sentence: str) -> None:
        if isinstance(self.failure, Refused):
            raise self.failure
        self.told.append((watch.owner, sentence))
