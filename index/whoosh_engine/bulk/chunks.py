"""Texts split at blanks, and their pieces, the *chunks*, numbered, for thousands of passages at once.

Theory of operation. To look a chunk up in a dictionary of Python takes an object for each, and each waits for the
memory that the one before led to. Here a chunk is two numbers, its first eight bytes and the next eight, and the table
has open addressing in arrays: all chunks of a batch take each step together, and only those that are new, and the few
longer ones, are bytes in a loop. Bytes are compared, never hashes alone: no two chunks are taken for one.
"""

from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

BLANKS = (
    "\t\n\v\f\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000"
)
"""What parts chunks: the signs at which `str.split` does."""

Places = NDArray[np.int64]
Numbers = NDArray[np.uint32]
Lanes = Sequence[NDArray[np.uint64]]

_LETTER, _BLANK, _LINE = range(3)
_KINDS = bytes(
    _LINE if sign == "\n" else _BLANK if sign.isascii() and sign in BLANKS else _LETTER for sign in map(chr, range(256))
)
_LEADS = 0xC2
"""Signs of more bytes than one begin with this byte or a higher one."""
_WIDE = {
    size: np.array([int.from_bytes(sign.encode()) for sign in BLANKS if len(sign.encode()) == size], np.uint32)
    for size in (2, 3)
}
"""The blanks of so many bytes."""

_LANE = 8
_FITS = 2 * _LANE
_KEPT = np.array([(1 << 8 * count) - 1 for count in range(_LANE + 1)], np.uint64)
"""What keeps so many bytes of a lane."""

_FEWEST_SLOTS = 1 << 12
_SPARE = 3
"""At least so many slots for each chunk: then most are in the first slot that is looked at."""
_MULTIPLIERS = (np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F))


@dataclass(frozen=True, slots=True)
class Chunks:
    """The chunks of some texts: at which bytes of `content` each begins and ends, how many each text has, and which of
    them have a blank line before the next.
    """

    content: bytes
    begins: Places
    ends: Places
    counts: Places
    breaks: Places


def chunks_of(texts: Sequence[bytes]) -> Chunks:
    """The chunks of some texts."""
    texts_end = np.cumsum(np.fromiter(map(len, texts), np.int64, len(texts))) + np.arange(1, len(texts) + 1)
    # To the analysis one sign that is neither letter nor blank is as good as another, and zeros end lanes.
    content = b"\n".join((b"", *texts, b"")).replace(b"\0", b"\1")
    kinds = _kinds(content)
    blanks = np.flatnonzero(kinds != _LETTER)
    begins, ends = blanks[:-1] + 1, blanks[1:]
    filled = begins < ends
    begins, ends = begins[filled], ends[filled]
    counts = np.diff(np.searchsorted(begins, texts_end), prepend=0)
    apart = np.flatnonzero(begins[1:] - ends[:-1] > 1)
    lines = np.flatnonzero(kinds == _LINE)
    broken = np.searchsorted(lines, begins[apart + 1]) - np.searchsorted(lines, ends[apart]) > 1
    return Chunks(content, begins, ends, counts, apart[broken])


def _kinds(content: bytes) -> NDArray[np.uint8]:
    """What each byte is."""
    kinds = np.frombuffer(content.translate(_KINDS), np.uint8)
    if content.isascii():
        return kinds
    kinds = kinds.copy()
    data = np.frombuffer(content + bytes(2), np.uint8)
    leads = np.flatnonzero(data >= _LEADS)
    pairs = data[leads].astype(np.uint32) << 8 | data[leads + 1]
    for size, signs in (2, pairs), (3, pairs << 8 | data[leads + 2]):
        found = leads[np.isin(signs, _WIDE[size])]
        for at in range(size):
            kinds[found + at] = _BLANK
    return kinds


