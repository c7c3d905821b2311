"""The pages that a site lists in its sitemap (sitemaps.org), or in those that its sitemap index lists."""

from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

from sources.addresses import canonical, plain_form
from sources.connectors.listing import Lines, Listing
from sources.connectors.pages import LIST_BYTES, declared_of, fetch_page
from sources.document import Raw
from sources.errors import SourceError, Unreachable, Unreadable
from sources.fetch import Fetcher
from sources.fetch.inflate import gunzip
from sources.port import Discovery, Item, Refused, Unchanged

_MOST_MAPS, _MOST_PAGES = 50, 5000
_PAGE, _MAP = "url", "sitemap"
_MOST_LOST = 3
"""So many pages in a row that can't be reached are no longer these pages' own trouble, but the host's."""


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
        self._lost = 0

    async def discover(self, cursor: str | None = None) -> Discovery:
        """Read the sitemap, and those it lists, as far as they changed. Not `complete` where one of them, or some of
        its pages, is left out.
        """
        found, listing = _Found(), Listing(self._fetcher, cursor)
        pages, maps = await _read(listing, self._address)
        self._add(pages, found)
        for address in maps[:_MOST_MAPS]:
            try:
                self._add((await _read(listing, address))[0], found)
            except SourceError as error:
                found.refused.append(Refused(address, str(error)))
                found.complete = False
        if len(maps) > _MOST_MAPS:
            found.refused.append(Refused(self._address, f"Only its first {_MOST_MAPS} sitemaps are read."))
            found.complete = False
        return self._discovery(found, listing.cursor)

    async def fetch(self, item: Item) -> Raw:
        """Bring one page, if it changed. That one can't be reached must not end the reading of the others."""
        try:
            found = await fetch_page(self._fetcher, item, self._listed)
        except Unreachable as error:
            self._lost += 1
            if self._lost >= _MOST_LOST:
                raise
            raise Unreadable(str(error)) from error
        except (SourceError, Unchanged):
            self._lost = 0
            raise
        self._lost = 0
        return found

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

    def _discovery(self, found: _Found, cursor: str | None) -> Discovery:
        listed = frozenset(found.fingerprints)
        self._listed = frozenset(one for one in listed if plain_form(one, None, listed) is None)
        items = [Item(at, found.fingerprints[at], declared_of(at)) for at in sorted(self._listed)]
        sentences = {
            f"What it lists on other hosts is left out ({found.elsewhere:,}).": found.elsewhere > 0,
            f"Only its first {_MOST_PAGES:,} pages are read.": len(found.fingerprints) >= _MOST_PAGES,
        }
        if told := " ".join(sentence for sentence, holds in sentences.items() if holds):
            found.refused.append(Refused(self._address, told))
        return Discovery(items, found.refused, found.complete, cursor)


async def _read(listing: Listing, address: str) -> tuple[list[_Listed], list[str]]:
    """The pages and the sitemaps that one file lists."""
    lines = await listing.lines(address, _lines, "sitemap")
    pages = [_Listed(at or "", changed or "") for kind, at, changed in lines if kind == _PAGE]
    return pages, [at for kind, at, _ in lines if kind == _MAP and at]


def _lines(raw: Raw) -> Lines:
    """Each line's kind, its address, and when a page changed."""
    from sources.extract.xml_tree import local_name, parse_xml  # lxml, which a search needs not

    content = gunzip(raw.content, LIST_BYTES) if raw.content.startswith(b"\x1f\x8b") else raw.content
    root = parse_xml(content, "The sitemap")
    if local_name(root) not in ("urlset", "sitemapindex"):
        raise Unreadable("it is no sitemap.")
    lines: Lines = []
    for entry in root:
        fields = {local_name(child): (child.text or "").strip() for child in entry}
        if not fields.get("loc"):
            continue
        address = urljoin(raw.location, fields["loc"])
        kind = local_name(entry)
        if kind == _PAGE or (kind == _MAP and _same_host(address, raw.location)):
            lines.append([kind, address, fields.get("lastmod")])
    return lines


def _same_host(one: str, other: str) -> bool:
    return urlsplit(one).netloc.lower() == urlsplit(other).netloc.lower()
