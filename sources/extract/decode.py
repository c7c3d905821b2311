"""Bytes to text where nobody can be trusted to say which encoding they are in.

What proves itself comes first: a byte order mark, the NULs of UTF-16, valid UTF-8. Then what the file declares, then
statistics. A file in two encodings is read byte by byte: what is valid UTF-8 as such, the rest as Windows-1252.
"""

import codecs
import re

from charset_normalizer import from_bytes

_MARKS = (  # UTF-32 before UTF-16, whose mark is the beginning of the other's
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WIDE = (("utf-32-le", 4, 0), ("utf-32-be", 4, 3), ("utf-16-le", 2, 0), ("utf-16-be", 2, 1))
_LEGACY = ("cp", "iso8859", "iso2022", "koi8", "mac", "shift_jis", "euc", "gb", "big5", "hz", "tis")
"""Encodings that may be declared; UTF-8 is not among them, for by then it has been shown to be untrue."""
_SAMPLE = 65_536
_FOREIGN_SHARE = 0.25
"""Above this share of non-ASCII bytes a text isn't a Western European one, whose letters are mostly ASCII."""
_FEW = 16
"""Fewer non-ASCII bytes than this prove nothing."""
_UTF8 = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_HIGH = re.compile(rb"[\x80-\xff]")


def decode(content: bytes, declared: str | None = None) -> str:
    """The text of `content`; never raises. `declared` is the encoding that the file or its server names, if any.

    >>> decode("café".encode("utf-16")), decode("“Señor”".encode("cp1252"), declared="utf-8")
    ('café', '“Señor”')
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            text = _strictly(content[len(mark) :], encoding)
            if text is not None:
                return text
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", "replace")  # cut off, or damaged: nothing else begins like this
    if (encoding := wide_encoding(content)) and (text := _strictly(content, encoding)) is not None:
        return text
    content = content.removeprefix(codecs.BOM_UTF8)
    text = _strictly(content, "utf-8")
    return _not_utf8(content, declared) if text is None else text


def wide_encoding(content: bytes) -> str | None:
    """UTF-16 or UTF-32 without a byte order mark, known by the places of its NULs; None for anything else."""
    sample = content[:_SAMPLE]
    if b"\0" not in sample:
        return None
    for encoding, width, low in _WIDE:
        lanes = [sample[offset::width] for offset in range(width)]
        filled = lanes.pop(low)
        if _nuls(filled) < 0.05 and all(_nuls(lane) > 0.4 for lane in lanes):
            return encoding
    return None


def _nuls(lane: bytes) -> float:
    return lane.count(0) / len(lane) if lane else 0.0


def _strictly(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None


def _not_utf8(content: bytes, declared: str | None) -> str:
    valid = len(_UTF8.findall(content))
    high = len(_HIGH.findall(content))
    stray = len(_HIGH.findall(_UTF8.sub(b"", content)))
    western = high < max(_FOREIGN_SHARE * len(content), _FEW)
    if valid and (western or valid >= stray):
        return content.decode("utf-8", _STRAY)
    if declared and (text := _as_declared(content, declared)) is not None:
        return text
    if not western and (best := from_bytes(content[:_SAMPLE]).best()):
        return content.decode(best.encoding, "replace")
    return _western(content)


def _as_declared(content: bytes, declared: str) -> str | None:
    try:
        name = codecs.lookup(declared.strip("\"' ")).name
    except (LookupError, ValueError):
        return None
    if name in {"iso8859-1", "ascii"}:  # as browsers do: https://encoding.spec.whatwg.org/#names-and-labels
        return _western(content)
    return _strictly(content, name) if name.startswith(_LEGACY) else None


def _western(content: bytes) -> str:
    """Windows-1252; its five unassigned bytes are the control characters of Latin-1, as in browsers."""
    return content.decode("cp1252", _UNASSIGNED)


def _stray_byte(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return _western(error.object[error.start : error.end]), error.end


def _unassigned_byte(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("latin-1"), error.end


_STRAY, _UNASSIGNED = "quotedesk.stray", "quotedesk.unassigned"
codecs.register_error(_STRAY, _stray_byte)
codecs.register_error(_UNASSIGNED, _unassigned_byte)
