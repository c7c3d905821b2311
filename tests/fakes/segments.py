"""Segments of made-up passages, and what a plain reading of the passages says of them."""

import random
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from index.entries import entry
from index.hit import Stamp
from index.whoosh_engine.answering.search import Snapshot
from index.whoosh_engine.bulk.build import SegmentBuilder
from index.whoosh_engine.segment.leaf import Leaf
from index.whoosh_engine.segment.segment import Segment
from sources.document import Document
from sources.people import NOBODY
from tests.fakes.corpus import made

STAMP = Stamp("g", 1, "s", datetime(2026, 11, 22, tzinfo=UTC), 0, 0)


def snapshot_of(folder: Path, *parts: Sequence[str], gone: Sequence[int] = ()) -> Snapshot:
    """A segment for each part, a document of one passage for each text; `gone` are numbers of the first part's."""
    documents = [
        [made(f"{number}-{place}", text, title="Vote" if place % 7 == 0 else None) for place, text in enumerate(texts)]
        for number, texts in enumerate(parts)
    ]
    snapshot = shelved(folder, *documents)
    snapshot.leaves[0].live[list(gone)] = False
    return Snapshot(STAMP, snapshot.leaves, NOBODY)


def shelved(folder: Path, *parts: Sequence[Document]) -> Snapshot:
    """A segment for each part."""
    leaves: list[Leaf] = []
    for number, documents in enumerate(parts):
        builder = SegmentBuilder()
        for document in documents:
            builder.add(entry(document, 1))
        builder.write(folder / f"s{number}")
        segment = Segment(folder / f"s{number}")
        leaves.append(Leaf(segment, np.ones(segment.rows, bool)))
    return Snapshot(STAMP, leaves, NOBODY)


def drawn(many: int, seed: int = 1, words: Sequence[str] = ()) -> list[str]:
    """Texts of words that are as unequally frequent as those of a language: the first word is in most of them."""
    chance, known = random.Random(seed), words or vocabulary()
    weights = [1 / (rank + 1) for rank in range(len(known))]
    return [" ".join(chance.choices(known, weights, k=chance.randint(1, 24))) for _ in range(many)]


def vocabulary(many: int = 400) -> list[str]:
    """Words that are their own stems."""
    return [f"w{number}x" for number in range(many)]
