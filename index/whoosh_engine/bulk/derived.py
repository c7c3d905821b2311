"""The arrays of a segment that follow from the others, made last: in a stream, so that memory holds pieces of them.

Theory of operation. All of them save time when searching and cost some here. *Dense* rows give the frequency of a very
common word in every passage without looking for it; *grams* are the places of the pairs of the most common words, so
that a phrase of nothing but such words needn't walk through the millions of places of one; *peaks* are the most that a
stem can add to a score, so that a search knows when to stop.
"""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.analysis import stem_of
from index.whoosh_engine.bulk.files import ArrayFile, listed, strings
from index.whoosh_engine.bulk.lists import Ints, grouped, ptr_of
from index.whoosh_engine.segment.arrays import Arrays
from index.whoosh_engine.segment.postings import MOST_COUNTED, Postings, table
from index.whoosh_engine.segment.schema import LABELS

SMALLEST = 4_096
"""A segment of fewer rows is searched as fast without dense rows and grams."""

DENSE = 16
"""A word is dense that stands in more than one of so many rows."""

GRAM_TERMS = 128
"""Pairs are kept of so many most frequent terms."""

_BLOCK = 64
_PIECE = 1 << 20


def add_derived_words(file: ArrayFile, arrays: Arrays) -> None:
    """Add what follows from the arrays of words."""
    rows, tokens = len(arrays["row_tokens"]) - 1, len(arrays["stream"])
    blocks = np.searchsorted(arrays["row_tokens"], np.arange(0, tokens + 1, _BLOCK), "right") - 1
    stem_terms_ptr, stem_terms = grouped(arrays["stem_of_term"], len(arrays["stems_ptr"]) - 1)
    file.add(
        {
            "row_block": np.clip(blocks, 0, max(0, rows - 1)).astype(np.uint32),
            "stem_terms_ptr": stem_terms_ptr,
            "stem_terms": stem_terms,
            "stem_peak": _peaks(arrays, tokens / rows if tokens else 1.0),
        }
    )
    large = rows >= SMALLEST
    stems = np.flatnonzero(np.diff(arrays["stem_ptr"]) * DENSE > rows) if large else _NONE
    terms = np.flatnonzero(arrays["term_rows"].astype(np.int64) * DENSE > rows) if large else _NONE
    for name, numbers, frequencies in (("stem", stems, _of_stem), ("term", terms, _of_term)):
        file.add({f"dense_{name}s": numbers.astype(np.uint32)})
        shape = (len(numbers), rows)
        file.stream(f"dense_{name}_tf", np.uint8, (frequencies(arrays, int(each)) for each in numbers), shape)
    _add_grams(file, arrays, large)


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


def _of_stem(arrays: Arrays, stem: int) -> NDArray[np.uint8]:
    """How often a stem stands in every row, 255 at most. A posting's code may have counted less."""
    first, last = arrays["stem_ptr"][stem : stem + 2]
    rows = arrays["stem_rows"][first:last]
    freqs = np.zeros(len(arrays["row_tokens"]) - 1, np.int64)
    freqs[rows] = Postings(rows, arrays["stem_codes"][first:last]).frequencies
    if len(capped := np.flatnonzero(freqs == MOST_COUNTED)):
        begins, ends = arrays["row_tokens"][capped], arrays["row_tokens"][capped + 1]
        freqs[capped] = 0
        for term in np.flatnonzero(arrays["stem_of_term"] == stem):
            places = _places(arrays, int(term))
            freqs[capped] += np.searchsorted(places, ends) - np.searchsorted(places, begins)
    return np.minimum(freqs, 255).astype(np.uint8)


def _of_term(arrays: Arrays, term: int) -> NDArray[np.uint8]:
    """How often a term stands in every row, 255 at most."""
    row_tokens = arrays["row_tokens"]
    rows = np.searchsorted(row_tokens, _places(arrays, term), "right") - 1
    return np.minimum(np.bincount(rows, minlength=len(row_tokens) - 1), 255).astype(np.uint8)


def _places(arrays: Arrays, term: int) -> NDArray[np.int64]:
    first, last = arrays["place_ptr"][term : term + 2]
    # Searching converts numbers of another type, all of them, at every call.
    return arrays["places"][first:last].astype(np.int64)


def _add_grams(file: ArrayFile, arrays: Arrays, large: bool) -> None:
    counts = np.diff(arrays["place_ptr"])
    chosen = np.sort(np.argsort(-counts, kind="stable")[: GRAM_TERMS if large else 0])
    index_of = np.full(len(counts), len(chosen), np.uint8)
    index_of[chosen] = np.arange(len(chosen))
    found: list[NDArray[np.int64]] = []

    def places() -> Iterator[Ints]:
        for term in chosen:
            seconds, at = _pairs(arrays, int(term), index_of, len(chosen))
            ptr, order = grouped(seconds, len(chosen))
            found.append(np.diff(ptr))
            yield at[order]

    file.stream("gram_places", np.uint32, places())
    file.add({"gram_terms": chosen.astype(np.uint32), "gram_ptr": ptr_of(np.concatenate([_NONE, *found]))})


def _pairs(arrays: Arrays, term: int, index_of: NDArray[np.uint8], count: int) -> tuple[NDArray[np.uint8], Ints]:
    """Which of the chosen terms follow a term, and the places of it before them."""
    first, last = arrays["place_ptr"][term : term + 2]
    at = arrays["places"][first:last]
    at = at[: len(at) - bool(len(at) and at[-1] == len(arrays["stream"]) - 1)]
    seconds = index_of[arrays["stream"][at + 1]]
    chosen = seconds < count
    return seconds[chosen], at[chosen]


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
