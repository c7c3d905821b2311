"""Where else the words of a passage stand: word for word, or lightly edited.

Theory of operation. The words of a segment are one stream, so a copy is found wherever its own document was cut. It
keeps some rare words of the passage between the same two neighbours. A few such triples, spread over the passage, are
looked up (`seeds`), as BLAST does with the seeds of a sequence (https://doi.org/10.1016/S0022-2836(05)80360-2). *Word
for word*: where they all stand as in the passage, the whole run is compared. *Lightly edited*: where two of them stand
about as far apart, the stretch around them is compared with the passage by the longest common subsequence. Nothing is
computed when the index is built.

A formula stands in thousands of documents, and few of them are told of. So stretches are compared a document at a time,
and only those of documents that are asked for: the first by their keys, which come in the same order in every index of
the same documents, and those whose passages might be shown next.
"""

from bisect import insort
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from math import ceil
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import LCSseq
from rapidfuzz.process import cdist

from index.likeness import likeness
from index.whoosh_engine.ranking.seeds import SLACK, Seeded, seeded
from index.whoosh_engine.segment.days import Mask
from index.whoosh_engine.segment.inverted import Ints, once
from index.whoosh_engine.segment.phrases import Places, run_places
from index.whoosh_engine.segment.scratch import marked
from index.whoosh_engine.segment.segment import Segment

FEWEST = 8
"""Fewer words ("Thank you very much.") stand anywhere: of them only whole passages are copies."""

FEWEST_EDITED = 20
"""In a shorter passage a changed word changes too much."""

ALIKE = 0.8
"""From this share on (see `index.likeness`) a stretch is the same passage, lightly edited."""

AT_ONCE = 64
"""So few stretches are compared in one go; of more, those of so many documents at first."""

_NOWHERE = np.empty(0, np.int64)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words of one document: from place `first` to before place `last` in the stream of a leaf."""

    leaf: int
    first: int
    last: int


def rows_of(leaf: int, segment: Segment, first: int, last: int) -> Stretch:
    """The words from row `first` to row `last`, that row included."""
    return Stretch(leaf, int(segment.row_tokens[first]), int(segment.row_tokens[last + 1]))


@dataclass(frozen=True, slots=True)
class _Windows:
    """Stretches of a stream in which at least two seeds stand as in the words, with some room around them: where each
    begins and ends, and its document; by documents, and in reading order."""

    first: Places
    last: Places
    card: Ints


_NO_WINDOWS = _Windows(_NOWHERE, _NOWHERE, np.empty(0, np.uint32))


class Sought:
    """The shown words in one segment, of which `mask` may be read, by the `numbers` of their terms there, -1 for those
    that it lacks. `seeds`: some of them, `own` is where they stand there themselves, if they do."""

    def __init__(self, segment: Segment, mask: Mask, numbers: Places, seeds: Places, own: int | None) -> None:
        self._segment, self._mask, self._numbers, self._seeds, self._own = segment, mask, numbers, seeds, own
        self._edited = dict[int, list[tuple[int, int]]]()

    @cached_property
    def same(self) -> Places:
        """Where else the words stand word for word, ascending; of fewer than `FEWEST`, where a whole row has these and
        no more."""
        places = self._runs() if len(self._numbers) >= FEWEST else self._whole_rows()
        return _apart(places, len(self._numbers), self._own)

    @cached_property
    def cards_of_same(self) -> Ints:
        """The documents of these places."""
        return self._segment.row_card.take(self._segment.row_at(self.same))

    @cached_property
    def cards(self) -> Ints:
        """The documents, ascending, in which the words may stand lightly edited."""
        return once(self._windows.card)

    def edited(self, card: int) -> list[tuple[int, int]]:
        """Where in a document they do, in reading order; it has been compared before."""
        return self._edited.get(card, [])

    def compare(self, cards: Ints) -> None:
        """Look what stands in these documents, ascending; where there are few, in all of them."""
        windows = self._windows
        fresh = ~self._compared
        if len(windows.card) > AT_ONCE:
            fresh &= among(windows.card, cards)
        at = np.flatnonzero(fresh)
        if not len(at):
            return
        self._compared[at] = True
        for number, first, last in self._alike(windows.first[at].tolist(), windows.last[at].tolist()):
            found = self._edited.setdefault(int(windows.card[at[number]]), [])
            if self._is_free(first, last) and all(last <= begin or end <= first for begin, end in found):
                insort(found, (first, last))

    @cached_property
    def _compared(self) -> Mask:
        """Of each of the windows whether it was looked at."""
        return np.zeros(len(self._windows.card), bool)

    def _is_free(self, first: int, last: int) -> bool:
        """Whether none of the places word for word is there."""
        return self.same.searchsorted(first - len(self._numbers), side="right") == self.same.searchsorted(last)

    def _alike(self, first: Sequence[int], last: Sequence[int]) -> Iterator[tuple[int, int, int]]:
        """Of some stretches those that hold one that is much like the words: their numbers, and where it begins and
        ends."""
        # A share of 2c / (words + stretch) needs so many words c in common, and the stretch has them all.
        least = ceil(ALIKE * len(self._numbers) / (2 - ALIKE) - 1e-9)
        written, others = self._written(first, last)
        common = cdist([written], others, scorer=LCSseq.similarity, score_cutoff=least, dtype=np.int64)[0]
        for at in np.flatnonzero(common >= least).tolist():
            found = likeness(written, others[at])
            if found.share >= ALIKE:
                yield at, first[at] + found.start, first[at] + found.end

    @cached_property
    def _seeded(self) -> Seeded:
        return seeded(self._segment, self._numbers, self._seeds, self._own)

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

    @cached_property
    def _windows(self) -> _Windows:
        """Those of other documents that are not where the words stand anyway."""
        segment = self._segment
        if len(self._seeds) < 2 or len(self._seeded.begins) < 2:
            return _NO_WINDOWS
        begins, rows = self._seeded.begins, self._seeded.rows
        known = self.same if self._own is None else np.sort(np.append(self.same, self._own))
        news = self._mask[rows] & (known.searchsorted(begins) == known.searchsorted(begins, side="right"))
        cards = segment.row_card[rows]
        if self._own is not None:
            news &= cards != segment.row_card[segment.row_at(np.array([self._own]))]
        begin, end, card = _clusters(begins[news], cards[news])
        edges = (segment.row_card.searchsorted(edge) for edge in (card, card + np.uint32(1)))
        lowest, highest = (segment.row_tokens[rows] for rows in edges)
        first, last = np.maximum(lowest, begin - SLACK), np.minimum(highest, end + len(self._numbers) + SLACK)
        return _Windows(first, last, card)

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


def _apart(places: Places, length: int, own: int | None) -> Places:
    """Those of ascending places of so many words that overlap neither the shown words at their `own` place nor one
    before them."""
    if own is not None and len(places):
        places = places[np.abs(places - own) >= max(length, 1)]
    if len(places) < 2 or (places[1:] - places[:-1] >= length).all():
        return places
    kept = list[int]()
    for place in places.tolist():
        if not kept or place >= kept[-1] + length:
            kept.append(place)
    return np.array(kept, np.int64)


def among(values: Ints, wanted: Ints) -> Mask:
    """For each value whether it is one of those wanted, which ascend."""
    return (
        wanted.take(wanted.searchsorted(values), mode="clip") == values if len(wanted) else np.zeros(len(values), bool)
    )


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
