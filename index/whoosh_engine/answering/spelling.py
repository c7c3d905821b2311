"""What was meant by a word that occurs nowhere, or hardly ever. By edits and by sound, the more frequent word first."""

import re
from collections.abc import Callable, Sequence
from math import log10

import numpy as np

from index.analysis import stem_of, term_of
from index.whoosh_engine.segment.places import near_terms
from index.whoosh_engine.segment.segment import Segment

SHORTEST_MENDED = 5
"""A shorter word has too many neighbours: what may be meant is only suggested."""

_SHORTEST = 4
_PART = 2
_TWO_EDITS_FROM = 6
_COMMON = 2
_LONG = 8
_ENDING = 3
"""A word that sounds otherwise must be as long as this (and, two edits away, differ in the ending only) or
stand in so many passages: one alone may be a slip itself."""

_FEW = 5
"""In no more passages than this a misspelling stands that the sources themselves have."""

_TIMES = 100
"""So many times as many passages must have what was meant rather."""

_ALIKE = tuple(
    (re.compile(pattern), code) for pattern, code in (("ph", "f"), ("[ckqx]h?", "k"), ("g?h", ""), ("z", "s"))
)
_CODES = {
    letter: code
    for code, letters in (("1", "bfpv"), ("2", "cgjkqsxz"), ("3", "dt"), ("4", "l"), ("5", "mn"), ("6", "r"))
    for letter in letters
}


def meant(word: str, segments: Sequence[Segment], frequency: Callable[[str], int]) -> str | None:
    """The readable term that a misspelt word most likely stands for: one edit away, or two where it sounds the same
    or has another ending.

    `frequency` counts a term in what the asker may read, so that nothing else is ever proposed.
    """
    term = term_of(word)
    if len(term) < _SHORTEST or not term.isalpha():
        return None
    found: dict[str, float] = {}
    for edits in (1, 2) if len(term) >= _TWO_EDITS_FROM else (1,):
        known = [segment.terms for segment in segments]
        near = {other for each in known for other in near_terms(term, each.like(term, edits), edits)}
        for other in near - found.keys():
            likely = _likeness(term, other, edits, frequency)
            if likely is not None:
                found[other] = likely
    return max(found, key=lambda other: (found[other], other), default=None)


def parted(word: str, frequency: Callable[[str], int]) -> list[str]:
    """The pairs of readable terms that a word without its blank may stand for.

    >>> parted("inthe", {"in": 9, "int": 1, "the": 9}.__contains__)
    ['in the']
    """
    term = term_of(word)
    if len(term) < SHORTEST_MENDED or not term.isalpha():
        return []
    pairs = ((term[:at], term[at:]) for at in range(_PART, len(term) - _PART + 1))
    return [f"{one} {other}" for one, other in pairs if frequency(one) and frequency(other)]


def meant_rather(word: str, count: int, segments: Sequence[Segment], frequency: Callable[[str], int]) -> str | None:
    """The readable term that may have been meant by a word that `count` readable passages have: one edit away, of the
    same first letter, and so much more frequent that theirs may be slips. To be offered, never to be searched unasked.
    """
    term = term_of(word)
    if len(term) < SHORTEST_MENDED or not term.isalpha() or not 0 < count <= _FEW:
        return None
    least = count * _TIMES
    known = (_frequent(segment, term[0], least / len(segments)) for segment in segments)
    likely = {other for each in known for other in near_terms(term, each, 1) if stem_of(other) != stem_of(term)}
    counted = [(passages, other) for other in likely if (passages := frequency(other)) >= least]
    return max(counted)[1] if counted else None


def _frequent(segment: Segment, letter: str, least: float) -> list[str]:
    """The terms of a first letter that stand at so many places at least."""
    numbers = segment.terms.beginning(letter)
    counts = np.diff(segment.place_ptr[numbers.start : numbers.stop + 1])
    return [segment.terms.text(numbers.start + at) for at in np.flatnonzero(counts >= least).tolist()]


def _likeness(term: str, other: str, edits: int, frequency: Callable[[str], int]) -> float | None:
    """How likely `other` was meant; None where it was not."""
    same_sound = sound(term) == sound(other)
    if edits > 1 and not same_sound and not (len(term) >= _LONG and term[:-_ENDING] == other[: len(term) - _ENDING]):
        return None
    count = frequency(other)
    if not count or (not same_sound and count < _COMMON and len(term) < _LONG):
        return None
    return log10(count) / 3 + same_sound + (term[0] == other[0]) - edits


def sound(term: str) -> str:
    """What a word sounds like: Soundex (US patent 1,261,167) without its length limit, letters that sound the same at
    the beginning made alike first.

    >>> sound("solemani") == sound("soleimani"), sound("eisenhauer") == sound("eisenhower")
    (True, True)
    """
    for pattern, code in _ALIKE:
        term = pattern.sub(code, term)
    codes = [_CODES.get(letter, "") for letter in term]
    fresh = [code for at, code in enumerate(codes) if code and (at == 0 or code != codes[at - 1])]
    return term[:1] + "".join(fresh[1:] if codes[:1] != [""] else fresh)
