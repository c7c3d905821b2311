"""What of one text stands in another: runs of the same words, found by word sequences that are rare in both.

Theory of operation. Both texts become sequences of folded words between a sentinel at either end. Four words in a row
that stand once in the one text and a few times at most in the other are a seed for each pair of places (the sentinels
are seeds too). A seed is grown as far to both sides as the words agree, also through words that are repeated elsewhere.
What comes out are blocks: `length` words from `old` on in the one text and from `new` on in the other. Unlike a common
subsequence, blocks follow paragraphs that were moved, tell every copy, and never pair words that are alike by chance.

The heaviest run of blocks that stand in the same order in both texts is the `chain`: what stayed in its place. A block
beside it was moved, where its old place is empty, or is a copy, where it isn't.

This is how `patience diff` begins (https://bramcohen.livejournal.com/73318.html), with a place for what it can't order.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from index.analysis import tokens

_SEED = 4
_RARE = 4
"""Word sequences that give more pairs of places than that are no seeds."""

_SMALL = 40
"""So many words may be put in, or left out, and the text go on as it did."""

_STRIDE = 64

BREAK = re.compile(r"\n\s*\n")
"""Between two paragraphs."""

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Block:
    """Words `old` to `old + length` of the old text are words `new` to `new + length` of the new one, folded."""

    old: int
    new: int
    length: int

    @property
    def shift(self) -> int:
        """What leads from a word of the old text to the same one of the new."""
        return self.new - self.old

    @property
    def end(self) -> int:
        """The number after the last word of the old text."""
        return self.old + self.length


class Words:
    """The words of a text by their numbers (the sentinels are the first and the last), with their places."""

    def __init__(self, text: str, vocabulary: dict[str, int]) -> None:
        found = tokens(text)
        self.text = text
        self.starts = [-1, *(token.start for token in found), len(text)]
        self.ends = [0, *(token.end for token in found), len(text) + 1]
        numbers = [vocabulary.setdefault(token.term, len(vocabulary) + 2) for token in found]
        self.ids: Ints = np.array([0, *numbers, 1], dtype=np.int64)

    def __len__(self) -> int:
        return len(self.starts)

    @cached_property
    def _places(self) -> tuple[Ints, Ints]:
        order = np.argsort(self.ids, kind="stable")
        return order, self.ids[order]

    def within(self, start: int, end: int) -> tuple[int, int]:
        """The words of `text[start:end]`: the first one's number and the one after the last."""
        return bisect_right(self.ends, start), bisect_left(self.starts, end)

    def runs(self, wanted: Ints) -> list[int]:
        """Where these words stand in a row."""
        order, ordered = self._places
        lows = np.searchsorted(ordered, wanted, "left")
        counts = np.searchsorted(ordered, wanted, "right") - lows
        rarest = int(np.argmin(counts))
        begins = order[lows[rarest] : lows[rarest] + counts[rarest]] - rarest
        begins = begins[(begins >= 0) & (begins + len(wanted) <= len(self.ids))]
        for at, number in enumerate(wanted):
            begins = begins[self.ids[begins + at] == number]
        return begins.tolist()


