"""Dates named among the loose words of a query: "january 2017", "july 27 2016", a bare year."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from index.query.nodes import Node, Word
from sources.dates import read_date

_LONGEST = 3
_YEAR = re.compile(r"1[5-9][0-9]{2}|20[0-9]{2}")


@dataclass(frozen=True, slots=True)
class NamedDate:
    """The words `begin` to `end` of a query name the days from `first` to `last`, both included."""

    begin: int
    end: int
    first: date
    last: date


def named_dates(nodes: Sequence[Node]) -> Iterator[NamedDate]:
    """The dates with a year that words side by side name, in order; the longest reading counts.

    >>> [(found.begin, found.end, str(found.last)) for found in named_dates([Word("july"), Word("27"), Word("2016")])]
    [(0, 3, '2016-07-27')]
    """
    at = 0
    while at < len(nodes):
        found = _at(nodes, at)
        if found:
            yield found
        at = found.end if found else at + 1


def _at(nodes: Sequence[Node], begin: int) -> NamedDate | None:
    for end in range(min(len(nodes), begin + _LONGEST), begin, -1):
        words = [node.text for node in nodes[begin:end] if isinstance(node, Word)]
        if len(words) == end - begin and any(map(_YEAR.fullmatch, words)):
            read = read_date(" ".join(words)) or (
                read_date(f"{words[0]} {words[1]}, {words[2]}") if end - begin == 3 else None
            )
            if read:
                return NamedDate(begin, end, read.first, read.last)
    return None
