"""Words of a page into lines in reading order: columns one after the other, margin numbers left out.

Theory: words on one baseline make a row, and a row is cut into lines where a gap is wider than any blank. A left
edge that many lines share, away from the margin, may be a second column; it is one only where the lines on both
sides are about as wide as their column, which a table's cells, a contents page and a list are not. A line that
crosses the gutter (a title, a figure's caption) closes the columns above it.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from sources.extract.pdf_words import SOFT_HYPHEN, Word


@dataclass(frozen=True, slots=True)
class Line:
    """Words of one row of one column, from left to right, with what is asked of them again and again.

    `column` is the left and right edge of the column that the line stands in, `height` the font height of most words,
    `baseline` the line's place on the page, raised marks apart.
    """

    words: tuple[Word, ...]
    column: tuple[float, float]
    text: str
    height: float
    baseline: float

    @classmethod
    def of(cls, words: tuple[Word, ...], column: tuple[float, float]) -> "Line":
        """The line that these words make."""
        level = [word.baseline for word in words if not word.raised] or [words[0].baseline]
        return cls(words, column, _text(words), median([word.height for word in words]), median(level))

    @property
    def left(self) -> float:
        """Where its first word begins."""
        return self.words[0].left

    @property
    def right(self) -> float:
        """Where its last word ends."""
        return self.words[-1].right


def _text(words: Sequence[Word]) -> str:
    """The words with single blanks between them; a hyphen inside a line is the word's own."""
    parts = [words[0].text]
    for before, word in pairwise(words):
        if before.text.endswith(SOFT_HYPHEN):
            parts[-1] = f"{parts[-1][:-1]}-"
            parts.append("" if word.left - before.right < 0.2 * word.height else " ")
        else:
            parts.append(" ")
        parts.append(word.text)
    return "".join(parts)


_BLANK = 1.3
"""A gap wider than this many font heights lies between columns or cells; justified text stays below."""
_FEWEST = 3
"""Lines that a column has at least."""
_FULL = 0.6
"""How much of its column a line of running text fills, at the median."""


def lines(words: Sequence[Word]) -> list[Line]:
    """The page's lines as they are read."""
    rows = _without_margin_numbers(list(_rows(words)))
    height = median(row[-1].height for row in rows) if rows else 0.0
    notes = [int(row[0].text) for row in rows if _is_note(row, height)]
    return _in_order([piece for row in rows for piece in _cut(_without_marks(row, notes))])


def _is_note(row: Sequence[Word], height: float) -> bool:
    """Does the row begin a footnote? A number left alone by a redaction does too; `height` is the page's usual one."""
    alone = len(row) == 1 and row[0].text.isdecimal() and len(row[0].text) <= 3
    return row[0].raised or (alone and row[0].height < 0.85 * height)


def _without_marks(row: list[Word], notes: Sequence[int]) -> list[Word]:
    """The row without the marks of the footnotes that stand on the page: `malware.126` says `malware.`"""
    if not notes:
        return row
    low, high = min(notes), max(notes)
    return row[:1] + [word for word in row[1:] if not (word.raised and low <= int(word.text) <= high)]


def _rows(words: Sequence[Word]) -> Iterator[list[Word]]:
    """Words that share a baseline, from left to right; rows from the top down."""
    row: list[Word] = []
    tallest: Word | None = None
    for word in sorted(words, key=lambda word: -word.baseline):
        if tallest is None or tallest.baseline - word.baseline > 0.45 * max(tallest.height, word.height):
            if tallest:
                yield _from_left(row, tallest)
            row, tallest = [], None
        row.append(word)
        if tallest is None or word.height > tallest.height:
            tallest = word
    if tallest:
        yield _from_left(row, tallest)


def _from_left(row: list[Word], base: Word) -> list[Word]:
    """The row from left to right, with the marks of footnotes known as such."""
    marked = (replace(word, raised=True) if _is_mark(word, base) else word for word in row)
    return sorted(marked, key=lambda word: word.left)


def _is_mark(word: Word, base: Word) -> bool:
    small = word.height < 0.85 * base.height and word.baseline - base.baseline > 0.1 * base.height
    return small and word.text.isdecimal() and len(word.text) <= 3


