"""The other places of a shown passage's words in all segments, as many of them as are told of."""

from collections.abc import Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from index.hit import MOST_COPIES
from index.whoosh_engine.ranking.copies import AT_ONCE, FEWEST_EDITED, Sought, Stretch, among
from index.whoosh_engine.ranking.seeds import seeds_of
from index.whoosh_engine.segment.days import Mask
from index.whoosh_engine.segment.inverted import Ints
from index.whoosh_engine.segment.leaf import Leaf
from index.whoosh_engine.segment.phrases import Places


class Twins:
    """All readable places of the shown words but their own; no two overlap. Lightly edited ones in the same document
    are none: they are passages of their own.

    Of `same` and `edited`, which are in other documents, and of `within`, word for word in the same one, there are
    `MOST_COPIES` at most: those of the first documents by their keys, in reading order.
    """

    def __init__(self, leaves: Sequence[Leaf], readable: Sequence[Mask], shown: Stretch) -> None:
        self._leaves, self._shown, self._length = leaves, shown, shown.last - shown.first
        self._sought = _sought(leaves, readable, shown)

    @cached_property
    def same(self) -> list[Stretch]:
        """Other documents' places of the same words."""
        return self._word_for_word(within=False)

    @cached_property
    def within(self) -> list[Stretch]:
        """The same document's other places of the same words."""
        return self._word_for_word(within=True)

    @cached_property
    def edited(self) -> list[Stretch]:
        """Other documents' places of the words, lightly edited."""
        cards = [sought.cards for sought in self._sought]
        keys = [leaf.segment.card_key.take(each) for leaf, each in zip(self._leaves, cards, strict=True)]
        leaf, card = np.repeat(np.arange(len(cards)), [len(each) for each in cards]), np.concatenate(cards)
        order = np.lexsort((card, leaf, np.concatenate(keys)))
        found, begin, at_once = list[Stretch](), 0, AT_ONCE
        while begin < len(order) and len(found) < MOST_COPIES:
            some, begin = order[begin : begin + at_once], begin + at_once
            for number, sought in enumerate(self._sought):
                sought.compare(np.sort(card[some[leaf[some] == number]]))
            documents: list[tuple[int, int]] = np.stack((leaf[some], card[some]), axis=1).tolist()
            found += (Stretch(at, *place) for at, each in documents for place in self._sought[at].edited(each))
            at_once *= 4
        return found[:MOST_COPIES]

    def inside(self, leaf: int, cards: Ints) -> tuple[Places, Places]:
        """Where those that are in these documents (ascending) of a leaf begin, and where they end."""
        sought = self._sought[leaf]
        if not (len(sought.same) or len(sought.cards)):
            return sought.same, sought.same
        same = sought.same[among(sought.cards_of_same, cards)]
        sought.compare(cards)
        edited = [place for card in cards.tolist() for place in sought.edited(card)]
        begins, ends = np.array(edited, np.int64).reshape(-1, 2).T
        return np.append(same, begins), np.append(same + self._length, ends)

    def _word_for_word(self, *, within: bool) -> list[Stretch]:
        places = [each.same for each in self._sought]
        if not any(map(len, places)):
            return []
        documents = np.concatenate([_documents(*each) for each in zip(self._leaves, places, strict=True)])
        leaf, place = np.repeat(np.arange(len(places)), [len(each) for each in places]), np.concatenate(places)
        own = _documents(self._leaves[self._shown.leaf], np.array([self._shown.first]))
        wanted = np.flatnonzero((documents == own) == within)
        first = wanted[np.lexsort((place[wanted], documents[wanted]))[:MOST_COPIES]]
        found = zip(leaf[first].tolist(), place[first].tolist(), strict=True)
        return [Stretch(number, begin, begin + self._length) for number, begin in found]


def _documents(leaf: Leaf, places: Places) -> NDArray[np.uint64]:
    """The key of the document of each place: these come in the same order in every index of the same documents."""
    return leaf.segment.card_key.take(leaf.segment.row_card.take(leaf.segment.row_at(places)))


def _sought(leaves: Sequence[Leaf], readable: Sequence[Mask], shown: Stretch) -> list["Sought"]:
    segments, numbers = [leaf.segment for leaf in leaves], _numbers(leaves, shown)
    seeds = seeds_of(segments, numbers) if shown.last - shown.first >= FEWEST_EDITED else np.empty(0, np.int64)
    return [
        Sought(segment, mask, each, seeds, shown.first if number == shown.leaf else None)
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
