"""Where the words of a quotation stand, or something close to them: the candidates that a check compares in full.

Theory of operation. Words that stand so are found like a phrase. For others every pair of neighbouring words that is
not too common is a seed, and so is a rare word alone. A seed found at place `p` that is word `i` of the quotation says
that the quotation would begin at `p - i`; the changed quotation's seeds agree on that but for a few words that came in
or went. So the votes are sorted, the stretches on which the weightiest ones fall are compared word by word (the
longest common subsequence), and the best are kept. The work grows with the places of the rarest seeds, which is
bounded, and not with the index.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import log

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import LCSseq

from index.analysis import chunks
from index.hit import Located
from index.whoosh_engine.ranking.copies import Stretch
from index.whoosh_engine.segment.days import Mask
from index.whoosh_engine.segment.leaf import Leaf
from index.whoosh_engine.segment.phrases import phrase_places
from index.whoosh_engine.segment.rows import NO_DAY
from index.whoosh_engine.segment.segment import Segment

_MOST_ALIKE = 200
"""So many places of words that stand exactly so are told, the earliest dated first: they are cheap, and who said
them is compared with whom a draft names."""

_WORK = 120_000
"""At most about so many places of seeds are looked at in a segment."""

_SEEDS = 32
_RARE = 400
"""A word in no more places than this is a seed by itself."""

_SLACK = 40
"""So many words may have come in or gone between two seeds of one place."""

_FAR = 1 << 40
"""More than any place in a stream."""

_UNDATED = 1 << 31
"""Later than any day."""

_SIFTED, _TELLING = 1_500, 24
"""So many votes are looked at more closely, by so many of the most telling words."""

_NEAR = np.arange(-2, 3)
"""A word that is so many places off is where it should be."""

_COMPARED = 48
_LEAST = 0.12
"""Of places with a smaller share of the words' weight nothing is told."""

_ALONE = 0.4
"""What a matching word counts that stands alone between others: chance brings such."""

Places = NDArray[np.int64]
Weights = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class _Votes:
    """Where the quotation would begin by each place of each seed, in which document, and what the vote of which seed
    weighs; in the order of documents and places."""

    begins: Places
    cards: Places
    worth: Weights
    seeds: NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class _Place:
    stretch: Stretch
    share: float
    whole: bool = False


def located(leaves: Sequence[Leaf], readable: Sequence[Mask], words: Sequence[str], most: int) -> list[Located]:
    """The readable places of the folded words: all that have them side by side, else the `most` closest ones."""
    if alike := _alike(leaves, readable, words):
        return [_told(leaves, place) for place in alike]
    weights = _weights(leaves, words)
    close = [
        place
        for number, (leaf, mask) in enumerate(zip(leaves, readable, strict=True))
        for place in _close(leaf.segment, mask, words, weights, number)
    ]
    close.sort(key=lambda place: _closeness(leaves, place))
    return [_told(leaves, place) for place in close[:most]]


def _alike(leaves: Sequence[Leaf], readable: Sequence[Mask], words: Sequence[str]) -> list[_Place]:
    """Where the words stand side by side, in the order of `_when`."""
    found = [np.empty((4, 0), np.int64)]
    for number, (leaf, mask) in enumerate(zip(leaves, readable, strict=True)):
        segment, places = leaf.segment, _runs(leaf.segment, mask, words)
        rows = segment.row_at(places)
        days = segment.row_days[1].take(rows).astype(np.int64)
        days[days == NO_DAY] = _UNDATED
        documents = segment.card_key.take(segment.row_card.take(rows)).view(np.int64)
        found.append(np.stack([places, documents, days, np.full(len(places), number)]))
    columns = np.concatenate(found, axis=1)
    first: list[tuple[int, int]] = columns[:, np.lexsort(columns[:3])][[3, 0], :_MOST_ALIKE].T.tolist()
    return [_Place(Stretch(leaf, place, place + len(words)), 1.0, whole=True) for leaf, place in first]


def _runs(segment: Segment, mask: Mask, words: Sequence[str]) -> Places:
    places = phrase_places(segment, words)
    return places[mask[segment.row_at(places)]]


