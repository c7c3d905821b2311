"""An RSS or Atom feed: the page of each item is fetched whole, since feeds often hold only its first words."""

import html
import re
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from typing import TYPE_CHECKING

from sources.addresses import canonical
from sources.connectors.listing import Lines, Listing
from sources.connectors.pages import declared_of, fetch_page_of_many
from sources.document import PartialDate, Raw
from sources.errors import Gone, Unreadable
from sources.fetch import Fetcher
from sources.port import Declared, Discovery, Item, Refused

if TYPE_CHECKING:
    from sources.extract.feed import Entry

LONG_ENOUGH = 500
"""So many letters of an item's own words stand for its page, where that can't be read."""
_TAG = re.compile(r"<[^>]*>")


class FeedSource:
    """The pages that the feed at `address` lists. Implements `sources.port.Source`.

    A feed is a window: what it lists no more is not gone, so no listing is `complete`.
    """

    def __init__(self, address: str, fetcher: Fetcher) -> None:
        self._address = address
        self._fetcher = fetcher
        self._own: dict[str, Raw] = {}

    async def discover(self, cursor: str | None = None) -> Discovery:
        """Read the feed, if it changed. The first item wins where several lead to one page."""
        listing = Listing(self._fetcher, cursor)
        lines = [_Line(*fields) for fields in await listing.lines(self._address, self._read, "feed")]
        refused = [
            Refused(line.name or "", "This item of the feed has no address.") for line in lines if line.location is None
        ]
        listed = {line.location: line for line in reversed(lines) if line.location is not None}
        items = [Item(at, "", declared_of(at, _declared(line))) for at, line in reversed(listed.items())]
        return Discovery(items, refused, complete=False, cursor=listing.cursor)

    async def fetch(self, item: Item) -> Raw:
        """Bring an item's page, or, where that was never read and can't be, the item's own words if they are enough."""
        try:
            return await fetch_page_of_many(self._fetcher, item)
        except Gone:
            raise
        except Unreadable:
            if item.fingerprint or item.location not in self._own:
                raise
            return self._own[item.location]

    def _read(self, raw: Raw) -> Lines:
        """The feed's lines; its items' own words are held for those whose pages can't be read."""
        from sources.extract.feed import entries  # it brings the readers of web pages along, which a search needs not

        located = [(entry, _location(entry)) for entry in entries(raw)]
        self._own = {at: own for entry, at in reversed(located) if at and (own := _own_words(raw, at, entry))}
        return [_line(entry, at) for entry, at in located]


@dataclass(frozen=True, slots=True)
class _Line:
    """What is kept of an item: where its page is, what to call it, and the feed's facts."""

    location: str | None
    name: str | None
    title: str | None
    author: str | None
    published: str | None
    end: str | None


def _line(entry: "Entry", location: str | None) -> list[str | None]:
    day = entry.published
    facts = _Line(location, _name(entry), entry.title, entry.author, day and day.value, day and day.end)
    return list(astuple(facts))


def _location(entry: "Entry") -> str | None:
    try:
        return canonical(entry.link or "")
    except ValueError:
        return None


def _name(entry: "Entry") -> str:
    return entry.title or _TAG.sub("", entry.markup)[:80] or "an item without a name"


def _declared(line: _Line) -> Declared:
    published = PartialDate.parse(line.published, end=line.end) if line.published else None
    return Declared(title=line.title, author=line.author, published=published)


def _own_words(feed: Raw, location: str, entry: "Entry") -> Raw | None:
    """The item's words as a page of their own, for the extractor."""
    if len(html.unescape(_TAG.sub("", entry.markup))) < LONG_ENOUGH:
        return None
    publisher: Sequence[str] = ()
    if entry.publisher:
        publisher = (f'<meta property="og:site_name" content="{html.escape(entry.publisher)}">',)
    title = html.escape(entry.title or "")
    page = ("<!doctype html><html><head>", f"<title>{title}</title>", *publisher, "</head><body><article>")
    content = "\n".join((*page, entry.markup, "</article></body></html>")).encode("utf-8", "replace")
    return Raw(location, content, "text/html; charset=utf-8", feed.fetched_at)
