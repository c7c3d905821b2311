"""Where else the words of a passage stand: word for word, or lightly edited.

Theory of operation. The words of a segment are one stream, so a copy is found wherever its own document was cut. *Word
for word*: the whole run of folded terms is looked up like a phrase. *Lightly edited*: a copy keeps some rare words of
the passage between the same two neighbours. A few such triples, spread over the passage, are looked up (as BLAST does
with the seeds of a sequence, https://doi.org/10.1016/S0022-2836(05)80360-2); where two of them stand about as far apart
as in the passage, the stretch around them is compared with it word by word. Nothing is computed when the index is
built.
"""

from bisect import bisect
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import LCSseq

from index.likeness import likeness
from index.whoosh_engine.segment.days import Mask
from index.whoosh_engine.segment.inverted import Ints, gathered
from index.whoosh_engine.segment.leaf import Leaf
from index.whoosh_engine.segment.places import in_one_document, run_places
from index.whoosh_engine.segment.segment import Segment

FEWEST = 8
"""Fewer words ("Thank you very much.") stand anywhere: of them only whole passages are copies."""

FEWEST_EDITED = 20
"""In a shorter passage a changed word changes too much."""

ALIKE = 0.8
"""From this share on (see `index.likeness`) a stretch is the same passage, lightly edited."""

_SEEDS = 6
_COMMON = 20_000
"""A word that stands in more places is no seed."""

_SLACK = 40
"""So many words (a page's header, a footnote) may have come in or gone between two seeds."""

Places = NDArray[np.int64]

