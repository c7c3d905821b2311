"""Which segments to merge: few enough for every search, seldom enough for the writer."""

from collections.abc import Sequence

from index.whoosh_engine.writing.manifest import SegmentRecord

MOST = 6
"""More segments than this are merged: each costs every search a little."""

_LARGER = 2
"""A segment this many times as large as all smaller ones together is left alone, so each passage is copied only a few
times while an index grows."""


def to_merge(segments: Sequence[SegmentRecord]) -> tuple[SegmentRecord, ...]:
    """The segments to make one of, in their order; a worn one, more than half of which is gone, may be alone."""
    chosen = {each.name for each in segments if each.gone_rows * 2 > each.rows or len(each.gone) == each.documents}
    if len(segments) > MOST:
        by_size = sorted(segments, key=lambda each: each.live_rows)
        count, rows = 2, by_size[0].live_rows + by_size[1].live_rows
        while count < len(by_size) and by_size[count].live_rows < _LARGER * rows:
            rows += by_size[count].live_rows
            count += 1
        chosen |= {each.name for each in by_size[:count]}
    return tuple(each for each in segments if each.name in chosen)
