"""When a page was published and changed, from what declares it most plainly to what only suggests it. Never a guess.

A date in the story, a copyright year and a date that can be read in two ways are no dates of publication.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from sources.dates import read_date
from sources.document import Origin, PartialDate, Precision
from sources.extract.datelines import dateline
from sources.extract.html_head import Head

_PUBLISHED = (
    *("article:published_time", "og:published_time", "datepublished", "date", "pubdate", "publishdate"),
    *("publish-date", "publish_date", "published_time", "parsely-pub-date", "sailthru.date", "dc.date.issued"),
    *("dcterms.issued", "dc.date", "dcterms.date", "dcterms.created", "citation_publication_date", "citation_date"),
)
_MODIFIED = ("article:modified_time", "og:updated_time", "datemodified", "last-modified", "dcterms.modified")
_IN_PATH = re.compile(r"/((?:19|20)\d\d)[/-](\d{1,2}|[a-z]{3})[/-](\d{1,2})(?=[/_.-]|$)")
_IN_TITLE = re.compile(r"\(([^()]{6,40})\)\s*$")
_CLOCKS_DIFFER = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Dates:
    """What was found, and the sentences about what was not believed."""

    published: PartialDate | None
    modified: PartialDate | None
    warnings: tuple[str, ...]


def dates_of(head: Head, page: HtmlElement, url: str | None, opening: Sequence[str], now: datetime) -> Dates:
    """The dates of `page`, fetched at `now`. `opening` are the first lines of its visible text."""
    warnings: list[str] = []
    published = _first(_published(head, page, url, opening), now, warnings)
    modified = _first(_declared(head, "dateModified", _MODIFIED), now, warnings)
    return Dates(published, modified, (*warnings, *_contradicted(head, published)))


def _first(candidates: Iterator[PartialDate | str], now: datetime, warnings: list[str]) -> PartialDate | None:
    """The first candidate that is a date, and not one of the future."""
    latest = (now + _CLOCKS_DIFFER).date()
    for candidate in candidates:
        found = read_date(candidate, Origin.DECLARED) if isinstance(candidate, str) else candidate
        if found and found.first <= latest:
            return found
        shown = candidate if isinstance(candidate, str) else candidate.value
        warnings.append(f"A date that the page gives is not believed: {shown[:60]}")
    return None


def _declared(head: Head, linked: str, metas: Sequence[str]) -> Iterator[PartialDate | str]:
    if isinstance(value := head.article.get(linked), str):
        yield value
    yield from (value for name in metas if (value := head.metas.get(name)))


def _contradicted(head: Head, published: PartialDate | None) -> Iterator[str]:
    """The first other date of publication that the page declares; clocks of two zones may stand a day apart."""
    declared = (read_date(value) for value in _declared(head, "datePublished", _PUBLISHED) if isinstance(value, str))
    for other in declared:
        if published and other and max(published.first, other.first) - min(published.last, other.last) > _CLOCKS_DIFFER:
            yield f"The page gives two dates of publication: {published.value} is kept, {other.value} is not."
            return


def _published(head: Head, page: HtmlElement, url: str | None, opening: Sequence[str]) -> Iterator[PartialDate | str]:
    yield from _declared(head, "datePublished", _PUBLISHED)
    yield from _time_elements(page)
    for found in (_in_path(url), _in_title(head.title), dateline(opening)[1]):
        if found:
            yield found


def _time_elements(page: HtmlElement) -> Iterator[PartialDate | str]:
    """A `<time>` that says it is the publication's, or the page's only day."""
    times = [(element, element.get("datetime", "")) for element in page.iter("time") if element.get("datetime")]
    yield from (
        value for element, value in times if element.get("itemprop") == "datePublished" or "pubdate" in element.attrib
    )
    found = [date for _, value in times if (date := read_date(value, Origin.DERIVED))]
    if found and len({date.first for date in found}) == 1 and found[0].precision in {Precision.DAY, Precision.TIME}:
        yield found[0]


def _in_path(url: str | None) -> PartialDate | None:
    match = _IN_PATH.search(urlsplit(url).path.lower()) if url else None
    if match is None:
        return None
    year, month, day = match.groups()
    if month.isdigit():
        return read_date(f"{year}-{month:0>2}-{day:0>2}")
    return read_date(f"{day} {month.title()} {year}")


def _in_title(title: str | None) -> PartialDate | None:
    """A date in brackets at the title's end, as in the Congressional Record."""
    match = _IN_TITLE.search(title or "")
    return read_date(match[1]) if match else None
