"""Arrays with a place for each row, lent to one computation after another; every thread has its own.

Asking for many rows whether they are on a long list is fastest by marking the list in an array of all rows and looking
there. Clearing the marks costs as much as setting them; a fresh array of a million rows would cost more.
"""

import threading
from collections.abc import Generator
from contextlib import contextmanager
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

from index.whoosh_engine.segment.inverted import Ints

_held = threading.local()


@contextmanager
def marked(rows: Ints, values: Any, size: int, dtype: DTypeLike) -> Generator[NDArray[Any]]:
    """An array of `size` zeros but for `values` at the rows. It is good inside the `with` only."""
    array = _lent(size, dtype)
    array[rows] = values
    try:
        yield array
    finally:
        array[rows] = 0
        setattr(_held, array.dtype.str, array)


def _lent(size: int, dtype: DTypeLike) -> NDArray[Any]:
    """The thread's own array of zeros; another one while that is lent."""
    name = np.dtype(dtype).str
    array: NDArray[Any] | None = getattr(_held, name, None)
    setattr(_held, name, None)
    return np.zeros(size, dtype) if array is None or len(array) < size else array
