"""The table of connectors: adding one is a module with a `Source` and a row here."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path, PurePath
from urllib.parse import urlsplit

from sources.addresses import canonical
from sources.connectors import starter
from sources.connectors.feed import FeedSource
from sources.connectors.folder import FolderSource
from sources.connectors.looking import FEED, PAGE, SITEMAP, look
from sources.connectors.sitemap import SitemapSource
from sources.connectors.web import WebSource
from sources.errors import Unreachable
from sources.fetch import Fetcher
from sources.port import Source

__all__ = ["CONNECTORS", "Connector", "identify", "name_of", "open_source", "recognise"]


@dataclass(frozen=True, slots=True)
class Connector:
    """One kind of place, by its `name`, which is stored with a source.

    `canonical` gives the lasting form of a place as a person types it, or None where it is not of this kind;
    `open` makes the source for a canonical place and the choice whether a manifest is read. Neither touches the place.
    """

    name: str
    canonical: Callable[[str], str | None]
    open: Callable[[str, bool, Fetcher | None], Source]


def _path(place: str) -> str | None:
    return None if "://" in place else str(Path(place).expanduser().absolute())


def _address(place: str) -> str | None:
    try:
        return canonical(place)
    except ValueError:
        return None


def _starter(place: str) -> str | None:
    return place if place.startswith(starter.PREFIX) else None


def _known_by_looking(_place: str) -> None:
    """An address alone does not tell what is there: `identify` does."""


def _of_the_web(made: Callable[[str, Fetcher], Source]) -> Callable[[str, bool, Fetcher | None], Source]:
    def opened(place: str, _manifest: bool, fetcher: Fetcher | None) -> Source:
        if fetcher is None:
            raise Unreachable(f"{place} is on the web, which can't be reached from here.")
        return made(place, fetcher)

    return opened


CONNECTORS = (
    Connector(
        "starter",
        _starter,
        _of_the_web(lambda place, fetcher: starter.StarterSource(place.removeprefix(starter.PREFIX), fetcher)),
    ),
    Connector(PAGE, _address, _of_the_web(WebSource)),
    Connector(FEED, _known_by_looking, _of_the_web(FeedSource)),
    Connector(SITEMAP, _known_by_looking, _of_the_web(SitemapSource)),
    Connector("folder", _path, lambda place, manifest, _fetcher: FolderSource(Path(place), manifest)),
)


def recognise(place: str) -> tuple[str, str]:
    """The name of the connector for a place as typed, and the place's canonical form. Raises `Unreachable`.

    Every address of the web is a page here; `identify` tells feeds and sitemaps apart.
    """
    for connector in CONNECTORS:
        if found := connector.canonical(place):
            return connector.name, found
    raise Unreachable(f"{place} is no folder or file, and no other kind of source can be added.")


async def identify(connector: str, place: str, fetcher: Fetcher) -> tuple[str, str]:
    """As `recognise`, after one look at a page of the web: it may be a feed or a sitemap, or last under another one.

    Raises `Unreachable`, `Unreadable` where there is nothing to look at.
    """
    return await look(fetcher, place) if connector == PAGE else (connector, place)


def name_of(place: str) -> str:
    """What a source at a canonical place is called where nobody names it.

    >>> name_of("https://www.example.org/2019/story.html"), name_of("/srv/papers"), name_of("starter:speeches")
    ('example.org/2019/story.html', 'papers', 'speeches')
    """
    if _starter(place):
        return place.removeprefix(starter.PREFIX)
    if host := urlsplit(place).hostname:
        return host.removeprefix("www.") + urlsplit(place).path.rstrip("/")
    return PurePath(place).name or place


def open_source(connector: str, place: str, manifest: bool = True, fetcher: Fetcher | None = None) -> Source:
    """The source at a canonical place. Raises `Unreachable` where the connector is not one of this version, or is of
    the web and there is no fetcher.
    """
    for row in CONNECTORS:
        if row.name == connector:
            return row.open(place, manifest, fetcher)
    raise Unreachable(f"This version has no connector {connector!r}.")