class ChunkTable:
    """The numbers of chunks, from 1 as they come. It grows with the distinct ones."""

    def __init__(self) -> None:
        self._slots: Numbers = np.zeros(_FEWEST_SLOTS, np.uint32)  # 0 is nobody's number
        self._lanes = array("Q", [0]), array("Q", [0])  # by number
        self._long: dict[bytes, int] = {}

    def __len__(self) -> int:
        return len(self._lanes[0]) - 1

    def numbers(self, of: Chunks, analyse: Callable[[str], None]) -> Numbers:
        """The number of each chunk. Those that are new are handed to `analyse`, in the order of their numbers."""
        lengths = of.ends - of.begins
        lanes = _lanes_of(of, lengths)
        numbers = self._found(lanes)
        numbers[lengths > _FITS] = 0
        unknown = np.flatnonzero(numbers == 0)
        short, new, found = dict[bytes, int](), list[int](), list[int]()
        places = zip(unknown.tolist(), of.begins[unknown].tolist(), of.ends[unknown].tolist(), strict=True)
        for at, begin, end in places:
            chunk, known = of.content[begin:end], short if end - begin <= _FITS else self._long
            number = known.get(chunk)
            if number is None:
                new.append(at)
                number = known[chunk] = len(self) + len(new)
                analyse(chunk.decode())
            found.append(number)
        numbers[unknown] = found
        for known, lane in zip(self._lanes, lanes, strict=True):
            known.frombytes(lane[new].tobytes())
        self._place(np.fromiter(short.values(), np.uint32, len(short)))
        return numbers

    def _found(self, lanes: Lanes) -> Numbers:
        """The numbers of chunks, 0 for those that have none."""
        slots = self._first_slots(lanes)
        numbers = self._slots.take(slots)
        others = np.flatnonzero(self._unlike(numbers, lanes))
        while len(others):
            slots[others] = self._next(slots[others])
            numbers[others] = self._slots[slots[others]]
            others = others[self._unlike(numbers[others], [lane[others] for lane in lanes])]
        return numbers

    def _unlike(self, numbers: Numbers, lanes: Lanes) -> NDArray[np.bool_]:
        """Where the slot has another chunk."""
        unlike = np.zeros(len(numbers), bool)
        for known, lane in zip(self._lanes, lanes, strict=True):
            unlike |= np.asarray(known).take(numbers) != lane
        return unlike & (numbers > 0)

    def _place(self, numbers: Numbers) -> None:
        """Give slots to chunks that have none."""
        if _SPARE * len(self) > len(self._slots):
            self._slots = np.zeros(1 << (2 * _SPARE * len(self)).bit_length(), np.uint32)
            numbers = np.arange(1, len(self) + 1, dtype=np.uint32)
            numbers = np.delete(numbers, [number - 1 for number in self._long.values()])
        slots = self._first_slots([np.asarray(known)[numbers] for known in self._lanes])
        while len(numbers):
            free = self._slots[slots] == 0
            self._slots[slots[free]] = numbers[free]  # of several that want one slot, one gets it
            left = self._slots[slots] != numbers
            slots, numbers = self._next(slots[left]), numbers[left]

    def _first_slots(self, lanes: Lanes) -> Places:
        mixed = (lanes[0] ^ lanes[1] * _MULTIPLIERS[1]) * _MULTIPLIERS[0]
        mixed ^= mixed >> np.uint64(32)
        mixed *= _MULTIPLIERS[1]
        mixed >>= np.uint64(65 - len(self._slots).bit_length())
        return mixed.view(np.int64)

    def _next(self, slots: Places) -> Places:
        return slots + 1 & len(self._slots) - 1


def _lanes_of(of: Chunks, lengths: Places) -> Lanes:
    """The first eight bytes of each chunk and the next eight, with zeros after its end."""
    words = np.frombuffer(of.content + bytes(2 * _LANE - len(of.content) % _LANE), "<u8")
    first = _lane(words, of.begins, np.minimum(lengths, _LANE))
    second = np.zeros(len(first), np.uint64)
    longer = np.flatnonzero(lengths > _LANE)
    second[longer] = _lane(words, of.begins[longer] + _LANE, np.minimum(lengths[longer] - _LANE, _LANE))
    return first, second


def _lane(words: NDArray[np.uint64], begins: Places, lengths: Places) -> NDArray[np.uint64]:
    """So many of the eight bytes from each place on. A place is mostly in the middle of a word of memory."""
    at, bits = begins >> 3, (begins & 7).view(np.uint64) << np.uint64(3)
    lane = words.take(at) >> bits
    lane |= words.take(at + 1) << np.uint64(1) << (np.uint64(63) - bits)
    lane &= _KEPT.take(lengths)
    return lane
