"""Words close together: in any order within a distance, or in one sentence, or in one passage.

Closeness adds nothing to a score and only decides whether a row counts. So rows are found and scored by their words
alone, and then looked at, word by word, as one array; who wants only the best looks at the best.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property, reduce

import numpy as np
from numpy.typing import NDArray
from whoosh import query as wq

from index.query.nodes import Scope
from index.whoosh_engine.segment.days import Mask
from index.whoosh_engine.segment.inverted import Ints, distinct, indexes, once, true_at
from index.whoosh_engine.segment.phrases import phrase_places
from index.whoosh_engine.segment.places import places_of_terms, term_numbers
from index.whoosh_engine.segment.postings import among
from index.whoosh_engine.segment.segment import Segment

Places = NDArray[np.int64]

_AT_ONCE = 16_384
"""So many rows are looked at in one go: this bounds the memory."""

_TOLD_APART = 16
"""Where more parts than this occur several times close together, they are taken to be near."""

_WORDS_A_PLACE = 4
"""To look a place up among others costs as much as to look at so many words of a row; to merge it in with the others,
as much as to look at one."""

_MANY = 64
"""So many times as many places as of the other part are not merged with them: these few are looked up."""


class Near(wq.Query):
    """All parts close together. With `Scope.WORDS`, at most `distance` other words between one part and the next."""

    def __init__(self, parts: Sequence[wq.Query], distance: int, scope: Scope) -> None:
        self.parts = tuple(parts)
        self.distance = distance
        self.scope = scope
        self.boost = 1.0


@dataclass(frozen=True, slots=True)
class _Spots:
    """Where a part stands: its occurrences in the order in which they begin, each up to before its end."""

    begin: Places
    end: Places

    @classmethod
    def of(cls, words: Places, phrases: Sequence[tuple[Places, int]]) -> "_Spots":
        """Single words, and phrases of so many words."""
        if not phrases:
            return cls(words, words + 1)
        begin = np.concatenate([words, *(places for places, _ in phrases)])
        end = np.concatenate([words + 1, *(places + length for places, length in phrases)])
        return cls(begin, end).ordered((end, begin))

    def by_end(self) -> "_Spots":
        """The same in the order in which they end."""
        return self if (self.end[1:] >= self.end[:-1]).all() else self.ordered((self.begin, self.end))

    def ordered(self, keys: tuple[Places, Places]) -> "_Spots":
        """The same in another order."""
        order = np.lexsort(keys)
        return _Spots(self.begin[order], self.end[order])


@dataclass(frozen=True, slots=True)
class _Looked:
    """Rows that are looked at: the terms of all their words, and where these stand in the stream."""

    rows: Ints
    terms: Ints
    places: Places


class Nearness:
    """Tells in which rows the parts of one query stand close enough."""

    def __init__(self, segment: Segment, query: Near) -> None:
        self._segment, self._query = segment, query
        self._parts = [_Part(segment, part) for part in query.parts]

    def among(self, rows: Ints) -> Mask:
        """For each of the rows, which have all parts, whether they stand close there. The rows ascend."""
        if self._query.scope is Scope.PASSAGE:
            return np.ones(len(rows), bool)
        if self._few_places(rows):
            return among(rows, self._everywhere())
        chunks = (rows[at : at + _AT_ONCE] for at in range(0, len(rows), _AT_ONCE))
        return np.concatenate([np.empty(0, bool), *(among(chunk, self._near(chunk)) for chunk in chunks)])

    def _few_places(self, rows: Ints) -> bool:
        """Whether it is less work to go through all places of the parts than through all words of the rows."""
        if len(self._parts) > 2 and self._query.scope is Scope.WORDS:
            return False
        words = len(rows) * len(self._segment.stream) // max(self._segment.rows, 1)
        return sum(part.many for part in self._parts) * (1 if self._of_words else _WORDS_A_PLACE) < words

    @cached_property
    def _of_words(self) -> bool:
        """Whether the parts are two of single words, none of both, and neither stands far more often."""
        if len(self._parts) != 2 or self._query.scope is not Scope.WORDS or any(part.phrases for part in self._parts):
            return False
        few, many = sorted(self._parts, key=lambda part: part.many)
        return many.many < few.many * _MANY and not np.isin(few.terms, many.terms).any()

    def _everywhere(self) -> Ints:
        """The rows in which the parts stand close enough."""
        if self._of_words:
            one, other = (part.terms for part in self._parts)
            return _near_words(self._segment, one, other, self._query.distance)
        return self._close([part.places() for part in self._parts])

    def _near(self, rows: Ints) -> Ints:
        segment = self._segment
        places = indexes(segment.row_tokens, rows.astype(np.int64))
        looked = _Looked(rows, segment.stream.take(places), places)
        return self._close([part.places_in(looked) for part in self._parts])

    def _close(self, found: Sequence[_Spots]) -> Ints:
        """The rows in which the parts stand close enough, by where each of them stands."""
        segment = self._segment
        if self._query.scope is Scope.SENTENCE:
            return _in_one_sentence(segment, found)
        if len(found) == 2:
            return _near_pairs(segment, found[0], found[1], self._query.distance)
        return _chains(segment, found, self._query.distance)


class _Part:
    """A part of a near query: words that are one word long, or phrases."""

    def __init__(self, segment: Segment, query: wq.Query) -> None:
        parts = query.subqueries if isinstance(query, wq.Or) else [query]
        phrases = [part for part in parts if isinstance(part, wq.Phrase)]
        self._segment = segment
        self.phrases = [(phrase_places(segment, phrase.words), len(phrase.words)) for phrase in phrases]
        words = [part for part in parts if not isinstance(part, wq.Phrase)]
        self.terms = np.array([number for word in words for number in term_numbers(segment, word)], np.int64)

    @property
    def many(self) -> int:
        """At how many places it stands at most."""
        ptr = self._segment.place_ptr
        return int((ptr[self.terms + 1] - ptr[self.terms]).sum()) + sum(len(places) for places, _ in self.phrases)

    def places(self) -> _Spots:
        """Where the part stands."""
        return _Spots.of(places_of_terms(self._segment, self.terms).astype(np.int64), self.phrases)

    def places_in(self, looked: _Looked) -> _Spots:
        """Where the part stands in the rows."""
        if len(self.terms) == 1:
            words = looked.places[looked.terms == self.terms[0]]
        else:
            wanted = np.zeros(len(self._segment.terms), bool)
            wanted[self.terms] = True
            words = looked.places[wanted.take(looked.terms)]
        runs = [(places[among(self._segment.row_at(places), looked.rows)], length) for places, length in self.phrases]
        return _Spots.of(words, runs)


def _in_one_sentence(segment: Segment, parts: Sequence[_Spots]) -> Ints:
    units = [distinct(segment.sentences.searchsorted(part.begin, side="right")) for part in parts]
    common: NDArray[np.int64] = reduce(lambda first, second: first[np.isin(first, second)], units)
    return distinct(segment.row_at(segment.sentences[common - 1]))


def _near_pairs(segment: Segment, one: _Spots, other: _Spots, distance: int) -> Ints:
    """Rows with a pair of neighbours in either order; the nearest occurrence on each side decides."""
    # The fewer are looked up among the more.
    few, many = sorted((one, other), key=lambda each: len(each.begin))
    if not len(few.begin):
        return few.begin.astype(np.uint32)
    before, last = many.by_end(), len(many.begin) - 1
    ahead = many.begin.searchsorted(few.end)
    behind = before.end.searchsorted(few.begin, side="right") - 1
    next_one, one_before = np.minimum(ahead, last), np.maximum(behind, 0)
    follows = (ahead <= last) & (many.begin[next_one] - few.end <= distance)
    leads = (behind >= 0) & (few.begin - before.end[one_before] <= distance)
    rows: list[Ints] = []
    for close, there in ((follows, many.begin[next_one]), (leads, before.begin[one_before])):
        row = segment.row_at(few.begin[close])
        rows.append(row[row == segment.row_at(there[close])])
    return distinct(np.concatenate(rows))


def _near_words(segment: Segment, one: Places, other: Places, distance: int) -> Ints:
    """The same of single words by their terms. In the order of all places the nearest one of the other part is a
    neighbour, so they are sorted, each above a bit that tells its part."""
    lists = [[segment.places_of(term) for term in terms] for terms in (one.tolist(), other.tolist())]
    wide = len(segment.stream) >> 31
    spots = np.concatenate([*lists[0], *lists[1]], dtype=np.uint64 if wide else np.uint32)
    spots <<= 1
    spots[sum(map(len, lists[0])) :] |= 1
    spots.sort()
    gaps = spots[1:] - spots[:-1]
    close = gaps <= 2 * distance + 3
    close &= (gaps & 1).astype(bool)
    at = true_at(close)
    first, second = spots.take(at) >> 1, spots.take(at + 1) >> 1
    rows = segment.row_at(first)
    return once(rows[(second - first <= distance + 1) & (segment.row_tokens.take(rows + np.uint32(1)) > second)])


def _chains(segment: Segment, parts: Sequence[_Spots], distance: int) -> Ints:
    """Rows in which all parts stand in some order, each within `distance` words of the next."""
    begin, end = (np.concatenate([getattr(part, name) for part in parts]) for name in ("begin", "end"))
    part = np.repeat(np.arange(len(parts)), [len(each.begin) for each in parts])
    order = np.lexsort((part, begin))
    begin, end, part = begin[order], end[order], part[order]
    row = segment.row_at(begin)
    edges = _stretches(begin, end, part, row, distance, len(parts))
    # Where each part occurs once and none overlaps another, the stretch itself is the chain.
    lapped = np.append(False, np.cumsum(begin[1:] < end[:-1]))
    plain = (edges[1] - edges[0] == len(parts)) & (lapped[edges[0]] == lapped[edges[1] - 1])
    found = set(row[edges[0, plain]].tolist())
    for first, last in edges[:, ~plain].T.tolist():
        if row[first] not in found:
            ordered = [each[first:last].tolist() for each in (begin, end, part)]
            if _chained(list(zip(*ordered, strict=True)), distance, len(parts)):
                found.add(int(row[first]))
    return np.array(sorted(found), np.uint32)


def _stretches(
    begin: Places, end: Places, part: NDArray[np.int64], row: Ints, distance: int, parts: int
) -> NDArray[np.int64]:
    """The first and the last edge of stretches of occurrences of one row, none too far from those before, that hold
    every part: outside of them there is no chain."""
    if not len(begin):
        return np.empty((2, 0), np.int64)
    reach = np.maximum.accumulate(end)
    apart = (begin[1:] - reach[:-1] > distance) | (row[1:] != row[:-1])
    edges = np.concatenate([[0], np.flatnonzero(apart) + 1, [len(begin)]])
    # A question has 64 words at most.
    held = np.bitwise_or.reduceat(np.uint64(1) << part.astype(np.uint64), edges[:-1])
    return np.stack([edges[:-1], edges[1:]])[:, held == np.uint64((1 << parts) - 1)]


def _chained(ordered: Sequence[tuple[int, int, int]], distance: int, parts: int) -> bool:
    """Whether a chain through all parts exists; each occurrence is where it begins, where it ends, and its part.

    A part that occurs once is on every chain: no chain leaps over it. Of the others, the nearest occurrence is not
    always the one to take, so of each occurrence all chains that end there are known, by the sets of such parts on
    them: bit `m` of a number says that a chain with the parts in the bits of `m` ends there.
    """
    counts = Counter(part for _, _, part in ordered)
    several = {part: at for at, part in enumerate(part for part in range(parts) if counts[part] > 1)}
    if len(several) > _TOLD_APART:
        return True
    longest, once, leapt = max(end - begin for begin, end, _ in ordered), parts - len(several), 0
    chains: list[int] = []
    for at, (begin, _, part) in enumerate(ordered):
        bit = 1 << several[part] if part in several else 0
        lacking, here = _lacking(len(several), bit), 0 if leapt else 1 << bit
        for earlier in range(at - 1, max(leapt - 2, -1), -1):
            start, end, _ = ordered[earlier]
            if begin - start > distance + longest:
                break
            if 0 <= begin - end <= distance:
                here |= (chains[earlier] & lacking) << bit
        if not bit:
            once, leapt = once - 1, at + 1
        if not once and here >> ((1 << len(several)) - 1) & 1:
            return True
        chains.append(here)
    return False


@cache
def _lacking(parts: int, bit: int) -> int:
    """The sets of so many parts that lack one of them, as `_chained` has them."""
    return sum(1 << each for each in range(1 << parts) if not each & bit)
