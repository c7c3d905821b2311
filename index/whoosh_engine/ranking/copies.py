"""Where else the words of a passage stand: word for word, or lightly edited.

Theory of operation. The words of a segment are one stream, so a copy is found wherever its own document was cut. It
keeps some rare words of the passage between the same two neighbours. A few such triples, spread over the passage, are
looked up (`seeds`), as BLAST does with the seeds of a sequence (https://doi.org/10.1016/S0022-2836(05)80360-2). *Word
for word*: where they all stand as in the passage, the whole run is compared. *Lightly edited*: where two of them stand
about as far apart, the stretch around them is compared with the passage by the longest common subsequence. Nothing is
computed when the index is built.
"""

from bisect import bisect
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from math import ceil
from operator import itemgetter
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import LCSseq
from rapidfuzz.process import cdist

from index.likeness import likeness
from index.whoosh_engine.ranking.seeds import SLACK, Seeded, seeded, seeds_of
from index.whoosh_engine.segment.days import Mask
from index.whoosh_engine.segment.inverted import Ints
from index.whoosh_engine.segment.leaf import Leaf
from index.whoosh_engine.segment.places import Places, run_places
from index.whoosh_engine.segment.scratch import marked
from index.whoosh_engine.segment.segment import Segment

FEWEST = 8
"""Fewer words ("Thank you very much.") stand anywhere: of them only whole passages are copies."""

FEWEST_EDITED = 20
"""In a shorter passage a changed word changes too much."""

ALIKE = 0.8
"""From this share on (see `index.likeness`) a stretch is the same passage, lightly edited."""

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
    length = shown.last - shown.first
    sought = _sought(leaves, readable, shown)
    kept = _Kept(shown)
    for number, each in enumerate(sought):
        kept.add((Stretch(number, place, place + length), True) for place in each.same().tolist())
    for number, each in enumerate(sought) if length >= FEWEST_EDITED else ():
        kept.add((Stretch(number, *place), False) for place in each.edited(kept.begins(number)))
    if not kept.found:
        return []
    own, *documents = _documents(leaves, [shown, *(place for place, _ in kept.found)])
    told = [
        (not exact, document, place.first, Twin(place, exact, within=document == own))
        for (place, exact), document in zip(kept.found, documents, strict=True)
        if exact or document != own
    ]
    return [twin for *_, twin in sorted(told, key=itemgetter(0, 1, 2))]


def _documents(leaves: Sequence[Leaf], places: Sequence[Stretch]) -> list[int]:
    """The key of the document of each place: these come in the same order in every index of the same documents."""
    keys = np.empty(len(places), np.uint64)
    for number, leaf in enumerate(leaves):
        here = [at for at, place in enumerate(places) if place.leaf == number]
        rows = leaf.segment.row_at(np.array([places[at].first for at in here], np.int64))
        keys[here] = leaf.segment.card_key.take(leaf.segment.row_card.take(rows))
    return keys.tolist()


class _Kept:
    """Places, each with whether it has the shown words word for word, that overlap neither each other nor the shown
    words; the first to come stays."""

    def __init__(self, shown: Stretch) -> None:
        self.found = list[tuple[Stretch, bool]]()
        self._taken = {shown.leaf: [(shown.first, shown.last)]}

    def add(self, found: Iterable[tuple[Stretch, bool]]) -> None:
        for place, exact in found:
            taken, own = self._taken.setdefault(place.leaf, []), (place.first, place.last)
            at = bisect(taken, own)
            if (at == 0 or taken[at - 1][1] <= own[0]) and (at == len(taken) or own[1] <= taken[at][0]):
                taken.insert(at, own)
                self.found.append((place, exact))

    def begins(self, leaf: int) -> Places:
        """Where the twins in this leaf, and the shown words, begin."""
        return np.array([first for first, _ in self._taken.get(leaf, ())], np.int64)


def _sought(leaves: Sequence[Leaf], readable: Sequence[Mask], shown: Stretch) -> list["_Sought"]:
    segments, numbers = [leaf.segment for leaf in leaves], _numbers(leaves, shown)
    seeds = seeds_of(segments, numbers) if shown.last - shown.first >= FEWEST_EDITED else _NOWHERE
    return [
        _Sought(segment, mask, each, seeds, shown.first if number == shown.leaf else None)
        for number, (segment, mask, each) in enumerate(zip(segments, readable, numbers, strict=True))
    ]


def _numbers(leaves: Sequence[Leaf], shown: Stretch) -> list[Places]:
    """The terms of the shown words, by their numbers in each leaf; -1 for those that it lacks."""
    own = leaves[shown.leaf].segment
    there = own.stream[shown.first : shown.last].astype(np.int64)
    words = [own.terms.text(number) for number in there.tolist()] if len(leaves) > 1 else ()
    found = ((leaf.segment.terms.find(word) for word in words) for leaf in leaves)
    return [
        there if number == shown.leaf else np.array([-1 if at is None else at for at in each], np.int64)
        for number, each in enumerate(found)
    ]


