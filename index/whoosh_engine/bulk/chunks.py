"""Texts split at blanks, and their pieces, the *chunks*, numbered, for thousands of passages at once.

Theory of operation. To look a chunk up in a dictionary of Python takes an object for each, and each waits for the
memory that the one before led to. Here a chunk is two numbers, its first eight bytes and the next eight, and the table
has open addressing in arrays: all chunks of a batch take each step together, and only those that are new, and the few
longer ones, are bytes in a loop. Bytes are compared, never hashes alone: no two chunks are taken for one.
"""

from array import array
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

BLANKS = (
    "\t\n\v\f\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000"
)
"""What parts chunks: the signs at which `str.split` does."""

Places = NDArray[np.int64]
Lanes = NDArray[np.uint64]
"""Two a chunk: its first eight bytes and the next eight, with zeros after its end."""

_LINE = ord("\n")
_LOW, _HIGH = 0x21, 0xC2
"""A blank of one byte is below the one, and no blank of more bytes begins below the other."""
_NARROW = np.array([sign.isascii() and sign in BLANKS for sign in map(chr, range(256))])
"""Which bytes are blanks."""
_WIDE = {
    size: np.array([int.from_bytes(sign.encode()) for sign in BLANKS if len(sign.encode()) == size], np.uint32)
    for size in (2, 3)
}
"""The blanks of so many bytes."""

FITS = 16
"""So many bytes of a chunk are in its lanes."""
_KEPT = np.array([[(1 << 8 * min(max(size - at, 0), 8)) - 1 for at in (0, 8)] for size in range(FITS + 1)], np.uint64)
"""What keeps so many bytes of two lanes."""

_FEWEST_SLOTS = 1 << 12
_SPARE = 3
"""At least so many slots for each chunk: then most are in the first slot that is looked at."""
_MULTIPLIERS = (np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F))


@dataclass(frozen=True, slots=True)
class Chunks:
    """The chunks of some texts: at which bytes of `content` each begins and ends, how many each text has, and after
    which of them comes a blank line.
    """

    content: bytes
    begins: Places
    ends: Places
    counts: Places
    breaks: Places


def chunks_of(texts: Sequence[bytes]) -> Chunks:
    """The chunks of some texts."""
    texts_end = np.cumsum(np.fromiter(map(len, texts), np.int64, len(texts))) + np.arange(1, len(texts) + 1)
    # To the analysis one sign that is neither letter nor blank is as good as another, and zeros end lanes. After the
    # last blank stands what may be read beyond the last chunk.
    content = b"\n".join((b"", *texts, b"." * FITS)).replace(b"\0", b"\1")
    blanks, after, lines = _blanks(np.frombuffer(content, np.uint8))
    begins, ends = after[:-1], blanks[1:]
    filled = begins < ends
    begins, ends = begins[filled], ends[filled]
    counts = np.diff(np.searchsorted(begins, texts_end), prepend=0)
    until = np.searchsorted(begins, lines)
    blank_lines = until[1:][until[1:] == until[:-1]]
    return Chunks(content, begins, ends, counts, blank_lines[blank_lines > 0] - 1)


def _blanks(data: NDArray[np.uint8]) -> tuple[Places, Places, Places]:
    """Where blanks begin and end, and where lines end."""
    # Below 0 bytes go on with 255: so the low ones and the high ones are found by one comparison.
    found = np.flatnonzero(data - np.uint8(_LOW) >= _HIGH - _LOW)
    after = found + 1
    first = data.take(found)
    blank = _NARROW.take(first)
    high = np.flatnonzero(first >= _HIGH)
    leads = found.take(high)
    pairs = first.take(high).astype(np.uint32) << 8 | data.take(leads + 1)
    for size, signs in (2, pairs), (3, pairs << 8 | data.take(leads + 2)):
        wide = high[np.isin(signs, _WIDE[size])]
        blank[wide] = True
        after[wide] += size - 1
    return found[blank], after[blank], found[first == _LINE]


