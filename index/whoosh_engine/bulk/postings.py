"""The words of a segment as arrays: dictionaries, stream, places, and the stems' postings (see `segment`)."""

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.whoosh_engine.bulk.files import strings
from index.whoosh_engine.bulk.lists import Ints, Ptr, counted, grouped, looked_up, ptr_of
from index.whoosh_engine.bulk.words import Numbered, Words, WordTable
from index.whoosh_engine.segment.arrays import Arrays
from index.whoosh_engine.segment.postings import coded


def word_arrays(table: WordTable, words: Words) -> dict[str, NDArray[Any]]:
    """The arrays that words alone determine, of rows that were numbered by this table. Without those that follow from
    these (`derived`).
    """
    lengths = words.lengths
    number_of_term, used = _in_order(table.terms, words.stream)
    stream = looked_up(number_of_term, words.stream)
    stem_of_term = np.asarray(table.stem_of_term)[used]
    number_of_stem, used_stems = _in_order(table.stems, stem_of_term)
    stem_of_term = number_of_stem.take(stem_of_term)
    # The narrower the rows are, the more of them the processor holds when they are looked up.
    row_of_token = np.repeat(np.arange(len(lengths), dtype=np.min_scalar_type(len(lengths))), lengths)
    place_ptr, places = grouped(stream, len(used))
    return {
        **strings("terms", _written(table.terms, used)),
        **strings("stems", _written(table.stems, used_stems)),
        "stem_of_term": stem_of_term,
        "stream": stream,
        "row_tokens": ptr_of(lengths),
        "place_ptr": place_ptr,
        "places": places,
        "term_rows": frequencies(looked_up(row_of_token, places), place_ptr),
        "sentences": words.sentences,
        "row_key": words.keys,
        **_stem_arrays(looked_up(stem_of_term, stream), row_of_token, lengths, len(used_stems)),
    }


def _in_order(numbered: Numbered, numbers: Ints) -> tuple[Ints, NDArray[np.int64]]:
    """By number, the places of the names that are among the numbers, sorted; and their numbers in that order."""
    used = np.zeros(len(numbered), bool)
    used[numbers] = True
    order = np.array(numbered.order(), np.int64)
    order = order[used[order]]
    places = np.zeros(len(used), np.uint32)
    places[order] = np.arange(len(order), dtype=np.uint32)
    return places, order


def _written(numbered: Numbered, numbers: NDArray[np.int64]) -> Iterator[bytes]:
    return map(str.encode, map(numbered.names.__getitem__, numbers.tolist()))


def frequencies(rows: NDArray[np.integer[Any]], ptr: Ptr) -> Ints:
    """In how many distinct rows each term stands, by the row of every place of it. Each stands somewhere."""
    if len(ptr) == 1:
        return np.empty(0, np.uint32)
    fresh = np.ones(len(rows), bool)
    np.not_equal(rows[1:], rows[:-1], out=fresh[1:])
    fresh[ptr[:-1]] = True
    return np.add.reduceat(fresh.view(np.uint8), ptr[:-1], dtype=np.uint32)


def _stem_arrays(stems: Ints, row_of_token: NDArray[np.integer[Any]], lengths: Ints, count: int) -> Arrays:
    ptr, rows, freqs = counted(stems, row_of_token, count)
    return {"stem_ptr": ptr, "stem_rows": rows, "stem_codes": coded(freqs, lengths[rows])}
