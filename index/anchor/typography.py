"""Texts that differ in nothing but their typography: two readings of the same bytes, or the same words set anew."""

import unicodedata
from itertools import pairwise

_QUOTES = dict.fromkeys(map(ord, "“”„‟«»″＂"), '"') | dict.fromkeys(map(ord, "‘’‚‛′ʼ＇`´"), "'")
_DROPPED = dict.fromkeys(map(ord, "-‐‑‒–—―−\u00ad\u200b\u200c\u200d\u2060\ufeff\ufffe"), "")
_SIGNS = str.maketrans(_QUOTES | _DROPPED)
_CONTEXT = 64
_LEAST_CONTEXT = 12
"""So many letters before and after decide between places that are the same; and so many more than at any other."""


def plain(text: str) -> str:
    """The letters and signs alone: without blanks, hyphens and dashes, quotation marks straight, ligatures taken apart.

    >>> plain("the inter-\\nference: “ﬁne”") == plain('the interference: "fine"')
    True
    """
    return "".join(unicodedata.normalize("NFKC", text.translate(_SIGNS)).split())


def same_signs(old: str, text: str, place: tuple[int, int]) -> bool:
    """Whether `text[start:end]` is `old` but for its typography."""
    return plain(old) == plain(text[place[0] : place[1]])


def reread(old: str, new: str, start: int, end: int) -> tuple[int, int] | None:
    """`old[start:end]` in another reading of the same bytes, where its letters stand once or with the same ones around.

    None where they do not stand there, or it can't be told which they are.
    """
    wanted = plain(old[start:end])
    if not wanted:
        return None
    letters, places = _mapped(new)
    found: list[int] = []
    at = letters.find(wanted)
    while at >= 0:
        found.append(at)
        at = letters.find(wanted, at + 1)
    before = plain(old[max(0, start - 2 * _CONTEXT) : start])[-_CONTEXT:]
    after = plain(old[end : end + 2 * _CONTEXT])[:_CONTEXT]
    scored = sorted(
        (
            _alike(before[::-1], letters[max(0, at - _CONTEXT) : at][::-1])
            + _alike(after, letters[at + len(wanted) : at + len(wanted) + _CONTEXT]),
            at,
        )
        for at in found
    )
    if not scored or (len(scored) > 1 and scored[-1][0] - scored[-2][0] < _LEAST_CONTEXT):
        return None
    at = scored[-1][1]
    return places[at], places[at + len(wanted) - 1] + 1


def _alike(one: str, other: str) -> int:
    """How long both begin alike."""
    length = min(len(one), len(other), _CONTEXT)
    return next((at for at in range(length) if one[at] != other[at]), length)


def _mapped(text: str) -> tuple[str, list[int]]:
    """The plain letters of a text, and where each of them stands in it."""
    bounds = [0, *(at for at in range(1, len(text)) if not unicodedata.combining(text[at])), len(text)]
    letters: list[str] = []
    places: list[int] = []
    for begin, stop in pairwise(bounds):
        for letter in plain(text[begin:stop]):
            letters.append(letter)
            places.append(begin)
    return "".join(letters), places