class Alignment:
    """Two texts, ready to be asked where spans of the `old` one stand in the `new` one."""

    def __init__(self, old: str, new: str) -> None:
        vocabulary: dict[str, int] = {}
        self.old = Words(old, vocabulary)
        self.new = Words(new, vocabulary)
        self.blocks = _blocks(self.old.ids, self.new.ids)
        order = _Order(self.blocks)
        self.chain = [self.blocks[at] for at in order.heaviest()]
        self.stayed = frozenset(self.chain)
        weights = (order.until + order.onward).tolist()
        self._weights = {block: weight - block.length for block, weight in zip(self.blocks, weights, strict=True)}
        self._begins = [block.old for block in self.blocks]
        self._longest = max(block.length for block in self.blocks)
        self._chained = [block.old for block in self.chain]
        self._by_new = sorted(self.blocks, key=lambda block: block.new)
        self._news = [block.new for block in self._by_new]

    def touching(self, first: int, last: int) -> list[Block]:
        """Blocks that share a word of the old text with words `first` to `last`, by their beginnings."""
        low = bisect_left(self._begins, first - self._longest)
        high = bisect_left(self._begins, last)
        return [block for block in self.blocks[low:high] if block.end > first]

    def taking(self, low: int, high: int) -> list[Block]:
        """Blocks that hold all words `low` to `high` of the new text."""
        near = self._by_new[bisect_left(self._news, high - self._longest) : bisect_right(self._news, low)]
        return [block for block in near if block.end + block.shift >= high]

    def weight(self, block: Block) -> int:
        """How many words stand in one order in both texts, if the block's stand where it says. The chain's have the
        most."""
        return self._weights[block]

    def reach(self, block: Block, *, directly: bool = False) -> tuple[int, int]:
        """The words of the old text that stand around the block's as they did, small changes between them aside;
        `directly`: only such as lie inside a paragraph."""
        if block not in self.stayed:
            return block.old, block.end
        apart = self._with_a_break if directly else _apart
        at, last = self.chain.index(block), len(self.chain) - 1
        low = next(n for n in range(at, -1, -1) if n == 0 or apart(self.chain[n - 1], self.chain[n]))
        high = next(n for n in range(at, last + 1) if n == last or apart(self.chain[n], self.chain[n + 1]))
        return self.chain[low].old, self.chain[high].end

    def _with_a_break(self, one: Block, following: Block) -> bool:
        """Whether a paragraph ends between two blocks of the chain in one of the texts, or more than a small change
        lies there."""
        return _apart(one, following) or any(
            BREAK.search(words.text, words.ends[last - 1], words.starts[first])
            for words, last, first in (
                (self.old, one.end, following.old),
                (self.new, one.end + one.shift, following.new),
            )
        )

    def before(self, first: int) -> Block:
        """The block of the chain that reaches nearest to word `first` from before it, cut off there."""
        block = self.chain[max(bisect_left(self._chained, first) - 1, 0)]
        return Block(block.old, block.new, min(block.length, first - block.old))

    def after(self, last: int) -> Block:
        """The block of the chain that begins nearest to word `last` or behind it, what is before `last` cut off."""
        at = bisect_left(self._chained, last)
        while at and self.chain[at - 1].end > last:
            at -= 1
        block = self.chain[min(at, len(self.chain) - 1)]
        cut = max(last - block.old, 0)
        return Block(block.old + cut, block.new + cut, block.length - cut)


def _apart(one: Block, following: Block) -> bool:
    """Whether more than a small change lies between two blocks of the chain."""
    return max(following.old - one.end, following.new - one.new - one.length) > _SMALL


def agreement(old: Words, new: Words, first: int, last: int, image: int) -> tuple[int, int]:
    """How many words right before and right after words `first` to `last` are those around `image` in the new text."""
    behind = image + last - first
    return (
        _common(old.ids[:first][::-1], new.ids[:image][::-1]),
        _common(old.ids[last:], new.ids[behind:]),
    )


def _common(one: Ints, other: Ints) -> int:
    """How long both begin alike."""
    length, at, step = min(len(one), len(other)), 0, _STRIDE
    while at < length:
        differ = np.flatnonzero(one[at : min(at + step, length)] != other[at : min(at + step, length)])
        if len(differ):
            return at + int(differ[0])
        at, step = at + step, step * 2
    return length


def _blocks(old: Ints, new: Ints) -> list[Block]:
    """All blocks, by their beginnings in the old text."""
    here, there = _seeds(old, new)
    order = np.lexsort((here, there - here))
    blocks: list[Block] = []
    for at, to in zip(here[order].tolist(), there[order].tolist(), strict=True):
        if blocks and blocks[-1].shift == to - at and at < blocks[-1].end:
            continue
        left = _common(old[:at][::-1], new[:to][::-1])
        right = _common(old[at:], new[to:])
        if left + right:
            blocks.append(Block(at - left, to - left, left + right))
    return sorted(blocks, key=lambda block: (block.old, block.new))