class _Sought:
    """The shown words in one segment, of which `mask` may be read, by the numbers of their terms there. `seeds`: some
    of them, `own` is where they stand there themselves."""

    def __init__(self, segment: Segment, mask: Mask, numbers: Places, seeds: Places, own: int | None) -> None:
        self._segment, self._mask, self._numbers, self._seeds, self._own = segment, mask, numbers, seeds, own

    @cached_property
    def _seeded(self) -> Seeded:
        return seeded(self._segment, self._numbers, self._seeds, self._own)

    def same(self) -> Places:
        """Where the words stand word for word; of fewer than `FEWEST`, where a whole row has these and no more."""
        return self._runs() if len(self._numbers) >= FEWEST else self._whole_rows()

    def edited(self, known: Places) -> Iterator[tuple[int, int]]:
        """Stretches that are much like the words and do not begin where it is `known` already."""
        first, last = self._windows(known)
        if not first:
            return
        # A share of 2c / (words + stretch) needs so many words c in common, and the stretch has them all.
        least = ceil(ALIKE * len(self._numbers) / (2 - ALIKE) - 1e-9)
        written, others = self._written(first, last)
        common = cdist([written], others, scorer=LCSseq.similarity, score_cutoff=least, dtype=np.int64)[0]
        for at in np.flatnonzero(common >= least).tolist():
            found = likeness(written, others[at])
            if found.share >= ALIKE:
                yield first[at] + found.start, first[at] + found.end

    def _runs(self) -> Places:
        """Where the words stand side by side in one readable document."""
        if (self._numbers < 0).any():
            return _NOWHERE
        if len(self._seeds) < 2:
            places = run_places(self._segment, self._numbers.tolist())
        else:
            places = self._seeded.runs(self._segment, self._numbers)
        return places[self._mask[self._segment.row_at(places)]]

    def _whole_rows(self) -> Places:
        """Where readable rows begin that have these words and no more."""
        segment, length = self._segment, len(self._numbers)
        if not length:
            return segment.row_tokens[np.flatnonzero((segment.lengths == 0) & self._mask)]
        places = self._runs()
        rows = segment.row_at(places)
        whole = (segment.row_tokens[rows] == places) & (segment.row_tokens[rows + np.uint32(1)] == places + length)
        return places[whole]

    def _windows(self, known: Places) -> tuple[list[int], list[int]]:
        """Where stretches of the stream begin and end in which at least two seeds stand as in the words, with some room
        around them."""
        segment, begins, rows = self._segment, self._seeded.begins, self._seeded.rows
        if len(begins) < 2:
            return [], []
        news = self._mask[rows] & (known.searchsorted(begins) == known.searchsorted(begins, side="right"))
        begin, end, card = _clusters(begins[news], segment.row_card[rows[news]])
        edges = (segment.row_card.searchsorted(edge) for edge in (card, card + np.uint32(1)))
        lowest, highest = (segment.row_tokens[rows] for rows in edges)
        first, last = np.maximum(lowest, begin - SLACK), np.minimum(highest, end + len(self._numbers) + SLACK)
        return first.tolist(), last.tolist()

    def _written(self, first: Sequence[int], last: Sequence[int]) -> tuple[str, list[str]]:
        """The words, and those of some stretches, with a letter for each term, one for all that the words lack: in
        strings a common subsequence is found quickest."""
        segment, numbers = self._segment, self._numbers
        there = np.concatenate([segment.stream[begin:end] for begin, end in zip(first, last, strict=True)])
        known, letters = np.flatnonzero(numbers >= 0), np.full(len(numbers), len(numbers) + 1, np.uint32)
        terms = numbers.take(known).astype(np.uint32)
        with marked(terms, known + 1, len(segment.terms), np.uint32) as letter_of:
            letters[known] = letter_of.take(terms)
            written = _string(letter_of.take(there))
        ends = np.cumsum(np.subtract(last, first)).tolist()
        return _string(letters), [written[begin:end] for begin, end in pairwise([0, *ends])]


def _string(letters: NDArray[Any]) -> str:
    return letters.astype("<u4").tobytes().decode("utf-32-le", "surrogatepass")


def _clusters(begins: Places, cards: Ints) -> tuple[Places, Places, Ints]:
    """Where the words would begin, judged by each seed: of those of one document close together, two at least, the
    first, the last, and the document."""
    if (cards[1:] < cards[:-1]).any():
        # Beginnings ascend, but one that is reckoned from a document's first words may lie before the document.
        order = np.lexsort((begins, cards))
        begins, cards = begins[order], cards[order]
    breaks = np.flatnonzero((begins[1:] - begins[:-1] > SLACK) | (cards[1:] != cards[:-1])) + 1
    edges = np.concatenate([[0], breaks, [len(begins)]])
    several = np.flatnonzero(np.diff(edges) > 1)
    first, last = edges[several], edges[several + 1] - 1
    return begins[first], begins[last], cards[first]
