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

import numpy as np
from numpy.typing import NDArray

from index.likeness import likeness
from index.whoosh_engine.build import key_of_words
from index.whoosh_engine.days import Mask
from index.whoosh_engine.inverted import Ints
from index.whoosh_engine.leaf import Leaf
from index.whoosh_engine.places import phrase_places
from index.whoosh_engine.segment import Segment

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

    words = [segment.term_list[int(number)] for number in segment.stream[shown.first : shown.last]]
    kept = _Kept(shown)
    for number, (leaf, mask) in enumerate(zip(leaves, readable, strict=True)):
        find = _runs if len(words) >= FEWEST else _whole_rows
        places = find(leaf.segment, mask, words)
        kept.add(twin(number, place, place + len(words), exact=True) for place in places.tolist())
    if len(words) >= FEWEST_EDITED:
        for number, (leaf, mask) in enumerate(zip(leaves, readable, strict=True)):
            found = _edited(leaf.segment, mask, words, kept.begins(number))
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


def _runs(segment: Segment, mask: Mask, words: Sequence[str]) -> Places:
    """Where the words stand side by side in one readable document."""
    places = phrase_places(segment, words)
    return places[mask[segment.row_at(places)]]


def _whole_rows(segment: Segment, mask: Mask, words: Sequence[str]) -> Places:
    """Where readable rows begin that have these words and no more."""
    return segment.row_tokens[np.flatnonzero((segment.row_key == key_of_words(words)) & mask)]


def _edited(segment: Segment, mask: Mask, words: Sequence[str], known: Places) -> Iterator[tuple[int, int]]:
    """Stretches that are much like the words and do not begin where it is known already."""
    numbers = [segment.terms.get(word, -1) for word in words]
    for first, last in _windows(segment, mask, words, numbers, known):
        found = likeness(numbers, segment.stream[first:last].tolist())
        if found.share >= ALIKE:
            yield first + found.start, first + found.end


def _windows(
    segment: Segment, mask: Mask, words: Sequence[str], numbers: Sequence[int], known: Places
) -> Iterator[tuple[int, int]]:
    """Stretches of the stream in which at least two seeds stand as in the words, with some room around them."""
    begins, cards = [np.empty(0, np.int64)], [np.empty(0, np.uint32)]
    for at in _seeds(segment, numbers):
        places = phrase_places(segment, words[at - 1 : at + 2])
        rows = segment.row_at(places)
        kept = mask[rows]
        begins.append(places[kept] - (at - 1))
        cards.append(segment.row_card[rows[kept]])
    begin_of, card_of = np.concatenate(begins), np.concatenate(cards)
    news = ~np.isin(begin_of, known)
    for begin, card in _clusters(begin_of[news], card_of[news]):
        lowest, highest = _bounds(segment, card)
        yield max(lowest, int(begin[0]) - _SLACK), min(highest, int(begin[-1]) + len(words) + _SLACK)


def _seeds(segment: Segment, numbers: Sequence[int]) -> Iterator[int]:
    """Of each part of the words the place of the rarest one that has neighbours and is in the segment."""
    known = np.maximum(numbers, 0)
    counts = np.where(np.array(numbers) < 0, _COMMON + 1, segment.place_ptr[known + 1] - segment.place_ptr[known])
    bounds = [1 + (len(numbers) - 2) * part // _SEEDS for part in range(_SEEDS + 1)]
    for begin, end in pairwise(bounds):
        at = begin + int(np.argmin(counts[begin:end]))
        if counts[at] <= _COMMON:
            yield at


def _clusters(begins: Places, cards: Ints) -> Iterator[tuple[Places, int]]:
    """Where the words would begin, judged by each seed: those of one document close together, two at least."""
    order = np.lexsort((begins, cards))
    begins, cards = begins[order], cards[order]
    breaks = np.flatnonzero((np.diff(begins) > _SLACK) | (cards[1:] != cards[:-1])) + 1
    for begin, card in zip(np.split(begins, breaks), np.split(cards, breaks), strict=True):
        if len(begin) > 1:
            yield begin, int(card[0])
