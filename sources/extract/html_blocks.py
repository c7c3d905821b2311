"""The blocks of a page: its own words in its own order, with white space as a browser shows it and nothing added."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml.etree import iterwalk
from lxml.html import HtmlElement

from sources.extract.clean import blank
from sources.extract.html_page import BLOCKS, HEADINGS, tag_of

_BLANKS = re.compile(r"[ \t\n\r\f]+")
_DOUBLE = re.compile(" {2,}")
_AROUND_BREAKS = re.compile(r" *([\n\t]) *")
_CELLS = {"td", "th"}
# As browsers do: what the bytes 80 to 9F mean in Windows-1252 is often written as &#146; or as such a code point.
_C1 = {code: bytes([code]).decode("cp1252", "ignore") or None for code in range(0x80, 0xA0)}


@dataclass(frozen=True, slots=True)
class Block:
    """Text that stands on lines of its own, within `parent`; `links` counts its linked letters."""

    text: str
    level: int | None
    preformatted: bool
    links: int
    parent: HtmlElement | None = field(repr=False)


def blocks(page: HtmlElement) -> Iterator[Block]:
    """The blocks of the body in order, none empty. A row of a table is one block, its cells a tab apart."""
    body = page.find("body")
    if body is None:
        return
    reading = _Reading()
    for event, element in iterwalk(body, events=("start", "end")):
        tag = tag_of(element)
        if tag in BLOCKS and (block := reading.take()):
            yield block
        if event == "start":
            reading.enter(element, tag)
        else:
            reading.leave(tag)
            if element is not body:
                reading.add(element.tail)


@dataclass(slots=True)
class _Reading:
    """The block that is being read, and the elements that are open around it."""

    pieces: list[str] = field(default_factory=list[str])
    links: int = 0
    around: list[HtmlElement] = field(default_factory=list[HtmlElement])
    inside: Counter[str] = field(default_factory=Counter[str])

    def enter(self, element: HtmlElement, tag: str) -> None:
        self.inside[tag] += 1
        if tag in BLOCKS:
            self.around.append(element)
        elif tag == "br":
            self.pieces.append("\n")
        elif tag in _CELLS and self.pieces:
            self.pieces.append("\t")
        self.add(element.text)

    def leave(self, tag: str) -> None:
        self.inside[tag] -= 1
        if tag in BLOCKS:
            self.around.pop()

    def add(self, text: str | None) -> None:
        if text:
            self.pieces.append(text if self.inside["pre"] else _BLANKS.sub(" ", text))
            self.links += len(text) if self.inside["a"] else 0

    def take(self) -> Block | None:
        text, links = "".join(self.pieces).translate(_C1), self.links
        self.pieces, self.links = [], 0
        if preformatted := self.inside["pre"] > 0:
            text = text.rstrip().lstrip("\n")
        else:
            text = _AROUND_BREAKS.sub(r"\1", _DOUBLE.sub(" ", text)).strip(" \n\t")
        if blank(text):
            return None
        level = next((level for tag, level in HEADINGS.items() if self.inside[tag]), None)
        return Block(text, level, preformatted, links, self.around[-1].getparent() if self.around else None)
