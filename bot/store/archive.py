"""The port of the archive: sources, what was read from them, the documents that came of it, and what changed when.

It is one port, not four, because what it promises goes across: who reads a document asks in the same breath whether its
source may be seen, and a version and its change are committed together or not at all.

All times are aware UTC. Every method raises `StoreUnavailable` when the database can't be reached, and each writing one
is one transaction. Every row belongs to a workspace.
"""

from typing import Protocol

from bot.store.documents import Documents
from bot.store.readings import Readings
from bot.store.sources import Sources
from index.port import Changes


class Archive(Sources, Readings, Documents, Changes, Protocol):
    """All of it. The index follows it by its change log."""

    async def close(self) -> None:
        """Release the connections."""
        ...
