"""The passages of a home as a sparse matrix of word stems, with nothing but numpy."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.analysis import stem_of, terms
from index.query.function_words import is_function_word

Floats = NDArray[np.float32]

_RARE = 3
"""A stem in fewer passages says nothing of what goes with what."""

_SATURATION, _LENGTH = 1.2, 0.75


@dataclass(frozen=True, slots=True)
class Lists:
    """The entries of a sparse matrix, line after line: those of line `n` are at `ptr[n]:ptr[n + 1]`."""

    ptr: NDArray[np.int64]
    columns: NDArray[np.int64]
    values: Floats

    @property
    def lines(self) -> NDArray[np.int64]:
        """The line of each entry."""
        return np.repeat(np.arange(len(self.ptr) - 1), np.diff(self.ptr))

    def sums(self, values: Floats) -> Floats:
        """The sum of each line's `values`, which stand beside the entries."""
        return np.bincount(self.lines, values, minlength=len(self.ptr) - 1).astype(np.float32)

    def times(self, dense: Floats) -> Floats:
        """The matrix times a dense one of (columns, width): shape (lines, width)."""
        product = np.zeros((len(self.ptr) - 1, dense.shape[1]), np.float32)
        for line in range(len(product)):
            entries = slice(self.ptr[line], self.ptr[line + 1])
            product[line] = self.values[entries] @ dense[self.columns[entries]]
        return product

    def turned(self, columns: int) -> "Lists":
        """The same entries, column after column."""
        order = np.argsort(self.columns, kind="stable")
        ptr = np.append(0, np.cumsum(np.bincount(self.columns, minlength=columns)))
        return Lists(ptr, self.lines[order], self.values[order])

    def with_values(self, values: NDArray[Any]) -> "Lists":
        """The same places with other values."""
        return Lists(self.ptr, self.columns, values.astype(np.float32))


@dataclass(frozen=True, slots=True)
class Matrix:
    """Passages by stems: `counts` as they stand, `bm25` without the idf, `by_stem` the latter turned."""

    stems: Mapping[str, int]
    idf: Floats
    counts: Lists
    bm25: Lists
    by_stem: Lists

    @property
    def passages(self) -> int:
        """How many passages there are."""
        return len(self.counts.ptr) - 1

    def asked(self, query: str) -> dict[int, float]:
        """The known stems of a query, each worth the same."""
        return dict.fromkeys((self.stems[stem] for stem in content(query) if stem in self.stems), 1.0)

    def scores(self, weights: Mapping[int, float]) -> Floats:
        """BM25 of every passage for weighted stems (Robertson and Zaragoza, 2009; k1 = 1.2, b = 0.75)."""
        scores = np.zeros(self.passages, np.float32)
        for stem, weight in weights.items():
            entries = slice(self.by_stem.ptr[stem], self.by_stem.ptr[stem + 1])
            scores[self.by_stem.columns[entries]] += weight * self.idf[stem] * self.by_stem.values[entries]
        return scores


def content(text: str) -> list[str]:
    """The stems of a text's words but for those that only help."""
    return [stem_of(word) for word in terms(text) if not is_function_word(word)]


def matrix(texts: Iterable[str]) -> Matrix:
    """The matrix of these passages."""
    numbers: dict[str, int] = {}
    flat: list[int] = []
    lengths: list[int] = []
    for text in texts:
        stems = content(text)
        flat += [numbers.setdefault(stem, len(numbers)) for stem in stems]
        lengths.append(len(stems))
    counts = _counted(np.array(flat, np.int64), np.array(lengths, np.int64), len(numbers))
    kept = np.bincount(counts.columns, minlength=len(numbers)) >= _RARE
    return _weighed(_only(counts, kept), [stem for stem, keep in zip(numbers, kept, strict=True) if keep])


def _counted(flat: NDArray[np.int64], lengths: NDArray[np.int64], stems: int) -> Lists:
    lines = np.repeat(np.arange(len(lengths)), lengths)
    entries, times = np.unique(lines * stems + flat, return_counts=True)
    per_line = np.bincount(entries // stems, minlength=len(lengths))
    return Lists(np.append(0, np.cumsum(per_line)), entries % stems, times.astype(np.float32))


def _only(lists: Lists, kept: NDArray[np.bool_]) -> Lists:
    here = kept[lists.columns]
    ptr = np.append(0, np.cumsum(np.bincount(lists.lines[here], minlength=len(lists.ptr) - 1)))
    return Lists(ptr, (np.cumsum(kept) - 1)[lists.columns[here]], lists.values[here])


def _weighed(counts: Lists, stems: Sequence[str]) -> Matrix:
    passages = len(counts.ptr) - 1
    frequency = np.bincount(counts.columns, minlength=len(stems))
    idf = np.log1p((passages - frequency + 0.5) / (frequency + 0.5)).astype(np.float32)
    length = counts.sums(counts.values)
    norm = _SATURATION * (1 - _LENGTH + _LENGTH * length / max(float(length.mean()), 1))
    bm25 = counts.with_values(counts.values * (_SATURATION + 1) / (counts.values + norm[counts.lines]))
    return Matrix({stem: number for number, stem in enumerate(stems)}, idf, counts, bm25, bm25.turned(len(stems)))
