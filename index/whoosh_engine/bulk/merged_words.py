"""The words of several segments as those of one."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.whoosh_engine.bulk.derived import Found, stem_frequencies
from index.whoosh_engine.bulk.files import ArrayFile
from index.whoosh_engine.bulk.joining import STRETCH, Lists, join, joined_ptr, lists_of, stretches
from index.whoosh_engine.bulk.kept import Kept
from index.whoosh_engine.bulk.lists import looked_up, ptr_of
from index.whoosh_engine.bulk.merging import Source
from index.whoosh_engine.bulk.names import Joined, joined_names
from index.whoosh_engine.bulk.postings import frequencies


def add_words(merged: Sequence[Source], file: ArrayFile) -> None:
    """Write the arrays of words that `postings.word_arrays` would make of the same passages, but for the postings."""
    places = [lists_of(each.arrays["place_ptr"], each.arrays["places"], each.tokens) for each in merged]
    arrays = [each.arrays for each in merged]
    terms = joined_names("terms", arrays, [each.live for each in places])
    live_stems = [_live_stems(source, each) for source, each in zip(merged, places, strict=True)]
    stems = joined_names("stems", arrays, live_stems)
    file.add(terms.names)
    file.add(stems.names)
    file.add({"stem_of_term": _stem_of_term(merged, terms, stems)})
    file.stream("stream", np.uint32, _stream(merged, terms))
    lengths = np.concatenate([np.diff(each.arrays["row_tokens"])[each.row_mask] for each in merged])
    keys = np.concatenate([each.arrays["row_key"][each.row_mask] for each in merged])
    file.add({"row_tokens": ptr_of(lengths), "row_key": keys})
    file.stream("sentences", np.int64, (_moved(each.tokens, each.arrays["sentences"]) for each in merged))
    ptr = joined_ptr(places, terms)
    file.add({"place_ptr": ptr, "term_rows": _term_rows(merged, places, terms)})
    file.stream("places", np.uint32, (units for units, _ in join(ptr, places, terms)))


def add_postings(merged: Sequence[Source], file: ArrayFile, codes: ArrayFile) -> Callable[[int], Found]:
    """Write the postings of stems. Gives for each stem its rows and how often it stands in them, in parts."""
    postings = [
        lists_of(each.arrays["stem_ptr"], each.arrays["stem_rows"], each.rows, each.arrays["stem_codes"])
        for each in merged
    ]
    stems = joined_names("stems", [each.arrays for each in merged], [each.live for each in postings])
    ptr = joined_ptr(postings, stems)
    file.add({"stem_ptr": ptr})
    file.begin("stem_rows", np.uint32)
    codes.begin("stem_codes", np.uint16)
    for rows, stored in join(ptr, postings, stems):
        file.append(rows)
        codes.append(stored)
    file.end()
    codes.end()
    return lambda stem: _frequencies(merged, stems, stem)


def _frequencies(merged: Sequence[Source], stems: Joined, stem: int) -> Found:
    for source, new in zip(merged, stems.numbers, strict=True):
        for old in np.flatnonzero(new == stem).tolist():
            rows, freqs = stem_frequencies(source.arrays, old)
            stay = source.rows.mask(rows)
            yield source.rows.moved(rows[stay]), freqs[stay]


def _live_stems(source: Source, places: Lists) -> NDArray[np.integer[Any]]:
    """How many terms of each stem stay."""
    return np.bincount(source.arrays["stem_of_term"][places.live > 0], minlength=len(source.arrays["stems_ptr"]) - 1)


def _stem_of_term(merged: Sequence[Source], terms: Joined, stems: Joined) -> NDArray[np.uint32]:
    stem_of_term = np.zeros(terms.count, np.uint32)
    for source, new_term, new_stem in zip(merged, terms.numbers, stems.numbers, strict=True):
        alive = np.flatnonzero(new_term >= 0)
        stem_of_term[new_term[alive]] = new_stem[source.arrays["stem_of_term"][alive]]
    return stem_of_term


def _stream(merged: Sequence[Source], terms: Joined) -> Iterable[NDArray[np.uint32]]:
    for source, numbers in zip(merged, terms.numbers, strict=True):
        new = numbers.astype(np.uint32)
        for piece in source.tokens.pieces(source.arrays["stream"], STRETCH):
            yield looked_up(new, piece)


def _moved(kept: Kept, numbers: NDArray[Any]) -> NDArray[np.int64]:
    return kept.moved(kept.of(numbers))


def _term_rows(merged: Sequence[Source], places: Sequence[Lists], terms: Joined) -> NDArray[np.uint32]:
    """In how many of the kept rows each term stands."""
    counts = np.zeros(terms.count, np.uint32)
    for source, each, new in zip(merged, places, terms.numbers, strict=True):
        alive = np.flatnonzero(new >= 0)
        stay = source.arrays["term_rows"] if source.tokens.whole else _counted_anew(source, each)
        counts[new[alive]] += stay[alive]
    return counts


def _counted_anew(source: Source, places: Lists) -> NDArray[np.uint32]:
    counts = np.zeros(len(places.live), np.uint32)
    for first, last in stretches(places.ptr):
        kept = places.kept.of(places.units[places.ptr[first] : places.ptr[last]])
        rows = np.searchsorted(source.arrays["row_tokens"], kept.astype(np.int64), "right") - 1
        alive = first + np.flatnonzero(places.live[first:last])
        counts[alive] = frequencies(rows, ptr_of(places.live[alive]))
    return counts
