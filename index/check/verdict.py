"""What a check says: the verdict, the loud flags, and the difference word by word."""

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """How a quotation stands to the record, from the best to the worst."""

    EXACT = "exact"
    PUNCTUATION = "punctuation"
    ALTERED = "altered"
    JOINED = "joined"
    ABSENT = "absent"


class Flag(StrEnum):
    """What makes a difference, or a quotation that is exact, dangerous."""

    NUMBER = "number"
    NEGATION = "negation"
    NAME = "name"
    TENSE = "tense"
    QUALIFIER = "qualifier"
    SPEAKER = "speaker"
    QUOTED = "quoted"
    CONTEXT = "context"
    SUPERSEDED = "superseded"


class Op(StrEnum):
    """How a piece of the claim stands to its piece of the record.

    `CUT` is an ellipsis, or a stop before the record's, with the words that it leaves out; `ASIDE` leaves out, or puts
    in, what nobody said, such as `(Applause.)` or the number of a note; `BRACKET` is an editor's words with those they
    stand for; `JOIN`, without words, the seam between two places.
    """

    EQUAL = "equal"
    PUNCTUATION = "punctuation"
    REPLACE = "replace"
    INSERT = "insert"
    DELETE = "delete"
    CUT = "cut"
    ASIDE = "aside"
    BRACKET = "bracket"
    JOIN = "join"


@dataclass(frozen=True, slots=True)
class Step:
    """A piece of the claim as typed and the piece of the record, as stored, that it stands for.

    All `claimed` of a difference, joined, give the claim; all `true` the stretch of the record, without what lies
    between two places of a joined one.
    """

    op: Op
    claimed: str
    true: str


SAME = frozenset({Op.EQUAL, Op.PUNCTUATION})
"""The words are the same."""
