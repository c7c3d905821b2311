"""What is known of a few words, from the text around them alone: no long document is cut into passages for it. Pure."""

from collections.abc import Sequence
from dataclasses import replace

from bot.asking.facts import passage_at
from bot.store.documents import StoredVersion
from index.passage import Passage
from index.split import split
from sources.document import Document, Heading, Mark

AROUND = 8_000
"""Code points on both sides, twice the longest passage, and on to an empty line, an end of a line, or as many again."""
_GAPS = ("\n\n", "\n", " ")


def passage_near(stored: StoredVersion, start: int, end: int) -> Passage | None:
    """`text[start:end]` as a passage; None where there are no words."""
    document = stored.document
    first, last = _window(document.text, start, end)
    part = replace(document, text=document.text[first:last], marks=_shifted(document.marks, first, last))
    found = passage_at(split(part, stored.number), part.text, start - first, end - first)
    if found is None:
        return None
    return replace(found, start=start, end=end, heading=found.heading or _heading(document, end))


def _window(text: str, start: int, end: int) -> tuple[int, int]:
    near, far = max(0, start - AROUND), max(0, start - 2 * AROUND)
    before = [at for gap in _GAPS if (at := text.rfind(gap, far, near)) >= 0]
    near, far = min(len(text), end + AROUND), min(len(text), end + 2 * AROUND)
    after = [at for gap in _GAPS if (at := text.find(gap, near, far)) >= 0]
    return before[0] if before else max(0, start - 2 * AROUND), after[0] if after else far


def _shifted(marks: Sequence[Mark], first: int, last: int) -> tuple[Mark, ...]:
    return tuple(
        Mark(max(mark.start, first) - first, min(mark.end, last) - first, mark.value)
        for mark in marks
        if mark.start < last and mark.end > first
    )


def _heading(document: Document, end: int) -> str | None:
    above = [mark for mark in document.marks if isinstance(mark.value, Heading) and mark.start < end]
    if not above:
        return None
    mark = max(above, key=lambda one: one.start)
    return " ".join(document.text[mark.start : mark.end].split())[:200] or None
