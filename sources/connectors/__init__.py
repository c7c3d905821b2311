"""The table of connectors: adding one is a module with a `Source` and a row here."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sources.connectors.folder import FolderSource
from sources.errors import Unreachable
from sources.port import Source

__all__ = ["CONNECTORS", "Connector", "open_source", "recognise"]


@dataclass(frozen=True, slots=True)
class Connector:
    """One kind of place, by its `name`, which is stored with a source.

    `canonical` gives the lasting form of a place as a person types it, or None where it is not of this kind;
    `open` makes the source for a canonical place and the choice whether a manifest is read. Neither touches the place.
    """

    name: str
    canonical: Callable[[str], str | None]
    open: Callable[[str, bool], Source]


def _path(place: str) -> str | None:
    return None if "://" in place else str(Path(place).expanduser().absolute())


CONNECTORS = (Connector("folder", _path, lambda place, manifest: FolderSource(Path(place), manifest)),)


def recognise(place: str) -> tuple[str, str]:
    """The name of the connector for a place as typed, and the place's canonical form. Raises `Unreachable`."""
    for connector in CONNECTORS:
        if canonical := connector.canonical(place):
            return connector.name, canonical
    raise Unreachable(f"{place} is no folder or file, and no other kind of source can be added.")


def open_source(connector: str, place: str, manifest: bool = True) -> Source:
    """The source at a canonical place. Raises `Unreachable` where the connector is not one of this version."""
    for row in CONNECTORS:
        if row.name == connector:
            return row.open(place, manifest)
    raise Unreachable(f"This version has no connector {connector!r}.")
