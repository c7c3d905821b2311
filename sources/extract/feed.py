"""RSS and Atom files: every item is a document.

lxml reads them: feedparser, the usual library, needs a package that comes only as a source archive, which no
locked, hashed installation of wheels can hold.
"""

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

from lxml import etree

from sources.dates import read_date
from sources.document import Extract, Origin, PartialDate, Raw
from sources.errors import NoText, Unreadable
from sources.extract.builder import Facts, TextBuilder
from sources.extract.clean import blank, clean
from sources.extract.decode import decode
from sources.extract.markup import add_markup, looks_like_markup, plain
from sources.extract.sniff import charset_of
from sources.extract.spoken import add_speakers
from sources.extract.xml_tree import local_name, parse_xml

_DECLARATION = re.compile(r"\s*<\?xml\b[^>]*?(?:encoding\s*=\s*[\"']([\w.:-]+)[\"'])?[^>]*\?>")
_NOT_XML = re.compile(r"<!\[CDATA\[.*?\]\]>|&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[0-9a-fA-F]+);)(?:(\w+);)?", re.DOTALL)
"""CDATA, and the ampersands that XML does not allow but feeds hold: `&nbsp;`, `Q&A`."""
_PREFIX, _NAMED, _ROOT = (re.compile(rule) for rule in (r"<([A-Za-z]\w*):\w", r"\sxmlns:(\w+)\s*=", r"<[A-Za-z][\w:]*"))
_BODIES = ("encoded", "content", "description", "summary")
"""Where an item's words stand, the fullest first."""
_ROOTS = ("rss", "feed", "RDF")

_Element = Any


@dataclass(frozen=True, slots=True)
class Entry:
    """What a feed tells of one page: where it is, the facts, and its words as markup, often only the first of them."""

    link: str | None
    title: str | None
    author: str | None
    publisher: str | None
    published: PartialDate | None
    markup: str


def extract(raw: Raw) -> Sequence[Extract]:
    """A document for each item that has words, `part` being its guid, id or link. Raises Unreadable, NoText."""
    items, publisher = _items(raw)
    found = [_item(item, raw.location, publisher, number) for number, item in enumerate(items, 1)]
    documents = [document for document in found if document is not None]
    if not documents:
        raise NoText("The feed holds no items with text.")
    return documents


def entries(raw: Raw) -> Sequence[Entry]:
    """All items in the feed's order, for those who fetch the pages themselves. Raises Unreadable, NoText."""
    items, publisher = _items(raw)
    return [_entry(item, _facts(item, raw.location, publisher, number)) for number, item in enumerate(items, 1)]


def _items(raw: Raw) -> tuple[list[_Element], str | None]:
    """The feed's items, and its name."""
    root = _parse(raw)
    if local_name(root) not in _ROOTS:
        raise NoText("The XML file is neither an RSS nor an Atom feed.")
    publisher = _text(_child(_child(root, "channel"), "title")) or _text(_child(root, "title"))
    return [element for element in root.iter() if local_name(element) in ("item", "entry")], publisher


def _entry(item: _Element, facts: Facts) -> Entry:
    bodies = (_markup(body) for name in _BODIES if (body := _child(item, name)) is not None)
    return Entry(
        link=facts.get("url"),
        title=facts.get("title"),
        author=facts.get("author"),
        publisher=facts.get("publisher"),
        published=facts.get("published"),
        markup=next((markup for markup in bodies if markup.strip()), ""),
    )


def _markup(body: _Element) -> str:
    if len(body):
        return etree.tostring(body, encoding="unicode", with_tail=False)
    text = _text(body) or ""
    return html.escape(text) if body.get("type") == "text" or not looks_like_markup(text) else text


