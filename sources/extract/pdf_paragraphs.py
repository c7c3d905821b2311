"""Lines of all pages into paragraphs that run over columns and pages.

A paragraph ends at a wider gap, an indent, a change of type size, or a line that stopped although the next word had
room. It goes on over a page where its sentence does. Footnotes stay whole: those that stand between the halves of a
sentence follow its paragraph.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from sources.extract.pdf_layout import Line
from sources.extract.pdf_words import SOFT_HYPHEN

_SENTENCE_END = re.compile(r"[.!?:;][\"”’')\]]*(?: ?\d{1,3})?$")
_ITEM = re.compile(r"(?:[•▪■●◦‣–—*-]|\(?[0-9a-zA-Z]{1,3}[.)]|Q\.?|A\.?)(?: |$)")
_SPOKEN = re.compile(r"(?:[QA](?:[.:]| {2})|(?:[A-Z][A-Z.'’-]+ ){0,4}[A-Z][A-Z.'’-]+:)(?: |$)")
_SMALL = 0.92
"""Type smaller than this share of the text's is a footnote's, at the foot of a page."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A line and the index of its page."""

    line: Line
    page: int


@dataclass(slots=True)
class Paragraph:
    """Lines that are read as one; `note` for a footnote."""

    lines: list[Placed] = field(default_factory=list[Placed])
    note: bool = False

    @property
    def height(self) -> float:
        """The type size of its first line."""
        return self.lines[0].line.height


def body_height(pages: Sequence[Sequence[Line]]) -> float:
    """The type size, in points, of most of the text."""
    sizes = Counter[float]()
    for page in pages:
        for line in page:
            sizes[round(line.height * 2) / 2] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 1.0


def paragraphs(pages: Sequence[Sequence[Line]]) -> list[Paragraph]:
    """The document's paragraphs in reading order."""
    usual, height = _usual_gap(pages), body_height(pages)
    done: list[Paragraph] = []
    waiting: list[Paragraph] = []
    body: Paragraph | None = None
    note: Paragraph | None = None
    for number, page in enumerate(pages):
        text, feet = _split_feet(page, height)
        for paragraph in _of_page(text, number, usual):
            if body and _goes_on(body, paragraph):
                body.lines += paragraph.lines
                continue
            done += waiting
            waiting = []
            done.append(paragraph)
            body = paragraph
        for paragraph in _of_page(feet, number, usual):
            paragraph.note = True
            if note and note.lines[-1].page < number and _goes_on(note, paragraph):
                note.lines += paragraph.lines
            else:
                waiting.append(paragraph)
                note = paragraph
    return done + waiting


def _usual_gap(pages: Sequence[Sequence[Line]]) -> float:
    """The usual distance between baselines, in font heights."""
    gaps = [
        (above.baseline - below.baseline) / above.height
        for page in pages
        for above, below in pairwise(page)
        if above.column == below.column and 0 < above.baseline - below.baseline < 4 * above.height
    ]
    return median(gaps) if gaps else 1.3


def _split_feet(page: Sequence[Line], height: float) -> tuple[Sequence[Line], Sequence[Line]]:
    """The page's text, and its footnotes: the small type at the foot of a page that has larger type above."""
    cut = len(page)
    while cut and page[cut - 1].height < _SMALL * height:
        cut -= 1
    lowest = min((line.baseline for line in page[:cut]), default=0.0)
    is_foot = 0 < cut < len(page) and all(line.baseline < lowest for line in page[cut:])
    return (page[:cut], page[cut:]) if is_foot else (page, ())


def _of_page(page: Sequence[Line], number: int, usual: float) -> Iterator[Paragraph]:
    paragraph = Paragraph()
    for at, line in enumerate(page):
        if paragraph.lines and _breaks(paragraph, page, at, usual):
            yield paragraph
            paragraph = Paragraph()
        paragraph.lines.append(Placed(line, number))
    if paragraph.lines:
        yield paragraph


def _breaks(paragraph: Paragraph, page: Sequence[Line], at: int, usual: float) -> bool:
    """Does the line at `at` begin a paragraph?"""
    above, line = page[at - 1], page[at]
    if _begins_by_itself(line) or _resized(above, line):
        return True
    if _inside_word(above):
        return False
    gap = (above.baseline - line.baseline) / line.height
    if gap > 1.3 * usual:
        return True
    if above.column != line.column or gap < 0:
        return not _sentence_runs_on(above, line)
    return _shifted(paragraph, above, line) or _stopped_early(page, at)


def _begins_by_itself(line: Line) -> bool:
    return line.words[0].raised or bool(_SPOKEN.match(line.text)) or line.text[0] in "•▪■●◦‣"


def _resized(above: Line, line: Line) -> bool:
    return abs(above.height - line.height) > 0.12 * max(above.height, line.height)


def _shifted(paragraph: Paragraph, above: Line, line: Line) -> bool:
    """Indented, or back at the margin after more than an indented first line."""
    shift, first = line.left - above.left, len(paragraph.lines) == 1
    if shift > 0.8 * line.height:
        return not (first and _ITEM.match(above.text))
    return shift < -0.8 * line.height and not first


def _stopped_early(page: Sequence[Line], at: int) -> bool:
    """Did the line above end although the next word had room? Then somebody ended it on purpose."""
    above, word = page[at - 1], page[at].words[0]
    edge = _right_edge(page, at - 1)
    room = edge - above.right - 0.3 * above.height - (word.right - word.left)
    ended = _SENTENCE_END.search(above.text) is not None
    return room > (0.5 * above.height if ended else 0.25 * (edge - above.left))


def _right_edge(page: Sequence[Line], at: int) -> float:
    """The right edge of the lines around that share their left one; of the column where these are few."""
    line = page[at]
    around = [
        other.right
        for other in page[max(0, at - 4) : at + 5]
        if abs(other.left - line.left) < 2 and other.column == line.column and not _resized(other, line)
    ]
    return max(around) if len(around) > 3 else line.column[1]


def _goes_on(before: Paragraph, after: Paragraph) -> bool:
    """Does `after`, the first paragraph of a page, go on with `before`, the last one of the page before?"""
    above, line = before.lines[-1], after.lines[0]
    if above.page == line.page or _begins_by_itself(line.line) or _resized(above.line, line.line):
        return False
    return _sentence_runs_on(above.line, line.line)


def _inside_word(line: Line) -> bool:
    return re.search(rf"\w[{SOFT_HYPHEN}-]$", line.text) is not None


def _sentence_runs_on(above: Line, line: Line) -> bool:
    if _inside_word(above):
        return True
    if _SENTENCE_END.search(above.text) and not above.text.endswith(";"):
        return False
    full = above.right > above.column[1] - 0.15 * (above.column[1] - above.column[0])
    return line.text[0].islower() or (full and not _ITEM.match(line.text))
