"""An RSS or Atom feed: the page of each item is fetched whole, since feeds often hold only its first words."""

import asyncio
import html
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from sources.addresses import canonical
from sources.connectors.pages import fetch_list, fetch_page_of_many
from sources.document import Raw
from sources.errors import Gone, Unreachable, Unreadable
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

    async def discover(self, cursor: str | None = None) -> Discovery:  # noqa: ARG002  # a feed is one short list
        """Read the feed. The first item wins where several lead to one page."""
        from sources.extract.feed import entries  # it brings the readers of web pages along, which a search needs not

        raw = await fetch_list(self._fetcher, self._address)
        try:
            found = await asyncio.to_thread(entries, raw)
        except Unreadable as error:
            raise Unreachable(f"{self._address} can't be read as a feed: {error}") from error
        located = [(entry, _location(entry)) for entry in found]
        refused = [
            Refused(_name(entry), "This item of the feed has no address.") for entry, at in located if at is None
        ]
        listed = {at: entry for entry, at in reversed(located) if at is not None}
        self._own = {at: own for at, entry in listed.items() if (own := _own_words(raw, at, entry))}
        items = [Item(at, "", _declared(entry)) for at, entry in reversed(listed.items())]
        return Discovery(items, refused, complete=False)

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


def _location(entry: "Entry") -> str | None:
    try:
        return canonical(entry.link or "")
    except ValueError:
        return None


def _name(entry: "Entry") -> str:
    return entry.title or _TAG.sub("", entry.markup)[:80] or "an item without a name"


def _declared(entry: "Entry") -> Declared:
    return Declared(title=entry.title, author=entry.author, published=entry.published)


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
