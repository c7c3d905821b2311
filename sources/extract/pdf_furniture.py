"""What a page carries beside its text: running heads, footers and page numbers, known by coming again on the next
pages.

A number that grows by one a page counts as the same; a sentence is never taken for a running head because of such a
number.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sources.extract.pdf_layout import Line

_EDGE = 4
"""Lines from the top and from the bottom of a page that may be furniture."""
_NEAR = 3.0
"""Points by which furniture moves from page to page at most."""
_COMMON = 0.3
"""Share of the pages on which a place must hold furniture for everything in that place to be furniture."""
_TOKEN = re.compile(r"\d+|\w+|[^\w\s]")
_ROMAN = re.compile(r"(?=[ivxl])(x{0,3}|xl|l?x{0,3})(ix|iv|v?i{0,3})")
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50}

_Token = str | int


@dataclass(frozen=True, slots=True)
class Body:
    """A page's lines without its furniture, in reading order, and the page number that the furniture prints."""

    lines: tuple[Line, ...]
    printed: str | None


def bodies(pages: Sequence[Sequence[Line]]) -> list[Body]:
    """Each page without furniture."""
    edges = [(_edge(page, top=True), _edge(page, top=False)) for page in pages]
    found: list[set[Line]] = []
    for number in range(len(pages)):
        found.append(set())
        for side in (0, 1):
            found[number] |= _recurring([edge[side] for edge in edges], number)
    _add_same_places(found, edges)
    printed = _printed(found)
    kept = [tuple(line for line in page if line not in drop) for page, drop in zip(pages, found, strict=True)]
    if not any(kept):  # what is all there is stands around nothing
        kept = [tuple(page) for page in pages]
    return [Body(lines, number) for lines, number in zip(kept, printed, strict=True)]


def _edge(page: Sequence[Line], *, top: bool) -> list[Line]:
    """The outermost lines, the outermost first."""
    return sorted(page, key=lambda line: -line.baseline if top else line.baseline)[:_EDGE]


def _recurring(edges: Sequence[Sequence[Line]], number: int) -> set[Line]:
    needed = 2 if len(edges) > 2 else 1
    found: set[Line] = set()
    for line in edges[number]:
        near = [other for other in range(max(0, number - 2), min(len(edges), number + 3)) if other != number]
        matches = sum(any(_same(line, like, other - number) for like in edges[other]) for other in near)
        if matches >= min(needed, len(near)) > 0:
            found.add(line)
    return found


def _same(line: Line, other: Line, pages: int) -> bool:
    """Is `other`, `pages` further on, the same furniture?"""
    if abs(line.baseline - other.baseline) > _NEAR or abs(line.height - other.height) > 1:
        return False
    if line.text == other.text:
        return True
    one, two = _tokens(line.text), _tokens(other.text)
    if len(one) != len(two) or (len(one) > 5 and line.text.endswith((".", "?", "!"))):
        return False
    return all(_same_token(a, b, pages) for a, b in zip(one, two, strict=True))


def _same_token(one: _Token, two: _Token, pages: int) -> bool:
    return one == two or (isinstance(one, int) and isinstance(two, int) and two - one == pages)


def _tokens(text: str) -> list[_Token]:
    tokens = _TOKEN.findall(text)
    words = sum(token.isalpha() for token in tokens)
    return [_number(token, alone=words == 1) for token in tokens]


def _number(token: str, *, alone: bool) -> _Token:
    """A page number's value; Roman ones count only where they stand alone."""
    if token.isdecimal():
        return int(token) if len(token) < 7 else token
    if alone and token and _ROMAN.fullmatch(token.lower()):
        values = [_ROMAN_VALUES[letter] for letter in token.lower()]
        return sum(-a if a < b else a for a, b in zip(values, [*values[1:], 0], strict=True))
    return token


def _add_same_places(found: list[set[Line]], edges: Sequence[tuple[list[Line], list[Line]]]) -> None:
    """A chapter of one page has its own running head, once: it is known by its place."""
    places = Counter((round(line.baseline), round(line.height)) for lines in found for line in lines)
    common = {place for place, count in places.items() if count >= max(3, _COMMON * len(found))}
    for lines, sides in zip(found, edges, strict=True):
        lines.update(line for side in sides for line in side if (round(line.baseline), round(line.height)) in common)


def _printed(found: Sequence[set[Line]]) -> list[str | None]:
    """The number printed on each page: the one whose distance from the page's place in the file is the commonest."""
    numbers = [
        {value - index: token for line in lines for token, value in _values(line.text)}
        for index, lines in enumerate(found)
    ]
    distances = Counter(distance for page in numbers for distance in page)
    if not distances:
        return [None] * len(found)
    usual = {distance for distance, count in distances.items() if count >= max(2, _COMMON * len(found))}
    best = sorted(usual, key=lambda distance: -distances[distance])
    return [next((page[distance] for distance in best if distance in page), None) for page in numbers]


def _values(text: str) -> list[tuple[str, int]]:
    pairs = zip(_TOKEN.findall(text), _tokens(text), strict=True)
    return [(token, value) for token, value in pairs if isinstance(value, int)]
