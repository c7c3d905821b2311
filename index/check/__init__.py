"""Whether a quotation is exact: a claim as typed, compared word by word with a stretch of a stored text. Pure."""

from index.check.claim import Claim, read, readings
from index.check.finding import Finding, find
from index.check.pieces import piece, split_around
from index.check.record import Record, around
from index.check.verdict import SAME, Flag, Op, Step, Verdict
from index.check.weigh import content_words, weight_of_claim

__all__ = [
    "SAME",
    "Claim",
    "Finding",
    "Flag",
    "Op",
    "Record",
    "Step",
    "Verdict",
    "around",
    "content_words",
    "find",
    "piece",
    "read",
    "readings",
    "split_around",
    "weight_of_claim",
]
