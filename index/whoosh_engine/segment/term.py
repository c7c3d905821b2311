"""A written term as a segment knows it."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.whoosh_engine.segment.inverted import Ints


class Term(NamedTuple):
    """A term's number and where it stands in the stream, ascending; `gram`: which it is of those whose pairs are kept
    (`grams`), None for most; `dense`: how often it stands in every row, where that is kept (`postings`).
    """

    number: int
    places: Ints
    gram: int | None
    dense: NDArray[np.uint8] | None
