"""The port to a place that words come from, and the table of the connectors that implement it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol, runtime_checkable

from sources.document import PartialDate, Raw


@dataclass(frozen=True, slots=True)
class Declared:
    """What the source itself says of an item (a manifest's line, a file's front matter): it wins over what is
    extracted.
    """

    title: str | None = None
    publisher: str | None = None
    author: str | None = None
    kind: str | None = None
    url: str | None = None
    archived_url: str | None = None
    published: PartialDate | None = None
    speaker: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that can be fetched. `location` is canonical within the source and lasts.

    `fingerprint` changes whenever a fetch, or what is declared, may bring something else. Empty means that the place
    tells only when it is asked: then `fetch` is given the item with `sources.fetch.fingerprint_of` its last reading, if
    there was one, and may raise `Unchanged`.
    """

    location: str
    fingerprint: str
    declared: Declared = field(default_factory=Declared)


class Unchanged(Exception):
    """Raised by `fetch` when an item still is what the fingerprint it was given was made of. No fault."""


class Trouble(StrEnum):
    """What kept an item out: it can't be read; its new reading lost most of the words, so that the good one before it
    stays; its address answers that nothing is there any more."""

    UNREADABLE = "unreadable"
    HELD_BACK = "held_back"
    DEAD = "dead"


@dataclass(frozen=True, slots=True)
class Refused:
    """Something that can't be taken in, with the reason as one sentence. `absent`: it is only spoken of, as in a
    manifest's line, and nothing is there. `times`: so many refreshes in a row met the same trouble."""

    location: str
    reason: str
    absent: bool = False
    trouble: Trouble = Trouble.UNREADABLE
    times: int = 1


@dataclass(frozen=True, slots=True)
class Discovery:
    """Everything a source holds now, in a stable order. With `complete`, what is not listed is gone from the source."""

    items: Sequence[Item]
    refused: Sequence[Refused] = ()
    complete: bool = True
    cursor: str | None = None


class Source(Protocol):
    """A place that words come from.

    Raises `Unreachable` when the place as a whole can't be read (nothing is then deleted), `Unreadable` from
    `fetch` when one item can't, and its kind `Gone` when it is not there any more.
    """

    async def discover(self, cursor: str | None = None) -> Discovery:
        """List what is there. Fetches no content."""
        ...

    async def fetch(self, item: Item) -> Raw:
        """Bring the bytes of one item, at most `sources.extract.MAX_BYTES` of them."""
        ...


@runtime_checkable
class Watchable(Protocol):
    """A source so near that one can look every few seconds whether anything changed there."""

    async def glance(self) -> str:
        """A digest of what lies there now, by names, sizes and times: another one whenever `discover` may bring
        something else. Opens no file. Raises `Unreachable`.
        """
        ...
