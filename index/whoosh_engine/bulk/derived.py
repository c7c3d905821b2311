"""The arrays of a segment that follow from the others, made last: in a stream, so that memory holds pieces of them.

Theory of operation. All of them save time when searching and cost some here. *Dense* rows give the frequency of a very
common word in every passage without looking for it; *grams* are the places of the pairs of the most common words, so
that a phrase of nothing but such words needn't walk through the millions of places of one; *peaks* are the most that a
stem can add to a score, so that a search knows when to stop.
"""

from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.analysis import stem_of
from index.whoosh_engine.bulk.files import ArrayFile, listed, strings
from index.whoosh_engine.bulk.lists import Ints, grouped, ptr_of, sorted_pairs, units_of
from index.whoosh_engine.segment.arrays import Arrays
from index.whoosh_engine.segment.inverted import gathered, lists_at
from index.whoosh_engine.segment.postings import MOST_COUNTED, Postings, table
from index.whoosh_engine.segment.schema import LABELS
from index.whoosh_engine.segment.segment import counted

SMALLEST = 4_096
"""A segment of fewer rows is searched as fast without dense rows."""

DENSE = 16
"""A word is dense that stands in more than one of so many rows."""

GRAM_TERMS, GRAM_PLACES = 2_048, 4_096
"""Pairs are kept of so many most frequent terms at most, each at so many places at least: to go through fewer places is
no matter."""

BLOCK = 6
"""There is a hint of the row for every 2 ** 6 tokens."""

_PIECE = 1 << 20

Found = Iterable[tuple[NDArray[Any], NDArray[Any]]]


def derived_words(arrays: Arrays) -> dict[str, NDArray[Any]]:
    """What follows from the arrays of words and is small."""
    rows, tokens = len(arrays["row_tokens"]) - 1, len(arrays["stream"])
    blocks = np.searchsorted(arrays["row_tokens"], np.arange(0, tokens + 1, 1 << BLOCK), "right") - 1
    row_block = np.clip(blocks, 0, max(0, rows - 1)).astype(np.uint32)
    stem_terms_ptr, stem_terms = grouped(arrays["stem_of_term"], len(arrays["stems_ptr"]) - 1)
    return {"row_block": row_block, "stem_terms_ptr": stem_terms_ptr, "stem_terms": stem_terms}


def add_dense_terms(file: ArrayFile, arrays: Arrays) -> None:
    """Add the rows of dense terms, by the arrays of words, `row_block` among them."""
    rows = len(arrays["row_tokens"]) - 1
    dense = _dense(arrays["term_rows"], rows)
    _add_dense(file, "term", dense, (_of_rows(rows, [_term_frequencies(arrays, int(each))]) for each in dense), rows)


def add_derived_stems(file: ArrayFile, arrays: Arrays, tokens: int, rows: int, found: Callable[[int], Found]) -> None:
    """Add what follows from the postings of stems; `found` gives those of one stem in parts, with rows and how often it
    stands in each.
    """
    file.add({"stem_peak": _peaks(arrays, tokens / rows if tokens else 1.0)})
    dense = _dense(np.diff(arrays["stem_ptr"]), rows)
    _add_dense(file, "stem", dense, (_of_rows(rows, found(int(each))) for each in dense), rows)


def _dense(counts: NDArray[np.integer[Any]], rows: int) -> NDArray[np.int64]:
    """Which lists are dense."""
    return np.flatnonzero(counts.astype(np.int64) * DENSE > rows) if rows >= SMALLEST else _NONE


def _add_dense(
    file: ArrayFile, name: str, numbers: NDArray[np.int64], frequencies: Iterable[NDArray[np.uint8]], rows: int
) -> None:
    file.add({f"dense_{name}s": numbers.astype(np.uint32)})
    file.stream(f"dense_{name}_tf", np.uint8, frequencies, (len(numbers), rows))


_NONE = np.empty(0, np.int64)


def _peaks(arrays: Arrays, mean_length: float) -> NDArray[np.float32]:
    """The greatest BM25, without idf, of each stem's postings at this mean length."""
    score = table(mean_length)
    ptr, stored = arrays["stem_ptr"], arrays["stem_codes"]
    bounds = [0, *np.searchsorted(ptr, np.arange(_PIECE, len(stored), _PIECE)).tolist(), len(ptr) - 1]
    parts = [
        np.maximum.reduceat(score[stored[ptr[first] : ptr[last]]], ptr[first:last] - ptr[first])
        for first, last in pairwise(bounds)
        if first < last
    ]
    return np.concatenate(parts) if parts else np.empty(0, np.float32)


