"""Preformatted text (<pre>): its lines stay lines; its paragraphs, told by their indented first lines, come apart."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sources.document import Page
from sources.extract.builder import TextBuilder

_DEEPEST = 8
"""A line that is indented further is centred, not a paragraph's first."""
_SHORT = 50
_ENDED = re.compile(r"""[.?!:;—][)\]"'”’]*$""")
_TABLE = re.compile(r"\S {3,}\S|\.{5}")
# The printed pages of the Congressional Record, named at its head and wherever a page begins.
_HEAD_PAGE = re.compile(r"\[Pages? ([A-Z]{1,2}\d+)")
_PAGE_BREAK = re.compile(r"\[\[Page ([A-Z]{1,2}\d+)\]\]")


@dataclass(frozen=True, slots=True)
class _Line:
    """A line, and the number of the printed page that begins with it, if one does."""

    text: str
    page: str | None = None

    @property
    def indent(self) -> int:
        return len(self.text) - len(self.text.lstrip())


def add_preformatted(builder: TextBuilder, text: str) -> None:
    """Add `text` in paragraphs, with a `Page` mark for each printed page that it tells of."""
    pages: list[tuple[int, str]] = []
    for paragraph in _paragraphs(_lines(text)):
        builder.break_paragraph()
        is_table = any(_TABLE.search(line.text) for line in paragraph)
        for line in paragraph:
            if line.page:
                pages.append((builder.position, line.page))
            builder.add(line.text if is_table else line.text.strip())
            builder.break_line()
    builder.break_paragraph()
    ends = [start for start, _ in pages[1:]] + [builder.position]
    for number, ((start, printed), end) in enumerate(zip(pages, ends, strict=False), 1):
        builder.mark(start, Page(number, printed), end)


def _lines(text: str) -> Sequence[_Line]:
    """The lines, without those that only say that a page begins, and without the blank lines around these."""
    lines: list[_Line] = []
    page: str | None = None
    at_break = False
    for line in text.expandtabs().splitlines():
        if match := _PAGE_BREAK.fullmatch(line.strip()):
            page, at_break = match[1], True
            while lines and not lines[-1].text:
                lines.pop()
        elif not at_break or line.strip():
            if not lines and (head := _HEAD_PAGE.search(text[:1000])):
                page = page or head[1]
            lines.append(_Line(line.rstrip(), page))
            page, at_break = None, False
    return lines


def _paragraphs(lines: Sequence[_Line]) -> Iterator[Sequence[_Line]]:
    paragraph: list[_Line] = []
    for line in lines:
        if paragraph and (not line.text or _begins(line, paragraph)):
            yield paragraph
            paragraph = []
        if line.text:
            paragraph.append(line)
    if paragraph:
        yield paragraph


def _begins(line: _Line, paragraph: Sequence[_Line]) -> bool:
    """Whether `line` is the first of a new paragraph, told by its indent."""
    before = paragraph[-1]
    if not 1 <= line.indent <= _DEEPEST:
        return False
    if line.indent == before.indent:
        # The line before was a whole paragraph, or a quotation is indented throughout.
        ended = len(before.text) < _SHORT or _ENDED.search(before.text) is not None
        return len(paragraph) == 1 and ended and not _TABLE.search(line.text)
    return line.indent > before.indent or before.indent > _DEEPEST
