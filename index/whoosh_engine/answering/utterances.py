"""Where an exact phrase stands, in the order of time."""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from index.analysis import terms
from index.port import Utterance, Utterances
from index.query.nodes import Phrase
from index.spans import spans
from index.whoosh_engine.segment.days import Mask
from index.whoosh_engine.segment.leaf import Leaf
from index.whoosh_engine.segment.phrases import phrase_places
from index.whoosh_engine.segment.rows import NO_DAY
from index.whoosh_engine.segment.schema import SPEAKER

Places = NDArray[np.int64]
"""A column a passage in which the words begin: the first and last day that its date may mean, the key of its document,
its leaf, its row, and the row in which the words end."""


def utterances(leaves: Sequence[Leaf], readable: Sequence[Mask], words: str, most: int) -> Utterances:
    """See `index.port.Engine.utterances`."""
    places = np.concatenate([np.empty((6, 0), np.int64), *_places(leaves, readable, terms(words))], axis=1)
    places = _first_of_each(leaves, places[:, np.lexsort(places[::-1])])
    known = places[0] != NO_DAY
    dated, undated = places[:, known], places[:, ~known]
    return Utterances(
        dated=_shown(leaves, dated[:, :most], words),
        undated=_shown(leaves, undated[:, :most], words),
        total_dated=dated.shape[1],
        total_undated=undated.shape[1],
        earliest=_surely_first(dated),
    )


def _places(leaves: Sequence[Leaf], readable: Sequence[Mask], words: Sequence[str]) -> Iterator[Places]:
    """Of each leaf the passages in which the words begin, each once, as far as their last occurrence reaches."""
    for number, (leaf, mask) in enumerate(zip(leaves, readable, strict=True)):
        segment = leaf.segment
        starts = phrase_places(segment, words)
        starts = starts[mask[segment.row_at(starts)]]
        begins, ends = segment.row_at(starts), segment.row_at(starts + (len(words) - 1))
        # Places ascend, so of those in one row the last one reaches farthest.
        last = np.flatnonzero(np.append(begins[1:] != begins[:-1], np.ones(min(len(begins), 1), bool)))
        rows = begins[last].astype(np.int64)
        days = segment.row_days[:2, rows].astype(np.int64)
        documents = segment.card_key.take(segment.row_card.take(rows)).view(np.int64)
        yield np.stack([*days, documents, np.full(len(rows), number), rows, ends[last].astype(np.int64)])


def _first_of_each(leaves: Sequence[Leaf], places: Places) -> Places:
    """Of places in the order of time (of one day, by documents) the first of each speaker of a document."""
    keys, numbered = np.empty(places.shape[1], np.int64), 0
    for number, leaf in enumerate(leaves):
        here, voices = places[3] == number, leaf.segment.labels[SPEAKER]
        rows, many = places[4, here], max(len(voices.values), 1)
        keys[here] = numbered + leaf.segment.row_card[rows].astype(np.int64) * many + voices.of_row[rows]
        numbered += leaf.segment.documents * many
    _, first = np.unique(keys, return_index=True)
    return places[:, np.sort(first)]


def _surely_first(dated: Places) -> bool:
    """Whether the first of them ends before every other begins; of one alone there is nothing to say."""
    return dated.shape[1] > 1 and int(dated[1, 0]) < int(dated[0, 1])


def _shown(leaves: Sequence[Leaf], places: Places, words: str) -> tuple[Utterance, ...]:
    found: list[tuple[int, int, int]] = places[3:].T.tolist()
    return tuple(_utterance(leaves[leaf], row, last, words) for leaf, row, last in found)


def _utterance(leaf: Leaf, row: int, last: int, words: str) -> Utterance:
    segment = leaf.segment
    passage = segment.passage(row, last)
    return Utterance(passage, segment.card_of(row), spans(passage.text, [Phrase(words)]))
