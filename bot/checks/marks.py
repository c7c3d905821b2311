"""The quotation marks of a draft, paired as a hurried writer meant them. Pure.

Theory of operation. A draft is unfinished: marks of several nations and of two machines are mixed, one is missing, one
is an inch. What is left out here is never checked and nobody is told, so a paragraph with one odd mark is not given up,
as that of a stored text is (`sources.quotations`). Each mark may open, close, or either, by what it is and by the signs
beside it; one that opens is paired with the one that closes it, with other pairs between them. One that nothing closes
quotes to the end of its line: that is how a quotation of several paragraphs is written, or a mark was forgotten. A mark
that closes nothing is no mark. Single marks are looked for outside the others (`single_marks`). A paragraph whose lines
all begin with `>`, without marks of its own, is a quotation as it stands.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.checks.single_marks import SINGLE, single_quoted

MARK = re.compile(r"``|(?<!')''(?!')|[\"“”„‟«»‹›″＂「」『』]")
_PARAGRAPHS = re.compile(r"\n[^\S\n]*\n")
_STRAIGHT, _OPENING = frozenset(('"', "″", "＂")), frozenset(("“", "„", "‟", "``", "«", "「", "『"))
_ENDING, _COMMAS = frozenset(".,;:!?…)]}%'’"), frozenset(",;:")
_BLOCK = re.compile(r"\s*(?:[^\S\n]*>[^\n]*(?:\n|\Z))+\s*\Z")
_RUNS_ON = re.compile(rf"\s*[{SINGLE}]\w[^{SINGLE}]*(?:\w[’'][^{SINGLE}]*)*[.!?…]\s*\Z")
_NEXT_RUN = re.compile(rf"\s*[{SINGLE}]\w")
_LEAD = f" \t\r\n\xa0>{SINGLE}"


@dataclass(frozen=True, slots=True)
class Marked:
    """Quoted words at `text[start:end]`. `open`: no mark closes them; they end with their line."""

    start: int
    end: int
    open: bool = False


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    opens: bool
    closes: bool
    inch: bool = False
    """It may be one: a straight mark after a digit."""


def marked(draft: str) -> Iterator[Marked]:
    """The outermost quotations in order, without their marks.

    >>> draft = 'A 6" pipe: “It “broke” now,” he said. »Nein«, „Nein“, “It will'
    >>> [draft[one.start:one.end] for one in marked(draft)]
    ['It “broke” now,', 'Nein', 'Nein', 'It will']
    """
    at = 0
    for end in [*(match.start() for match in _PARAGRAPHS.finditer(draft)), len(draft)]:
        marks = [_mark(draft, match) for match in MARK.finditer(draft, at, end)]
        double = list(_paired(draft, marks, (at, end)))
        single = _single(draft, at, end, double)
        yield from sorted([*(one for one in double if not _inside(one, single)), *single], key=lambda one: one.start)
        at = end


def _paired(draft: str, marks: Sequence[_Mark], paragraph: tuple[int, int]) -> Iterator[Marked]:
    at = 0
    while at < len(marks):
        mark = marks[at]
        at += 1
        if not mark.opens:
            continue
        closing = _closing(marks, at)
        if closing is not None:
            yield from (
                [Marked(mark.end, marks[closing].start)] if draft[mark.end : marks[closing].start].strip() else []
            )
            at = closing + 1
            continue
        words = draft[mark.end : paragraph[1]].split("\n", maxsplit=1)[0].rstrip()
        first = not draft[paragraph[0] : mark.start].strip()
        if words and (first or not MARK.search(words)):
            yield Marked(mark.end, mark.end + len(words), open=True)
            at = next(
                (number for number in range(at, len(marks)) if marks[number].start >= mark.end + len(words)), len(marks)
            )


def _closing(marks: Sequence[_Mark], first: int) -> int | None:
    """The number of the mark that closes the one before `first`."""
    depth = 1
    for at in range(first, len(marks)):
        mark, following = marks[at], marks[at + 1] if at + 1 < len(marks) else None
        if mark.inch and following and following.closes and not following.opens:
            continue
        depth += -1 if mark.closes else 1
        if not depth:
            return at
    return None


def _single(draft: str, start: int, end: int, double: Sequence[Marked]) -> list[Marked]:
    """What stands between single marks; or all of a paragraph that is the first of several, or a block."""
    found = [Marked(*place) for place in single_quoted(draft, start, end, [(one.start, one.end) for one in double])]
    if found or double:
        return found
    words = draft[start:end]
    runs_on = _RUNS_ON.match(words) and _NEXT_RUN.match(draft, end)
    block = _BLOCK.match(words) and not _BLOCK.match(draft)
    first, last = start + len(words) - len(words.lstrip(_LEAD)), start + len(words.rstrip())
    return [Marked(first, last, open=True)] if (runs_on or block) and first < last else []


def _inside(one: Marked, others: Sequence[Marked]) -> bool:
    return any(other.start <= one.start and one.end <= other.end for other in others)


def _mark(draft: str, match: re.Match[str]) -> _Mark:
    sign, start, end = match[0], match.start(), match.end()
    before, after = draft[start - 1 : start] if start else "", draft[end : end + 1]
    outside = not before.strip()
    starts = bool(after.strip()) and (outside or not (before.isalnum() or before in _ENDING))
    stops = not outside and not after.isalnum()
    if sign in _STRAIGHT:
        both = before in _COMMAS and after.isalnum()
        return _Mark(start, end, starts or both, stops or both, inch=before.isdigit())
    # Between blanks, or between letters, a mark is what it is by its form; else what it is by its place.
    opens = starts if starts is not stops else sign in _OPENING
    return _Mark(start, end, opens, not opens)
