"""Documents into passages: the units that are searched, shown and linked.

A passage keeps to one speaker and, where it fits, to whole paragraphs and turns. Short paragraphs of one speaker are
joined until there are 40 words, long ones are cut at sentence ends so that no passage has more than 180, and
never inside a word. Together the passages hold every word of the text, in order, and none twice; the same version
always splits alike, so a passage can be found again from its document alone.
"""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from index.analysis import chunks
from index.passage import Passage, Quote
from index.sentences import ends
from sources.dates import Mentions
from sources.document import Cue, Document, Heading, Mark, Page, PartialDate, Quoted, Speaker

REVISION = 2
"""Goes up when the same document may be cut elsewhere or its passages hold other facts: an index built with another
one needs a rebuild."""

_FEW, _MANY = 40, 180
_AIM = 120  # a long paragraph is cut into pieces of about so many words
_LONGEST = 4_000  # code points; only text without sentences or blanks comes near it

_BLANK_LINE = re.compile(r"\n[^\S\n]*\n\s*")
_SPACE = re.compile(r"\s+")

Piece = tuple[int, int]


def split(document: Document, version: int) -> list[Passage]:
    """The passages of a document in reading order, each an exact slice of its text."""
    text = document.text
    words = [match.start() for match in chunks(text)]
    facts = _Facts(document)
    found: list[Passage] = []
    for start, end, speaker in _stretches(text, document.marks):
        for first, last in _pieces(text, start, end, words, facts.heading_starts):
            found.append(_passage(document, version, first, last, speaker, facts))
    return found


def _stretches(text: str, marks: Sequence[Mark]) -> Iterator[tuple[int, int, Speaker | None]]:
    """The text in runs of one speaker each; where turns overlap the one that began later counts."""
    at = 0
    turns = sorted(
        ((mark.start, mark.end, mark.value) for mark in marks if isinstance(mark.value, Speaker)),
        key=lambda turn: turn[:2],
    )
    for number, (start, stop, speaker) in enumerate(turns):
        end = min(stop, turns[number + 1][0]) if number + 1 < len(turns) else stop
        if start > at:
            yield at, start, None
        if end > start:
            yield start, end, speaker
        at = max(at, end)
    if at < len(text):
        yield at, len(text), None


