"""What changed between two texts, for a person to read: changed paragraphs, and in them the changed words. Pure.

Lines are aligned first, then the words of neighbouring lines that changed. Alignment takes time by the product of both
lengths, so what is too long for it is told as a whole: of a chapter that was written anew, old words picked out of new
sentences are nothing that one could read. Two megabytes of any text are done in a second or two.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby, takewhile

from rapidfuzz.distance import Levenshtein

_LINE = re.compile(r"[^\n]*\n+|[^\n]+")
_WORD = re.compile(r"\s*\S+|\s+\Z")
_MOST_LINES, _MOST_WORDS = 30_000**2, 4_000**2  # of old and new multiplied


Stretch = tuple[bool, int, int, int, int]
"""Whether it is the same in both, and where: `old[a:b]`, and `new[c:d]`."""


class Piece(StrEnum):
    """What became of a piece of text."""

    KEPT = "kept"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Hunk:
    """Neighbouring paragraphs that changed, as pieces in reading order; a removed piece stands before what replaces it.

    Kept and removed pieces joined are the old text from `old_start` on, kept and added ones the new text from
    `new_start` on, letter for letter (offsets in code points).
    """

    old_start: int
    new_start: int
    pieces: tuple[tuple[Piece, str], ...]


def diff(old: str, new: str) -> tuple[Hunk, ...]:
    """The hunks in reading order, apart from each other; none where the texts are the same.

    >>> [piece for piece in diff("One fish.\\nTwo fish.", "One fish.\\nRed fish.")[0].pieces]
    [(<Piece.REMOVED: 'removed'>, 'Two'), (<Piece.ADDED: 'added'>, 'Red'), (<Piece.KEPT: 'kept'>, ' fish.')]
    """
    before, after = _LINE.findall(old), _LINE.findall(new)
    old_at, new_at = _starts(before), _starts(after)
    return tuple(
        Hunk(old_at[a], new_at[c], tuple(_pieces("".join(before[a:b]), "".join(after[c:d]))))
        for same, a, b, c, d in _aligned(before, after, _MOST_LINES)
        if not same
    )


def _pieces(old: str, new: str) -> Iterator[tuple[Piece, str]]:
    before, after = _WORD.findall(old), _WORD.findall(new)
    for same, a, b, c, d in _aligned(before, after, _MOST_WORDS):
        if same:
            yield Piece.KEPT, "".join(before[a:b])
            continue
        if b > a:
            yield Piece.REMOVED, "".join(before[a:b])
        if d > c:
            yield Piece.ADDED, "".join(after[c:d])


def _aligned(old: Sequence[str], new: Sequence[str], most: int) -> Iterator[Stretch]:
    """All of both, in stretches. Between the ends that are the same, more than `most` is one stretch that is not."""
    first = _same(zip(old, new, strict=False))
    last = _same(zip(reversed(old[first:]), reversed(new[first:]), strict=False))
    before, after = old[first : len(old) - last], new[first : len(new) - last]
    if first:
        yield True, 0, first, 0, first
    if len(before) * len(after) > most:
        yield False, first, first + len(before), first, first + len(after)
    else:
        for same, a, b, c, d in _stretches(before, after):
            yield same, first + a, first + b, first + c, first + d
    if last:
        yield True, len(old) - last, len(old), len(new) - last, len(new)


def _same(pairs: Iterable[tuple[str, str]]) -> int:
    """How many pairs from the first on are of one and the same."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _stretches(old: Sequence[str], new: Sequence[str]) -> Iterator[Stretch]:
    numbers: dict[str, int] = {}
    before, after = ([numbers.setdefault(token, len(numbers)) for token in tokens] for tokens in (old, new))
    for same, steps in groupby(Levenshtein.opcodes(before, after), lambda step: step.tag == "equal"):
        run = list(steps)
        yield same, run[0].src_start, run[-1].src_end, run[0].dest_start, run[-1].dest_end


def _starts(pieces: Sequence[str]) -> list[int]:
    """Where each piece begins, and at last where the text ends."""
    starts = [0]
    for piece in pieces:
        starts.append(starts[-1] + len(piece))
    return starts