def _closeness(leaves: Sequence[Leaf], place: _Place) -> tuple[float, int, tuple[int, int, int]]:
    """For an order: those with the greatest share of the words first, then those with the least between."""
    return -round(place.share, 4), place.stretch.last - place.stretch.first, _when(leaves, place.stretch)


def _when(leaves: Sequence[Leaf], stretch: Stretch) -> tuple[int, int, int]:
    """For an order that is the same in every index: when it was said or published at the latest (the undated come
    last), the key of its document, and where it begins."""
    segment = leaves[stretch.leaf].segment
    row = _row(segment, stretch.first)
    day, document = int(segment.row_days[1, row]), segment.card_key[segment.row_card[row]]
    return day if day != NO_DAY else _UNDATED, int(document.view(np.int64)), stretch.first


def _weights(leaves: Sequence[Leaf], words: Sequence[str]) -> Weights:
    """How telling each word is: the logarithm of how rare it is; unknown words weigh like the rarest."""
    total = 1 + sum(len(leaf.segment.stream) for leaf in leaves)
    counts = [sum(_count(leaf.segment, leaf.segment.terms.get(word, -1)) for leaf in leaves) for word in words]
    return np.array([log(1 + total / (1 + count)) for count in counts])


def _count(segment: Segment, number: int) -> int:
    return int(segment.place_ptr[number + 1] - segment.place_ptr[number]) if number >= 0 else 0


def _close(segment: Segment, mask: Mask, words: Sequence[str], weights: Weights, leaf: int) -> Iterator[_Place]:
    """The places of a segment with the greatest shares of the words' weight, none twice."""
    numbers = [segment.terms.get(word, -1) for word in words]
    votes = _votes(segment, mask, words, numbers, weights)
    taken: list[tuple[int, int]] = []
    for first, last in _windows(segment, votes, numbers, weights):
        stretch, share = _compared(segment, numbers, weights, first, last)
        if share >= _LEAST and not any(begin < stretch[1] and stretch[0] < end for begin, end in taken):
            taken.append(stretch)
            yield _Place(Stretch(leaf, *stretch), share)


def _votes(segment: Segment, mask: Mask, words: Sequence[str], numbers: Sequence[int], weights: Weights) -> _Votes:
    """A vote for each place of each seed."""
    begins, cards, worth = [np.empty(0, np.int64)], [np.empty(0, np.int64)], [np.empty(0)]
    seeds = [np.empty(0, np.uint8)]
    for seed, (at, length) in enumerate(_seeds(segment, numbers)):
        places = phrase_places(segment, words[at : at + length])
        rows = segment.row_at(places)
        kept = mask[rows]
        begins.append(places[kept] - at)
        cards.append(segment.row_card[rows[kept]].astype(np.int64))
        worth.append(np.full(len(begins[-1]), float(weights[at : at + length].sum())))
        seeds.append(np.full(len(begins[-1]), seed, np.uint8))
    begin, card = np.concatenate(begins), np.concatenate(cards)
    order = np.lexsort((begin, card))
    return _Votes(begin[order], card[order], np.concatenate(worth)[order], np.concatenate(seeds)[order])


