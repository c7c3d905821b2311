"""The archived copy that a page itself declares. What else it links to in an archive is a copy of something else."""

from collections.abc import Iterator
from typing import cast

from lxml.html import HtmlElement

from sources.addresses import archived, is_web_address, same_page
from sources.document import Raw
from sources.extract.html_head import Head
from sources.memento import links

_RELATIONS = frozenset({"memento", "archived"})


def archived_copy(page: HtmlElement, head: Head, raw: Raw, url: str | None) -> str | None:
    """The one address that is declared to be the archived copy of this page, whose own address is `url`.

    It is declared by `rel="memento"` (RFC 7089) or `rel="archived"`, by the article's `archivedAt` (schema.org), by a
    Robust Link (`data-versionurl`) to the page itself, or by an archive's address that tells that it is a copy of it.
    """
    told = dict.fromkeys(one.strip() for one in _declared(page, head, raw, url))
    copies = [one for one in told if is_web_address(one) and _may_be(one, url)]
    return copies[0] if len(copies) == 1 else None


def _declared(page: HtmlElement, head: Head, raw: Raw, url: str | None) -> Iterator[str]:
    yield from (link.target for link in links(raw.headers.get("link", ""), raw.location) if "memento" in link.relations)
    if isinstance(at := head.article.get("archivedAt"), str):
        yield at
    for element in page.iter("link", "a"):
        address = element.get("href") or ""
        if not _RELATIONS.isdisjoint((element.get("rel") or "").lower().split()):
            yield address
        version = cast("str | None", element.get("data-versionurl"))
        if version and url and same_page(address, url):
            yield version
        if url and (copy := archived(address)) and same_page(copy.original, url):
            yield address


def _may_be(copy: str, url: str | None) -> bool:
    """Whether it may be a copy of this page: it is not this page, and says of itself that it is of no other."""
    known = archived(copy)
    return url is None or (same_page(known.original, url) if known else not same_page(copy, url))