_NOWHERE = np.empty(0, np.int64)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words of one document: from place `first` to before place `last` in the stream of a leaf."""

    leaf: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Twin:
    """Another place of a passage's words; `exact` where its folded words are the same, `within` where it is in the
    same document."""

    place: Stretch
    exact: bool
    within: bool = False


def rows_of(leaf: int, segment: Segment, first: int, last: int) -> Stretch:
    """The words from row `first` to row `last`, that row included."""
    return Stretch(leaf, int(segment.row_tokens[first]), int(segment.row_tokens[last + 1]))


def twins(leaves: Sequence[Leaf], readable: Sequence[Mask], shown: Stretch) -> list[Twin]:
    """All readable places of the shown words but their own, those word for word first; no two overlap.

    Lightly edited ones in the same document are left out: they are passages of their own.
    """
    segment = leaves[shown.leaf].segment
    begins, ends = _document(segment, shown.first)

    def twin(leaf: int, first: int, last: int, *, exact: bool) -> Twin:
        return Twin(Stretch(leaf, first, last), exact, within=leaf == shown.leaf and begins <= first < ends)

    length = shown.last - shown.first
    numbers = [_numbers(leaf.segment, segment, shown) for leaf in leaves]
    kept = _Kept(shown)
    for number, (leaf, mask) in enumerate(zip(leaves, readable, strict=True)):
        find = _runs if length >= FEWEST else _whole_rows
        places = find(leaf.segment, mask, numbers[number])
        kept.add(twin(number, place, place + length, exact=True) for place in places.tolist())
    if length >= FEWEST_EDITED:
        for number, (leaf, mask) in enumerate(zip(leaves, readable, strict=True)):
            found = _edited(leaf.segment, mask, numbers[number], kept.begins(number))
            kept.add(twin(number, *place, exact=False) for place in found)
    return [each for each in kept.twins if each.exact or not each.within]


def _document(segment: Segment, place: int) -> tuple[int, int]:
    """Where the words of the document begin and end that has this place."""
    return _bounds(segment, int(segment.row_card[segment.row_at(np.array([place]))[0]]))


def _bounds(segment: Segment, card: int) -> tuple[int, int]:
    """Where the words of a document begin and end, by its card."""
    # Of the same type as what is searched, or numpy would convert all of that.
    rows = segment.row_card.searchsorted(np.array((card, card + 1), segment.row_card.dtype))
    lowest, highest = segment.row_tokens[rows].tolist()
    return lowest, highest


class _Kept:
    """Twins that overlap neither each other nor the shown words; the first to come stays."""

    def __init__(self, shown: Stretch) -> None:
        self.twins = list[Twin]()
        self._taken = {shown.leaf: [(shown.first, shown.last)]}

    def add(self, twins: Iterable[Twin]) -> None:
        for twin in twins:
            taken, own = self._taken.setdefault(twin.place.leaf, []), (twin.place.first, twin.place.last)
            at = bisect(taken, own)
            if (at == 0 or taken[at - 1][1] <= own[0]) and (at == len(taken) or own[1] <= taken[at][0]):
                taken.insert(at, own)
                self.twins.append(twin)

    def begins(self, leaf: int) -> Places:
        """Where the twins in this leaf, and the shown words, begin."""
        return np.array([first for first, _ in self._taken.get(leaf, ())], np.int64)


def _numbers(segment: Segment, of: Segment, shown: Stretch) -> Places:
    """The terms of the shown words, by their numbers in a segment; -1 for those that it lacks."""
    there = of.stream[shown.first : shown.last].astype(np.int64)
    if segment is of:
        return there
    found = (segment.terms.find(of.terms.text(number)) for number in there.tolist())
    return np.array([-1 if number is None else number for number in found], np.int64)


def _runs(segment: Segment, mask: Mask, numbers: Places) -> Places:
    """Where the words stand side by side in one readable document."""
    places = run_places(segment, numbers.tolist()) if (numbers >= 0).all() else _NOWHERE
    return places[mask[segment.row_at(places)]]


def _whole_rows(segment: Segment, mask: Mask, numbers: Places) -> Places:
    """Where readable rows begin that have these words and no more."""
    if not len(numbers):
        return segment.row_tokens[np.flatnonzero((segment.lengths == 0) & mask)]
    places = _runs(segment, mask, numbers)
    rows = segment.row_at(places)
    whole = (segment.row_tokens[rows] == places) & (segment.row_tokens[rows + np.uint32(1)] == places + len(numbers))
    return places[whole]


def _edited(segment: Segment, mask: Mask, numbers: Places, known: Places) -> Iterator[tuple[int, int]]:
    """Stretches that are much like the words and do not begin where it is known already."""
    words = numbers.tolist()
    # A share of 2c / (words + stretch) needs so many words c in common, and the stretch has them all.
    least = ceil(ALIKE * len(words) / (2 - ALIKE) - 1e-9)
    for first, last in _windows(segment, mask, numbers, known):
        there = segment.stream[first:last].tolist()
        if LCSseq.similarity(words, there, score_cutoff=least) < least:
            continue
        found = likeness(words, there)
        if found.share >= ALIKE:
            yield first + found.start, first + found.end


def _windows(segment: Segment, mask: Mask, numbers: Places, known: Places) -> Iterator[tuple[int, int]]:
    """Stretches of the stream in which at least two seeds stand as in the words, with some room around them."""
    begins, rows = _seeded(segment, numbers)
    news = mask[rows] & ~np.isin(begins, known)
    begin, end, card = _clusters(begins[news], segment.row_card[rows[news]])
    lowest, highest = (segment.row_tokens[segment.row_card.searchsorted(edge)] for edge in (card, card + np.uint32(1)))
    first, last = np.maximum(lowest, begin - _SLACK), np.minimum(highest, end + len(numbers) + _SLACK)
    yield from zip(first.tolist(), last.tolist(), strict=True)


def _seeded(segment: Segment, numbers: Places) -> tuple[Places, Ints]:
    """Where the words would begin by each place of each seed that stands there between the same two neighbours, and the
    seeds' rows."""
    seeds = np.array(list(_seeds(segment, numbers)), np.int64)
    counts = segment.place_ptr[numbers[seeds] + 1] - segment.place_ptr[numbers[seeds]]
    at = np.repeat(seeds, counts)
    places = gathered(segment.places, segment.place_ptr, numbers[seeds]).astype(np.int64)
    inside = (places > 0) & (places < len(segment.stream) - 1)
    at, places = at[inside], places[inside]
    for side in (-1, 1):
        alike = np.flatnonzero(segment.stream.take(places + side) == numbers.take(at + side))
        at, places = at.take(alike), places.take(alike)
    whole = in_one_document(segment, places - 1, 3)
    return (places - at)[whole], segment.row_at((places - 1)[whole])


def _seeds(segment: Segment, numbers: Places) -> Iterator[int]:
    """Of each part of the words the place of the rarest one that has neighbours and is in the segment."""
    known = np.maximum(numbers, 0)
    counts = np.where(numbers < 0, _COMMON + 1, segment.place_ptr[known + 1] - segment.place_ptr[known])
    bounds = [1 + (len(numbers) - 2) * part // _SEEDS for part in range(_SEEDS + 1)]
    for begin, end in pairwise(bounds):
        at = begin + int(np.argmin(counts[begin:end]))
        if counts[at] <= _COMMON:
            yield at


def _clusters(begins: Places, cards: Ints) -> tuple[Places, Places, Ints]:
    """Where the words would begin, judged by each seed: of those of one document close together, two at least, the
    first, the last, and the document."""
    order = np.lexsort((begins, cards))
    begins, cards = begins[order], cards[order]
    breaks = np.flatnonzero((np.diff(begins) > _SLACK) | (cards[1:] != cards[:-1])) + 1
    edges = np.concatenate([[0], breaks, [len(begins)]])
    several = np.flatnonzero(np.diff(edges) > 1)
    first, last = edges[several], edges[several + 1] - 1
    return begins[first], begins[last], cards[first]
