"""How close together the words of a question stand in a passage.

Two finds are worth something, each counted once: runs of two and of three words of the question in its order, function
words included ("stand by"), half of it for the very forms that were asked for; and content words with only a few words
between them, in any order, worth less the more there are. A run of three that goes over a function word ("bear any
burden") is worth most: who types one in a hurry remembers what was said word for word. Only the best candidates are
looked at, all at once, and of their words only those of the question.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.analysis import stem_of
from index.query.function_words import helping
from index.whoosh_engine.matching.statistics import Statistics
from index.whoosh_engine.ranking.weights import Weights
from index.whoosh_engine.segment.inverted import Ints, distinct, gathered
from index.whoosh_engine.segment.schema import TEXT_FIELD
from index.whoosh_engine.segment.scratch import marked
from index.whoosh_engine.segment.segment import Segment

REACH = 8
"""Words further apart are not near."""

_RUNS = (2, 3)
_HURRIED = 6
"""In a longer question function words are those of its own sentence."""

_NOWHERE = np.empty(0, np.int64)

Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class _Held:
    """The words of some rows that are a question's: where each stands among all words of all rows, whose it is (an
    index into the rows), and the numbers of its term and its stem."""

    at: Numbers
    owner: Numbers
    terms: Ints
    stems: Ints

    def beginnings(self, length: int) -> Numbers:
        """Which of them begin `length` words side by side."""
        last = length - 1
        together = (self.at[last:] - self.at[:-last] == last) & (self.owner[last:] == self.owner[:-last])
        return np.flatnonzero(together)


def closeness(
    segment: Segment, rows: Ints, statistics: Statistics, words: Sequence[str], weights: Weights
) -> NDArray[np.float64]:
    """What the closeness of these folded `words` is worth in each of the rows."""
    if not len(rows):
        return np.zeros(0)
    asked = [stem_of(word) for word in words]
    rarity = {stem: statistics.idf(TEXT_FIELD, stem) for stem in asked}
    idf, helps = [rarity[stem] for stem in asked], helping(words, "")
    worth = [_worths(length, idf, helps, weights) for length in _RUNS]
    by_stem, by_word = (
        [-1 if (number := known.find(key)) is None else number for key in keys]
        for known, keys in ((segment.stems.numbers, asked), (segment.terms, words))
    )
    content = {
        number: rarity[stem]
        for stem, number, only_helps in zip(asked, by_stem, helps, strict=True)
        if number >= 0 and not only_helps
    }
    held = _held(segment, rows, by_stem)
    inflected = _in_order(held, held.stems, by_stem, worth, len(rows))
    written = _in_order(held, held.terms, by_word, worth, len(rows))
    return weights.beside * (inflected + written) / 2 + weights.near * _near(held, content, len(rows))


def _held(segment: Segment, rows: Ints, stems: Sequence[int]) -> _Held:
    numbers = rows.astype(np.int64)
    lengths = segment.row_tokens[numbers + 1] - segment.row_tokens[numbers]
    stream = gathered(segment.stream, segment.row_tokens, numbers)
    forms = [segment.stems.terms_of(stem) for stem in set(stems) if stem >= 0]
    with marked(np.concatenate([np.empty(0, np.uint32), *forms]), True, len(segment.terms), bool) as asked:
        at = np.flatnonzero(asked.take(stream))
    terms = stream.take(at)
    owner = np.repeat(np.arange(len(rows)), lengths).take(at)
    return _Held(at, owner, terms, segment.stem_of_term.take(terms))


def _worths(length: int, idf: Sequence[float], helps: Sequence[bool], weights: Weights) -> list[float]:
    """What each run of so many words of the question is worth: the idf of its rarest word, or, where a hurried question
    goes over a function word, of all its words together as `Weights.verbatim` says."""
    runs = [slice(at, at + length) for at in range(len(idf) - length + 1)]
    hurried = len(helps) <= _HURRIED
    verbatim = [hurried and list(helps[run]) == [False, True, False] for run in runs]
    return [
        weights.verbatim * sum(idf[run]) if word_for_word else max(idf[run])
        for run, word_for_word in zip(runs, verbatim, strict=True)
    ]


def _in_order(
    held: _Held, numbers: Ints, asked: Sequence[int], worths: Sequence[Sequence[float]], rows: int
) -> NDArray[np.float64]:
    """What the runs of the question that a row holds are worth together, `worths` telling of each length in turn; the
    `numbers` are the terms or the stems of the words held, and -1 stands for a word that is nowhere."""
    added = np.zeros(rows)
    for length, worth_of in zip(_RUNS, worths, strict=True):
        runs = {tuple(asked[at : at + length]): worth for at, worth in enumerate(worth_of)}
        beginnings = held.beginnings(length)
        for run, worth in runs.items():
            begins = beginnings if min(run) >= 0 else _NOWHERE
            for offset, number in enumerate(run):
                begins = begins[numbers[begins + offset] == number]
            added[distinct(held.owner[begins])] += worth
    return added


def _near(held: _Held, content: Mapping[int, float], rows: int) -> NDArray[np.float64]:
    """Of each two content words that follow each other in the passage, other words aside, the closest pair counts: the
    idf of the more frequent one, divided by their distance. `content` has the idf of each by the number of its stem."""
    word = np.full(len(held.at), -1)
    for index, number in enumerate(content):
        word[held.stems == number] = index
    of_content = np.flatnonzero(word >= 0)
    word, row = word[of_content], held.owner[of_content]
    gap = np.diff(held.at[of_content])
    pairs = (word[:-1] != word[1:]) & (row[:-1] == row[1:]) & (gap <= REACH)
    first, second = np.minimum(word[:-1], word[1:])[pairs], np.maximum(word[:-1], word[1:])[pairs]
    idf = np.array([*content.values()] or [0.0])
    worth = np.zeros((rows, len(content) ** 2))
    np.maximum.at(
        worth, (row[:-1][pairs], first * len(content) + second), np.minimum(idf[first], idf[second]) / gap[pairs]
    )
    return worth.sum(axis=1)
