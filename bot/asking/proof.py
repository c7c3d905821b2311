"""Whether words may be shown: they must be what is stored, live, and readable, at the moment of sending."""

from collections.abc import Callable, Collection, Mapping
from enum import StrEnum
from types import MappingProxyType

from rapidfuzz.distance import LCSseq

from bot.asking.cards import PassageRef
from bot.store.archive import Archive
from bot.store.documents import StoredVersion
from bot.store.sources import SourceRecord
from index.analysis import terms
from index.hit import Hit

SIMILAR = 0.75
"""The share of the words (see `index.likeness`) that must be the same; an engine asks for a little more."""

Stands = Callable[[str], bool]
"""Whether the words of a place are what is told of it."""


class Withheld(StrEnum):
    """Why words are not shown."""

    ACCESS = "access"
    REMOVED = "removed"
    CHANGED = "changed"


def judge(
    stored: StoredVersion | None,
    readable: Mapping[str, SourceRecord],
    ref: PassageRef,
    expected: str | Stands | None = None,
) -> Withheld | None:
    """None when `stored` holds the words of `ref` and its source is in `readable`.

    The words are compared letter for letter with those `expected`, or asked whether they will do; where neither is
    given, the whole text is compared with its hash. Access comes first: of a source that can't be read, nothing more is
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
    words = document.text[ref.start : ref.end]
    if expected is None:
        proved = document.text_sha256 == stored.text_sha256
    else:
        proved = words == expected if isinstance(expected, str) else expected(words)
    return None if proved else Withheld.CHANGED


def same_words(words: str) -> Stands:
    """Whether a text's folded words are the same."""
    wanted = terms(words)
    return lambda text: terms(text) == wanted


def similar_words(words: str) -> Stands:
    """Whether most of a text's folded words are the same, in the same order."""
    wanted = terms(words)

    def similar(text: str) -> bool:
        found = terms(text)
        return 2 * LCSseq.similarity(wanted, found) >= SIMILAR * (len(wanted) + len(found))

    return similar


def pointed_into(hits: Collection[Hit]) -> Collection[tuple[str, int]]:
    """The versions (document id and number) that these hits and their copies point into."""
    return {(hit.passage.document_id, hit.passage.version) for hit in hits} | {
        (copy.document.id, copy.document.version)
        for hit in hits
        for copy in (*hit.also_in, *hit.elsewhere, *hit.similar_in)
    }


class Evidence:
    """The store as one answer meets it: a version is read once. `readable` are the sources of the person, by id;
    `versions` those that were read already, None for what is not there.
    """

    def __init__(
        self,
        archive: Archive,
        workspace_id: str,
        readable: Mapping[str, SourceRecord],
        versions: Mapping[tuple[str, int], StoredVersion | None] = MappingProxyType({}),
    ) -> None:
        self.workspace_id = workspace_id
        self.readable = readable
        self._archive = archive
        self._versions = dict(versions)

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
