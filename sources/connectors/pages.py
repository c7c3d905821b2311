"""What all connectors of the web share: a page that is asked for only once it changed, and a list read whole."""

from collections.abc import Collection
from dataclasses import replace

from sources.addresses import archived, declared_canonical, plain_form
from sources.document import Raw
from sources.errors import Unreachable, Unreadable
from sources.fetch import Fetcher, NotModified
from sources.fetch.validators import validators
from sources.port import Declared, Item, Unchanged

HEAD = 1 << 16
LIST_BYTES = 16 << 20
"""The largest feed or sitemap, unpacked."""


async def fetch_page(fetcher: Fetcher, item: Item, listed: Collection[str] = ()) -> Raw:
    """What is at the item's address.

    Raises Unchanged where it is what the item's fingerprint was made of and where it was, Unreadable for a page that
    says that it is another form of one that is `listed` too.
    """
    copy = archived(item.location)
    address = copy.bare if copy else item.location
    known = validators(item.fingerprint, item.declared)
    found = await fetcher.fetch(address, etag=known.etag, last_modified=known.last_modified)
    if isinstance(found, NotModified) and found.lasting != known.lasting:
        found = await fetcher.fetch(address)  # the same words, at an address that is to be kept from now on
    if isinstance(found, NotModified) or (found.sha256, found.lasting) == (known.sha256, known.lasting):
        raise Unchanged
    if same := plain_form(item.location, canonical_of(found), listed):
        raise Unreadable(f"This is another form of {same}, which is read.")
    return found


async def fetch_page_of_many(fetcher: Fetcher, item: Item, listed: Collection[str] = ()) -> Raw:
    """As `fetch_page`; that one host of several can't be reached must not end the reading of the others."""
    try:
        return await fetch_page(fetcher, item, listed)
    except Unreachable as error:
        raise Unreadable(str(error)) from error


def declared_of(location: str, declared: Declared | None = None) -> Declared:
    """What a source declares of an item; of an archive's copy also what that is a copy of."""
    declared, copy = declared or Declared(), archived(location)
    return replace(declared, url=copy.original, archived_url=copy.copy) if copy else declared


async def fetch_list(
    fetcher: Fetcher, address: str, etag: str | None = None, last_modified: str | None = None
) -> Raw | NotModified:
    """A feed or a sitemap. Raises Unreachable where it can't be read: without its list, a source is out of reach."""
    try:
        return await fetcher.fetch(address, etag=etag, last_modified=last_modified, max_bytes=LIST_BYTES)
    except Unreadable as error:
        raise Unreachable(str(error)) from error


def canonical_of(found: Raw) -> str | None:
    """The address that an HTML page declares to be its lasting one, if it may."""
    if "html" not in found.media_type.lower():
        return None
    return declared_canonical(found.content[:HEAD].decode("latin-1"), found.location)
