"""Marks as they are stored: one text of all, read when somebody asks for them."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import overload

from sources.document import Mark, MarkValue
from sources.wire import KIND_OF, unpack_marks


class PackedMarks(Sequence[Mark]):
    """Marks as `pack_marks` makes one text of them, read when they are asked for: a hearing has thousands, and most
    answers need none. Equal to a tuple of the same marks.
    """

    __slots__ = ("packed",)

    def __init__(self, packed: str) -> None:
        self.packed = packed

    @overload
    def __getitem__(self, index: int) -> Mark: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Mark, ...]: ...
    def __getitem__(self, index: int | slice) -> Mark | tuple[Mark, ...]:
        return _unpacked(self.packed)[index]

    def __iter__(self) -> Iterator[Mark]:
        return iter(_unpacked(self.packed))

    def __len__(self) -> int:
        return len(_unpacked(self.packed))

    def of(self, kinds: tuple[type[MarkValue], ...]) -> Sequence[Mark]:
        """Those of these kinds. Where there is none, as in most documents, nothing is unpacked."""
        if not any(f'{{"kind":"{KIND_OF[kind]}"' in self.packed for kind in kinds):
            return ()
        return [mark for mark in _unpacked(self.packed) if isinstance(mark.value, kinds)]

    def __eq__(self, other: object) -> bool:
        if isinstance(other, PackedMarks):
            return self.packed == other.packed
        return _unpacked(self.packed) == other

    def __hash__(self) -> int:
        return hash(_unpacked(self.packed))

    def __repr__(self) -> str:
        return repr(_unpacked(self.packed))


@lru_cache(maxsize=256)
def _unpacked(packed: str) -> tuple[Mark, ...]:
    """The inverse of `pack_marks`. The same few documents answer most questions."""
    return unpack_marks(packed)
