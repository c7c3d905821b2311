"""Builds a text and its marks together, so that offsets are right by construction. Every format module uses it."""

from collections.abc import Generator, Sequence
from contextlib import contextmanager
from typing import Literal, TypedDict, Unpack

from sources.document import Extract, Mark, MarkValue, PartialDate
from sources.errors import NoText, Unreadable
from sources.extract.clean import blank, clean, line

MAX_CHARACTERS = 20_000_000
"""Of one file; a thousand pages have three million."""


def numbered(numbers: Sequence[int]) -> str:
    """Numbers of pages or lines for a sentence, the first ten of them.

    >>> numbered([2, 5]), numbered(range(12))
    ('2, 5', '0, 1, 2, 3, 4, 5, 6, 7, 8, 9, …')
    """
    return ", ".join(map(str, numbers[:10])) + (", …" if len(numbers) > 10 else "")


class Facts(TypedDict, total=False):
    """What else a file tells of itself: the fields of `Extract` beside text and marks."""

    part: str
    title: str | None
    publisher: str | None
    author: str | None
    kind: str | None
    url: str | None
    archived_url: str | None
    published: PartialDate | None
    modified: PartialDate | None
    language: str | None
    speaker: str | None
    warnings: tuple[str, ...]


_NAMES: tuple[Literal["title", "publisher", "author", "kind", "language", "speaker"], ...] = (
    "title",
    "publisher",
    "author",
    "kind",
    "language",
    "speaker",
)


class TextBuilder:
    """Text that grows at its end. What is added is cleaned first, so offsets count stored code points.

    >>> builder = TextBuilder()
    >>> builder.paragraph("A heading")
    >>> builder.add("Some ")
    >>> builder.add("words.")
    >>> builder.build(title="T").text
    'A heading\\n\\nSome words.'
    """

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._tail = ""
        self._marks: list[Mark] = []

    @property
    def position(self) -> int:
        """The offset at which the next addition begins."""
        return self._length

    @property
    def text(self) -> str:
        """What has been built so far; offsets into it hold in the extract."""
        return "".join(self._parts)

    def add(self, text: str) -> None:
        """Add `text` as it is, once cleaned; blanks before the very first word are dropped."""
        if self._length + len(text) > MAX_CHARACTERS:
            raise Unreadable(f"The file holds more than {MAX_CHARACTERS:,} characters.")
        text = clean(text)
        if not self._length:
            text = text.lstrip()
        if text:
            self._append(text)

    def _append(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)
        self._tail = (self._tail + text[-2:])[-2:]

    def break_line(self) -> None:
        """Make sure that what follows begins a line."""
        if self._length and not self._tail.endswith("\n"):
            self._append("\n")

    def break_paragraph(self) -> None:
        """Make sure that a blank line stands before what follows."""
        self.break_line()
        if self._length and self._tail != "\n\n":
            self._append("\n")

    def paragraph(self, text: str, *values: MarkValue) -> None:
        """Add `text` as a paragraph of its own, marked with `values`."""
        self.break_paragraph()
        start = self.position
        self.add(text)
        for value in values:
            self.mark(start, value)
        self.break_paragraph()

    def mark(self, start: int, value: MarkValue, end: int | None = None) -> None:
        """Mark the text from `start` to `end`, or to where it ends now; `build` trims white space off it."""
        self._marks.append(Mark(start, self._length if end is None else end, value))

    @contextmanager
    def marking(self, value: MarkValue) -> Generator[None]:
        """Mark everything that is added inside the `with` block."""
        start, at = self.position, len(self._marks)
        yield
        self._marks.insert(at, Mark(start, self.position, value))

    def build(self, nothing: str = "The file holds no text.", **facts: Unpack[Facts]) -> Extract:
        """The extract; raises NoText with the sentence `nothing` when there is nothing to see in the text."""
        text = self.text.rstrip()
        if blank(text):
            raise NoText(nothing)
        marks = (_trimmed(mark, text) for mark in self._marks)
        for name in _NAMES:
            if value := facts.get(name):
                facts[name] = line(value)
        return Extract(text, tuple(mark for mark in marks if mark.start < mark.end), **facts)


def _trimmed(mark: Mark, text: str) -> Mark:
    start, end = min(mark.start, len(text)), min(mark.end, len(text))
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return Mark(start, end, mark.value)