def _parse(raw: Raw) -> _Element:
    head = decode(raw.content[:200])
    declared = _DECLARATION.match(head)
    text = decode(raw.content, charset_of(raw.media_type) or (declared[1] if declared else None))
    # Decoded first, because feeds often lie about their encoding, which XML forbids to mend.
    text = _DECLARATION.sub("", text, count=1).lstrip()
    if not text.startswith("<"):
        raise Unreadable("The file is not XML.")
    try:
        return parse_xml(text.encode("utf-8", "replace"), "The feed")
    except Unreadable:
        mended = _with_prefixes(_NOT_XML.sub(_mended, clean(text)))
        if mended == text:
            raise
        return parse_xml(mended.encode("utf-8", "replace"), "The feed")


def _with_prefixes(text: str) -> str:
    """The feed with names for the prefixes that it uses and does not declare, such as `content:encoded` alone."""
    missing = {*_PREFIX.findall(text)} - {*_NAMED.findall(text)}
    names = "".join(f' xmlns:{prefix}="{prefix}"' for prefix in sorted(missing))
    return _ROOT.sub(lambda root: root[0] + names, text, count=1)


def _mended(found: re.Match[str]) -> str:
    """An entity of HTML's as its letter, a bare ampersand as an entity; what stands in CDATA stays as it is."""
    if found[1]:
        return html.escape(html.unescape(found[0]))
    return found[0] if found[0].startswith("<") else "&amp;"


def _item(item: _Element, base: str, publisher: str | None, number: int) -> Extract | None:
    builder = TextBuilder()
    for name in _BODIES:
        if (body := _child(item, name)) is not None:
            _add_body(builder, body)
        if not blank(builder.text):
            break
    else:
        return None
    facts = _facts(item, base, publisher, number)
    add_speakers(builder, facts.get("title"))
    return builder.build(**facts)


def _facts(item: _Element, base: str, publisher: str | None, number: int) -> Facts:
    link = _link(item, base)
    return Facts(
        part=_text(_child(item, "guid")) or _text(_child(item, "id")) or link or str(number),
        title=plain(_unescaped(_text(_child(item, "title")) or "")) or None,
        publisher=_text(_child(_child(item, "source"), "title")) or publisher,
        author=_author(item),
        url=link,
        published=_date(item, ("pubDate", "published", "date", "issued")) or _date(item, ("updated",)),
        modified=_date(item, ("updated", "modified")),
    )


def _add_body(builder: TextBuilder, body: _Element) -> None:
    if "/" in body.get("type", "") and not body.get("type").startswith("text/"):
        return  # Atom may hold a picture, or anything else, as letters and digits
    if len(body):  # Atom's xhtml stands there as elements
        add_markup(builder, etree.tostring(body, encoding="utf-8", with_tail=False))
        return
    text = _text(body) or ""
    if body.get("type") == "text" or not looks_like_markup(text):
        builder.paragraph(text)
    else:
        add_markup(builder, text.encode("utf-8", "replace"))


def _unescaped(title: str) -> str:
    """A title that was escaped twice (`&amp;amp;`) still says `&amp;`: what is meant is never that."""
    return plain(title) if looks_like_markup(title) else title


def _child(element: _Element | None, name: str) -> _Element | None:
    if element is None:
        return None
    return next((child for child in element if local_name(child) == name), None)


def _text(element: _Element | None) -> str | None:
    return None if element is None else "".join(element.itertext()).strip() or None


def _link(item: _Element, base: str) -> str | None:
    """The item's own page; Atom lists several links, of which `alternate` is the one."""
    for child in item:
        if local_name(child) == "link" and child.get("rel", "alternate") == "alternate":
            address = urljoin(base, child.get("href") or _text(child) or "")
            if address.startswith(("http://", "https://")):
                return address
    return None


def _author(item: _Element) -> str | None:
    author = _child(item, "creator")
    author = _child(item, "author") if author is None else author
    return _text(_child(author, "name")) or _text(author)


def _date(item: _Element, names: Sequence[str]) -> PartialDate | None:
    for name in names:
        if (written := _text(_child(item, name))) and (date := read_date(written, Origin.DECLARED)):
            return date
    return None
