"""A claim in pieces: what of it stands at one place, and the rest that may stand at another."""

from collections.abc import Collection
from dataclasses import replace

from index.check.claim import Claim
from index.check.weigh import content_words

_FEWEST = 4
_FEWEST_TELLING = 2
_RUN = 3
"""Fewer words side by side than this may stand there by chance."""

Span = tuple[int, int]


def piece(claim: Claim, first: int, last: int) -> Claim:
    """The units from `first` to before `last` as a claim of its own; the pieces' texts, joined, are the claim's."""
    begin = 0 if first == 0 else claim.units[first].start
    whole = last == len(claim.units)
    text = claim.text[begin : len(claim.text) if whole else claim.units[last].start]
    units = [replace(unit, start=unit.start - begin, end=unit.end - begin) for unit in claim.units[first:last]]
    if first and units:
        units[0] = replace(units[0], gap=False)
    return Claim(text, tuple(units), trails=claim.trails and whole)


def split_around(claim: Claim, found: Collection[int]) -> tuple[Span, list[Span]] | None:
    """The units from the first to the last run that stands at one place, and those before and after that are enough
    to be looked for elsewhere. None where no rest is.

    >>> from index.check.claim import read
    >>> split_around(read("we held the gate and nobody told the harbor pilots"), {0, 1, 2, 3})
    ((0, 4), [(4, 10)])
    """
    runs = [unit for unit in found if all(unit + step in found for step in range(_RUN))]
    if not runs:
        return None
    first, last = min(runs), max(runs) + _RUN
    rests = [span for span in ((0, first), (last, len(claim.units))) if _enough(claim, *span)]
    return ((first, last), rests) if rests else None


def _enough(claim: Claim, first: int, last: int) -> bool:
    return last - first >= _FEWEST and content_words(piece(claim, first, last)) >= _FEWEST_TELLING
