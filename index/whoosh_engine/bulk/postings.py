"""The words of a segment as arrays: dictionaries, stream, places, and the stems' postings (see `segment`)."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.whoosh_engine.bulk.files import strings
from index.whoosh_engine.bulk.lists import Ints, Ptr, counted, grouped, ptr_of
from index.whoosh_engine.bulk.words import Words, WordTable
from index.whoosh_engine.segment.arrays import Arrays
from index.whoosh_engine.segment.postings import coded


def word_arrays(table: WordTable, parts: Sequence[Words]) -> dict[str, NDArray[Any]]:
    """The arrays that words alone determine, of rows that were numbered by one table. Without those that follow from
    these (`derived`).
    """
    stream = np.concatenate([part.stream for part in parts]) if parts else np.empty(0, np.uint32)
    lengths = np.concatenate([part.lengths for part in parts]) if parts else np.empty(0, np.uint32)
    row_tokens = ptr_of(lengths)
    stream, names, stem_names = _renumbered(stream, table)
    stems = sorted(set(stem_names))
    number_of_stem = dict(zip(stems, range(len(stems)), strict=True))
    stem_of_term = np.fromiter((number_of_stem[stem] for stem in stem_names), np.uint32, len(names))
    row_of_token = np.repeat(np.arange(len(lengths), dtype=np.uint32), lengths)
    place_ptr, places = grouped(stream, len(names))
    return {
        **strings("terms", (name.encode() for name in names)),
        **strings("stems", (stem.encode() for stem in stems)),
        "stem_of_term": stem_of_term,
        "stream": stream,
        "row_tokens": row_tokens,
        "place_ptr": place_ptr,
        "places": places,
        "term_rows": frequencies(row_of_token.take(places), place_ptr),
        "sentences": _shifted([part.sentences for part in parts], parts),
        "row_key": np.concatenate([part.keys for part in parts]) if parts else np.empty(0, np.int64),
        **_stem_arrays(stem_of_term.take(stream), row_of_token, lengths, len(stems)),
    }


def _renumbered(stream: Ints, table: WordTable) -> tuple[Ints, list[str], list[str]]:
    """The stream by the places of its terms among them all, sorted; the terms; and the stem of each."""
    used = np.flatnonzero(np.bincount(stream, minlength=len(table.terms))).tolist()
    used.sort(key=table.terms.__getitem__)
    number_of = np.zeros(len(table.terms), np.uint32)
    number_of[used] = np.arange(len(used), dtype=np.uint32)
    return number_of.take(stream), [table.terms[each] for each in used], [table.stems[each] for each in used]


def frequencies(rows: NDArray[np.integer[Any]], ptr: Ptr) -> Ints:
    """In how many distinct rows each term stands, by the row of every place of it. Each stands somewhere."""
    if len(ptr) == 1:
        return np.empty(0, np.uint32)
    fresh = np.ones(len(rows), bool)
    np.not_equal(rows[1:], rows[:-1], out=fresh[1:])
    fresh[ptr[:-1]] = True
    return np.add.reduceat(fresh.view(np.uint8), ptr[:-1], dtype=np.uint32)


def _shifted(sentences: Sequence[NDArray[np.int64]], parts: Sequence[Words]) -> NDArray[np.int64]:
    begins = np.cumsum([0, *(len(part.stream) for part in parts)])[:-1].tolist()
    moved = [each + begin for each, begin in zip(sentences, begins, strict=True)]
    return np.concatenate(moved) if moved else np.empty(0, np.int64)


def _stem_arrays(stems: Ints, row_of_token: Ints, lengths: Ints, count: int) -> Arrays:
    ptr, rows, freqs = counted(stems, row_of_token, count)
    return {"stem_ptr": ptr, "stem_rows": rows, "stem_codes": coded(freqs, lengths[rows])}
