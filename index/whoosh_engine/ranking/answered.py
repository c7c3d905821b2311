"""Whether the best passage answers a question, or is only the nearest.

A passage with every word that was asked for answers. One that lacks some still does when it holds most of the question,
each word counted by its rarity; and as long as all that it lacks are everyday words, less is enough: those are said in
other words, a name is not. A word that stands nowhere counts as a name. What stands in the passages close by belongs
to what was said there: it counts as it does for the order (`nearby`), and is no missing name. Both shares were chosen
by cross-validation (`tests/bench/relevance/calibrate.py`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice, repeat

import numpy as np

from index.analysis import chunks, stem_of, terms
from index.query.nodes import AnyForm, Node, Word
from index.whoosh_engine.matching.statistics import postings
from index.whoosh_engine.ranking.clues import Clue
from index.whoosh_engine.ranking.fold import Group
from index.whoosh_engine.ranking.nearby import close_to
from index.whoosh_engine.ranking.ranking import Ranking
from index.whoosh_engine.ranking.weights import Weights
from index.whoosh_engine.segment.days import Mask
from index.whoosh_engine.segment.inverted import Ints
from index.whoosh_engine.segment.leaf import Leaf
from index.whoosh_engine.segment.readable import kept
from index.whoosh_engine.segment.schema import TEXT_FIELD
from index.whoosh_engine.segment.segment import Segment

ENOUGH = 0.75
"""This share of the rarity of all that was asked for answers."""

ENOUGH_OF_EVERYDAY_WORDS = 0.35
"""This share does where no name is missing."""

_LOOKED_AT, _PASSAGES = 24, 96
"""So many places, of so many passages at most, tell how a word is written."""

_ROOM = 4
"""Of many passages so many times as many as wanted are looked at for the lowest hashes."""


@dataclass(frozen=True, slots=True)
class Held:
    """What the best passage holds of a question: its share by rarity, whether that is all, and whether a name is among
    what it and those close by lack.
    """

    whole: bool
    share: float
    name: bool

    @property
    def answers(self) -> bool:
        """Whether that is enough."""
        return self.whole or self.share >= (ENOUGH if self.name else ENOUGH_OF_EVERYDAY_WORDS)


def held(
    best: Group,
    ranking: Ranking,
    clues: Sequence[Clue],
    leaves: Sequence[Leaf],
    readable: Sequence[Mask],
    weights: Weights,
) -> Held:
    """Judge the best hit of a ranking; `clues` are all that was wanted or required."""
    asked = [clue for clue in clues if not clue.evidence] or list(clues)
    missing = [clue for clue in asked if clue not in best.held]
    at = int(ranking.leaf[best.best])
    close = close_to(leaves[at].segment, int(ranking.row[best.best]))
    lost = [clue for clue in missing if not clue.found[at].has(close).any()]
    lacking = weights.nearby * _rarity(lost) + (1 - weights.nearby) * _rarity(missing)
    share = 1 - lacking / (_rarity(asked) or 1.0)
    return Held(not missing, share, any(is_name(clue, leaves, readable) for clue in lost))


def _rarity(clues: Sequence[Clue]) -> float:
    return sum(clue.rarity for clue in clues)


def is_name(clue: Clue, leaves: Sequence[Leaf], readable: Sequence[Mask]) -> bool:
    """Whether a word is written with a capital, within sentences, more often than not; or stands nowhere as asked."""
    if clue.asked != clue.searched or not clue.rows:
        return True
    stems = _stems(clue.asked)
    written = (word for leaf, row in _looked_at(leaves, readable, stems) for word in _written(leaf.segment, row, stems))
    capitals = [word[:1].isupper() for word in islice(written, _LOOKED_AT)]
    return 2 * sum(capitals) > len(capitals)


def _stems(node: Node) -> list[str]:
    word = node.word if isinstance(node, AnyForm) else node
    return [stem_of(term) for term in terms(word.text)] if isinstance(word, Word) else []


def _looked_at(leaves: Sequence[Leaf], readable: Sequence[Mask], stems: Sequence[str]) -> list[tuple[Leaf, int]]:
    """Some readable passages with these stems: those with the lowest hashes, which are the same in every index."""
    found: list[tuple[int, int, int, int]] = []
    for at, (leaf, mask) in enumerate(zip(leaves, readable, strict=True)):
        segment = leaf.segment
        for stem in stems:
            rows = _lowest(segment, postings(segment, TEXT_FIELD, stem).rows, mask)
            documents = segment.card_key.take(segment.row_card.take(rows))
            columns = (segment.row_key.take(rows), documents, rows)
            found += zip(*(each.tolist() for each in columns), repeat(at), strict=False)
    return [(leaves[at], row) for _, _, row, at in sorted(found)[:_PASSAGES]]


def _lowest(segment: Segment, rows: Ints, mask: Mask) -> Ints:
    """Of the masked rows those with the lowest hashes: as many as are wanted, and all that are as low as the last."""
    few, share = rows, _ROOM * _PASSAGES / max(len(rows), 1)
    if share < 1:
        few = rows[segment.row_key.take(rows) < int((share - 0.5) * 2**64)]
    low = kept(few, mask)
    if len(low) < _PASSAGES:
        low = kept(rows, mask)
    hashes = segment.row_key.take(low)
    return low if len(low) <= _PASSAGES else low[hashes <= np.partition(hashes, _PASSAGES)[_PASSAGES]]


def _written(segment: Segment, row: int, stems: Sequence[str]) -> list[str]:
    """How words of these stems are written in a passage, those left out that begin a sentence."""
    numbers = [number for stem in stems if (number := segment.stems.numbers.find(stem)) is not None]
    first, last = segment.row_tokens[row : row + 2].tolist()
    begins = segment.sentences[slice(*segment.sentences.searchsorted([first, last]))] - first
    held = np.isin(segment.stem_of_term.take(segment.stream[first:last]), numbers)
    held[begins] = False
    places: list[int] = np.flatnonzero(held).tolist()
    words = list(islice(chunks(segment.text(row, row)), places[-1] + 1)) if places else []
    return [words[at][0] for at in places]
