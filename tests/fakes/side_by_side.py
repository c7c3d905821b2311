"""The same passages, with the same history, in stock Whoosh and in segments of the engine.

Passages are as long as Whoosh's own codec can note exactly (it rounds other lengths to a byte), so that both score by
the same statistics. A passage that is gone still counts in both until its segment is merged. The disk's part is left
out: nothing here is about lasting.
"""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO

import numpy as np
import pytest
from hypothesis import strategies as st
from whoosh import query as wq

from index.analysis import stem_of
from index.entries import entry
from index.hit import Stamp
from index.whoosh_engine.answering.collector import collect
from index.whoosh_engine.answering.search import Snapshot
from index.whoosh_engine.bulk.build import SegmentBuilder
from index.whoosh_engine.bulk.disk import LocalDisk
from index.whoosh_engine.bulk.merge import Part, merge
from index.whoosh_engine.matching.match import Match
from index.whoosh_engine.segment.leaf import Leaf
from index.whoosh_engine.segment.schema import TEXT_FIELD
from index.whoosh_engine.segment.segment import Segment
from sources.people import NOBODY
from tests.fakes.corpus import made

WORDS = ("vote", "votes", "voting", "voted", "dirt", "dirty", "foreign", "foreigner", "not", "us", "the", "deal")
TITLES = ("the deal", "foreign votes", "dirt", "us and the deal")
EXACT_LENGTHS = (*range(1, 11), 12, 13, 14, 16, 17, 18, 20, 21, 23, 25, 26, 28, 30)
FILLER = "padding"
EVERYTHING = 100

Passage = tuple[str, str]
"""Title and text."""


@dataclass(frozen=True, slots=True)
class Added:
    """A new segment of passages, which are numbered on. `instead`: of the passages so far, those that are gone then, as
    numbers to be taken modulo how many there are."""

    passages: tuple[Passage, ...]
    instead: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Gone:
    """Of the passages so far, those that are gone."""

    numbers: frozenset[int]


@dataclass(frozen=True, slots=True)
class Merged:
    """Some neighbouring segments are made one: `count` of them from number `first` on, modulo how many there are."""

    first: int
    count: int


History = Sequence[Added | Gone | Merged]


def padded(words: Sequence[str]) -> str:
    """The words, filled up to a length that Whoosh notes exactly."""
    length = next(length for length in EXACT_LENGTHS if length >= len(words))
    return " ".join([*words, *[FILLER] * (length - len(words))])


word = st.sampled_from(WORDS)
passage = st.tuples(st.sampled_from(TITLES), st.lists(word, min_size=1, max_size=30).map(padded))
_gone = st.frozensets(st.integers(0, 31), max_size=6)
_added = st.builds(Added, st.lists(passage, min_size=1, max_size=8).map(tuple))
_changed = st.builds(Added, st.lists(passage, min_size=1, max_size=2).map(tuple), _gone)
histories = st.tuples(
    _added,
    st.lists(st.one_of(_added, _changed, _gone.map(Gone), st.builds(Merged, st.integers(0, 5), st.integers(1, 4)))),
).map(lambda parts: (parts[0], *parts[1]))