def _seeds(segment: Segment, numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Word by place in the quotation and length, the rarest first, within the bounds of work."""
    counts = [_count(segment, number) for number in numbers]
    found = [(min(counts[at], counts[at + 1]), at, 2) for at in range(len(numbers) - 1)]
    found += [(count, at, 1) for at, count in enumerate(counts) if count <= _RARE]
    work = 0
    for count, at, length in sorted(each for each in found if each[0])[:_SEEDS]:
        work += count
        if work > _WORK and work != count:
            return
        yield at, length


def _windows(segment: Segment, votes: _Votes, numbers: Sequence[int], weights: Weights) -> Iterator[tuple[int, int]]:
    """Stretches of the stream, within one document each, on which the weightiest votes fall; heaviest first."""
    if not len(votes.begins):
        return
    sums = np.append(0.0, np.cumsum(votes.worth))
    keys = votes.cards * _FAR + votes.begins  # of two documents never within _SLACK of each other
    until = np.searchsorted(keys, keys + _SLACK, side="right")
    weight = sums[until] - sums[:-1] - _repeated(votes, keys)
    chosen: list[int] = []
    for at in _heaviest(segment, votes, weight, numbers, weights).tolist():
        if all(abs(int(keys[at]) - other) > _SLACK for other in chosen):
            chosen.append(int(keys[at]))
            lowest, highest = _document(segment, int(votes.cards[at]))
            begin, last = int(votes.begins[at]), int(votes.begins[until[at] - 1])
            yield max(lowest, begin - _SLACK), min(highest, last + len(numbers) + _SLACK)
        if len(chosen) == _COMPARED:
            return


def _heaviest(segment: Segment, votes: _Votes, weight: Weights, numbers: Sequence[int], weights: Weights) -> Places:
    """The numbers of the weightiest votes, heaviest first: common words make no seeds, but among many places where the
    same seeds stand, those come first that have the quotation's other words, too, about where they should be.
    """
    most = min(len(weight), _SIFTED)
    heaviest = np.argpartition(-weight, most - 1)[:most]
    telling = np.argsort(-weights, kind="stable")[:_TELLING]
    at = votes.begins[heaviest, None, None] + (telling[:, None] + _NEAR)
    there = segment.stream.take(at, mode="clip") == np.array(numbers)[telling, None]
    return heaviest[np.argsort(-(weight[heaviest] + there.any(axis=2) @ weights[telling]), kind="stable")]


def _repeated(votes: _Votes, keys: Places) -> Weights:
    """What of the votes within `_SLACK` behind each one is of seeds that have voted there before: a place that says a
    name three times is no likelier.
    """
    at = np.argsort(votes.seeds, kind="stable")
    again = (votes.seeds[at[1:]] == votes.seeds[at[:-1]]) & (keys[at[1:]] - keys[at[:-1]] <= _SLACK)
    before, later = at[:-1][again], at[1:][again]
    first = np.searchsorted(keys, keys[later] - _SLACK)
    size = len(keys) + 1
    worth = votes.worth[later]
    changes = np.bincount(first, worth, size) - np.bincount(before + 1, worth, size)
    return np.cumsum(changes, dtype=np.float64)[:-1]


def _document(segment: Segment, card: int) -> tuple[int, int]:
    """Where the words of a document begin and end."""
    rows = segment.row_card.searchsorted(np.array((card, card + 1), segment.row_card.dtype))
    lowest, highest = segment.row_tokens[rows].tolist()
    return lowest, highest


def _compared(
    segment: Segment, numbers: Sequence[int], weights: Weights, first: int, last: int
) -> tuple[tuple[int, int], float]:
    """Where in the stretch the words in common begin and end, and their share of the weight."""
    there = segment.stream[first:last].tolist()
    blocks = [step for step in LCSseq.opcodes(numbers, there) if step.tag == "equal"]
    if not blocks:
        return (first, first), 0.0
    weight = 0.0
    for block in blocks:
        part = float(weights[block.src_start : block.src_end].sum())
        weight += part if block.src_end - block.src_start > 1 else part * _ALONE
    solid = [block for block in blocks if block.src_end - block.src_start > 1] or blocks
    return (first + solid[0].dest_start, first + solid[-1].dest_end), weight / float(weights.sum())


def _told(leaves: Sequence[Leaf], place: _Place) -> Located:
    segment = leaves[place.stretch.leaf].segment
    first, last = place.stretch.first, place.stretch.last - 1
    row, end = _row(segment, first), _row(segment, last)
    return Located(
        passage=segment.passage(row, end),
        document=segment.card_of(row),
        start=_offset(segment, first)[0],
        end=_offset(segment, last)[1],
        share=round(place.share, 4),
        whole=place.whole,
    )


def _row(segment: Segment, place: int) -> int:
    return int(segment.row_tokens.searchsorted(place, side="right")) - 1


def _offset(segment: Segment, place: int) -> tuple[int, int]:
    """Where in its document's text the word at a place of the stream begins and ends."""
    row = _row(segment, place)
    word = list(chunks(segment.text(row, row)))[place - int(segment.row_tokens[row])]
    begins = int(segment.row_place[row, 0])
    return begins + word.start(), begins + word.end()
