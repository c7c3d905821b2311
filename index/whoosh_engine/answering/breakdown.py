"""Of what the passages are that answer a question: their speakers, publishers, kinds and years, counted."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from index.port import Breakdown, Year
from index.query.nodes import FieldName
from index.whoosh_engine.answering.facets import Facets
from index.whoosh_engine.segment.days import Mask
from index.whoosh_engine.segment.leaf import Leaf
from index.whoosh_engine.segment.rows import NO_DAY


def breakdown(leaves: Sequence[Leaf], facets: Facets, masks: Sequence[Mask], limit: int) -> Breakdown:
    """See `index.port.Engine.breakdown`; `masks` has for each leaf the rows to count."""
    pairs = [leaf.segment.row_days[:2, mask] for leaf, mask in zip(leaves, masks, strict=True)]
    days = np.concatenate([np.empty((2, 0), np.int32), *pairs], axis=1)
    dated = days[:, days[0] != NO_DAY]
    first, last = _years(dated[0]), _years(dated[1])
    alike: list[int] = first[first == last].tolist()
    counted = Counter(alike)
    return Breakdown(
        total=days.shape[1],
        speakers=facets.most(FieldName.SPEAKER, masks, limit),
        publishers=facets.most(FieldName.PUBLISHER, masks, limit),
        kinds=facets.most(FieldName.TYPE, masks, limit),
        years=tuple(Year(year, counted[year]) for year in sorted(counted)),
        undated=days.shape[1] - dated.shape[1],
        vague=int((first != last).sum()),
    )


def _years(days: NDArray[np.int32]) -> NDArray[np.int64]:
    """The year of each day, given as `date.toordinal` counts them."""
    distinct, at = np.unique(days, return_inverse=True)
    years = np.array([date.fromordinal(day).year for day in distinct.tolist()], np.int64)
    return years[at]
