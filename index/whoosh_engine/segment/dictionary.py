"""Strings as one run of bytes: a list of them, and a sorted one in which a string is looked up."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

from index.whoosh_engine.segment.arrays import Arrays

_KEPT = 10_000
_STEP = 64


class Strings(Sequence[str]):
    """The strings of the arrays `name` and `name_ptr`, decoded when they are asked for."""

    def __init__(self, arrays: Arrays, name: str) -> None:
        # A memoryview gives plain numbers and bytes, several times faster than numpy gives its scalars.
        self.blob: NDArray[np.uint8] = arrays[name]
        self.ptr: NDArray[np.int64] = arrays[f"{name}_ptr"]
        self._blob = arrays[name].data
        self._ptr = arrays[f"{name}_ptr"].data

    def __len__(self) -> int:
        return len(self._ptr) - 1

    def __getitem__(self, number: int) -> str:  # pyright: ignore[reportIncompatibleMethodOverride] - no slices
        return self.bytes_of(number).decode()

    def all(self) -> Sequence[str]:
        """All of them, decoded at once."""
        text, ptr = bytes(self._blob), self._ptr.tolist()
        if text.isascii():
            letters = text.decode()
            return tuple(letters[first:last] for first, last in pairwise(ptr))
        return tuple(text[first:last].decode() for first, last in pairwise(ptr))

    def bytes_of(self, number: int) -> bytes:
        """A string as it is stored, in UTF-8."""
        return bytes(self._blob[self._ptr[number] : self._ptr[number + 1]])


class Dictionary(Mapping[str, int]):
    """Distinct strings in the order of their UTF-8 bytes, each with its number, which is its place in that order."""

    def __init__(self, arrays: Arrays, name: str) -> None:
        self._strings = Strings(arrays, name)
        self.find = lru_cache(_KEPT)(self._found)

    def __getitem__(self, text: str) -> int:
        number = self.find(text)
        if number is None:
            raise KeyError(text)
        return number

    def __iter__(self) -> Iterator[str]:
        return iter(self.all)

    def __len__(self) -> int:
        return len(self._strings)

    def __contains__(self, text: object) -> bool:
        return isinstance(text, str) and self.find(text) is not None

    @cached_property
    def all(self) -> Sequence[str]:
        """Every string in the order of the numbers, decoded once."""
        return self._strings.all()

    def like(self, word: str, edits: int) -> list[str]:
        """The strings that may be within so many edits of a word, by their lengths and by the letters in them: an edit
        brings in or takes away one letter, of four bytes at most."""
        key = word.encode("utf-8", "surrogatepass")
        longer = np.abs(self._sizes - len(key))
        if not word.isascii():
            return [self.text(number) for number in np.flatnonzero(longer <= 4 * edits).tolist()]
        letters = np.bitwise_or.reduce(_bits(np.frombuffer(key, np.uint8)), initial=np.uint32(0))
        near = longer <= edits
        for lacking in (self._letters & ~letters, letters & ~self._letters):
            near &= np.bitwise_count(lacking) <= edits
        near |= ~self._plain & (longer <= 4 * edits)
        return [self.text(number) for number in np.flatnonzero(near).tolist()]

    def warm(self) -> None:
        """Work out what `like` needs."""
        _ = self._sizes, self._letters, self._plain

    @cached_property
    def _sizes(self) -> NDArray[np.int64]:
        return np.diff(self._strings.ptr)

    @cached_property
    def _letters(self) -> NDArray[np.uint32]:
        """For each string a bit for each letter that it has."""
        return self._each(np.bitwise_or, _bits(self._strings.blob), np.uint32)

    @cached_property
    def _plain(self) -> NDArray[np.bool_]:
        """Whether a string has ASCII letters only."""
        return self._each(np.logical_and, self._strings.blob < 128, bool)

    def _each(self, reduce: np.ufunc, values: NDArray[Any], dtype: DTypeLike) -> NDArray[Any]:
        """The values of each string's bytes reduced to one. No string is empty."""
        return reduce.reduceat(values, self._strings.ptr[:-1]) if len(self) else np.empty(0, dtype)

    def text(self, number: int) -> str:
        """The string of a number."""
        return self._strings[number]

    def beginning(self, prefix: str) -> range:
        """The numbers of all strings that begin so."""
        key = prefix.encode("utf-8", "surrogatepass")
        # 0xff occurs nowhere in UTF-8, so this sorts behind all that begin with the prefix.
        return range(self._place(key), self._place(key + b"\xff"))

    @cached_property
    def _sample(self) -> list[bytes]:
        """Every 64th string: the first steps of a search are made in a list."""
        return [self._strings.bytes_of(number) for number in range(0, len(self), _STEP)]

    def _found(self, text: str) -> int | None:
        """The number of a string, None where there is none: `get`, but faster. Asked as `find`, which remembers."""
        key = text.encode("utf-8", "surrogatepass")
        at = self._place(key)
        return at if at < len(self) and self._strings.bytes_of(at) == key else None

    def _place(self, key: bytes) -> int:
        """How many strings sort before the key."""
        block = bisect_left(self._sample, key)
        low, high, bytes_of = max(block - 1, 0) * _STEP, min(block * _STEP, len(self)), self._strings.bytes_of
        while low < high:
            middle = (low + high) // 2
            if bytes_of(middle) < key:
                low = middle + 1
            else:
                high = middle
        return low


def _bits(letters: NDArray[np.uint8]) -> NDArray[np.uint32]:
    """A bit for each letter; capitals, small letters and some signs share theirs."""
    return np.left_shift(np.uint32(1), (letters & 31).astype(np.uint32))
