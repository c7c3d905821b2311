"""Where in a segment some rare words of a passage stand between the same two neighbours as in the passage.

Theory of operation. Of each part of the passage the rarest word is a *seed*, and each of its places tells where the
passage would begin. All these beginnings are sorted as plain numbers, which costs less than to look at the words around
each place: those that are far from every other can't belong to a copy and are dropped unseen. Only of those that are
left the two neighbours are compared.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.whoosh_engine.segment.days import Mask
from index.whoosh_engine.segment.inverted import Ints
from index.whoosh_engine.segment.phrases import Places, runs_at
from index.whoosh_engine.segment.segment import Segment

SLACK = 40
"""So many words (a page's header, a footnote) may have come in or gone between two seeds."""

_SEEDS = 6
_COMMON = 20_000
"""A word that stands in more places is no seed."""

_BITS = 3
"""A key is a beginning above the number of its seed, in so many bits."""

_SEED = (1 << _BITS) - 1
_FAR = SLACK + 1 << _BITS


def seeds_of(segments: Sequence[Segment], numbers: Sequence[Places]) -> Places:
    """Of each part of the words the place of the one that is rarest in all segments, of those that have neighbours, by
    the numbers of their terms in each segment, -1 for those that it lacks."""
    size = len(numbers[0])
    counts: Places = reduce(np.add, map(_counts, segments, numbers))
    bounds = 1 + (size - 2) * np.arange(_SEEDS) // _SEEDS
    at = np.minimum.reduceat(counts[:-1] * size + np.arange(size - 1), bounds) % size
    return at[counts[at] <= _COMMON]


def _counts(segment: Segment, numbers: Places) -> Places:
    """At how many places each of the words stands; 0 for those that the segment lacks."""
    known = np.maximum(numbers, 0)
    counts = segment.place_ptr.take(known + 1) - segment.place_ptr.take(known)
    counts[numbers < 0] = 0
    return counts


@dataclass(frozen=True, slots=True)
class Seeded:
    """Where the words would begin by each place of each of `many` seeds, ascending, and the rows of these places."""

    begins: Places
    rows: Ints
    many: int

    def runs(self, segment: Segment, numbers: Places) -> Places:
        """Where all the words stand side by side in one document, ascending: where every one of several seeds says
        so."""
        begins = self.begins[: 1 - self.many]
        begins = begins[self.begins[self.many - 1 :] == begins]
        if not len(begins):
            return begins
        first, last = begins.searchsorted([0, len(segment.stream) - len(numbers) + 1])
        return runs_at(segment, numbers.tolist(), begins[first:last])


def seeded(segment: Segment, numbers: Places, seeds: Places, own: int | None) -> Seeded:
    """The places of the seeds in one segment. Left out are those by which the words would begin at their `own` place,
    and those that are far from every other, of the same seed and of others."""
    seeds = seeds[numbers[seeds] >= 0]
    keys = _keys(segment, numbers, seeds)
    company = _in_company(keys)
    if own is not None:
        at = own + len(numbers) << _BITS
        first, last = keys.searchsorted(np.array([at, at + _SEED + 1], keys.dtype))
        company[first:last] = False
    keys = keys.take(company.nonzero()[0])
    seed: Places = (keys & _SEED).astype(np.int64)
    places: Places = (keys >> _BITS).astype(np.int64) + (seeds - len(numbers)).take(seed)
    for side in (-1, 1):
        alike = (segment.stream.take(places + side) == numbers.take(seeds + side).take(seed)).nonzero()[0]
        places, seed = places[alike], seed[alike]
    rows, last = segment.row_at(places - 1), segment.row_at(places + 1)
    whole = (segment.row_card.take(rows) == segment.row_card.take(last)).nonzero()[0]
    return Seeded((places - seeds.take(seed))[whole], rows[whole], len(seeds))


def _keys(segment: Segment, numbers: Places, at: Places) -> NDArray[Any]:
    """A key for each place of each seed, ascending: where the words would begin, counted from so many words before the
    first of all, and which seed it is."""
    lists = [_between(segment, segment.places_of(number)) for number in numbers[at].tolist()]
    wide = len(segment.stream) + len(numbers) >> 32 - _BITS
    keys = np.concatenate([np.empty(0, np.uint32), *lists], dtype=np.uint64 if wide else np.uint32)
    keys <<= _BITS
    begin = 0
    for seed, (place, places) in enumerate(zip(at.tolist(), lists, strict=True)):
        keys[begin : begin + len(places)] += (len(numbers) - place << _BITS) + seed
        begin += len(places)
    keys.sort()
    return keys


def _between(segment: Segment, places: Ints) -> Ints:
    """Those of the places that have two neighbours."""
    return places[int(places[0]) == 0 : len(places) - (int(places[-1]) == len(segment.stream) - 1)]


def _in_company(keys: NDArray[Any]) -> Mask:
    """Of ascending keys those that are not far from the one before or the one behind."""
    found = np.zeros(len(keys), bool)
    near = keys[1:] - keys[:-1] < _FAR
    found[1:] = near
    found[:-1] |= near
    return found
