"""HTML inside other files (an EPUB's chapter, a feed's item, a JSON body): blocks with no page around them."""

import re
from datetime import UTC, datetime

from sources.document import Raw
from sources.errors import NoText
from sources.extract.builder import TextBuilder
from sources.extract.html import add_blocks
from sources.extract.html_blocks import blocks
from sources.extract.html_page import parse, remove_unseen

_TAG = re.compile(
    r"<(?:p|br|div|a|b|i|em|strong|ul|ol|li|h[1-6]|blockquote|span|img|table)\b[^<>]*>|&(?:#\d+|[a-z]{2,8});",
    re.IGNORECASE,
)


def looks_like_markup(text: str) -> bool:
    """Whether a string that may be plain text or HTML is HTML.

    >>> looks_like_markup("<p>Piers &amp; boats</p>"), looks_like_markup("3 < 4 and 5 > 4")
    (True, False)
    """
    return _TAG.search(text) is not None


def add_markup(builder: TextBuilder, markup: bytes, media_type: str = "text/html; charset=utf-8") -> None:
    """Add the words of `markup` in paragraphs, headings marked; nothing where it holds no element."""
    try:
        page = parse(Raw("", markup, media_type, datetime.min.replace(tzinfo=UTC)))
    except NoText:
        return
    remove_unseen(page)
    add_blocks(builder, blocks(page))


def plain(markup: str) -> str:
    """The words of a title or a name that may be written as HTML, on one line."""
    if not looks_like_markup(markup):
        return " ".join(markup.split())
    builder = TextBuilder()
    add_markup(builder, f"<p>{markup}</p>".encode())
    return " ".join(builder.text.split())
