"""The value of `before: after: on: during: said: published: added:` and the interval of days that it asks for."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from index.errors import BadQuery
from index.query.nodes import DateFilter, DateTest
from index.query.quotes import QUOTES, closing
from index.query.terms import DATE_FIELDS, EXAMPLES
from sources.dates import read_date

_LONGEST = 10  # blank-separated pieces of the longest written date
_BRACKET = re.compile(r"\[\s{0,3}([^\s\[\]][^\[\]]{0,40}?)\s{1,3}(?:TO|to)\s{1,3}([^\[\]]{0,40}?[^\s\[\]])\s{0,3}\]")
_COMPARISON = re.compile(r"(>=|<=|>|<|≥|≤)\s?")
_RANGE = re.compile(r"(.*?)\s?(?:\.\.\.?|…)\s?(.*)", re.DOTALL)
_PIECE = re.compile(r"[^\s()" + re.escape(QUOTES) + r"]+")
_YEAR_FIRST = re.compile(r"\d{3}")
_TWO_WAYS = re.compile(r"(?:0?[1-9]|1[0-2])([/.])(?:0?[1-9]|1[0-2])\1[0-9]{4}")

_Days = tuple[date | None, date | None]


@dataclass(frozen=True, slots=True)
class _Found:
    test: DateTest | None
    days: _Days
    end: int


def read_filter(name: str, text: str, start: int) -> tuple[DateFilter, int]:
    """Read the value at `start`; returns the filter and where its value ends. Raises BadQuery where it is no date."""
    found = _find(text, start)
    if found is None:
        raise BadQuery(_not_a_date(name, text, start))
    field, test = DATE_FIELDS[name]
    first, last = found.days
    if test is not DateTest.INSIDE and (found.test or first is None or last is None):
        raise BadQuery(
            f"“{name}:” takes one date, such as {name}:2019; for an open range write on:2019.. or on:..2019."
        )
    written = f"{name}:{' '.join(text[start : found.end].split())}"
    return DateFilter(field, found.test or test, first, last, written), found.end


def find_filter(name: str, text: str, start: int) -> tuple[DateFilter, int] | None:
    """The same where a blank stands before the value; None where no date follows, and it was no field at all."""
    return read_filter(name, text, start) if _find(text, start) else None


def _find(text: str, start: int) -> _Found | None:
    comparison = _COMPARISON.match(text, start)
    value = comparison.end() if comparison else start
    days_and_end = _find_days(text, value)
    if days_and_end is None or comparison is None:
        return _Found(None, *days_and_end) if days_and_end else None
    (first, last), end = days_and_end
    if first is None or last is None or _RANGE.fullmatch(text[value:end]):
        return None
    match comparison[1]:
        case ">":
            return _Found(DateTest.AFTER, (first, last), end)
        case "<":
            return _Found(DateTest.BEFORE, (first, last), end)
        case ">=" | "≥":
            return _Found(DateTest.INSIDE, (first, None), end)
        case _:
            return _Found(DateTest.INSIDE, (None, last), end)


def _find_days(text: str, start: int) -> tuple[_Days, int] | None:
    """The days of a quoted value, of `[a TO b]`, or of the longest run of pieces that reads as a date."""
    if text[start : start + 1] in tuple(QUOTES):
        end = closing(text, start)
        days = _days(text[start + 1 : end])
        return (days, min(end + 1, len(text))) if days else None
    if bracket := _BRACKET.match(text, start):
        first, last = ("" if end == "*" else end for end in bracket.groups())
        days = _days(f"{first}..{last}")
        return (days, bracket.end()) if days else None
    for end in reversed(list(_ends(text, start))):
        if days := _days(text[start:end]):
            return days, end
    return None


def _ends(text: str, start: int) -> Iterator[int]:
    """Where a run of pieces may end, nearest first, with and without its last punctuation."""
    position = start
    for _ in range(_LONGEST):
        piece = _PIECE.match(text, position)
        if piece is None or (position > start and re.match(r"[-+]\w", piece[0])):
            return
        for punctuation in (",;:!?.", ",;:!?", ""):  # `2019..` keeps its dots
            if bare := piece[0].rstrip(punctuation):
                yield position + len(bare)
        position = piece.end()
        while position < len(text) and text[position].isspace():
            position += 1


def _days(text: str) -> _Days | None:
    """First and last day; None for an end left open, None for all where it is no date."""
    text = text.strip()
    if day := read_date(text):
        return day.first, day.last
    ends = _RANGE.fullmatch(text)
    if ends is None or not any(ends.groups()):
        return None
    days = [read_date(end) if end else None for end in ends.groups()]
    if any(end and (day is None or day.end) for end, day in zip(ends.groups(), days, strict=True)):
        return None
    first, last = days
    if first and last and last.last < first.first:
        return None
    return first.first if first else None, last.last if last else None


def _not_a_date(name: str, text: str, start: int) -> str:
    bracket = _BRACKET.match(text, start)
    pieces = bracket[0].split() if bracket else text[start : start + 60].strip(QUOTES + " ").split()[:3]
    if not pieces:
        return f"Nothing stands after “{name}:”; write {EXAMPLES[name]}."
    if _YEAR_FIRST.match(pieces[0]):
        pieces = pieces if bracket else pieces[:1]
    elif not bracket and not pieces[-1][0].isdigit():
        pieces = pieces[:2]
    if _TWO_WAYS.fullmatch(pieces[0]):
        return f"“{pieces[0]}” can be read in two ways: write it as {name}:2019-07-06 or {name}:July 6 2019."
    return f"“{name}:” needs a date such as 2019, 2019-07 or July 2019; “{' '.join(pieces)}” is not one."
