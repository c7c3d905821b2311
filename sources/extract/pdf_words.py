"""The words of a PDF page with their places. All lengths are points; `y` grows upwards, as in PDF.

PDFium gives characters in the order in which they were drawn, with blanks and line ends of its own guessing; the
places are what can be trusted. So a word is cut wherever the next character does not stand on the same line to its
right.
"""

import ctypes
import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

SOFT_HYPHEN = "\u00ad"
"""Stands for a hyphen at a line's end, of which the file does not say whether the word has it."""
_SLANT = math.radians(20)
"""A scan lies less askew; a stamp across the page (DRAFT, CONFIDENTIAL) more."""
_END_HYPHENS = str.maketrans({"\ufffe": SOFT_HYPHEN, "\x02": SOFT_HYPHEN})


@dataclass(frozen=True, slots=True)
class Word:
    """A word as drawn. `height` is its font's; `raised` marks digits set above the line (a footnote's mark)."""

    text: str
    left: float
    right: float
    baseline: float
    height: float
    raised: bool = False


class PageText:
    """The characters of one page; places are asked for one by one, since each costs a call into PDFium."""

    def __init__(self, page: pdfium.PdfPage) -> None:
        self._page = page.get_textpage()
        count = pdfium_c.FPDFText_CountChars(self._page)
        text = self._page.get_text_range() if count else ""
        if len(text) != count:
            text = "".join(chr(pdfium_c.FPDFText_GetUnicode(self._page, at)) for at in range(count))
        self.text = text.translate(_END_HYPHENS)
        self._box = pdfium_c.FS_RECTF()
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._quarters = self._direction()

    def _direction(self) -> int:
        """Quarter turns, with the clock, by which most of the text is drawn: a page laid sideways is read upright."""
        sample = [match.start() for match in re.finditer(r"\w", self.text)][:: max(1, len(self.text) // 40)]
        angles = (pdfium_c.FPDFText_GetCharAngle(self._page, at) for at in sample)
        turns = Counter(round(angle / (math.pi / 2)) % 4 for angle in angles)
        return turns.most_common(1)[0][0] if turns else 0

    def close(self) -> None:
        """Give the memory back, which is PDFium's."""
        self._page.close()

    def words(self) -> Iterator[Word]:
        """The page's words in the order in which they were drawn; not those that run across the others.

        A stamp's letters would stand one by one inside the lines below it.
        """
        for match in re.finditer(rf"[^\s{SOFT_HYPHEN}]+{SOFT_HYPHEN}?|{SOFT_HYPHEN}", self.text):
            if self._runs_along(match.start()):
                yield from self._cut(match.start(), match.end())

    def _runs_along(self, at: int) -> bool:
        askew = pdfium_c.FPDFText_GetCharAngle(self._page, at) - self._quarters * math.pi / 2
        return abs(math.remainder(askew, 2 * math.pi)) <= _SLANT

    def _cut(self, start: int, end: int) -> Iterator[Word]:
        """The word at `start:end`, in as many pieces as it has places."""
        first, last = self._place(start), self._place(end - 1)
        if _follows(first, last):
            yield _word(self.text[start:end], first, last)
        elif raised := self._raised(start, end, first, last):
            yield from raised
        else:
            yield from self._cut_by_character(start, end, first)

    def _raised(self, start: int, end: int, first: Word, last: Word) -> list[Word]:
        """`malware.126` or `126In` with its number apart; empty if it isn't such a word."""
        text = self.text[start:end]
        if _is_raised(last, first):
            cut = end - self._digits(text[::-1], end - 1, -1, first)
            mark = self._place(cut) if start < cut < end else first
            if mark is not first:
                return [
                    _word(self.text[start:cut], first, self._place(cut - 1)),
                    _word(self.text[cut:end], mark, last, raised=True),
                ]
        if _is_raised(first, last):
            cut = start + self._digits(text, start, 1, last)
            if start < cut < end:
                mark = _word(self.text[start:cut], first, self._place(cut - 1), raised=True)
                return [mark, _word(self.text[cut:end], self._place(cut), last)]
        return []

    def _digits(self, text: str, at: int, step: int, base: Word) -> int:
        """How many characters of `text`, the first of which stands at `at`, are digits raised over `base`."""
        count = 0
        for character in text[:4]:
            if not (character.isdecimal() and _is_raised(self._place(at + step * count), base)):
                break
            count += 1
        return count

    def _cut_by_character(self, start: int, end: int, first: Word) -> Iterator[Word]:
        begin, begun, before = start, first, first
        for at in range(start + 1, end):
            here = self._place(at)
            if not _follows(before, here):
                yield _word(self.text[begin:at], begun, before)
                begin, begun = at, here
            before = here
        yield _word(self.text[begin:end], begun, before)

    def _place(self, at: int) -> Word:
        pdfium_c.FPDFText_GetLooseCharBox(self._page, at, self._box)
        pdfium_c.FPDFText_GetCharOrigin(self._page, at, self._x, self._y)
        box = self._box
        left, right, baseline, height = box.left, box.right, self._y.value, box.top - box.bottom
        if self._quarters == 3:
            left, right, baseline, height = box.bottom, box.top, -self._x.value, box.right - box.left
        elif self._quarters == 2:
            left, right, baseline = -box.right, -box.left, -baseline
        elif self._quarters == 1:
            left, right, baseline, height = -box.top, -box.bottom, self._x.value, box.right - box.left
        return Word("", left, right, baseline, abs(height) or 1.0)


def _word(text: str, first: Word, last: Word, *, raised: bool = False) -> Word:
    return Word(text, first.left, max(last.right, first.right), first.baseline, first.height, raised)


def _follows(before: Word, after: Word) -> bool:
    """Does `after` stand on the line of `before`, not to its left?"""
    return abs(before.baseline - after.baseline) <= 0.1 * before.height and after.right >= before.left


def _is_raised(mark: Word, base: Word) -> bool:
    rise = mark.baseline - base.baseline
    return mark.height < 0.85 * base.height and 0.1 * base.height < rise < 0.8 * base.height