class ChunkTable:
    """The numbers of chunks, from 1 as they come. It grows with the distinct ones."""

    def __init__(self) -> None:
        self._slots: NDArray[np.uint32] = np.zeros(_FEWEST_SLOTS, np.uint32)  # 0 is nobody's number
        self._known = array("Q", [0, 0])  # the lanes, by number
        self._long: dict[bytes, int] = {}

    def __len__(self) -> int:
        return len(self._known) // 2 - 1

    def numbers(self, of: Chunks, analyse: Callable[[Sequence[str]], None]) -> Places:
        """The number of each chunk. Those that are new are handed to `analyse`, in the order of their numbers."""
        lengths = of.ends - of.begins
        lanes = lanes_of(of.content, of.begins, lengths)
        numbers = self._found(lanes)
        numbers[lengths > FITS] = 0
        unknown = np.flatnonzero(numbers == 0)
        places = zip(of.begins[unknown].tolist(), of.ends[unknown].tolist(), strict=True)
        chunks = [of.content[begin:end] for begin, end in places]
        at = dict(zip(chunks, unknown.tolist(), strict=True))  # of several places the last one
        new = [chunk for chunk in at if chunk not in self._long]
        number_of = dict(zip(new, range(len(self) + 1, len(self) + 1 + len(new)), strict=True))
        self._take_in(number_of, lanes[[at[chunk] for chunk in new]])
        numbers[unknown] = [number_of.get(chunk) or self._long[chunk] for chunk in chunks]
        analyse([chunk.decode() for chunk in new])
        return numbers

    def _take_in(self, new: Mapping[bytes, int], lanes: Lanes) -> None:
        self._known.frombytes(lanes.tobytes())
        self._long.update((chunk, number) for chunk, number in new.items() if len(chunk) > FITS)
        self._place(np.array([number for chunk, number in new.items() if len(chunk) <= FITS], np.int64))

    def _found(self, lanes: Lanes) -> Places:
        """The numbers of chunks, 0 for those that have none."""
        slots = self._first_slots(lanes)
        numbers = self._slots.take(slots).astype(np.int64)
        others = self._unlike(numbers, lanes)
        while len(others):
            slots[others] = self._next(slots[others])
            numbers[others] = self._slots[slots[others]]
            others = others[self._unlike(numbers[others], lanes[others])]
        return numbers

    def _unlike(self, numbers: Places, lanes: Lanes) -> Places:
        """Where the slot has another chunk."""
        known = np.asarray(self._known).reshape(-1, 2).take(numbers, axis=0)
        unlike = np.flatnonzero((known != lanes).view(np.uint16))  # both lanes at once
        return unlike[numbers[unlike] > 0]

    def _place(self, numbers: Places) -> None:
        """Give slots to chunks that have none."""
        if _SPARE * len(self) > len(self._slots):
            self._slots = np.zeros(1 << (2 * _SPARE * len(self)).bit_length(), np.uint32)
            numbers = np.delete(np.arange(1, len(self) + 1), [number - 1 for number in self._long.values()])
        numbers = numbers[::-1]  # of several that want one slot, the last one gets it: the oldest is the most frequent
        slots = self._first_slots(np.asarray(self._known).reshape(-1, 2)[numbers])
        while len(numbers):
            free = self._slots[slots] == 0
            self._slots[slots[free]] = numbers[free]
            left = self._slots[slots] != numbers
            slots, numbers = self._next(slots[left]), numbers[left]

    def _first_slots(self, lanes: Lanes) -> Places:
        mixed = (lanes[:, 0] ^ lanes[:, 1] * _MULTIPLIERS[1]) * _MULTIPLIERS[0]
        mixed >>= np.uint64(65 - len(self._slots).bit_length())
        return mixed.view(np.int64)

    def _next(self, slots: Places) -> Places:
        return slots + 1 & len(self._slots) - 1


def lanes_of(content: bytes | NDArray[np.uint8], begins: Places, lengths: Places) -> Lanes:
    """The lanes of each piece of some bytes, which go on for `FITS` beyond the last; of a long one its first bytes."""
    everywhere = np.ndarray(len(content) - FITS + 1, f"V{FITS}", content, strides=(1,))
    lanes = everywhere[begins].view("<u8").reshape(-1, 2)
    lanes &= _KEPT.take(np.minimum(lengths, FITS), axis=0)
    return lanes
