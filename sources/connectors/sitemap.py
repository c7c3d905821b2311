"""The pages that a site lists in its sitemap (sitemaps.org), or in those that its sitemap index lists."""

import asyncio
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

from sources.addresses import canonical, plain_form
from sources.connectors.pages import LIST_BYTES, fetch_list, fetch_page
from sources.document import Raw
from sources.errors import SourceError, Unreachable, Unreadable
from sources.fetch import Fetcher
from sources.fetch.inflate import gunzip
from sources.port import Discovery, Item, Refused

_MOST_MAPS, _MOST_PAGES = 50, 5000


@dataclass(frozen=True, slots=True)
class _Listed:
    """A line of a sitemap: an address, and when it says that this changed."""

    address: str
    changed: str


@dataclass(slots=True)
class _Found:
    """What was gathered so far. `fingerprints` are by canonical address."""

    fingerprints: dict[str, str] = field(default_factory=dict[str, str])
    refused: list[Refused] = field(default_factory=list[Refused])
    elsewhere: int = 0
    complete: bool = True


class SitemapSource:
    """All pages of a sitemap that are on its own host, at most 5,000. Implements `sources.port.Source`.

    A page whose line tells the time of its last change is not asked for until that changes.
    """

    def __init__(self, address: str, fetcher: Fetcher) -> None:
        self._address = address
        self._fetcher = fetcher
        self._listed: frozenset[str] = frozenset()

    async def discover(self, cursor: str | None = None) -> Discovery:  # noqa: ARG002  # a sitemap is read whole
        """Read the sitemap, and those it lists. Not `complete` where one of them, or some of its pages, is left out."""
        found = _Found()
        pages, maps = await self._read(self._address)
        self._add(pages, found)
        for address in maps[:_MOST_MAPS]:
            try:
                self._add((await self._read(address))[0], found)
            except SourceError as error:
                found.refused.append(Refused(address, str(error)))
                found.complete = False
        if len(maps) > _MOST_MAPS:
            found.refused.append(Refused(self._address, f"Only its first {_MOST_MAPS} sitemaps are read."))
            found.complete = False
        return self._discovery(found)

    async def fetch(self, item: Item) -> Raw:
        """Bring one page, if it changed."""
        return await fetch_page(self._fetcher, item, self._listed)

    async def _read(self, address: str) -> tuple[list[_Listed], list[str]]:
        """The pages and the sitemaps that one file lists."""
        raw = await fetch_list(self._fetcher, address)
        try:
            return await asyncio.to_thread(_lines, raw)
        except Unreadable as error:
            raise Unreachable(f"{address} can't be read as a sitemap: {error}") from error

    def _add(self, pages: list[_Listed], found: _Found) -> None:
        for page in pages:
            try:
                location = canonical(page.address)
            except ValueError:
                found.refused.append(Refused(page.address[:200], "This is not a web address."))
                continue
            if urlsplit(location).netloc != urlsplit(self._address).netloc:
                found.elsewhere += 1
            elif len(found.fingerprints) < _MOST_PAGES:
                found.fingerprints.setdefault(location, page.changed if "T" in page.changed else "")
            else:
                found.complete = False

    def _discovery(self, found: _Found) -> Discovery:
        listed = frozenset(found.fingerprints)
        self._listed = frozenset(one for one in listed if plain_form(one, None, listed) is None)
        items = [Item(location, found.fingerprints[location]) for location in sorted(self._listed)]
        sentences = {
            f"What it lists on other hosts is left out ({found.elsewhere:,}).": found.elsewhere > 0,
            f"Only its first {_MOST_PAGES:,} pages are read.": len(found.fingerprints) >= _MOST_PAGES,
        }
        if told := " ".join(sentence for sentence, holds in sentences.items() if holds):
            found.refused.append(Refused(self._address, told))
        return Discovery(items, found.refused, found.complete)


def _lines(raw: Raw) -> tuple[list[_Listed], list[str]]:
    from sources.extract.xml_tree import local_name, parse_xml  # lxml, which a search needs not

    content = gunzip(raw.content, LIST_BYTES) if raw.content.startswith(b"\x1f\x8b") else raw.content
    root = parse_xml(content, "The sitemap")
    if local_name(root) not in ("urlset", "sitemapindex"):
        raise Unreadable("it is no sitemap.")
    pages: list[_Listed] = []
    maps: list[str] = []
    for entry in root:
        fields = {local_name(child): (child.text or "").strip() for child in entry}
        if not fields.get("loc"):
            continue
        address = urljoin(raw.location, fields["loc"])
        if local_name(entry) == "sitemap":
            maps.append(address)
        elif local_name(entry) == "url":
            pages.append(_Listed(address, fields.get("lastmod", "")))
    return pages, [one for one in maps if _same_host(one, raw.location)]


def _same_host(one: str, other: str) -> bool:
    return urlsplit(one).netloc.lower() == urlsplit(other).netloc.lower()
