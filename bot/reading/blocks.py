"""A stretch of a document in blocks, as pages have them: paragraphs with speakers, pages, times, headings. Pure."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TypeVar

from bot.reading.sheet import Block, Sign, Turn
from sources.document import Cue, Document, Heading, Mark, Page, PartialDate, Speaker

T = TypeVar("T")
_BREAK = re.compile(r"\n[^\S\n]*\n\s*")
_LINES = re.compile(r"\s*\Z")
_MOST = 4_000
"""Code points after which a block ends at the next end of a line: text without empty lines is no single paragraph."""


def blocks(document: Document, start: int, end: int) -> tuple[Block, ...]:
    """The blocks of `text[start:end]`: joined they are all of it."""
    known = _Known(document.marks, start, end)
    borders = sorted({start, end, *_paragraphs(document.text, start, end), *known.borders(document.text)})
    found: list[Block] = []
    for first, last in pairwise(borders):
        turn = known.turn(first, document.text)
        told = turn if turn is not None and (not found or not turn.goes_on) else None
        found.append(
            Block(
                first,
                last,
                _words_end(document.text, first, last),
                told,
                known.heading(first, last),
                known.cue(first, last),
                known.said(first),
                tuple(known.signs(first, last)),
            )
        )
    return tuple(found)


def pages_begin(marks: Sequence[Mark]) -> dict[str, int]:
    """By each page's printed and file number, where it begins; a printed one counts more."""
    found: dict[str, int] = {}
    pages = [(mark.start, mark.value) for mark in marks if isinstance(mark.value, Page)]
    for at, page in pages:
        if page.printed is not None:
            found.setdefault(page.printed.casefold(), at)
    for at, page in pages:
        found.setdefault(str(page.file), at)
    return found


def _paragraphs(text: str, start: int, end: int) -> Iterator[int]:
    """Where paragraphs begin: behind empty lines, and at the ends of lines where there are none for long."""
    at = start
    for gap in [*(match.end() for match in _BREAK.finditer(text, start, end)), end]:
        while gap - at > _MOST and 0 <= (line := text.find("\n", at + _MOST, gap)) < gap - 1:
            at = line + 1
            yield at
        at = gap
        yield gap


def _words_end(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1].isspace():
        end -= 1
    return end


class _Known:
    """The marks that touch a stretch, by kind, in order."""

    def __init__(self, marks: Sequence[Mark], start: int, end: int) -> None:
        near = sorted(
            (mark for mark in marks if mark.start < end and mark.end > start), key=lambda mark: (mark.start, mark.end)
        )
        self._start, self._end = start, end
        self._turns = _of(near, Speaker)
        self._pages = _of(near, Page)
        self._cues = _of(near, Cue)
        self._headings = _of(near, Heading)
        self._said = _of(near, PartialDate)

    def borders(self, text: str) -> Iterator[int]:
        """Where something begins that begins a block: a turn at the beginning of a line, a heading and what follows."""
        for mark, _ in self._turns:
            yield from self._inside(mark.start)
        for mark, _ in self._headings:
            yield from self._inside(mark.start)
            behind = mark.end
            while behind < self._end and text[behind].isspace():
                behind += 1
            yield from self._inside(behind)

    def turn(self, at: int, text: str) -> Turn | None:
        """Who speaks there; where turns overlap the one that began later counts."""
        found = [(mark, who) for mark, who in self._turns if mark.start <= at < mark.end]
        if not found:
            return None
        mark, who = found[-1]
        named = len(who.label) if text.startswith(who.label, mark.start) and mark.start == at else 0
        return Turn(who, named, goes_on=mark.start < at)

    def heading(self, start: int, end: int) -> int | None:
        """The heading's level that begins the block."""
        return next((value.level for mark, value in self._headings if start <= mark.start < end), None)

    def cue(self, start: int, end: int) -> Cue | None:
        """The first time stamp that begins in the block."""
        return next((value for mark, value in self._cues if start <= mark.start < end), None)

    def said(self, at: int) -> PartialDate | None:
        """When it was said, where that begins to hold with the block."""
        return next((value for mark, value in self._said if mark.start == at), None)

    def signs(self, start: int, end: int) -> Iterator[Sign]:
        """The pages that begin in the block, or go on at the stretch's beginning."""
        for mark, page in self._pages:
            at = max(mark.start, self._start)
            if start <= at < end:
                yield Sign(at, page)

    def _inside(self, at: int) -> Iterator[int]:
        if self._start < at < self._end:
            yield at


def _of(marks: Sequence[Mark], kind: type[T]) -> list[tuple[Mark, T]]:
    return [(mark, mark.value) for mark in marks if isinstance(mark.value, kind)]
