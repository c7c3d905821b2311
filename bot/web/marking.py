"""Words to be shown with parts of them marked: slices by offsets, nothing else. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from index.hit import Span


@dataclass(frozen=True, slots=True)
class Marked:
    """`text[start:end]` is marked as `kind`, such as "asked", "found" or "pinned"."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True)
class Slice:
    """Words that are marked alike throughout. `start` is where they stand in the text; `first` are the kinds that begin
    here."""

    start: int
    text: str
    kinds: tuple[str, ...] = ()
    first: tuple[str, ...] = ()


def slices(text: str, marks: Iterable[Marked], start: int = 0, end: int | None = None) -> tuple[Slice, ...]:
    """`text[start:end]` in slices, of which none is empty; joined they are that, letter for letter.

    >>> [(one.text, one.kinds) for one in slices("Foreign dirt.", [Marked(8, 12, "found")])]
    [('Foreign ', ()), ('dirt', ('found',)), ('.', ())]
    """
    end = len(text) if end is None else end
    inside = [mark for mark in marks if mark.start < end and mark.end > start and mark.start < mark.end]
    edges = {at for mark in inside for at in (mark.start, mark.end) if start < at < end}
    borders = [start, *sorted(edges), end]
    return tuple(_slice(text, a, b, inside) for a, b in pairwise(borders) if a < b)


def found(text: str, spans: Sequence[Span], start: int = 0, end: int | None = None) -> tuple[Slice, ...]:
    """A card's words (or those from `start` to `end`) with those that were found."""
    return slices(text, [Marked(span.start, span.end, "found") for span in spans], start, end)


def _slice(text: str, start: int, end: int, marks: Sequence[Marked]) -> Slice:
    over = [mark for mark in marks if mark.start < end and mark.end > start]
    kinds = tuple(sorted({mark.kind for mark in over}))
    return Slice(start, text[start:end], kinds, tuple(sorted({mark.kind for mark in over if mark.start == start})))
