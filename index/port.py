"""The ports of the index: the `Engine` that searches, and the `Changes` it follows.

Data comes in as `Batch`es of whole documents, in the order of their change sequence; applying a batch
twice does no harm.
"""

from collections.abc import AsyncIterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from index.entries import Entry, Uncut, Versioned
from index.hit import DocumentCard, Located, Results, Span, Stamp
from index.passage import Passage
from index.query.nodes import FieldName, Query


@dataclass(frozen=True, slots=True)
class Access:
    """What the asker may read: the sources of one workspace. There is no default, and empty means nothing."""

    workspace_id: str
    sources: frozenset[str]


@dataclass(frozen=True, slots=True)
class Batch:
    """Documents that are new or changed, ids of those that are gone, and the sequence number reached with them."""

    replaced: Sequence[Entry | Uncut]
    removed: Sequence[str]
    sequence: int


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that a field can be narrowed to, and in how many readable passages it stands."""

    value: str
    passages: int


@dataclass(frozen=True, slots=True)
class Year:
    """A year, and how many passages are of it: all that their date of speech, else of publication, may mean lies in
    it."""

    year: int
    passages: int


@dataclass(frozen=True, slots=True)
class Breakdown:
    """Of what the passages are that answer a question wholly: `total` of them, copies included.

    Speakers, publishers and kinds are those with the most passages, named and counted as `Engine.facet` does. `years`
    ascend, without those that have none; `undated` passages have no date, that of `vague` ones may be of several years.
    """

    total: int
    speakers: tuple[Choice, ...]
    publishers: tuple[Choice, ...]
    kinds: tuple[Choice, ...]
    years: tuple[Year, ...]
    undated: int
    vague: int


@dataclass(frozen=True, slots=True)
class Utterance:
    """A place of some words: the passage (or the wider span of two, where they run over), and them in it."""

    passage: Passage
    document: DocumentCard
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Utterances:
    """Where words stand, in the order of time: by the date of speech where it is known, else of publication. Each
    speaker of a document comes once, where they say the words first.

    `dated` are the first ones and `undated` some, of `total_dated` and `total_undated`. `earliest`: the first one's
    date lies surely before those of all other dated ones.
    """

    dated: tuple[Utterance, ...]
    undated: tuple[Utterance, ...]
    total_dated: int
    total_undated: int
    earliest: bool


@dataclass(frozen=True, slots=True)
class EngineStatus:
    """The live generation (None before the first build), the one kept for rollback, and the size on disk in bytes.

    `fallbacks`: so many queries were answered by slower means than usual since the engine was opened.
    """

    live: Stamp | None
    previous: Stamp | None
    size: int
    outdated: bool
    fallbacks: int = 0


class Engine(Protocol):
    """Searches passages. Every method raises `IndexUnavailable` when the index can't be read or written.

    Searching goes on while anything else runs; writing calls are made one at a time by their one caller.
    """

    async def search(self, query: Query, access: Access, *, fresh: bool = False) -> Results:
        """Find the best passages that `access` may read. Nothing outside it is counted, corrected to or suggested.

        A query's sources, and the documents that its tags and stories mean, are given by their ids. `fresh`: looked for
        now, even where the answer to the same question is still known.
        """
        ...

    async def suggest(self, prefix: str, access: Access) -> Sequence[str]:
        """Words of readable passages that begin so, most frequent first, at most 10."""
        ...

    async def facet(self, field: FieldName, typed: str, access: Access, limit: int = 100) -> Sequence[Choice]:
        """What `field` can be narrowed to: values of readable passages in which words begin as those of `typed` do.

        Those that begin with all of it come first, then those with the most passages. A speaker is found by every
        known form of the name and counted where they speak or are quoted; a source comes by its id; titles, publishers
        and kinds are the documents'. A field without values to choose from (a page, a tag) has none.
        """
        ...

    async def breakdown(self, query: Query, access: Access, limit: int = 8) -> Breakdown:
        """Of what the passages are that `search` counts as the `total` of this query; at most `limit` of each field."""
        ...

    async def utterances(self, words: str, access: Access, limit: int = 10) -> Utterances:
        """The readable places in which the words stand side by side, as an exact phrase is found; copies are apart."""
        ...

    async def locate(self, words: Sequence[str], access: Access, most: int) -> Sequence[Located]:
        """Places where the folded words of a quotation stand, within one document each, across passages.

        Where they stand side by side, all such places, the earliest dated first, at most 200; else the `most` places
        that have the greatest shares of them in order, best first, of equal ones those with the fewest words between,
        then the earliest dated. Only what `access` may read. Where no present version has them side by side,
        superseded ones are looked at too.
        """
        ...

    async def apply(self, batch: Batch) -> None:
        """Bring the live generation to `batch.sequence`, at once and durably: all of it is seen, or nothing."""
        ...

    async def rebuild(self, batches: AsyncIterable[Batch]) -> Stamp:
        """Build a new generation beside the live one from `batches` and swap it in by one rename."""
        ...

    async def rollback(self, batches: AsyncIterable[Batch]) -> Stamp:
        """Go back to the previous generation, after `batches` (all changes since its stamp) were applied to it."""
        ...

    async def verify(self) -> None:
        """Read all that is on disk and compare it with its checksums; `IndexUnavailable` names what is wrong."""
        ...

    async def status(self) -> EngineStatus:
        """What is live, what is kept, and how large it is. `outdated`: built with another analysis, needs a rebuild."""
        ...

    async def close(self) -> None:
        """Release files and threads."""
        ...


@dataclass(frozen=True, slots=True)
class Standing:
    """A question that waits for passages to come, and what those who hear of them may read."""

    query: Query
    access: Access


class Percolator(Protocol):
    """Asks standing questions of passages alone that have just come: a search the other way round."""

    async def percolate(self, entries: Sequence[Entry], standing: Sequence[Standing]) -> Sequence[Sequence[Passage]]:
        """For each question, in the given order, the passages of `entries` that answer it wholly, in reading order:
        those that `Engine.search` would count as its `total`, had it nothing but `entries`. A phrase that runs over
        two widens the passage, as in a hit.

        No spelling is mended: a word that occurs nowhere yet is what the question waits for.
        """
        ...

    def marked(self, query: Query, text: str) -> tuple[Span, ...]:
        """The words of `text` by which it answers, as a hit's `spans`."""
        ...


@dataclass(frozen=True, slots=True)
class Change:
    """A document changed at `sequence`; what it is now is asked for apart, so that replaying is safe."""

    sequence: int
    document_id: str


class Changes(Protocol):
    """The change log that the index follows; implemented by the application's store."""

    async def head(self) -> int:
        """The sequence number of the newest change; 0 when there is none."""
        ...

    async def since(self, sequence: int, limit: int) -> Sequence[Change]:
        """Changes after `sequence`, oldest first, at most `limit`."""
        ...

    async def current(self, document_ids: Sequence[str]) -> Sequence[Versioned]:
        """Those of the documents that are live now, with text and marks, in no fixed order. Removed ones are left
        out.
        """
        ...

    async def superseded(self, document_ids: Sequence[str]) -> Sequence[Versioned]:
        """Older versions of those of the documents that are live now, as far as their texts are kept and are not the
        present one, newest first within a document.
        """
        ...

    async def live_ids(self) -> Sequence[str]:
        """The ids of all live documents of all workspaces, sorted."""
        ...
