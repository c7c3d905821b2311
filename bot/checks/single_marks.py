"""Single quotation marks, told from apostrophes. Pure.

Theory of operation. Inside a word the sign is an apostrophe. Before a word it may open a quotation, unless the word is
one that is written so (`'90s`, `'em`). Behind a word it may close one: surely behind a sign of punctuation, while
behind `s` it may say whose something is (`the pilots' boats`) and behind `in` stand for a letter (`goin' home`). One
that opens is paired with the first that surely closes before the next that opens, else with one that may; without any
it is an apostrophe, and nothing around it is lost.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.query.function_words import is_function_word

SINGLE = "'‘’‚‛"
_MARK = re.compile(rf"(?<!')[{SINGLE}](?!')")
_BEFORE = frozenset('([{—–-/*_~>:"“„«')
_AFTER = frozenset(".,!?;:)]}”»")
_ENDING = _AFTER | frozenset('…—–-"')
_NEVER_OPENS = re.compile(r"(?:\d0s|n)\b", re.IGNORECASE)
_ELIDED = re.compile(
    r"(?:\d\d|tis|twas|twere|twill|til|till|em|cause|cos|cuz|bout|round|neath|nother|fraid|ere|s|t|d|ll|re|ve)\b",
    re.IGNORECASE,
)
"""What begins so may be quoted only where a sign of punctuation and a mark end it."""

_AND = re.compile(rf"[{SINGLE}]n\Z", re.IGNORECASE)
_SHORTENED = re.compile(r"(?:\w(?:in|an)|\b(?:o|th|ol))\Z", re.IGNORECASE)
_NEXT = re.compile(r"[^\S\n]+(\w+)")
_REACH = 12


@dataclass(frozen=True, slots=True)
class _Mark:
    """A sign at `draft[at]` that may open or may close. `elided`: what it opens may be a shortened word. `sure`: it
    closes, for it stands `after_sign`, or what is around it is no word that has an apostrophe there.
    """

    at: int
    opens: bool = False
    elided: bool = False
    closes: bool = False
    sure: bool = False
    after_sign: bool = False


def single_quoted(draft: str, start: int, end: int, within: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The words between single marks in the paragraph `draft[start:end]`, in order; what lies `within` double marks is
    passed over, but may stand between single ones as a whole.

    >>> draft = "The pilots' boats don't go, 'we can't go now,' he said in the '90s. 'It's rock 'n' roll.'"
    >>> [draft[first:last] for first, last in single_quoted(draft, 0, len(draft), ())]
    ["we can't go now,", "It's rock 'n' roll."]
    """
    places = (match.start() for match in _MARK.finditer(draft, start, end))
    outside = (at for at in places if not any(first <= at < last for first, last in within))
    marks = [mark for at in outside if (mark := _mark(draft, at)).opens or mark.closes]
    at = 0
    while at < len(marks):
        opening, at = marks[at], at + 1
        closing = _closing(marks, at, opening) if opening.opens else None
        if closing is None:
            continue
        first, last = opening.at + 1, marks[closing].at
        encloses = any(first <= begin < last for begin, _ in within)
        if draft[first:last].strip() and (marks[closing].sure or not encloses):
            yield first, last
            at = closing + 1


def _closing(marks: Sequence[_Mark], first: int, opening: _Mark) -> int | None:
    """The number of the mark that closes the one before `first`."""
    possible: list[int] = []
    for at in range(first, len(marks)):
        mark = marks[at]
        if mark.opens and not mark.elided:
            break
        if mark.closes and (mark.after_sign or not opening.elided):
            possible.append(at)
    return next((at for at in possible if marks[at].sure), possible[0] if possible else None)


def _mark(draft: str, at: int) -> _Mark:
    before, after = draft[at - 1 : at] if at else "", draft[at + 1 : at + 2]
    if (not before.strip() or before in _BEFORE) and after.strip() and after not in _AFTER:
        return _Mark(at, not _NEVER_OPENS.match(draft, at + 1), elided=bool(_ELIDED.match(draft, at + 1)))
    lead = draft[max(0, at - _REACH) : at]
    if not before.strip() or after.isalnum() or _AND.search(lead):
        return _Mark(at)
    return _Mark(at, closes=True, sure=_is_sure(draft, at, lead), after_sign=before in _ENDING)


def _is_sure(draft: str, at: int, lead: str) -> bool:
    """Whether a mark behind a word is no apostrophe: by the sign before it, or by what follows."""
    following = _NEXT.match(draft, at + 1)
    if lead[-1] in _ENDING or following is None:
        return True
    if _SHORTENED.search(lead):
        return False
    return lead[-1] not in "sS" or is_function_word(following[1])
