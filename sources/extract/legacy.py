"""Bytes that are no Unicode: what a declared encoding means, and which one it is where none is declared.

A text of few non-ASCII letters may be from Windows, a Mac or DOS: the encoding is the one that puts the fewest capitals
and signs inside words. One that is mostly such letters tells its encoding by statistics.
"""

import codecs
import re

from charset_normalizer import from_bytes

_KINDS = ("cp", "iso8859", "iso2022", "koi8", "mac", "shift_jis", "euc", "gb", "big5", "hz", "tis")
"""Encodings that may be declared; UTF-8 is not among them, for by then it has been shown to be untrue."""
_MEANT = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
}
"""As in browsers, a name stands for the larger set: https://encoding.spec.whatwg.org/#names-and-labels"""
_PREFIX = re.compile(r"^(?:x-)+|^(?:windows|dos)-(?=874|949)|-[ie]$", re.IGNORECASE)
_SEVEN_BITS = (
    (re.compile(rb"\x1b\$[@AB]|\x1b\(J"), "iso2022_jp_2"),
    (re.compile(rb"\x1b\$\)C"), "iso2022_kr"),
    (re.compile(rb"~\{(?:[!-w][!-~])+~\}"), "hz"),
)
_FEWEST_RUNS = 2
_UTF7_RUN = re.compile(rb"\+([A-Za-z0-9+/]*)-?")
_UTF7_LETTERS = re.compile("[\xa0-\u017f\u2010-\u2122]+")
"""Of the West; a plus sign between words of another sort gives letters from anywhere."""
_WESTERN = ("cp1252", "cp1250", "iso8859-2", "mac_roman", "cp850")
"""The likeliest first."""
_JOINING = frozenset("’‘\u00ad‐‑–—…")
"""Signs that may stand between two letters."""
_SAMPLE = 65_536
_FEW = 16
"""Fewer non-ASCII bytes than this prove nothing."""
_HIGH = re.compile(rb"[\x80-\xff]")
_CROWD = re.compile(rb"(?:[\x80-\xff]+[\x40-\x7e]?){4,}")
"""Non-ASCII letters side by side, which may end in an ASCII byte, as in Shift JIS."""
_MARKUP = re.compile(rb"<[^<>]*>")


def seven_bits(content: bytes) -> str | None:
    """The text of old mail, whose letters are ASCII between escapes; None for anything else."""
    for escape, encoding in _SEVEN_BITS:
        if escape.search(content):
            try:
                return content.decode(encoding)
            except UnicodeDecodeError:
                return None
    return _utf7(content)


def _utf7(content: bytes) -> str | None:
    """The text, if every plus sign in it begins letters of the West or is one itself, and some begin letters."""
    if content.count(b"+") < _FEWEST_RUNS or not content.isascii():
        return None
    written = 0
    for run in _UTF7_RUN.finditer(content):
        if run[0] == b"+-":
            continue
        try:
            letters = run[0].decode("utf-7")
        except UnicodeDecodeError:
            return None
        if not _UTF7_LETTERS.fullmatch(letters):
            return None
        written += 1
    return content.decode("utf-7") if written >= _FEWEST_RUNS else None


def is_foreign(content: bytes) -> bool:
    """Whether most non-ASCII bytes stand beside others: a Western European text has them one by one."""
    high = len(_HIGH.findall(content))
    return high >= _FEW and sum(len(_HIGH.findall(crowd)) for crowd in _CROWD.findall(content)) > high / 2


def decode_legacy(content: bytes, declared: str | None) -> str:
    """The text of bytes that are not Unicode; never raises."""
    if declared and (text := _as_declared(content, declared)) is not None:
        return text
    if is_foreign(content) and (best := from_bytes(_telling(content)).best()):
        return content.decode(best.encoding, "replace")
    sample = content[:_SAMPLE]
    strange = {encoding: _strange(western(sample, encoding)) for encoding in _WESTERN}
    best = min(_WESTERN, key=strange.__getitem__)
    return western(content, best if 3 * strange[best] < strange["cp1252"] else "cp1252")


def western(content: bytes, encoding: str = "cp1252") -> str:
    """One byte a letter; unassigned ones are the control characters of Latin-1, as in browsers."""
    return content.decode(encoding, _UNASSIGNED)


def _as_declared(content: bytes, declared: str) -> str | None:
    try:
        name = codecs.lookup(_PREFIX.sub("", declared.strip("\"' "))).name
    except (LookupError, ValueError):
        return None
    name = _MEANT.get(name, name)
    if not name.startswith(_KINDS):
        return None
    if name == "cp1252":
        return western(content)
    text = content.decode(name, "replace")
    return text if text.count("\ufffd") <= len(_HIGH.findall(content)) // _FEW else None  # damaged here and there


def _telling(content: bytes) -> bytes:
    """The lines that hold non-ASCII letters, without markup."""
    lines = (line for line in content.splitlines() if _HIGH.search(line))
    return _MARKUP.sub(b" ", b"\n".join(lines))[:_SAMPLE]


def _strange(text: str) -> int:
    """How many non-ASCII letters and signs stand where none would be written: a capital between small letters, a
    sign inside a word, a low quotation mark at a word's end."""
    return sum(
        "\x80" <= sign <= "\x9f"
        or (sign.isupper() and before.isalpha() and (before.islower() or after.islower()))
        or (sign in "‚„" and before.isalpha())
        or (not sign.isalpha() and before.isalpha() and after.isalpha() and sign not in _JOINING)
        for before, sign, after in zip(" " + text, text, text[1:] + " ", strict=False)
        if sign > "\x7f"
    )


def _unassigned_byte(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("latin-1"), error.end


_UNASSIGNED = "quotedesk.unassigned"
codecs.register_error(_UNASSIGNED, _unassigned_byte)
