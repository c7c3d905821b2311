"""What stored text may never hold is taken out here, on the way in.

Quotes, dashes, soft hyphens, no-break spaces, ligatures and accents stay as they are: the text is a record, and
folding belongs to matching. Only what can't be seen, stored or sent goes: control characters, terminal
colours, noncharacters, byte order marks, lone surrogates.
"""

import re

_ANSI = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b\n]*(?:\x07|\x1b\\)|[@-Z\\^_])")
_LINE_ENDS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028]")
_SEPARATORS = re.compile(r"[\x1c-\x1f]")
_PLANE_ENDS = "".join(chr(plane * 0x10000 + last) for plane in range(17) for last in (0xFFFE, 0xFFFF))
_UNSTORABLE = re.compile(f"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ufdd0-\ufdef\ufeff{_PLANE_ENDS}]")
_STRANGE = re.compile(f"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufdd0-\ufdef\ufeff{_PLANE_ENDS}]")
"""All that is changed here begins with one of these: most texts have none."""
_SURROGATE = re.compile("[\ud800-\udfff]")
_INVISIBLE = re.compile(
    r"[\s\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]*"
)


def clean(text: str) -> str:
    """`text` with line ends as LF and without what can't be stored; words are left exactly as they are.

    >>> clean("one\\r\\ntwo\\x00\\x1b[31m three\\ufeff")
    'one\\ntwo three'
    """
    if not _STRANGE.search(text):
        return text
    if _SURROGATE.search(text):
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    text = _ANSI.sub("", text)
    text = _LINE_ENDS.sub("\n", text).replace("\u2029", "\n\n")
    return _UNSTORABLE.sub("", _SEPARATORS.sub(" ", text))


def line(text: str | None) -> str | None:
    """`text` cleaned and on one line, for a title or a name; None when nothing visible is left.

    >>> line("  Harbor\\n commission ")
    'Harbor commission'
    """
    return None if text is None or blank(one := " ".join(clean(text).split())) else one


def blank(text: str) -> bool:
    """Whether there is nothing to see: only blanks, no-break spaces, zero-width and other invisible characters."""
    return _INVISIBLE.fullmatch(text) is not None
