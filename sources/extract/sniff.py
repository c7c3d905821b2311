"""Which format a thing is in, by its name, by what its server says, and by whether its first bytes agree."""

import re
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from sources.errors import Unreadable
from sources.extract.decode import wide_encoding
from sources.extract.formats import FORMATS, Format

HEAD_BYTES = 4096
"""How much of a file `format_of` wants to see."""

_BY_ENDING = {ending: row for row in FORMATS for ending in row.endings}
_BY_MEDIA_TYPE = {media_type: row for row in FORMATS for media_type in row.media_types}
_BY_NAME = {row.name: row for row in FORMATS}
# Servers send these for what they don't know: the ending of the address tells more.
_GENERIC = {"text/plain", "text/xml", "application/xml"}
_SIGNATURES = (
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a zip archive"),
    (b"PK\x05\x06", "an empty zip archive"),
    (b"\xd0\xcf\x11\xe0", "an old Office file (.doc, .xls)"),
    (b"{\\rtf", "an RTF file"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-zip archive"),
    (b"Rar!\x1a", "a RAR archive"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3\0", "a database"),
    (b"From: <Saved by", "a saved web archive (MHTML)"),
)
_MAIL = re.compile(rb"(?:[A-Za-z][A-Za-z-]*:[^\n]*\n(?:[ \t][^\n]*\n)*+){0,60}?MIME-Version:", re.IGNORECASE)
"""The head of a mail, or of a web archive that another browser saved: the page in it is packed."""
_ZIPPED = {"docx", "epub"}
_NEVER_HTML = {"table", "json", "captions"}
"""A page in their place is a login or an error page."""
_BINARY_SHARE, _BINARY_LEAST = 0.05, 8
"""Text holds fewer control characters than this, as a share and in number."""


def format_of(location: str, media_type: str = "", head: bytes = b"") -> Format | None:
    """The format to read `location` as; None if neither its ending, its media type nor its bytes tell a known one.

    `head` is the first `HEAD_BYTES` of the content; left out, as when a folder is listed, only the names count.
    Raises Unreadable when the bytes are plainly something else than the name says.
    """
    found = _by_names(location, media_type) or _by_bytes(head)
    if found and found.name == "plain" and _is_html(head):
        return _BY_NAME["html"]  # saved, or sent, as what it is not: its tags are no words
    if found and head:
        _check(found, head)
    return found


def charset_of(media_type: str) -> str | None:
    """The encoding that a media type names, if any.

    >>> charset_of("text/html; Charset=ISO-8859-1")
    'ISO-8859-1'
    """
    match = re.search(r"charset\s*=\s*[\"']?([\w:.-]+)", media_type, re.IGNORECASE)
    return match[1] if match else None


def _by_names(location: str, media_type: str) -> Format | None:
    declared = media_type.partition(";")[0].strip().lower()
    known = _BY_MEDIA_TYPE.get(declared)
    is_address = location.lower().startswith(("http://", "https://"))
    if is_address and known and declared not in _GENERIC:
        return known  # the server speaks of this very answer; the address may end in anything
    path = urlsplit(location).path if is_address else location
    return _BY_ENDING.get(PurePosixPath(path).suffix.lower()) or known


def _by_bytes(head: bytes) -> Format | None:
    if head.startswith(b"%PDF-"):
        return _BY_NAME["pdf"]
    return _BY_NAME["html"] if _is_html(head) else None


def _is_html(head: bytes) -> bool:
    return head.removeprefix(b"\xef\xbb\xbf").lstrip()[:14].lower().startswith((b"<!doctype html", b"<html"))


def _check(named: Format, head: bytes) -> None:
    if named.name == "pdf":
        is_meant = b"%PDF-" in head[:1024]  # where readers look for it
    elif named.name in _ZIPPED:
        is_meant = head.startswith(b"PK")
    elif named.name in _NEVER_HTML and _is_html(head):
        is_meant = False
    elif named.name == "html" and _MAIL.match(head):
        raise Unreadable("The file is called .html and is a mail or a saved web archive (MHTML).")
    else:
        is_meant = not _signature(head) and not _is_binary(head)
    if not is_meant:
        found = _signature(head) or ("a web page" if _is_html(head) else "not what such a file holds")
        raise Unreadable(f"The file is called {named.endings[0]} and is {found}.")


def _signature(head: bytes) -> str | None:
    return next((kind for signature, kind in _SIGNATURES if head.startswith(signature)), None)


def _is_binary(head: bytes) -> bool:
    one_by_one = re.sub(rb"\0+", b"\0", head)  # a text may be padded with NULs
    controls = sum(byte < 9 or 13 < byte < 27 for byte in one_by_one)
    return controls > max(_BINARY_SHARE * len(one_by_one), _BINARY_LEAST) and not _has_wide_characters(head)


def _has_wide_characters(head: bytes) -> bool:
    return head.startswith((b"\xff\xfe", b"\xfe\xff", b"\0\0\xfe\xff")) or wide_encoding(head) is not None
