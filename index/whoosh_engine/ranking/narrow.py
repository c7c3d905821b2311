"""Which rows may be found at all: what is readable, required, not excluded and of the right time. Masks are for a leaf
each; None stands for all of its rows.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from index.whoosh_engine.matching.match import Match, size
from index.whoosh_engine.ranking.clues import Clue
from index.whoosh_engine.segment.days import Dated, Mask
from index.whoosh_engine.segment.readable import Readable, kept


def strict(
    rows: Sequence[int], readable: Readable, required: Sequence[Clue], excluded: Sequence[Sequence[Match]]
) -> list[Mask | None]:
    """Readable rows with everything required and nothing excluded; dates come later."""
    if not required and not excluded:
        return list(readable)
    return [
        _strict(size, readable[leaf], [clue.found[leaf] for clue in required], [found[leaf] for found in excluded])
        for leaf, size in enumerate(rows)
    ]


def _strict(rows: int, readable: Mask | None, required: Sequence[Match], excluded: Sequence[Match]) -> Mask:
    if required:
        first, *others = sorted(required, key=size)
        held = kept(first.rows, readable)
        for match in others:
            held = held[match.has(held)]
        mask = np.zeros(rows, bool)
        mask[held] = True
    else:
        mask = np.ones(rows, bool) if readable is None else readable.copy()
    for match in excluded:
        for each in match.lists():
            mask[each] = False
    return mask


@dataclass(frozen=True, slots=True)
class InTime:
    """The rows that lie inside the dates asked for, and those of which that can't be told."""

    inside: Mask
    undated: Mask
    vague: Mask


def in_time(rows: int, mask: Mask | None, judged: Sequence[Dated]) -> InTime:
    """Of the masked rows of a leaf, by what each date says of them."""
    allowed = np.ones(rows, bool) if mask is None else mask
    inside = np.logical_and.reduce([allowed, *(each.inside for each in judged)])
    undated = np.logical_or.reduce([each.undated for each in judged])
    unsure = np.logical_and.reduce([each.inside | each.vague for each in judged])
    return InTime(inside, allowed & undated, allowed & unsure & ~inside)
