"""Which rows somebody may read."""

from collections.abc import Sequence

import numpy as np

from index.port import Access
from index.whoosh_engine.segment.days import Mask
from index.whoosh_engine.segment.inverted import Ints
from index.whoosh_engine.segment.leaf import Leaf

Readable = Sequence[Mask | None]
"""For each leaf a mask of its rows; None where all of them may be read."""


def readable_rows(leaves: Sequence[Leaf], access: Access) -> tuple[Mask, ...]:
    """For each leaf the rows that are live and that `access` may read."""
    masks: list[Mask] = []
    for leaf in leaves:
        segment = leaf.segment
        allowed = [workspace == access.workspace_id and source in access.sources for workspace, source in segment.homes]
        masks.append(
            leaf.live if all(allowed) else np.array(allowed, bool)[segment.card_home][segment.row_card] & leaf.live
        )
    return tuple(masks)


def kept(rows: Ints, mask: Mask | None) -> Ints:
    """Those of the rows that are in the mask."""
    return rows if mask is None else rows[mask.take(rows)]


def among_readable(lists: Sequence[Ints], mask: Mask | None) -> int:
    """How many rows of the lists are in the mask."""
    return sum(len(rows) if mask is None else int(np.count_nonzero(mask.take(rows))) for rows in lists)
