"""Merging segments: files in, files out."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.whoosh_engine.bulk.derived import add_derived_words, derived_facts
from index.whoosh_engine.bulk.disk import Disk
from index.whoosh_engine.bulk.files import CODES, FACTS, WORDS, ArrayFile, write_segment
from index.whoosh_engine.bulk.merged_facts import add_facts
from index.whoosh_engine.bulk.merged_words import add_words
from index.whoosh_engine.bulk.merging import Written, sources
from index.whoosh_engine.segment.arrays import opened


@dataclass(frozen=True, slots=True)
class Part:
    """A segment or a run, by its folder, and the numbers of the documents that are left behind."""

    folder: Path
    gone: Sequence[int] = ()


def merge(parts: Sequence[Part], folder: Path, disk: Disk) -> None:
    """Write the segment that holds what stays of some others, in their order."""
    merged = sources((arrays := opened(part.folder), _staying(part, len(arrays["card_key"]))) for part in parts)
    disk.make(folder)
    with ArrayFile(folder / WORDS, disk) as words, ArrayFile(folder / CODES, disk) as codes:
        add_words(merged, words, codes)
        add_derived_words(words, Written(words, codes))
    with ArrayFile(folder / FACTS, disk) as facts:
        add_facts(merged, facts)
        facts.add(derived_facts(Written(facts)))
    rows = sum(each.rows.count for each in merged)
    documents = sum(int(each.documents.sum()) for each in merged)
    write_segment(folder, rows, documents, [each.stored() for each in (words, codes, facts)], disk)


def _staying(part: Part, documents: int) -> NDArray[np.bool_]:
    staying = np.ones(documents, bool)
    staying[list(part.gone)] = False
    return staying
