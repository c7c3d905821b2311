"""Date filters over the day columns of a segment."""

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from index.query.nodes import DateField, DateFilter, DateTest
from index.whoosh_engine.segment.rows import NO_DAY
from index.whoosh_engine.segment.segment import Segment

Mask = NDArray[np.bool_]

_COLUMN = {DateField.WHEN: 0, DateField.DURING: 0, DateField.SAID: 2, DateField.PUBLISHED: 4, DateField.ADDED: 6}


@dataclass(frozen=True, slots=True)
class Dated:
    """Which rows lie as asked, which have no date at all, and which have one too vague to tell."""

    inside: Mask
    undated: Mask
    vague: Mask


def dated(segment: Segment, asked: DateFilter) -> Dated:
    """Judge every row: inside means that all the days which its date may mean are allowed."""
    low, high = _allowed(asked)
    column = _COLUMN[asked.field]
    first, last = segment.row_days[column], segment.row_days[column + 1]
    undated = first == NO_DAY
    inside = (first >= low) & (last <= high) & ~undated
    vague = (first <= high) & (last >= low) & ~inside & ~undated
    if asked.field is DateField.DURING:
        mentioned = _mentioned(segment, low, high)
        inside, undated, vague = inside | mentioned, undated & ~mentioned, vague & ~mentioned
    return Dated(inside, undated, vague)


def _allowed(asked: DateFilter) -> tuple[int, int]:
    first = asked.first.toordinal() if asked.first else date.min.toordinal()
    last = asked.last.toordinal() if asked.last else date.max.toordinal()
    if asked.test is DateTest.BEFORE:
        return date.min.toordinal(), first - 1
    if asked.test is DateTest.AFTER:
        return last + 1, date.max.toordinal()
    return first, last


def _mentioned(segment: Segment, low: int, high: int) -> Mask:
    hits = np.flatnonzero((segment.mentions[0] >= low) & (segment.mentions[1] <= high))
    mask = np.zeros(segment.rows, bool)
    mask[segment.mention_ptr.searchsorted(hits, side="right") - 1] = True
    return mask
