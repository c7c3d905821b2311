"""A quotation set against the record, as runs of words that are told apart without colour. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.asking.cards import Checked, Drafted
from index.check import Op, Step


class Kind(StrEnum):
    """What a run of words is: in both, in the claim alone, in the record alone, left out by the claim, or the seam
    between two places of the record."""

    SAME = "same"
    CLAIMED = "claimed"
    TRUE = "true"
    LEFT_OUT = "left out"
    SEAM = "seam"


@dataclass(frozen=True, slots=True)
class Run:
    """Words of one kind; of a seam there are none."""

    kind: Kind
    words: str


_KINDS: Mapping[Op, tuple[Kind, Kind | None]] = {
    Op.EQUAL: (Kind.SAME, None),
    Op.PUNCTUATION: (Kind.SAME, None),
    Op.REPLACE: (Kind.CLAIMED, Kind.TRUE),
    Op.INSERT: (Kind.CLAIMED, None),
    Op.DELETE: (Kind.CLAIMED, Kind.TRUE),
    Op.CUT: (Kind.SAME, Kind.LEFT_OUT),
    Op.ASIDE: (Kind.CLAIMED, Kind.LEFT_OUT),
    Op.BRACKET: (Kind.SAME, Kind.LEFT_OUT),
    Op.JOIN: (Kind.SEAM, None),
}
"""What the claim's words of a step are, and what the record's are where both are told."""


def runs(diff: Sequence[Step]) -> tuple[Run, ...]:
    """The claim in its order with what the record has beside it; empty where both are the same, letter for letter.

    >>> told = runs([Step(Op.EQUAL, "over ", "over "), Step(Op.REPLACE, "$302 ", "$300 ")])
    >>> [(run.kind.value, run.words) for run in told]
    [('same', 'over '), ('claimed', '$302 '), ('true', '$300 ')]
    """
    if all(step.op is Op.EQUAL for step in diff):
        return ()
    found: list[Run] = []
    for step in diff:
        claimed, true = _KINDS[step.op]
        if step.claimed or claimed is Kind.SEAM:
            found.append(Run(claimed, step.claimed))
        if true is not None and step.true.strip():
            found.append(Run(true, step.true))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a draft: words of its own, or the quotation of that number."""

    words: str
    number: int | None = None
    checked: Checked | None = None


def pieces(draft: str, quotes: Sequence[Drafted]) -> tuple[Piece, ...]:
    """The draft from its beginning to its end; joined they are the draft."""
    found: list[Piece] = []
    at = 0
    for number, quote in enumerate(quotes, start=1):
        found.append(Piece(draft[at : quote.start]))
        found.append(Piece(draft[quote.start : quote.end], number, quote.checked))
        at = quote.end
    return tuple(piece for piece in (*found, Piece(draft[at:])) if piece.words)
