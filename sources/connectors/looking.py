"""One look at an address of the web, to see what kind of source it is."""

import re

from sources.addresses import archived, canonical
from sources.connectors.pages import HEAD, canonical_of
from sources.document import Raw
from sources.extract.decode import decode
from sources.extract.sniff import HEAD_BYTES, charset_of
from sources.fetch import Fetcher
from sources.fetch.inflate import Inflater

PAGE, FEED, SITEMAP = "web", "feed", "sitemap"
_ROOT = re.compile(r"(?:\s|\ufeff|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>]*>)*<(?:\w+:)?(\w+)", re.DOTALL | re.IGNORECASE)
_KINDS = {"rss": FEED, "feed": FEED, "rdf": FEED, "urlset": SITEMAP, "sitemapindex": SITEMAP}
"""By the name of a file's first element, in small letters."""


async def look(fetcher: Fetcher, address: str) -> tuple[str, str]:
    """The name of the connector for what is at a canonical address, and the address that it lasts under.

    For a page that is the one it declares for itself, or where its address leads for good. Raises Unreachable,
    Unreadable.
    """
    copy = archived(address)
    found = await fetcher.look(copy.bare if copy else address)
    kind = _KINDS.get(_root(found), PAGE)
    if copy or kind is not PAGE:
        return kind, address
    return kind, canonical_of(found) or found.lasting or canonical(found.location)


def _root(found: Raw) -> str:
    content = found.content
    if content.startswith(b"\x1f\x8b"):
        content = Inflater("gzip").feed(content, HEAD)
    match = _ROOT.match(decode(content[:HEAD_BYTES], charset_of(found.media_type)))
    return match[1].lower() if match else ""
