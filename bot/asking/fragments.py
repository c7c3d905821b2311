"""Text fragments: the part of a link that makes a browser open a page on the quoted words and mark them. Pure.

Theory. `#:~:text=[prefix-,]start[,end][,-suffix]` (https://wicg.github.io/scroll-to-text-fragment/) marks the first
place of the page that fits: `start` and all up to `end`, or `start` alone, between `prefix` and `suffix`. Each part
must lie within one block of the page, begin and end at the edges of words, and is compared without regard to case,
accents, soft hyphens and runs of blanks, but quotes and dashes count. The stored text knows the page's blocks (a line
each, a tab between the cells of a row), but not what was taken out of it: menus, which may hold the same few words
before them, and the marks of footnotes, which may stand between any two words and break what was to be found there.

So a link holds up to three directives, and a browser marks those that it finds. The first names all that is quoted.
The others are for the case that it fails: they use other words around it or further inside, and so mark the same
place, or a part of it. They are left out where their words stand earlier in the text too.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

LONGEST_WHOLE = 300  # characters; the length up to which Chrome's own "copy link to highlight" names every word
LONGEST_WRITTEN = 900  # the same as it stands in a link, where a letter may take nine characters
FEWEST_WORDS = 4  # fewer may stand in a page's menu too, which is no part of the stored text
END_WORDS = 5
SURE_WORDS = 8  # at the beginning of a block, whose first words menus and tables of contents repeat
LONGEST_OPENING = 14  # words: every one more may bear the mark of a footnote
MOST_TOLD = 0.7  # the share of the words that must be left when short lines at the ends are not named
CONTEXT_WORDS = (4, 8, 14)
CONTEXT_CHARACTERS = 400
INNER_WORDS = 4
INSIDE = (0, 5, 10, 15, 20, 30, 40, 60)
"""How many words at both ends the directives behind the first leave out."""

MOST_DIRECTIVES = 3
ENOUGH_WRITTEN = 1_500  # characters of a link, behind which no further directive comes

_STOPS = "、。，；：！？"
_WORD = re.compile(rf"[^\s{_STOPS}]*[{_STOPS}]+[」』）]*|[^\s{_STOPS}]+")
"""A script without blanks has words between its stops, which end words to every browser."""
_AS_BLANKS = "\n\t\u00a0"
_BLOCK = re.compile(r"[^\n\t]+")

Span = tuple[int, int]
Lines = list[list[Span]]


def text_directive(text: str, start: int, end: int) -> str:
    """`text=…`, joined by `&`, that finds `text[start:end]` before any other place of `text`; empty for blank words.

    >>> text_directive("Well, one - two, three and four. The end.", 6, 32)
    'text=one%20%2D%20two%2C%20three%20and%20four.&text=Well%2C-,one,four.'
    """
    if not text[start:end].strip():
        return ""
    lines = _lines(text, *_whole_words(text, start, end))
    made: dict[str, None] = {}
    for directive in _Page(text, _lowered(text[: lines[-1][-1][1] + CONTEXT_CHARACTERS])).directives(lines):
        made[directive] = None
        if len(made) == MOST_DIRECTIVES or sum(map(len, made)) > ENOUGH_WRITTEN:
            break
    return "&".join(f"text={directive}" for directive in made)


def _whole_words(text: str, start: int, end: int) -> Span:
    """A browser finds no part of a word."""
    while 0 < start < len(text) and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    while 0 < end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
        end += 1
    return start, end


def _lines(text: str, start: int, end: int) -> Lines:
    """The words of each block; blocks without words are none."""
    blocks = (_WORD.finditer(text, *block.span()) for block in _BLOCK.finditer(text, start, end))
    lines = [[word.span() for word in words] for words in blocks]
    return [line for line in lines if line]


def _lowered(text: str) -> str:
    """Browsers compare without regard to case. (A few letters change their length; then case counts.) The same words
    in other blocks could be meant too."""
    lowered = text.lower()
    searched = lowered if len(lowered) == len(text) else text
    for border in _AS_BLANKS:  # many times as fast as `translate` on a long text
        searched = searched.replace(border, " ")
    return searched


@dataclass(frozen=True, slots=True)
class _Page:
    """The stored text, and the same as it is searched, as far as the words around the quoted ones go."""

    text: str
    searched: str

    def directives(self, lines: Lines) -> Iterator[str]:
        """The surest first, then those that are to help where it fails."""
        lines = self._without_short_ends(lines)
        whole = (lines[0][0][0], lines[-1][-1][1])
        parts = [whole] if len(lines) == 1 and self._is_short(*whole) else self._ends(lines)
        if len(lines[0]) >= self._fewest(lines[0], FEWEST_WORDS) and self._is_first(parts[0]):
            yield self._written(parts)
        else:
            yield from self._in_context(parts)
        if 1 < sum(map(len, lines)) < 4 * INNER_WORDS:
            yield from self._in_context(self._ends(lines, 1), after_too=False)
        for skip in INSIDE[
            len(parts) - 1 :
        ]:  # the first and the last words are named already where there are two parts
            inner = _inside(lines, skip)
            if inner and self._are_clear(found := self._ends(inner, INNER_WORDS)):
                yield self._written(found)

    def _is_short(self, start: int, end: int) -> bool:
        return end - start <= LONGEST_WHOLE and len(quote(self.text[start:end])) <= LONGEST_WRITTEN

    def _without_short_ends(self, lines: Lines) -> Lines:
        """A heading stands in the page's menu too, and a short cell's words anywhere: where longer lines hold most of
        the words, these are named."""
        words = sum(map(len, lines))
        for fewest in (SURE_WORDS, FEWEST_WORDS):
            long = [number for number, line in enumerate(lines) if len(line) >= fewest]
            if long and sum(map(len, told := lines[long[0] : long[-1] + 1])) >= words * MOST_TOLD:
                return told
        return lines

    def _ends(self, lines: Lines, fewest: int = END_WORDS) -> list[Span]:
        """The first and the last words; at least so many of them where there are."""
        opening = self._opening(lines[0], fewest)
        return [opening, self._closing(lines[-1], opening[1], fewest)]

    def _are_clear(self, ends: list[Span]) -> bool:
        """Whether no others could be meant by them."""
        opening, closing = ends
        return closing[0] >= opening[1] and self._is_first(opening) and self._is_first(closing, opening[1])

    def _is_first(self, part: Span, after: int = 0) -> bool:
        """Whether these words stand nowhere between `after` and here."""
        return self.searched.find(self.searched[slice(*part)], after) == part[0]

    def _comes_again(self, part: Span) -> bool:
        """Whether these words stand anywhere after here."""
        return self.searched[slice(*part)] in _lowered(self.text[part[0] + 1 :])

    def _opening(self, line: list[Span], fewest: int) -> Span:
        """The first words of the line: as few as stand nowhere earlier, else the fewest; a single one as it is."""
        start = line[0][0]
        if fewest == 1:
            return line[0]
        fewest = self._fewest(line, fewest)
        ends = (end for _, end in line[fewest - 1 : LONGEST_OPENING] if self._is_first((start, end)))
        return start, next(ends, line[: max(fewest, 1)][-1][1])

    def _fewest(self, line: list[Span], inside: int) -> int:
        """How many words name a place: where a block begins more than `inside` it."""
        start = line[0][0]
        before = self.text[max(0, start - CONTEXT_CHARACTERS) : start].rstrip(" ")
        return SURE_WORDS if not before or before[-1] in "\n\t" else inside

    def _closing(self, line: list[Span], after: int, fewest: int) -> Span:
        """The last words of the line behind `after`: as few as stand nowhere between, else all of these."""
        end = line[-1][1]
        starts = [start for start, _ in line if start >= after]
        begins = (start for start in starts[-fewest::-1] if self._is_first((start, end), after))
        return next(begins, starts[0] if starts else line[-1][0]), end

    def _in_context(self, parts: list[Span], *, after_too: bool = True) -> Iterator[str]:
        """With as many words before as make it clear, and with as many after: one of the two may fail. With both where
        neither makes it clear, if `after_too`."""
        written, clear = self._written(parts), False
        start, end = parts[0][0], parts[-1][1]
        befores, afters = self._before(start), self._after(end)
        if before := next((one for one in befores if self._is_first((one[0], parts[0][1]))), None):
            clear = True
            yield f"{self._encoded(before)}-,{written}"
        if clear and self._comes_again(parts[0]):  # two ways of telling copies apart could end at two places
            return
        if len(parts) == 1 and (after := next((one for one in afters if self._is_first((start, one[1]))), None)):
            clear = True
            yield f"{written},-{self._encoded(after)}"
        if after_too and not clear:
            prefix = f"{self._encoded(befores[0])}-," if befores else ""
            yield prefix + written + (f",-{self._encoded(afters[0])}" if afters else "")

    def _before(self, start: int) -> list[Span]:
        """The last few words before, of the nearest line that has any, and more of them, and more."""
        lines = _lines(self.text, max(0, start - CONTEXT_CHARACTERS), start)
        return [(lines[-1][-most:][0][0], lines[-1][-1][1]) for most in CONTEXT_WORDS] if lines else []

    def _after(self, end: int) -> list[Span]:
        """The first few words after, of the nearest line that has any, and more of them, and more."""
        lines = _lines(self.text, end, end + CONTEXT_CHARACTERS)
        return [(lines[0][0][0], lines[0][:most][-1][1]) for most in CONTEXT_WORDS] if lines else []

    def _written(self, parts: list[Span]) -> str:
        return ",".join(self._encoded(part) for part in parts)

    def _encoded(self, part: Span) -> str:
        return quote(" ".join(self.text[slice(*part)].split()), safe="").replace("-", "%2D")


def _inside(lines: Lines, skip: int) -> Lines | None:
    """Without so many words at both ends; None where too few are left to name two ends by."""
    if len(lines) == 1:
        line = lines[0][skip : len(lines[0]) - skip]
        return [line] if len(line) >= 2 * INNER_WORDS else None
    first, last = lines[0][skip:], lines[-1][: len(lines[-1]) - skip]
    inner = [line for line in (first, *lines[1:-1], last) if len(line) >= FEWEST_WORDS]
    return inner if len(inner) > 1 else None