def _of_rows(rows: int, found: Found) -> NDArray[np.uint8]:
    freqs = np.zeros(rows, np.uint8)
    for each, often in found:
        freqs[each] = np.minimum(often, 255)
    return freqs


def stem_frequencies(arrays: Arrays, stem: int) -> tuple[Ints, NDArray[np.int64]]:
    """The rows of a stem, and how often it stands in each. A posting's code may have counted less."""
    first, last = arrays["stem_ptr"][stem : stem + 2]
    rows = arrays["stem_rows"][first:last]
    freqs = Postings(rows, arrays["stem_codes"][first:last]).frequencies.astype(np.int64)
    if len(capped := np.flatnonzero(freqs == MOST_COUNTED)):
        row_tokens, among = arrays["row_tokens"], rows[capped]
        held = arrays["stem_of_term"][gathered(arrays["stream"], row_tokens, among)] == stem
        begins = ptr_of(row_tokens[among + 1] - row_tokens[among])[:-1]
        freqs[capped] = np.add.reduceat(held.astype(np.int64), begins)
    return rows, freqs


def _term_frequencies(arrays: Arrays, term: int) -> tuple[Ints, Ints]:
    """The rows of a term, and how often it stands in each."""
    first, last = arrays["place_ptr"][term : term + 2]
    return counted(lists_at(arrays["places"][first:last], arrays["row_tokens"], arrays["row_block"], BLOCK))


def add_grams(file: ArrayFile, arrays: Arrays) -> None:
    """Add the places of pairs of frequent terms, by the arrays of words."""
    counts = np.diff(arrays["place_ptr"])
    frequent = np.argsort(-counts, kind="stable")[:GRAM_TERMS]
    chosen = np.sort(frequent[counts[frequent] >= GRAM_PLACES])
    index_of = np.full(len(counts), len(chosen), np.uint16)
    index_of[chosen] = np.arange(len(chosen))
    found: list[NDArray[np.int64]] = []

    def places() -> Iterator[Ints]:
        for term in chosen:
            seconds, at = _pairs(arrays, int(term), index_of, len(chosen))
            found.append(np.bincount(seconds, minlength=len(chosen)))
            yield units_of(sorted_pairs(seconds, at))

    file.stream("gram_places", np.uint32, places())
    file.add({"gram_terms": chosen.astype(np.uint32), "gram_ptr": ptr_of(np.concatenate([_NONE, *found]))})


def _pairs(arrays: Arrays, term: int, index_of: NDArray[np.uint16], count: int) -> tuple[NDArray[np.uint16], Ints]:
    """Which of the chosen terms follow a term, and the places of it before them."""
    first, last = arrays["place_ptr"][term : term + 2]
    at = arrays["places"][first:last]
    at = at[: len(at) - bool(len(at) and at[-1] == len(arrays["stream"]) - 1)]
    seconds = index_of.take(arrays["stream"].take(at + 1))
    chosen = np.flatnonzero(seconds < count)
    return seconds.take(chosen), at.take(chosen)


def derived_facts(arrays: Arrays) -> dict[str, NDArray[Any]]:
    """What follows from the arrays of facts."""
    derived: dict[str, NDArray[Any]] = {}
    for label in LABELS:
        ptr, rows = grouped(arrays[f"{label}_of_row"], len(arrays[f"{label}_values_ptr"]) - 1)
        derived |= {f"{label}_rows_ptr": ptr, f"{label}_rows": rows}
        terms = listed(arrays, f"{label}_terms")
        stem_of_each = [stem_of(term.decode()).encode() for term in terms]
        stems = sorted(set(stem_of_each))
        numbers = dict(zip(stems, range(len(stems)), strict=True))
        keys = np.fromiter((numbers[stem] for stem in stem_of_each), np.uint32, len(terms))
        stem_terms_ptr, stem_terms = grouped(keys, len(stems))
        derived |= strings(f"{label}_stems", stems)
        derived |= {f"{label}_stem_terms_ptr": stem_terms_ptr, f"{label}_stem_terms": stem_terms}
    return derived
