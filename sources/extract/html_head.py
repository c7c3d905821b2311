"""What a page declares of itself: meta elements, the article's JSON-LD, title, publisher, author, address, language."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, cast
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

from sources.addresses import is_web_address
from sources.extract.clean import line

_ARTICLE = re.compile(r"\w*Article|BlogPosting|LiveBlogPosting|Report")
_SITE_PREFIX = re.compile(r"^(?:www|m|mobile|amp)\.")
_BEFORE_SITE = re.compile(r"\s+[|–—·»-]+\s+")
_LONGEST_JSON = 1 << 20
_MOST_NODES = 1000


@dataclass(frozen=True, slots=True)
class Head:
    """The declarations of a page, unchecked: `metas` by small-letter name, `article` the article's JSON-LD object."""

    metas: Mapping[str, str]
    article: Mapping[str, Any]
    title: str | None
    canonical: str | None
    language: str | None

    def meta(self, *names: str) -> str | None:
        """The first of these meta elements that says something."""
        return next((value for name in names if (value := self.metas.get(name))), None)


def read_head(page: HtmlElement) -> Head:
    """Read the declarations; do so before scripts are removed from `page`."""
    title = line(page.findtext("head/title") or page.findtext(".//title"))
    canonical = next(
        (link.get("href") for link in page.iter("link") if "canonical" in link.get("rel", "").lower().split()), None
    )
    language = page.get("lang") or page.get("xml:lang")
    return Head(_metas(page), _article(page, title), title, canonical, language)


def title_of(head: Head, page: HtmlElement) -> str | None:
    """The article's own title: without the site's name, where that is certain to be one."""
    if declared := head.meta("og:title"):
        return _without_site(declared, head)
    headings = [text for element in page.iter("h1") if (text := line(element.text_content()))]
    if head.title is None:
        return headings[0] if len(headings) == 1 else None
    for heading in headings:
        if heading.casefold().startswith(head.title.casefold()) or _is_title_before_site(heading, head.title):
            return heading
    return _without_site(head.title, head)


def publisher_of(head: Head) -> str | None:
    """Who publishes, as the page declares it."""
    publisher = head.article.get("publisher")
    return head.meta("og:site_name", "dc.publisher", "dcterms.publisher", "citation_publisher") or _name(publisher)


def author_of(head: Head) -> str | None:
    """Who wrote it, as the page declares it; several are joined by commas."""
    if declared := head.meta("author", "dc.creator", "dcterms.creator", "citation_author", "parsely-author"):
        return None if "://" in declared else declared
    authors = head.article.get("author")
    names = [_name(author) for author in cast("list[object]", authors if isinstance(authors, list) else [authors])]
    return ", ".join(name for name in names[:10] if name) or None


def url_of(head: Head, location: str, lasting: str | None = None) -> str | None:
    """The page's lasting address: the canonical one that it declares, else `lasting`, else where it was fetched.

    What was fetched from an address may not pass itself off as another site's page, nor as its site's front page.
    """
    fetched = location if is_web_address(location) else None
    for declared in (head.canonical, head.meta("og:url")):
        try:
            address = urljoin(fetched or "", (declared or "").strip())
        except ValueError:
            continue
        if is_web_address(address) and (fetched is None or _is_same_page(address, fetched)):
            return address
    return lasting or fetched


def _metas(page: HtmlElement) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for element in page.iter("meta"):
        content = (element.get("content") or "").strip()
        for attribute in ("property", "name", "itemprop"):
            name = (element.get(attribute) or "").strip().lower()
            if name and content:
                found.setdefault(name, content)
    return found


def _article(page: HtmlElement, title: str | None) -> Mapping[str, Any]:
    """The one article that the page's JSON-LD describes, or the one that bears the page's title."""
    articles = [node for node in _linked_data(page) if _ARTICLE.fullmatch(_type(node))]
    if len(articles) > 1:
        own = (title or "").casefold()
        articles = [node for node in articles if (line(str(node.get("headline", ""))) or "\n").casefold() in own]
    return articles[0] if len(articles) == 1 else {}


def _linked_data(page: HtmlElement) -> Iterator[Mapping[str, Any]]:
    for script in page.iter("script"):
        source = script.text or ""
        if script.get("type", "").strip().lower() != "application/ld+json" or len(source) > _LONGEST_JSON:
            continue
        try:
            data: object = json.loads(source, strict=False)
        except (ValueError, RecursionError):  # a page is read in spite of its mistakes
            continue
        yield from _nodes(data)


def _nodes(data: object) -> Iterator[Mapping[str, Any]]:
    """The objects at the top, in a list, or in a `@graph`; not those deeper inside, which are about other things."""
    top = cast("list[Any]", data) if isinstance(data, list) else [data]
    for entry in top[:_MOST_NODES]:
        if isinstance(entry, dict):
            node = cast("dict[str, Any]", entry)
            yield node
            graph = node.get("@graph")
            if isinstance(graph, list):
                yield from (part for part in cast("list[Any]", graph)[:_MOST_NODES] if isinstance(part, dict))


def _type(node: Mapping[str, Any]) -> str:
    kind: Any = node.get("@type")
    if isinstance(kind, list):
        kind = next(iter(cast("list[Any]", kind)), None)
    return str(kind)


def _name(value: object) -> str | None:
    """A name given as a string, or as an object with one."""
    if isinstance(value, dict):
        value = cast("dict[str, object]", value).get("name")
    return value if isinstance(value, str) else None


def _is_title_before_site(heading: str, title: str) -> bool:
    rest = title[len(heading) :]
    return title.casefold().startswith(heading.casefold()) and (not rest or _BEFORE_SITE.match(rest) is not None)


def _without_site(title: str, head: Head) -> str:
    site = publisher_of(head)
    return re.sub(rf"{_BEFORE_SITE.pattern}{re.escape(site)}\s*$", "", title) if site else title


def _is_same_page(declared: str, fetched: str) -> bool:
    new, old = urlsplit(declared), urlsplit(fetched)
    same_site = _SITE_PREFIX.sub("", new.netloc.lower()) == _SITE_PREFIX.sub("", old.netloc.lower())
    return same_site and (new.path.strip("/") != "" or old.path.strip("/") == "")
