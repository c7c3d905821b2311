"""The port of the sources: the places that the newsroom has added, live, removed and purged."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol


@dataclass(frozen=True, slots=True)
class SourceRecord:
    """A place the newsroom has added. `visible_to` holds Slack ids of people, groups and channels; empty means everyone
    of the workspace. `name` is unique in its workspace.

    `every` is how long to wait before it is read again by itself (`keeping.schedule`): None never, zero as soon as
    a look shows that something changed. `synced` is when a walk last came to its end, `attempted` when one last ended
    in whatever way, `failures` how many in a row could not be done.
    """

    id: str
    workspace_id: str
    name: str
    connector: str
    place: str
    added: datetime
    visible_to: frozenset[str] = frozenset()
    manifest: bool = True
    paused: bool = False
    synced: datetime | None = None
    problem: str | None = None
    every: timedelta | None = None
    attempted: datetime | None = None
    failures: int = 0


class Sources(Protocol):
    """The places that were added, each with who may see it and how its last walk ended."""

    async def add_source(self, source: SourceRecord) -> None:
        """Raises `AlreadyThere` when the workspace has a live source of that name or place."""
        ...

    async def sources(self, workspace_id: str | None = None) -> Sequence[SourceRecord]:
        """Live sources by name; of all workspaces when None."""
        ...

    async def update_source(self, source: SourceRecord) -> None:
        """Keep a changed record; other visibility makes an access change of each of its documents."""
        ...

    async def note_sync(self, source_id: str, at: datetime, problem: str | None) -> None:
        """Keep when and how the last walk ended, whatever else was changed meanwhile. With a problem it is one more
        failure in a row, and `synced` stays what it was; without one there is none any more.
        """
        ...

    async def remove_source(self, source_id: str) -> int:
        """Hide it at once: tombstones for all its documents, versions and snapshots stay. Returns how many."""
        ...

    async def removed_sources(self, workspace_id: str) -> Sequence[SourceRecord]:
        """Sources that were removed and whose texts are still kept, by name; one name may come more than once."""
        ...

    async def kept_sources(self, workspace_id: str) -> Sequence[SourceRecord]:
        """The live sources and the `removed_sources`, by name."""
        ...

    async def purge_source(self, source_id: str) -> int:
        """Erase the texts, facts, edits and raw files of a removed source; raw files that another source brought too
        stay. Tombstones, numbers of versions and the change log remain. Returns how many documents were erased.

        Interrupted, it can be done again until it ends. Raises BadRequest while the source is live. Nobody else may
        be writing meanwhile.
        """
        ...
