"""A segment together with what of it is still valid."""

from dataclasses import dataclass

from index.whoosh_engine.segment.days import Mask
from index.whoosh_engine.segment.segment import Segment


@dataclass(frozen=True, slots=True)
class Leaf:
    """A segment with the rows of its documents that are not gone."""

    segment: Segment
    live: Mask
