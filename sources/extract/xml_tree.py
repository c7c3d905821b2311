"""XML and HTML from strangers as trees: no entities, no network, no depth or size beyond libxml2's own limits."""

import re

from lxml import etree, html

from sources.errors import Unreadable

_DOCTYPE = re.compile(rb"<!(?:ENTITY|DOCTYPE[^>]*\[)", re.IGNORECASE)
_PROLOG = 8_192


def parse_xml(content: bytes, what: str) -> etree._Element:  # pyright: ignore[reportPrivateUsage] # lxml names its element type so
    """The root element; `what` names the file in the sentence of Unreadable. Own entities are refused, not expanded."""
    if _DOCTYPE.search(content[:_PROLOG]) or b"<!ENTITY" in content:
        raise Unreadable(f"{what} defines entities of its own, which is how XML attacks work, and was not read.")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=False)
    try:
        return etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable(f"{what} is damaged or not complete: it is not well-formed XML.") from error


def parse_html(markup: str) -> etree._Element | None:  # pyright: ignore[reportPrivateUsage] # as above
    """The root of a page or a piece of one, mended as browsers do; None where there is nothing."""
    parser = html.HTMLParser(no_network=True, huge_tree=False, encoding="utf-8")
    try:
        return html.document_fromstring(markup.encode("utf-8", "replace"), parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None


def local_name(element: etree._Element) -> str:  # pyright: ignore[reportPrivateUsage] # as above
    """The tag without its namespace, in small letters; empty for comments and processing instructions."""
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""
