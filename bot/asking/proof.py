"""Whether words may be shown: they must be what is stored, live, and readable, at the moment of sending."""

from collections.abc import Callable, Collection, Mapping
from enum import StrEnum

from bot.asking.cards import PassageRef
from bot.store.port import Archive, SourceRecord, StoredVersion
from index.hit import Hit


class Withheld(StrEnum):
    """Why words are not shown."""

    ACCESS = "access"
    REMOVED = "removed"
    CHANGED = "changed"


def judge(
    stored: StoredVersion | None,
    readable: Mapping[str, SourceRecord],
    ref: PassageRef,
    expected: str | None = None,
    alike: Callable[[str], object] = str,
) -> Withheld | None:
    """None when `stored` holds the words of `ref` and its source is in `readable`.

    The words are compared with those `expected` (what `alike` makes of both, letter for letter if nothing is said);
    where none are, the whole text with its hash. Access comes first: of a source that can't be read, nothing more is
    told.
    """
    if stored is None:
        return Withheld.REMOVED
    document = stored.document
    if document.source_id not in readable:
        return Withheld.ACCESS
    if stored.removed:
        return Withheld.REMOVED
    if not 0 <= ref.start < ref.end <= len(document.text):
        return Withheld.CHANGED
    if expected is None:
        proved = document.text_sha256 == stored.text_sha256
    else:
        proved = alike(document.text[ref.start : ref.end]) == alike(expected)
    return None if proved else Withheld.CHANGED


class Evidence:
    """The store as one answer meets it: a version is read once. `readable` are the sources of the person, by id."""

    def __init__(self, archive: Archive, workspace_id: str, readable: Mapping[str, SourceRecord]) -> None:
        self.workspace_id = workspace_id
        self.readable = readable
        self._archive = archive
        self._versions: dict[tuple[str, int], StoredVersion | None] = {}

    async def expect(self, hits: Collection[Hit]) -> None:
        """Read at once all versions that these hits and their copies point into."""
        keys = {(hit.passage.document_id, hit.passage.version) for hit in hits} | {
            (copy.document.id, copy.document.version)
            for hit in hits
            for copy in (*hit.also_in, *hit.elsewhere, *hit.similar_in)
        }
        await self.read(keys)

    async def read(self, keys: Collection[tuple[str, int]]) -> None:
        """Read at once those of the versions (document id and number) that were not read before."""
        unread = [key for key in keys if key not in self._versions]
        if unread:
            found = await self._archive.versions(self.workspace_id, unread)
            self._versions |= {key: found.get(key) for key in unread}

    async def version(self, ref: PassageRef) -> StoredVersion | None:
        """The version that `ref` points into."""
        key = (ref.document_id, ref.version)
        if key not in self._versions:
            self._versions[key] = await self._archive.version(self.workspace_id, *key)
        return self._versions[key]
