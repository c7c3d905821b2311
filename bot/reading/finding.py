"""Where in a document a question's words stand, paragraph by paragraph. Pure."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from index.hit import Span
from index.query import Query

Mark = Callable[[Query, str], Sequence[Span]]
"""The words of a text by which it answers a question: `index.port.Percolator.marked`."""

_PARAGRAPH = re.compile(r"\S(?:[^\n]|\n(?![^\S\n]*(?:\n|\Z)))*")
_LINES = re.compile(r"\S(?:[^\n]*\n){0,3}[^\n]*")
_LONG = 1_500
"""Code points: what is longer and has lines is looked at by a few lines at a time. Not every text has empty lines."""


def places(text: str, query: Query, mark: Mark) -> tuple[Span, ...]:
    """The paragraphs, in order, in which as many of the asked words stand as in any; none where none stands."""
    nodes = (*query.wanted, *query.required)
    singles = [replace(query, wanted=(node,), required=()) for node in nodes]
    found = [
        (sum(1 for one in singles if mark(one, paragraph)) if len(singles) > 1 else 1, Span(start, end))
        for start, end, paragraph in _paragraphs(text)
        if mark(query, paragraph)
    ]
    most = max((number for number, _ in found), default=0)
    return tuple(span for number, span in found if number == most)


def _paragraphs(text: str) -> Iterator[tuple[int, int, str]]:
    for match in _PARAGRAPH.finditer(text):
        if match.end() - match.start() <= _LONG:
            yield match.start(), match.end(), match[0]
            continue
        for lines in _LINES.finditer(text, match.start(), match.end()):
            yield lines.start(), lines.end(), lines[0]
