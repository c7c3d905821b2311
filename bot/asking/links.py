"""Links that open a source on the quoted words: text fragments (fragments.py), pages, time stamps. Pure."""

import re
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

from bot.asking.cards import PassageRef
from bot.asking.fragments import text_directive
from index.hit import DocumentCard
from sources.document import Cue, Page, PartialDate

PDF = "pdf/"
"""What extractors of PDF files are called, before their revision."""
TIME_IN_QUERY = frozenset({"youtube.com", "www.youtube.com", "m.youtube.com", "youtu.be"})
TIME_IN_FRAGMENT = frozenset({"vimeo.com", "www.vimeo.com", "player.vimeo.com"})
"""Hosts that document how a recording is opened at a time: `?t=83s`, `#t=83s`."""

_UNSAFE = {ord(c): quote(c) for c in "<>\"`{}|\\^ '"}
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_CAPTURED = re.compile(
    r"^https?://(?:web\.archive\.org/web|archive\.(?:today|ph|is|li|md|vn|fo))/"
    r"(\d{4})(?:(\d\d)(?:(\d\d)(\d{6})?)?)?(?:[a-z]{2}_)?/https?:"
)


def web_address(url: str | None) -> str | None:
    """The address made safe to print in markup, or None for anything that is not http or https."""
    if not url or _CONTROL.search(url):
        return None
    try:
        parts = urlsplit(url.strip())
        host = parts.hostname
    except ValueError:
        return None
    return url.strip().translate(_UNSAFE) if parts.scheme in ("http", "https") and host else None


def source_link(
    document: DocumentCard, text: str, ref: PassageRef, *, extractor: str, page: Page | None, cue: Cue | None
) -> str | None:
    """A link to the source that opens on the words at `ref`; None for a document without an address.

    `text` is the whole text of the version, `extractor` what it was read by, `page` and `cue` where the words begin.
    Only of what was read from a PDF are pages those of the file; a web page may tell of a printed book's.
    """
    address = web_address(document.url)
    if address is None:
        return None
    if cue is not None:
        return _at_second(address, int(cue.start))
    if extractor.startswith(PDF):
        return _with_fragment(address, f"page={page.file}") if page else address
    if urlsplit(address).path.lower().endswith(".pdf"):
        return address
    return _with_directive(address, text_directive(text, ref.start, ref.end))


def archived_link(document: DocumentCard) -> str | None:
    """The archived copy's address, where the document has one."""
    return web_address(document.archived_url)


def captured(url: str) -> PartialDate | None:
    """When an archive made the copy, as far as the copy's address says; archives stamp in UTC.

    >>> captured("https://web.archive.org/web/20190725120000/https://example.org/a").value
    '2019-07-25T12:00:00+00:00'
    """
    found = _CAPTURED.search(url)
    if found is None:
        return None
    year, month, day, clock = found.groups()
    date = "-".join(part for part in (year, month, day) if part)
    time = f"T{clock[:2]}:{clock[2:4]}:{clock[4:]}+00:00" if clock else ""
    try:
        return PartialDate.parse(date + time)
    except ValueError:  # digits that are no date
        return None


def permalink(public_url: str | None, ref: PassageRef) -> str | None:
    """Quotedesk's own page of these words; None where none is served."""
    if public_url is None:
        return None
    return public_url.rstrip("/") + reader_path(ref)


def reader_path(ref: PassageRef) -> str:
    """The permalink's path, with the place in the page at which these words stand."""
    return f"{document_path(ref.document_id)}?v={ref.version}&at={ref.start}-{ref.end}#at"


def document_link(public_url: str | None, document_id: str) -> str | None:
    """Quotedesk's own page of a document; None where none is served."""
    return None if public_url is None else public_url.rstrip("/") + document_path(document_id)


def document_path(document_id: str) -> str:
    """The path of a document's page, on its newest version."""
    return f"/d/{quote(document_id, safe='')}"


def pin_link(public_url: str | None, pin_id: str) -> str | None:
    """Quotedesk's own page of a pin; None where none is served."""
    return None if public_url is None else f"{public_url.rstrip('/')}/p/{quote(pin_id, safe='')}"


def _with_fragment(address: str, fragment: str) -> str:
    return urlunsplit(urlsplit(address)._replace(fragment=fragment))


def _with_directive(address: str, directive: str) -> str:
    if not directive:
        return address
    return _with_fragment(address, urlsplit(address).fragment.partition(":~:")[0] + ":~:" + directive)


def _at_second(address: str, second: int) -> str:
    parts = urlsplit(address)
    if parts.hostname in TIME_IN_FRAGMENT:
        return _with_fragment(address, f"t={second}s")
    if parts.hostname not in TIME_IN_QUERY:
        return address
    query = [(name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if name != "t"]
    return urlunsplit(parts._replace(query=urlencode([*query, ("t", f"{second}s")])))