class Ours:
    """A snapshot of the segments; a context manager that removes their files."""

    def __init__(self, history: History) -> None:
        self._opened = ExitStack()
        self._folder = Path(self._opened.enter_context(TemporaryDirectory()))
        self._numbers: list[list[int]] = []
        self._leaves: list[Leaf] = []
        self._made = self._written = 0
        for step in history:
            self._take(step)
        stamp = Stamp("g", 1, "s", datetime(2026, 1, 1, tzinfo=UTC), 1, 1)
        self.fallbacks: list[None] = []
        self.snapshot = Snapshot(stamp, self._leaves, NOBODY, fell_back=lambda: self.fallbacks.append(None))

    def __enter__(self) -> "Ours":
        return self

    def __exit__(self, *_: object) -> None:
        self._opened.close()

    @property
    def live(self) -> set[int]:
        """The numbers of the passages that are not gone."""
        return set(_live(self._numbers, self._leaves))

    def found(self, query: wq.Query) -> dict[int, float]:
        """Numbers and scores, best first."""
        return dict(self.page(query, EVERYTHING, 0)[0])

    def page(self, query: wq.Query, k: int, after: int) -> tuple[list[tuple[int, float]], int, int | None]:
        """One page, the total, and where the next begins."""
        got = collect(self.snapshot, query, k, after=after)
        numbers = [self._numbers[leaf][row] for leaf, row in got.places]
        return list(zip(numbers, got.scores, strict=True)), got.total, got.cursor

    def matches(self, query: wq.Query) -> Iterator[tuple[Leaf, Match]]:
        """Each segment with what was found in it."""
        for leaf, evaluator in zip(self.snapshot.leaves, self.snapshot.evaluators, strict=True):
            yield leaf, evaluator.found(query)

    def _take(self, step: Added | Gone | Merged) -> None:
        if isinstance(step, Merged):
            self._merge(*chosen(step, len(self._leaves)))
            return
        gone = {each % max(self._made, 1) for each in (step.numbers if isinstance(step, Gone) else step.instead)}
        for numbers, leaf in zip(self._numbers, self._leaves, strict=True):
            leaf.live[[number in gone for number in numbers]] = False
        if isinstance(step, Added):
            numbers = list(range(self._made, self._made + len(step.passages)))
            self._made += len(numbers)
            self._keep(numbers, _written(self._new(), numbers, step.passages))

    def _merge(self, first: int, last: int) -> None:
        chosen = slice(first, last)
        leaves, numbers = self._leaves[chosen], self._numbers[chosen]
        del self._leaves[chosen], self._numbers[chosen]
        left = _live(numbers, leaves)
        if left:
            folder = self._new()
            merge([Part(leaf.segment.folder, np.flatnonzero(~leaf.live).tolist()) for leaf in leaves], folder, _Hasty())
            self._keep(left, Segment(folder))

    def _keep(self, numbers: list[int], segment: Segment) -> None:
        self._numbers.append(numbers)
        self._leaves.append(Leaf(segment, np.ones(segment.rows, bool)))

    def _new(self) -> Path:
        self._written += 1
        return self._folder / str(self._written)


def _live(numbers: Sequence[Sequence[int]], leaves: Sequence[Leaf]) -> list[int]:
    """Those of the passages' numbers that are not gone, in their order."""
    return [at for each, leaf in zip(numbers, leaves, strict=True) for at in np.array(each)[leaf.live].tolist()]


def _written(folder: Path, numbers: Sequence[int], passages: Sequence[Passage]) -> Segment:
    """A segment in which each passage is a document of its own."""
    builder = SegmentBuilder()
    for number, (title, text) in zip(numbers, passages, strict=True):
        builder.add(entry(made(str(number), text, title=title), 1))
    builder.write(folder, _Hasty())
    return Segment(folder)


def chosen(step: Merged, segments: int) -> tuple[int, int]:
    """The first of the segments that are merged, and the one after the last."""
    first = step.first % max(segments, 1)
    return first, min(first + step.count, segments)


class _Hasty(LocalDisk):
    def sync(self, file: BinaryIO) -> None:
        file.flush()

    def sync_folder(self, folder: Path) -> None:
        pass


def same(ours: dict[int, float], theirs: dict[int, float]) -> None:
    """The same passages, best first, with the same scores."""
    assert ours.keys() == theirs.keys()
    assert list(ours.values()) == sorted(ours.values(), reverse=True)
    for number, score in theirs.items():
        assert ours[number] == pytest.approx(score, rel=1e-4, abs=1e-4), number


def term(text: str) -> wq.Query:
    """A loose word."""
    return wq.Term(TEXT_FIELD, stem_of(text))


def boosted(query: wq.Query, boost: float) -> wq.Query:
    """The query, its points times the boost."""
    query.boost = boost
    return query
