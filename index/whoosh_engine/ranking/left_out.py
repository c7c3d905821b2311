"""How many passages a date filter could not judge."""

from collections.abc import Sequence
from dataclasses import replace

from index.hit import LeftOut
from index.whoosh_engine.ranking.candidates import Asked, complete, holding_any
from index.whoosh_engine.ranking.narrow import InTime
from index.whoosh_engine.segment.days import Mask


def left_out(asked: Sequence[Asked], times: Sequence[InTime], found: bool) -> LeftOut:
    """How many rows with everything wanted the dates left out; where none has everything, those with anything.

    `times` has the rows that the dates can't judge, a leaf each; `found`: inside the dates something has everything.
    """
    undated, vague = [time.undated for time in times], [time.vague for time in times]
    whole = LeftOut(*(_whole(asked, masks) for masks in (undated, vague)))
    if found or whole != LeftOut() or not (asked and asked[0].wanted):
        return whole
    return LeftOut(*(_any(asked, masks) for masks in (undated, vague)))


def _whole(asked: Sequence[Asked], masks: Sequence[Mask]) -> int:
    """How many of these rows hold all that is wanted, the words of dates included."""
    return sum(len(complete(_strictly(each, mask))) for each, mask in zip(asked, masks, strict=True))


def _strictly(asked: Asked, mask: Mask) -> Asked:
    return replace(asked, allowed=mask, wanted=[replace(clue, evidence=False) for clue in asked.wanted])


def _any(asked: Sequence[Asked], masks: Sequence[Mask]) -> int:
    return sum(int((holding_any(each) & mask).sum()) for each, mask in zip(asked, masks, strict=True))