def _pieces(text: str, start: int, end: int, words: Sequence[int], headings: frozenset[int]) -> Iterator[Piece]:
    """Paragraphs of one stretch, the short ones joined and the long ones cut. A heading begins a new piece."""

    def count(first: int, last: int) -> int:
        return bisect_left(words, last) - bisect_left(words, first)

    held: Piece | None = None
    for first, last in _paragraphs(text, start, end):
        few = _FEW // 2 if first in headings else _FEW
        too_long = held and (count(held[0], last) > _MANY or last - held[0] > _LONGEST)
        if held and (too_long or (count(*held) >= few and (first in headings or count(first, last) >= _FEW // 2))):
            yield held
            held = None
        held = (held[0] if held else first, last)
        if count(*held) > _MANY or held[1] - held[0] > _LONGEST:
            *cut, held = _cut(text, *held, words)
            yield from cut
    if held:
        yield held


def _paragraphs(text: str, start: int, end: int) -> Iterator[Piece]:
    at = start
    for gap in _BLANK_LINE.finditer(text, start, end):
        yield from _trimmed(text, at, gap.start())
        at = gap.end()
    yield from _trimmed(text, at, end)


def _trimmed(text: str, start: int, end: int) -> Iterator[Piece]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield start, end


def _cut(text: str, start: int, end: int, words: Sequence[int]) -> list[Piece]:
    """A long paragraph in pieces of about equal length: at sentence ends, else at line ends, at blanks, at last
    anywhere safe.
    """
    total = bisect_left(words, end) - bisect_left(words, start)
    parts = max(2, -(-total // _AIM))
    aim = total / parts
    stops = [*ends(text, start, end), end]
    pieces: list[Piece] = []
    at, begun = start, bisect_left(words, start)
    for number, stop in enumerate(stops):
        reached = bisect_left(words, stop) - begun
        following = stops[number + 1] if number + 1 < len(stops) else end
        next_reached = bisect_left(words, following) - begun
        if stop == end or reached >= aim or next_reached > _MANY:
            pieces.extend(_force(text, at, stop, words))
            at, begun = stop, begun + reached
    return [piece for first, last in pieces for piece in _trimmed(text, first, last)]


def _force(text: str, start: int, end: int, words: Sequence[int]) -> Iterator[Piece]:
    """A run without sentence ends, cut so that no piece is over the limits."""
    at = start
    while True:
        begun = bisect_left(words, at)
        over = begun + _MANY
        limit = min(words[over] if over < len(words) else end, at + _LONGEST, end)
        if limit >= end:
            yield at, end
            return
        stop = _safe_break(text, at, limit)
        yield at, stop
        at = stop


def _safe_break(text: str, start: int, limit: int) -> int:
    """The best place to cut in `text[start:limit]`: after a line, after a blank, else between two whole letters."""
    half = start + (limit - start) // 2
    line = text.rfind("\n", half, limit)
    if line > start:
        return line + 1
    for at in range(limit, half, -1):
        if text[at - 1].isspace():
            return at
    at = limit
    while at > half and _joined(text[at - 1], text[at]):
        at -= 1
    return at


def _joined(before: str, after: str) -> bool:
    """Whether two code points belong to one letter or sign that must not be torn: accents, joiners, skin tones,
    flags.
    """
    return (
        unicodedata.category(after).startswith("M")
        or "\u200d" in (before, after)
        or "\U0001f3fb" <= after <= "\U0001f3ff"
        or ("\U0001f1e6" <= before <= "\U0001f1ff" and "\U0001f1e6" <= after <= "\U0001f1ff")
    )


class _Facts:
    """What is known of a document, ready to be asked what holds for a span."""

    def __init__(self, document: Document) -> None:
        marks = document.marks
        self._published = document.published
        self._mentions = Mentions(document.text)
        self._pages = _sorted(marks, Page)
        self._cues = _sorted(marks, Cue)
        self._said = _sorted(marks, PartialDate)
        self._quoted = _sorted(marks, Quoted)
        headings = _sorted(marks, Heading)
        self.heading_starts = frozenset(mark.start for mark in headings)
        self._headings = headings
        self._heading_starts = [mark.start for mark in headings]

    def pages(self, start: int, end: int) -> tuple[Page, ...]:
        touching = _touching(self._pages, start, end)
        return tuple(dict.fromkeys(mark.value for mark in touching if isinstance(mark.value, Page)))

    def cue(self, start: int, end: int) -> Cue | None:
        found = [mark.value for mark in _touching(self._cues, start, end) if isinstance(mark.value, Cue)]
        return Cue(found[0].start, found[-1].end) if found else None

    def said(self, start: int, end: int) -> PartialDate | None:
        found = [mark.value for mark in _touching(self._said, start, end) if isinstance(mark.value, PartialDate)]
        return found[0] if len(set(found)) == 1 else None

    def mentioned(self, start: int, end: int, said: PartialDate | None) -> tuple[PartialDate, ...]:
        """The dates named in the span; what is named in part (`July 25`) is completed from the span's own date."""
        return self._mentions.within(start, end, said or self._published)

    def quotes(self, start: int, end: int) -> tuple[Quote, ...]:
        """What of each quotation lies within the span, by offsets from the span's start."""
        return tuple(
            Quote(max(mark.start, start) - start, min(mark.end, end) - start, mark.value.speaker)
            for mark in _touching(self._quoted, start, end)
            if isinstance(mark.value, Quoted)
        )

    def heading(self, text: str, end: int) -> str | None:
        number = bisect_left(self._heading_starts, end)
        if not number:
            return None
        mark = self._headings[number - 1]
        return _SPACE.sub(" ", text[mark.start : mark.end]).strip()[:200] or None


def _sorted(marks: Sequence[Mark], kind: type) -> list[Mark]:
    return sorted((mark for mark in marks if isinstance(mark.value, kind)), key=lambda mark: (mark.start, mark.end))


def _touching(marks: Sequence[Mark], start: int, end: int) -> Iterator[Mark]:
    """Marks of one kind, which follow one another, that share a code point with the span."""
    number = max(0, bisect_right(marks, start, key=lambda mark: mark.start) - 1)
    while number < len(marks) and marks[number].start < end:
        if marks[number].end > start:
            yield marks[number]
        number += 1


def _passage(document: Document, version: int, start: int, end: int, speaker: Speaker | None, facts: _Facts) -> Passage:
    said = facts.said(start, end)
    return Passage(
        document_id=document.id,
        version=version,
        start=start,
        end=end,
        text=document.text[start:end],
        speaker=speaker,
        said=said,
        mentioned=facts.mentioned(start, end, said),
        pages=facts.pages(start, end),
        cue=facts.cue(start, end),
        heading=facts.heading(document.text, end),
        quotes=facts.quotes(start, end),
    )
