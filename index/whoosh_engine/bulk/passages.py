"""The texts of passages as bytes, on their way to a worker."""

from array import array
from collections.abc import Sequence

import numpy as np


def bytes_of(texts: Sequence[str]) -> bytes:
    """How many code points each text has, in four bytes each, and all texts one after another."""
    return array("I", map(len, texts)).tobytes() + "".join(texts).encode()


def texts_of(content: bytes, count: int) -> list[str]:
    """The inverse of `bytes_of`."""
    ends = np.cumsum(np.frombuffer(content, np.uint32, count), dtype=np.int64).tolist()
    joined = content[4 * count :].decode()
    return [joined[first:last] for first, last in zip([0, *ends[:-1]], ends, strict=True)] if count else []
