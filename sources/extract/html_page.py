"""A web page as a tree of what its reader sees: hidden parts, deletions, footnote marks and furniture are taken out."""

import re

from lxml.etree import LxmlError
from lxml.html import HtmlElement, HTMLParser, document_fromstring  # pyright: ignore[reportUnknownVariableType] -- untyped **kw

from sources.document import Raw
from sources.errors import NoText, Unreadable
from sources.extract.decode import decode
from sources.extract.sniff import charset_of

BLOCKS = {
    *("address", "article", "aside", "blockquote", "body", "caption", "center", "dd"),
    *("details", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form"),
    *("h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "html", "legend", "li"),
    *("main", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "tfoot", "thead", "title", "tr", "ul"),
}
"""Elements that stand on lines of their own."""
HEADINGS = {f"h{level}": level for level in range(1, 7)}

_DECLARED = re.compile(rb"""<(?:meta|\?xml)\b[^<>]*?\b(?:charset|encoding)\s*=\s*["']?\s*([\w:.-]+)""", re.IGNORECASE)
_HEAD_BYTES = 65_536
_SUBSET = re.compile(r"(<!DOCTYPE\b[^<>\[]{0,500})\[[^\]]{0,4000}\]\s*(?=>)", re.IGNORECASE)
"""Declarations inside the document type, of which browsers know nothing."""
_CROWDED = re.compile(
    r"(<[A-Za-z][^\s<>/]*+)(?:[\s/]++[^\s<>\"'=/]++(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s<>\"']++))?+){1000,}+[^<>]*+"
)
"""An element with a thousand attributes: libxml2 compares each with all others. The words need none of them."""
_OPEN_TITLE = re.compile(r"(<title\b[^>]*>[^<]*)", re.IGNORECASE)
_UNSEEN = {
    *("script", "style", "template", "noscript", "iframe", "object", "embed", "svg"),
    *("math", "canvas", "audio", "video", "button", "select", "input", "textarea"),
    *("datalist", "dialog", "map", "link"),
    *("meta", "rp", "del", "s", "strike"),
}
_UNSEEN_STYLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|(?:left|top|text-indent)\s*:\s*-\d{4,}(?:px|em)", re.IGNORECASE
)
_UNSEEN_CLASSES = {"sr-only", "visually-hidden", "visuallyhidden", "screen-reader-text"}
_AROUND = {"nav", "aside", "menu"}
_AROUND_UNLESS_OF_ARTICLE = {"header", "footer"}
_AROUND_ROLES = {"navigation", "banner", "contentinfo", "complementary", "dialog", "alertdialog", "search", "menu"}
_AROUND_WORDS = {
    *("ad", "ads", "advert", "advertisement", "sponsored", "promo", "cookie"),
    *("cookies", "consent", "gdpr", "newsletter", "subscribe", "share", "sharing", "social"),
    *("related", "breadcrumb", "breadcrumbs"),
    *("sidebar", "comments", "disqus", "pagination"),
}
_NOTE_CLASSES = {"footnote-mark", "footnote-ref", "footnoteref", "footnote-reference", "noteref", "fnref", "reference"}
_NOTE_TARGET = re.compile(r"#_?(?:fn|ftn|edn|note|cite|footnote|endnote)", re.IGNORECASE)
_NOTE_MARK = re.compile(r"\s*[\[(]?\s*(?:\d{1,4}|[a-z]|[*†‡§¶]{1,3})\s*[\])]?\s*")
_BIGGEST_FURNITURE = 0.4
"""A part that holds more of the page's text than this is the page itself, whatever it is called."""


def parse(raw: Raw) -> HtmlElement:
    """The tree of a page, without comments; nothing is fetched. Raises NoText when there is no element in it."""
    found = _DECLARED.search(raw.content[:_HEAD_BYTES])
    declared = charset_of(raw.media_type) or (found[1].decode("ascii", "ignore") if found else None)
    return tree(decode(raw.content, declared))


def tree(text: str) -> HtmlElement:
    """The tree of a page, or of a piece of one, given as text."""
    text = text.replace("\0", "")
    text = _CROWDED.sub(r"\1", _SUBSET.sub(r"\1", text[:_HEAD_BYTES], count=1) + text[_HEAD_BYTES:])
    if "</title" not in text.lower():  # else all the rest of the page would be the title
        text = _OPEN_TITLE.sub(r"\1</title>", text, count=1)
    parser = HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        page = document_fromstring(text.encode(), parser=parser)  # pyright: ignore[reportUnknownVariableType]
    except (LxmlError, ValueError) as error:
        raise NoText("The page is empty.") from error
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise Unreadable("The page is nested too deeply to be read to its end.")
    return page


def remove_unseen(page: HtmlElement) -> None:
    """Take out what no reader sees as the page's words: scripts, hidden parts, deletions, marks of footnotes."""
    for element in list(page.iter()):
        if _is_unseen(element):
            _drop(element)
    for element in list(page.iter()):
        if _is_note_mark(element):
            if _begins_block(element):  # the note's own number
                element.tail = " " + (element.tail or "")
            else:
                _drop(element)


def remove_furniture(page: HtmlElement) -> None:
    """Take out what stands around the words: navigation, banners, advertisements, sharing, comments."""
    most = _BIGGEST_FURNITURE * len(page.text_content())
    for element in list(page.iter()):
        if _is_furniture(element) and len(element.text_content()) <= most:
            _drop(element)


def tag_of(element: HtmlElement) -> str:
    """The element's name in small letters."""
    return str(element.tag)


def _drop(element: HtmlElement) -> None:
    if element.getparent() is not None and tag_of(element) != "body":
        element.drop_tree()  # the text behind it stays


def _is_unseen(element: HtmlElement) -> bool:
    attributes = element.attrib
    return (
        tag_of(element) in _UNSEEN
        or "hidden" in attributes
        or attributes.get("aria-hidden") == "true"
        or bool(_UNSEEN_STYLE.search(attributes.get("style", "")))
        or not _UNSEEN_CLASSES.isdisjoint(attributes.get("class", "").split())
    )


def _is_furniture(element: HtmlElement) -> bool:
    tag, attributes = tag_of(element), element.attrib
    if tag in _AROUND or attributes.get("role") in _AROUND_ROLES:
        return True
    if tag in _AROUND_UNLESS_OF_ARTICLE:
        return not any(tag_of(parent) in {"article", "main"} for parent in element.iterancestors()) and (
            element.find(".//h1") is None
        )
    words = f"{attributes.get('class', '')} {attributes.get('id', '')}".lower()
    return not _AROUND_WORDS.isdisjoint(re.split(r"[\s_-]+", words))


def _is_note_mark(element: HtmlElement) -> bool:
    if tag_of(element) not in {"sup", "a", "span"} or not _NOTE_MARK.fullmatch(element.text_content()):
        return False
    attributes = element.attrib
    if attributes.get("role") == "doc-noteref" or not _NOTE_CLASSES.isdisjoint(attributes.get("class", "").split()):
        return True
    if tag_of(element) == "a":
        return _NOTE_TARGET.match(attributes.get("href", "")) is not None
    if tag_of(element) == "sup":
        # A number that nothing links is a note's only behind punctuation: m², 10⁶ and "feet²" are words.
        linked = element.find(".//a") is not None or tag_of(element.getparent()) == "a"
        return linked or _text_before(element).endswith(tuple(".,;:!?”\"’')"))
    return False


def _text_before(element: HtmlElement) -> str:
    before = element.getprevious()
    return ((element.getparent().text if before is None else before.tail) or "").rstrip()


def _begins_block(element: HtmlElement) -> bool:
    while tag_of(element) not in BLOCKS:
        for before in element.itersiblings(preceding=True):
            if tag_of(before) in BLOCKS or tag_of(before) == "br":
                return not (before.tail or "").strip()
            if (before.tail or "").strip() or before.text_content().strip():
                return False
        parent = element.getparent()
        if parent is None or (parent.text or "").strip():
            return parent is None
        element = parent
    return True
