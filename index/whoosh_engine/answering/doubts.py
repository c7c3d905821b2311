"""Words of a question that may be misspelt: what the passages that hold most of the rest say was meant.

A word that occurs nowhere is searched as what was probably meant: of several words that it may stand for, the one that
stands most often where the rest of the question does, and only where none does, the one most frequent at all. A word of
a few passages that may be a slip of the sources themselves is searched as typed; where none of its passages has to do
with the rest of the question, what was meant rather is searched beside it, and offered all the same.

A blank may be missing, or one too many: a word that occurs nowhere is also two that stand side by side ("tientsin",
"Tien-tsin"), and two words that never do are also the one that they make ("choir boy", "choirboy").
"""

from collections.abc import Callable, Sequence
from itertools import pairwise

import numpy as np

from index.analysis import stem_of, term_of
from index.query.describe import say
from index.query.nodes import AnyForm, Node, Word
from index.whoosh_engine.answering.spelling import SHORTEST_MENDED, meant, meant_rather, parted
from index.whoosh_engine.ranking.clues import Clue
from index.whoosh_engine.segment.days import Mask
from index.whoosh_engine.segment.inverted import distinct
from index.whoosh_engine.segment.leaf import Leaf
from index.whoosh_engine.segment.readable import Readable, among_readable, kept

_MOST = 0.5
"""A passage with this share of the rarity of the rest has to do with the question."""


class Doubts:
    """Settles the doubts of one search, and keeps what it `corrected` and what it suggests.

    `frequency` counts the rows of a mask for each leaf that have a written word; `counted` makes the clue of a node
    that is searched in the place of another.
    """

    def __init__(
        self,
        leaves: Sequence[Leaf],
        readable: Readable,
        frequency: Callable[[str, Readable], int],
        counted: Callable[[Node, Node], Clue],
    ) -> None:
        self._leaves, self._readable = leaves, readable
        self._segments = [leaf.segment for leaf in leaves]
        self._frequency, self._counted = frequency, counted
        self.corrected: list[tuple[str, str]] = []
        self.suggestions: list[tuple[str, str]] = []

    def settled(self, clues: Sequence[Clue]) -> list[Clue]:
        """The clues, those of words that may be misspelt replaced by what was probably meant."""
        clues = self._joined(clues)
        return [self._settled(clue, [each for each in clues if each is not clue and each.rows]) for clue in clues]

    def _joined(self, clues: Sequence[Clue]) -> list[Clue]:
        """The clues, those of two words that are written as one beside it."""
        result = list(clues)
        for at, (one, other) in enumerate(pairwise(clues)):
            first, second = one.searched, other.searched
            if not isinstance(first, Word) or not isinstance(second, Word) or not one.rows or not other.rows:
                continue
            whole, apart = term_of(first.text) + term_of(second.text), f"{first.text} {second.text}"
            if not whole.isalpha() or all(each.stems.numbers.find(stem_of(whole)) is None for each in self._segments):
                continue
            if self._counted(one.asked, Word(whole)).rows and not self._side_by_side(one, apart).rows:
                self.suggestions.append((apart, whole))
                result[at] = self._counted(one.asked, AnyForm(first, (), (whole,)))
                result[at + 1] = self._counted(other.asked, AnyForm(second, (), (whole,)))
        return result

    def _side_by_side(self, clue: Clue, words: str) -> Clue:
        """The clue of words that stand side by side, in any inflection, in the place of what was asked."""
        return self._counted(clue.asked, AnyForm(Word(words), ()))

    def _settled(self, clue: Clue, rest: Sequence[Clue]) -> Clue:
        word = clue.searched
        if not isinstance(word, Word):
            return clue
        if clue.rows:
            return self._perhaps_a_slip(clue, word, rest)
        better = self._meant(word.text, rest)
        two = [self._side_by_side(clue, words) for words in parted(word.text, self._in(self._readable))]
        if two and (likeliest := max(two, key=lambda each: each.rows)).rows > self._in(self._readable)(better or ""):
            self.corrected.append((word.text, say(likeliest.searched)))
            return likeliest
        if better and len(term_of(word.text)) < SHORTEST_MENDED:
            self.suggestions.append((word.text, better))
        elif better:
            self.corrected.append((word.text, better))
            return self._counted(clue.asked, Word(better))
        return clue

    def _perhaps_a_slip(self, clue: Clue, word: Word, rest: Sequence[Clue]) -> Clue:
        rather = meant_rather(word.text, clue.rows, self._segments, self._in(self._readable))
        if rather is None:
            return clue
        self.suggestions.append((word.text, rather))
        around = self._around(rest)
        beside = sum(among_readable(part.lists(), mask) for part, mask in zip(clue.found, around, strict=True))
        if beside or not self._in(around)(rather):
            return clue
        return self._counted(clue.asked, AnyForm(word, (), (rather,)))

    def _meant(self, word: str, rest: Sequence[Clue]) -> str | None:
        masks = (self._around(rest), self._readable) if rest else (self._readable,)
        found = (meant(word, self._segments, self._in(mask)) for mask in masks)
        return next(filter(None, found), None)

    def _in(self, readable: Readable) -> Callable[[str], int]:
        return lambda term: self._frequency(term, readable)

    def _around(self, rest: Sequence[Clue]) -> Readable:
        """The readable rows that hold most of the rest of a question."""
        masks: list[Mask] = []
        least, rarest = _MOST * sum(clue.rarity for clue in rest), sorted(rest, key=lambda clue: -clue.rarity)
        # Who lacks all of these can't hold most of it.
        needed = [clue for at, clue in enumerate(rarest) if sum(each.rarity for each in rarest[at:]) >= least]
        for at, (leaf, mask) in enumerate(zip(self._leaves, self._readable, strict=True)):
            lists = [kept(rows, mask) for clue in needed for rows in clue.found[at].lists()]
            rows = distinct(np.concatenate([np.empty(0, np.uint32), *lists]))
            held = sum((clue.rarity * clue.found[at].has(rows) for clue in rest), np.zeros(len(rows)))
            around = np.zeros(leaf.segment.rows, bool)
            around[rows[held >= least]] = True
            masks.append(around)
        return masks
