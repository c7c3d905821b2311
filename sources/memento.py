"""Copies of pages in archives, as Memento (RFC 7089) and the Wayback Machine's availability service tell of them. Pure.

A *memento* is one copy; a TimeGate redirects to one, a TimeMap (`application/link-format`) lists all of them:

    <https://example.org/a>; rel="original",
    <https://archive.example/2019/https://example.org/a>; rel="memento"; datetime="Thu, 02 May 2019 10:00:00 GMT"
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, cast
from urllib.parse import quote, urldefrag, urljoin

from sources.addresses import archived, is_web_address, same_page
from sources.document import Raw
from sources.errors import Unreadable

PLACE = "{url}"
"""Stands in the address of an archive's service for the page that is asked about."""
_LINK = re.compile(r"<([^<>]*)>((?:\s*;\s*[\w*-]+(?:\s*=\s*(?:\"[^\"]*\"|[^\s\";,]+))?)*)")
_PARAMETER = re.compile(r";\s*([\w*-]+)\s*=\s*(?:\"([^\"]*)\"|([^\s\";,]+))")
_LONG_AGO = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Link:
    """A link as an HTTP header or a TimeMap writes it; `at` is the time of a memento, where it is given."""

    target: str
    relations: frozenset[str]
    at: datetime | None


def is_service(address: str) -> bool:
    """Whether an archive can be asked at this address: it has one place for a page's address, behind its host.

    >>> is_service("https://archive.org/wayback/available?url={url}"), is_service("https://{url}/")
    (True, False)
    """
    before, place, after = address.partition(PLACE)
    return bool(place) and PLACE not in after and is_web_address(address) and "/" in before.partition("://")[2]


def question(service: str, address: str) -> str:
    """Where to ask an archive about a page: encoded within a query, and as it stands in a path, as TimeGates want it.

    >>> question("https://archive.org/wayback/available?url={url}", "https://example.org/a?b=c")
    'https://archive.org/wayback/available?url=https%3A%2F%2Fexample.org%2Fa%3Fb%3Dc'
    >>> question("https://archive.example/timegate/{url}", "https://example.org/a?b=c#d")
    'https://archive.example/timegate/https://example.org/a?b=c'
    """
    address = urldefrag(address).url
    encoded = "?" in service.partition(PLACE)[0]
    return service.replace(PLACE, quote(address, safe="") if encoded else address)


def copy_in(answer: Raw, asked: str) -> str | None:
    """The address of the newest copy that an archive's answer tells of the page it was asked about; None if of none.

    Raises Unreadable for an answer that is none of these kinds.
    """
    header = [*links(answer.headers.get("link", ""), answer.location)]
    originals = [link.target for link in header if "original" in link.relations]
    if "memento-datetime" in answer.headers:
        return _checked(answer.location, asked, *originals)
    if "json" in answer.media_type:
        return _available(answer.content, asked)
    told = header
    if "link-format" in answer.media_type:
        told = [*header, *links(answer.content.decode("utf-8", "replace"), answer.location)]
    originals = [link.target for link in told if "original" in link.relations]
    mementos = [link for link in told if "memento" in link.relations]
    if not originals and not mementos:
        raise Unreadable("The archive's answer tells of no page.")
    newest = max(mementos, key=lambda link: link.at or _LONG_AGO, default=None)
    return _checked(newest.target, asked, *originals) if newest else None


def links(written: str, base: str) -> Iterator[Link]:
    """The links of a `Link` header or a TimeMap, in order (RFC 8288, RFC 6690)."""
    for match in _LINK.finditer(written):
        fields = {name.lower(): quoted or bare for name, quoted, bare in _PARAMETER.findall(match[2])}
        try:
            target = urljoin(base, match[1].strip())
        except ValueError:
            continue
        yield Link(target, frozenset(fields.get("rel", "").lower().split()), _time(fields.get("datetime", "")))


def _available(content: bytes, asked: str) -> str | None:
    """`{"archived_snapshots": {"closest": {"available": true, "url": …, "status": "200"}}}`, or nothing in it."""
    try:
        data: object = json.loads(content)
        snapshots = cast("Mapping[str, Any]", data)["archived_snapshots"]
        closest: Any = snapshots.get("closest") if snapshots else None
        if not closest or closest.get("available") is not True or not str(closest.get("status", "200")).startswith("2"):
            return None
        return _checked(str(closest["url"]), asked)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise Unreadable("The archive's answer can't be understood.") from error


def _checked(copy: str, asked: str, *originals: str) -> str | None:
    """The copy's address, unless it, or the archive, says that it is of another page."""
    known = archived(copy)
    of = [*originals, *([known.original] if known else [])]
    return copy if is_web_address(copy) and all(same_page(one, asked) for one in of) else None


def _time(written: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(written)
    except ValueError:
        return None
    return found if found.tzinfo else None
