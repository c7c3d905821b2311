"""How many passages a date filter could not judge."""

from collections.abc import Sequence

import numpy as np

from index.hit import LeftOut
from index.whoosh_engine.clues import Clue
from index.whoosh_engine.days import Mask


def left_out(undated: Sequence[Mask], vague: Sequence[Mask], wanted: Sequence[Clue], complete: int) -> LeftOut:
    """How many rows with everything wanted the dates left out; where none has everything, those with anything.

    `undated` and `vague` have a mask for each leaf; `complete` counts the rows inside that have everything.
    """
    found = LeftOut(*(_matching(masks, wanted, len(wanted)) for masks in (undated, vague)))
    if complete or found != LeftOut() or not wanted:
        return found
    return LeftOut(*(_matching(masks, wanted, 1) for masks in (undated, vague)))


def _matching(masks: Sequence[Mask], wanted: Sequence[Clue], least: int) -> int:
    """How many of these rows hold at least so many of the parts."""
    total = 0
    for number, mask in enumerate(masks):
        held = np.zeros(len(mask), np.int32)
        for clue in wanted:
            held[clue.found[number].rows] += 1
        total += int((mask & (held >= least)).sum())
    return total
