"""A condition that no field of the index holds: passages of certain documents."""

from collections.abc import Iterable

import numpy as np
from whoosh import query as wq

from index.whoosh_engine.segment.inverted import Ints
from index.whoosh_engine.segment.rows import card_key
from index.whoosh_engine.segment.segment import Segment


class OfDocuments(wq.Query):
    """Passages of documents with these ids. They all have it alike, so it lifts no score."""

    def __init__(self, ids: Iterable[str]) -> None:
        self.ids = frozenset(ids)
        self.boost = 1.0

    def rows(self, segment: Segment) -> Ints:
        """Those of a segment, ascending."""
        meant = np.isin(segment.card_key, np.array([card_key(each) for each in self.ids], np.uint64))
        return np.flatnonzero(meant[segment.row_card]).astype(np.uint32)
