"""Why a passage stands where it stands, in words."""

from collections.abc import Sequence

from index.hit import Reason

WHY = "Why This Rank"
CHANGED = "That passage does not answer this question any more, so there is nothing to explain. Ask again."
TITLE = "Why this rank"
MEANS = "Points of each word in each field, and of what else counts; passages with all the words come first anyway."

MOST_ROWS = 40
_LONGEST = 40


def table(reasons: Sequence[Reason], score: float) -> str:
    """A line for each reason, what, where and how many points, and the score below.

    >>> print(table([Reason("dirt", "passage", 7.5), Reason("a record itself", "kind", 0.25)], 7.75))
       7.50  dirt, passage
       0.25  a record itself, kind
       7.75  score
    """
    lines = [(each.points, ", ".join(filter(None, (_clipped(each.what), each.where)))) for each in reasons[:MOST_ROWS]]
    if rest := reasons[MOST_ROWS:]:
        lines.append((sum(each.points for each in rest), f"{len(rest)} more"))
    return "\n".join(f"{points:7.2f}  {told}" for points, told in (*lines, (score, "score")))


def _clipped(what: str) -> str:
    return what if len(what) <= _LONGEST else f"{what[: _LONGEST - 1]}…"
