"""Bytes to text where nobody can be trusted to say which encoding they are in.

What proves itself comes first: a byte order mark, the NULs of UTF-16, escapes of seven-bit encodings, valid UTF-8. Then
what the file declares, then guessing (`legacy`). A file in two encodings is read byte by byte: what is valid UTF-8 as
such, the rest as Windows-1252.
"""

import codecs
import re
import unicodedata

from sources.extract.legacy import decode_legacy, is_foreign, seven_bits, western

_MARKS = (  # UTF-32 before UTF-16, whose mark is the beginning of the other's
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_UTF32 = (("utf-32-le", 0, (2, 3)), ("utf-32-be", 3, (1, 0)))
_UTF16 = (("utf-16-le", 0, 1), ("utf-16-be", 1, 0))
"""With the places of a letter's low byte and of its high ones."""
_SAMPLE = 65_536
_UTF8 = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_FAMILIAR = re.compile(rb"[\xc2-\xc5][\x80-\xbf]|\xe2[\x80-\x84][\x80-\xbf]")
"""Western letters and marks in UTF-8; in other encodings these bytes hardly stand together."""
_HIGH = re.compile(rb"[\x80-\xff]")
_PLAIN = re.compile(rb"[A-Za-z ]")
_UNCONTROLLED = re.compile(rb"[^\x01-\x08\x0e-\x1f]")
_ENOUGH = 24
"""Fewer bytes prove nothing."""
_NO_TEXT = {"Cc", "Cn", "Co", "Cs"}


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
    text = seven_bits(content)
    if text is None:
        text = _strictly(content, "utf-8")
    return _not_utf8(content, declared) if text is None else text


def wide_encoding(content: bytes) -> str | None:
    """UTF-16 or UTF-32 without a byte order mark, known by the places of its NULs; None for anything else."""
    sample = content[:_SAMPLE]
    if b"\0" not in sample:
        return None
    for encoding, low, (plane, top) in _UTF32:
        if _nuls(sample[low::4]) < 0.05 and _nuls(sample[plane::4]) > 0.9 and _nuls(sample[top::4]) > 0.99:
            return encoding
    for encoding, low, high in _UTF16:
        letters, blocks = _nuls(sample[low::2]), _nuls(sample[high::2])
        if (letters < 0.05 and blocks > 0.4) or (letters < 0.15 and blocks and _is_far_script(sample, encoding)):
            return encoding
    return None


def _nuls(lane: bytes) -> float:
    return lane.count(0) / len(lane) if lane else 0.0


def _is_far_script(sample: bytes, encoding: str) -> bool:
    """Whether UTF-16 in which only blanks and signs have NULs gives letters, and the bytes alone none."""
    ordinary = _PLAIN if _strictly(sample, "utf-8") is None else _UNCONTROLLED
    if len(sample) < _ENOUGH or len(ordinary.findall(sample)) > 0.6 * len(sample):
        return False
    text = sample[: len(sample) // 2 * 2].decode(encoding, "replace")
    no_text = sum(unicodedata.category(sign) in _NO_TEXT and sign not in "\t\r\n" for sign in text)
    return no_text <= 0.01 * len(text)


def _strictly(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None


def _not_utf8(content: bytes, declared: str | None) -> str:
    valid = len(_UTF8.findall(content))
    stray = len(_HIGH.findall(_UTF8.sub(b"", content)))
    if valid > stray or (_FAMILIAR.search(content) and not is_foreign(content)):
        return content.decode("utf-8", _STRAY)
    return decode_legacy(content, declared)


def _stray_byte(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return western(error.object[error.start : error.end]), error.end


_STRAY = "quotedesk.stray"
codecs.register_error(_STRAY, _stray_byte)
