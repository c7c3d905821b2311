"""Line ends inside words: what to put between the last word of a line and the first of the next.

A hyphen at a line's end may be the word's own (`well-known`) or the typesetter's (`con-firmed`). It goes only where
the joined word is known from elsewhere in the document, or the halves are no words of it; matching folds both.
"""

import re
from collections.abc import Iterable, Set

from sources.extract.pdf_words import SOFT_HYPHEN

_HYPHENS = (SOFT_HYPHEN, "-", "\u2010")
_LETTERS = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_COMPOUNDING = frozenset(
    {"well", "self", "high", "low", "long", "short", "half", "full", "cross", "two", "three", "four"}
)
"""First halves that keep their hyphen unless the document writes the word without."""


def vocabulary(lines: Iterable[str]) -> frozenset[str]:
    """The words of the document, without the halves at its line ends."""
    words: set[str] = set()
    half = False
    for line in lines:
        found = _LETTERS.findall(line.casefold())
        begin = 1 if half else 0
        half = line.endswith(_HYPHENS)
        words.update(found[begin : -1 if half else None])
    return frozenset(words)


def join(before: str, after: str, words: Set[str]) -> str:
    """Two lines of one paragraph as one text.

    >>> join("it was con\\u00ad", "firmed", frozenset({"confirmed"})), join("a well\\u00ad", "known man", frozenset())
    ('it was confirmed', 'a well-known man')
    """
    if before.endswith(("—", "/")) and not before.endswith((" —", " /")):
        return before + after
    if not before.endswith(_HYPHENS):
        return before + ("" if after.startswith("—") and after[1:2].strip() else " ") + after
    stem = before[:-1]
    first, second = _LETTERS.findall(stem)[-1:], _LETTERS.match(after)
    if not first or not stem.endswith(first[0]) or second is None:
        return _kept(stem, after, dash=not stem or stem[-1].isspace())
    return stem + after if _is_one_word(first[0], second[0], words) else _kept(stem, after, dash=False)


def _kept(stem: str, after: str, *, dash: bool) -> str:
    return f"{stem}- {after}" if dash else f"{stem}-{after}"


def _is_one_word(first: str, second: str, words: Set[str]) -> bool:
    if not second[0].islower():
        return False
    one, two = first.casefold(), second.casefold()
    if one + two in words:
        return True
    if one in _COMPOUNDING and len(two) > 3:
        return False
    return not (one in words and two in words)