def _without_margin_numbers(rows: list[list[Word]]) -> list[list[Word]]:
    """A deposition's line numbers taken off: 1, 2, 3 … at one place, on nearly every row, apart from the text."""
    numbers = [int(row[0].text) if row[0].text.isdecimal() and len(row[0].text) <= 2 else None for row in rows]
    numbered = [at for at, number in enumerate(numbers) if number is not None]
    steps = sum(numbers[b] == (numbers[a] or 0) + 1 for a, b in pairwise(numbered))
    if len(numbered) <= _FEWEST or steps < len(numbered) - 2 or len(numbered) < 0.6 * len(rows):
        return rows
    apart = [at for at in numbered if len(rows[at]) == 1 or rows[at][1].left - rows[at][0].right > rows[at][0].height]
    if len(apart) < len(numbered) - 1:
        return rows
    bare = (row if number is None else row[1:] for row, number in zip(rows, numbers, strict=True))
    return [row for row in bare if row]


def _cut(row: Sequence[Word]) -> list[tuple[Word, ...]]:
    pieces: list[list[Word]] = [[row[0]]]
    for before, after in pairwise(row):
        if after.left - before.right > _BLANK * max(before.height, after.height):
            pieces.append([])
        pieces[-1].append(after)
    return [tuple(piece) for piece in pieces]


def _in_order(pieces: Sequence[tuple[Word, ...]]) -> list[Line]:
    """Pieces from the top down into lines; where there are columns, each by itself."""
    if not pieces:
        return []
    gutter = _gutter(pieces)
    if gutter is None:
        return _joined(pieces)
    ordered: list[Line] = []
    block: list[tuple[Word, ...]] = []
    for piece in pieces:
        if piece[0].left < gutter < piece[-1].right:
            ordered += _block(block, gutter)
            block = []
            ordered += _joined([piece])
        else:
            block.append(piece)
    return ordered + _block(block, gutter)


def _block(pieces: Sequence[tuple[Word, ...]], gutter: float) -> list[Line]:
    """What stands between two lines that cross the gutter."""
    left = [piece for piece in pieces if piece[-1].right <= gutter]
    right = [piece for piece in pieces if piece[0].left >= gutter]
    if min(len(left), len(right)) < 2:
        return _joined(pieces)
    return _in_order(left) + _in_order(right)


def _joined(pieces: Sequence[tuple[Word, ...]]) -> list[Line]:
    """One column: pieces of one row (a heading's number, a table's cells) are one line again."""
    if not pieces:
        return []
    column = (min(piece[0].left for piece in pieces), max(piece[-1].right for piece in pieces))
    joined: list[Line] = []
    for piece in pieces:
        if joined and _same_row(joined[-1].words[-1], piece[0]):
            joined[-1] = Line.of(joined[-1].words + piece, column)
        else:
            joined.append(Line.of(piece, column))
    return joined


def _same_row(before: Word, after: Word) -> bool:
    return after.left >= before.right and abs(before.baseline - after.baseline) <= 0.45 * max(
        before.height, after.height
    )


def _gutter(pieces: Sequence[tuple[Word, ...]]) -> float | None:
    """The place just left of a second column of running text, or None."""
    edges = Counter(round(piece[0].left) for piece in pieces)
    margin = min(edges)
    for edge, _ in sorted(edges.items(), key=lambda item: (-item[1], item[0])):
        if edge > margin + 20 and edges[edge] >= _FEWEST and _is_gutter(edge - 1.5, pieces):
            return edge - 1.5
    return None


def _is_gutter(gutter: float, pieces: Sequence[tuple[Word, ...]]) -> bool:
    left = [piece for piece in pieces if piece[-1].right <= gutter]
    right = [piece for piece in pieces if piece[0].left >= gutter]
    if min(len(left), len(right)) < _FEWEST or len(left) + len(right) < len(pieces) / 2:
        return False
    beside = _spread(left)[0] < _spread(right)[1] and _spread(right)[0] < _spread(left)[1]
    return beside and _fills(left) and _fills(right)


def _spread(pieces: Sequence[tuple[Word, ...]]) -> tuple[float, float]:
    heights = [piece[0].baseline for piece in pieces]
    return min(heights), max(heights)


def _fills(pieces: Sequence[tuple[Word, ...]]) -> bool:
    width = max(piece[-1].right for piece in pieces) - min(piece[0].left for piece in pieces)
    words = median(len(piece) for piece in pieces)
    return words >= 3 and median(piece[-1].right - piece[0].left for piece in pieces) >= _FULL * width
