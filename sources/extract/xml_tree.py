"""XML from strangers as a tree: no entities, no network, no depth or size beyond libxml2's own limits."""

import re
from typing import Any, cast

from lxml import etree

from sources.errors import Unreadable

_INTERNAL_SUBSET = re.compile(rb"<!DOCTYPE[^>\[]*\[|<!ENTITY", re.IGNORECASE)


def parse_xml(content: bytes, what: str) -> etree._Element:  # pyright: ignore[reportPrivateUsage] -- lxml's own name for it
    """The root element; `what` names the file in the sentence of Unreadable. Own entities are refused, not expanded."""
    attack = Unreadable(f"{what} defines entities of its own, as attacks do, and was not read.")
    if _INTERNAL_SUBSET.search(content):
        raise attack
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
            raise Unreadable(f"{what} is nested too deeply, or has too long a text in one piece.") from error
        raise Unreadable(f"{what} is damaged or not complete: it is not well-formed XML.") from error
    declared = cast("Any", root.getroottree().docinfo.internalDTD)  # whose methods are not typed
    if declared is not None and next(iter(declared.iterentities()), None) is not None:  # in UTF-16, say
        raise attack
    return root


def local_name(element: etree._Element) -> str:  # pyright: ignore[reportPrivateUsage] -- as above
    """The tag without its namespace; empty for what is no element."""
    tag = cast("object", element.tag)  # a function for comments and processing instructions
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""