def _seeds(old: Ints, new: Ints) -> tuple[Ints, Ints]:
    """Where the pairs of places begin: in the old text, and in the new one."""
    pairs = [(0, 0), (len(old) - 1, len(new) - 1)]
    if min(len(old), len(new)) >= _SEED:
        one, other = _grouped(_hashes(old)), _grouped(_hashes(new))
        _, here, there = np.intersect1d(one.values, other.values, assume_unique=True, return_indices=True)
        rare = one.counts[here] * other.counts[there] <= _RARE
        for group, image in zip(here[rare].tolist(), there[rare].tolist(), strict=True):
            pairs += [(at, to) for at in one.places(group) for to in other.places(image)]
    found = np.array(pairs, dtype=np.int64)
    return found[:, 0], found[:, 1]


class _Order:
    """How blocks follow one another in both texts, and the weight of the heaviest way up to and from each of them."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self._begins: Ints = np.array([block.old for block in blocks])
        self._news: Ints = np.array([block.new for block in blocks])
        self._lengths: Ints = np.array([block.length for block in blocks])
        self._ends, self._new_ends = self._begins + self._lengths, self._news + self._lengths
        self.until: Ints = self._lengths.copy()
        self.onward: Ints = self._lengths.copy()
        self.before: Ints = np.full(len(blocks), -1)
        for at in range(1, len(blocks)):
            gain = self._gain(self.until[:at], slice(0, at), at) + self._lengths[at]
            best = int(np.argmax(gain))
            if gain[best] > self.until[at]:
                self.until[at], self.before[at] = gain[best], best
        for at in range(len(blocks) - 2, -1, -1):
            gain = self._gain_onward(at)
            self.onward[at] = max(self.onward[at], gain.max() + self._lengths[at])

    def _gain(self, weights: Ints, those: slice, at: int) -> Ints:
        """What the blocks before bring to block `at`; what overlaps counts once."""
        overlap: Ints = np.maximum(self._ends[those] - self._begins[at], self._new_ends[those] - self._news[at]).clip(0)
        follows = (self._begins[those] < self._begins[at]) & (self._news[those] < self._news[at])
        gain: Ints = np.where(follows & (overlap < self._lengths[at]), weights - overlap, -self._lengths[at])
        return gain

    def _gain_onward(self, at: int) -> Ints:
        """What the blocks behind bring to block `at`."""
        those = slice(at + 1, None)
        overlap: Ints = np.maximum(self._ends[at] - self._begins[those], self._new_ends[at] - self._news[those]).clip(0)
        follows = (self._begins[at] < self._begins[those]) & (self._news[at] < self._news[those])
        gain: Ints = np.where(
            follows & (overlap < self._lengths[those]), self.onward[those] - overlap, -self._lengths[at]
        )
        return gain

    def heaviest(self) -> list[int]:
        """The numbers of the blocks on the heaviest way."""
        chain: list[int] = []
        at = int(np.argmax(self.until))
        while at >= 0:
            chain.append(at)
            at = int(self.before[at])
        return chain[::-1]


@dataclass(frozen=True, slots=True)
class _Grouped:
    """Different values, sorted, how often each comes, and where."""

    values: Ints
    counts: Ints
    _first: Ints
    _order: Ints

    def places(self, group: int) -> list[int]:
        """Where one of them comes."""
        first = int(self._first[group])
        return self._order[first : first + int(self.counts[group])].tolist()


def _grouped(values: Ints) -> _Grouped:
    order = np.argsort(values, kind="stable")
    found, first, counts = np.unique(values[order], return_index=True, return_counts=True)
    return _Grouped(found, counts, first, order)


def _hashes(ids: Ints) -> Ints:
    """A number for every few words in a row; different ones have the same by a chance of one in 2^64."""
    width = len(ids) - _SEED + 1
    mixed = np.zeros(width, dtype=np.uint64)
    for at in range(_SEED):
        mixed = (mixed ^ ids[at : at + width].astype(np.uint64)) * np.uint64(0x9E3779B97F4A7C15)
        mixed ^= mixed >> np.uint64(29)
    return mixed.view(np.int64)
