"""Merging segments: files in, files out."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.whoosh_engine.bulk.derived import add_dense_terms, add_derived_stems, add_grams, derived_facts, derived_words
from index.whoosh_engine.bulk.disk import Disk
from index.whoosh_engine.bulk.files import CODES, FACTS, STEMS, WORDS, ArrayFile, Stored, write_segment
from index.whoosh_engine.bulk.merged_facts import add_facts
from index.whoosh_engine.bulk.merged_words import add_postings, add_words
from index.whoosh_engine.bulk.merging import Source, Written, sources
from index.whoosh_engine.segment.arrays import Arrays, opened


@dataclass(frozen=True, slots=True)
class Part:
    """A segment or a run, by its folder, and the numbers of the documents that are left behind."""

    folder: Path
    gone: Sequence[int] = ()


def merge(parts: Sequence[Part], folder: Path, disk: Disk) -> None:
    """Write the segment that holds what stays of some others, in their order."""
    disk.make(folder)
    files = {piece: merged_piece(piece, parts, folder, disk) for piece in MERGED}
    derived = [derived_piece(piece, files["words"], folder, disk) for piece in DERIVED]
    write_segment(folder, [stored for each in (*files.values(), *derived) for stored in each], disk)


def merged_piece(piece: str, parts: Sequence[Part], folder: Path, disk: Disk) -> Sequence[Stored]:
    """Write one of the pieces that are `MERGED` into the folder of a new segment. None of them needs another, so that
    they may be written in processes side by side.
    """
    merged = sources((arrays := opened(part.folder), _staying(part, len(arrays["card_key"]))) for part in parts)
    return MERGED[piece](merged, folder, disk)


def derived_piece(piece: str, words: Sequence[Stored], folder: Path, disk: Disk) -> Sequence[Stored]:
    """Write one of the pieces that are `DERIVED` beside the words that it follows from."""
    arrays = {name: array for file in words for name, array in file.opened(folder).items()}
    with ArrayFile(folder / f"{piece}.bin", disk) as file:
        DERIVED[piece](file, arrays)
    return [file.stored()]


def _words(merged: Sequence[Source], folder: Path, disk: Disk) -> Sequence[Stored]:
    with ArrayFile(folder / WORDS, disk) as words:
        add_words(merged, words)
        words.add(derived_words(Written(words)))
    return [words.stored()]


def _stems(merged: Sequence[Source], folder: Path, disk: Disk) -> Sequence[Stored]:
    rows, tokens = sum(each.rows.count for each in merged), sum(each.tokens.count for each in merged)
    with ArrayFile(folder / STEMS, disk) as stems, ArrayFile(folder / CODES, disk) as codes:
        found = add_postings(merged, stems, codes)
        add_derived_stems(stems, Written(stems, codes), tokens, rows, found)
    return [stems.stored(), codes.stored()]


def _facts(merged: Sequence[Source], folder: Path, disk: Disk) -> Sequence[Stored]:
    with ArrayFile(folder / FACTS, disk) as facts:
        add_facts(merged, facts)
        facts.add(derived_facts(Written(facts)))
    return [facts.stored()]


MERGED: Mapping[str, Callable[[Sequence[Source], Path, Disk], Sequence[Stored]]] = {
    "words": _words,
    "stems": _stems,
    "facts": _facts,
}
DERIVED: Mapping[str, Callable[[ArrayFile, Arrays], None]] = {"grams": add_grams, "dense": add_dense_terms}


def _staying(part: Part, documents: int) -> NDArray[np.bool_]:
    staying = np.ones(documents, bool)
    staying[list(part.gone)] = False
    return staying
