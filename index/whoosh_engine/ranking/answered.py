"""Whether the best passage answers a question, or is only the nearest.

A passage with every word that was asked for answers. One that lacks some still does when it holds most of the question,
each word counted by its rarity; and as long as all that it lacks are everyday words, less is enough: those are said in
other words, a name is not. A word that stands nowhere counts as a name. Both shares were chosen by cross-validation
(`tests/bench/relevance/calibrate.py`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np

from index.analysis import chunks, stem_of, terms
from index.query.nodes import AnyForm, Node, Word
from index.whoosh_engine.ranking.clues import Clue
from index.whoosh_engine.ranking.fold import Group
from index.whoosh_engine.segment.days import Mask
from index.whoosh_engine.segment.leaf import Leaf
from index.whoosh_engine.segment.places import places_of_terms
from index.whoosh_engine.segment.segment import Segment

ENOUGH = 0.75
"""This share of the rarity of all that was asked for answers."""

ENOUGH_OF_EVERYDAY_WORDS = 0.35
"""This share does where no name is missing."""

_LOOKED_AT = 24
"""So many places tell how a word is written."""


@dataclass(frozen=True, slots=True)
class Held:
    """What the best passage holds of a question: its share by rarity, whether that is all, and whether a name is among
    what it lacks.
    """

    whole: bool
    share: float
    name: bool

    @property
    def answers(self) -> bool:
        """Whether that is enough."""
        return self.whole or self.share >= (ENOUGH if self.name else ENOUGH_OF_EVERYDAY_WORDS)


def held(best: Group, clues: Sequence[Clue], leaves: Sequence[Leaf], readable: Sequence[Mask]) -> Held:
    """Judge the best hit; `clues` are all that was wanted or required."""
    asked = [clue for clue in clues if not clue.evidence] or list(clues)
    missing = [clue for clue in asked if clue not in best.held]
    lost, whole = sum(clue.rarity for clue in missing), sum(clue.rarity for clue in asked) or 1.0
    return Held(not missing, 1 - lost / whole, any(is_name(clue, leaves, readable) for clue in missing))


def is_name(clue: Clue, leaves: Sequence[Leaf], readable: Sequence[Mask]) -> bool:
    """Whether a word is written with a capital, within sentences, more often than not; or stands nowhere as asked."""
    if clue.asked != clue.searched or not clue.rows:
        return True
    capitals = [
        written[:1].isupper()
        for leaf, mask in zip(leaves, readable, strict=True)
        for written in _written(leaf.segment, mask, _stems(clue.asked))
    ]
    return 2 * sum(capitals) > len(capitals)


def _stems(node: Node) -> list[str]:
    word = node.word if isinstance(node, AnyForm) else node
    return [stem_of(term) for term in terms(word.text)] if isinstance(word, Word) else []


def _written(segment: Segment, mask: Mask, stems: Sequence[str]) -> list[str]:
    """How the words of these stems are written at some readable places within sentences."""
    known = segment.stems.numbers
    numbers = [segment.stems.terms_of(known[stem]) for stem in stems if stem in known]
    if not numbers:
        return []
    places = places_of_terms(segment, np.concatenate(numbers)).astype(np.int64)
    places = places[:: max(1, len(places) // (4 * _LOOKED_AT))]
    at = segment.sentences.searchsorted(places)
    begins = segment.sentences.take(np.minimum(at, len(segment.sentences) - 1)) == places
    places = places[mask[segment.row_at(places)] & ~begins]
    places = places[:: len(places) // _LOOKED_AT + 1]
    found: list[str] = []
    for place in map(int, places):
        row = int(segment.row_at(np.array([place]))[0])
        word = next(islice(chunks(segment.text(row, row)), place - int(segment.row_tokens[row]), None))
        found.append(str(word[0]))
    return found
