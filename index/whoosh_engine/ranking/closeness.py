"""How close together the words of a question stand in a passage.

Two finds are worth something, each counted once: runs of two and of three words of the question in its order, function
words included ("stand by"), half of it for the very forms that were asked for; and content words with only a few words
between them, in any order, worth less the more there are. Only the best candidates are looked at, word by word, as one
array.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from index.analysis import stem_of
from index.query.function_words import helping
from index.whoosh_engine.matching.statistics import Statistics
from index.whoosh_engine.ranking.weights import Weights
from index.whoosh_engine.segment.inverted import Ints, distinct, gathered
from index.whoosh_engine.segment.schema import TEXT_FIELD
from index.whoosh_engine.segment.segment import Segment

REACH = 8
"""Words further apart are not near."""

_RUNS = (2, 3)
_NOWHERE = np.empty(0, np.int64)


def closeness(
    segment: Segment, rows: Ints, statistics: Statistics, words: Sequence[str], weights: Weights
) -> NDArray[np.float64]:
    """What the closeness of these folded `words` is worth in each of the rows."""
    if not len(rows):
        return np.zeros(0)
    numbers, owner = _stream(segment, rows)
    stems = segment.stem_of_term[numbers]
    asked = [stem_of(word) for word in words]
    content = [stem for stem, helps in zip(asked, helping(words, ""), strict=True) if not helps]
    rarity = {stem: statistics.idf(TEXT_FIELD, stem) for stem in asked}
    idf = [rarity[stem] for stem in asked]
    by_stem, by_word = (
        [-1 if (number := known.find(key)) is None else number for key in keys]
        for known, keys in ((segment.stems.numbers, asked), (segment.terms, words))
    )
    inflected = _in_order(stems, owner, by_stem, idf, len(rows))
    written = _in_order(numbers, owner, by_word, idf, len(rows))
    near = _near(segment, stems, owner, list(dict.fromkeys(content)), rarity, len(rows))
    return weights.beside * (inflected + written) / 2 + weights.near * near


def _stream(segment: Segment, rows: Ints) -> tuple[Ints, NDArray[np.int64]]:
    """The numbers of the rows' words one after another, and whose they are (an index into `rows`)."""
    numbers = rows.astype(np.int64)
    lengths = segment.row_tokens[numbers + 1] - segment.row_tokens[numbers]
    return gathered(segment.stream, segment.row_tokens, numbers), np.repeat(np.arange(len(rows)), lengths)


def _in_order(
    stream: Ints, owner: NDArray[np.int64], asked: Sequence[int], idf: Sequence[float], rows: int
) -> NDArray[np.float64]:
    """What the runs of the question that a row holds are worth together, each the idf of its rarest word; -1 stands for
    a word that is nowhere."""
    added = np.zeros(rows)
    for length in _RUNS:
        runs = {tuple(asked[at : at + length]): max(idf[at : at + length]) for at in range(len(asked) - length + 1)}
        for run, worth in runs.items():
            begins = np.flatnonzero(stream[: len(stream) - length + 1] == run[0]) if min(run) >= 0 else _NOWHERE
            for offset, number in enumerate(run[1:], 1):
                begins = begins[stream[begins + offset] == number]
            begins = begins[owner[begins] == owner[begins + length - 1]]
            added[distinct(owner[begins])] += worth
    return added


def _near(
    segment: Segment,
    stems: Ints,
    owner: NDArray[np.int64],
    content: Sequence[str],
    rarity: dict[str, float],
    rows: int,
) -> NDArray[np.float64]:
    """Of each two content words that follow each other in the passage, other words aside, the closest pair counts: the
    idf of the more frequent one, divided by their distance."""
    numbers = segment.stems.numbers
    known = [stem for stem in content if stem in numbers]
    number = np.full(len(numbers), -1, np.int8)
    number[[numbers[stem] for stem in known]] = np.arange(len(known))
    of_word = number[stems]
    places = np.flatnonzero(of_word >= 0)
    word, row = of_word[places].astype(np.int64), owner[places]
    gap = np.diff(places)
    pairs = (word[:-1] != word[1:]) & (row[:-1] == row[1:]) & (gap <= REACH)
    first, second = np.minimum(word[:-1], word[1:])[pairs], np.maximum(word[:-1], word[1:])[pairs]
    idf = np.array([rarity[stem] for stem in known] or [0.0])
    worth = np.zeros((rows, len(known) ** 2))
    np.maximum.at(
        worth, (row[:-1][pairs], first * len(known) + second), np.minimum(idf[first], idf[second]) / gap[pairs]
    )
    return worth.sum(axis=1)
