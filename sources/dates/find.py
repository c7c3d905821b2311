"""All dates that running text mentions: those named whole, and those that its own date completes."""

from bisect import bisect_left
from collections.abc import Iterator
from datetime import timedelta
from heapq import merge

from sources.dates.completed import completed_dates
from sources.dates.named import FoundDate, named_dates
from sources.document import PartialDate, Precision

_A_YEAR = timedelta(days=366)


def find_dates(text: str, base: PartialDate | None = None) -> Iterator[FoundDate]:
    """Find the dates that `text` mentions, in order and apart from each other; origin is DERIVED.

    Month names are read with their capital, ISO dates from the day on (`2011-12` in a sentence is also a span of
    years), bare years only after "in", "since", "during", "of", "by", "until" or "from". With `base`, when the words
    were spoken or published, what is named in part is completed where that can be done in one way only; without it,
    nothing is.

    >>> [found.date.value for found in find_dates("On June 9, 2016, and again in 2017.")]
    ['2016-06-09', '2017']
    >>> [found.date.value for found in find_dates("the July 25 call", PartialDate.parse("2019-09-26"))]
    ['2019-07-25']
    """
    if base is None:
        yield from named_dates(text)
        return
    named = list(named_dates(text))
    yield from merge(named, completed_dates(text, base, named), key=lambda found: found.start)


class Mentions:
    """The dates that one document mentions, stretch by stretch."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._named = list(named_dates(text))
        self._of_its_time: dict[PartialDate, bool] = {}

    def within(self, start: int, end: int, base: PartialDate | None) -> tuple[PartialDate, ...]:
        """The dates that `text[start:end]` mentions, in order; `base` is when these words were spoken or published."""
        first = bisect_left(self._named, start, key=lambda found: found.start)
        last = bisect_left(self._named, end, key=lambda found: found.start)
        named = self._named[first:last]
        if base is None or not self._tells_of(base):
            return tuple(found.date for found in named)
        completed = completed_dates(self._text, base, named, start, end)
        return tuple(found.date for found in merge(named, completed, key=lambda found: found.start))

    def _tells_of(self, base: PartialDate) -> bool:
        """Whether the document means the year of `base` where it names none.

        News does. A report or a history means the year that it is telling of: most dates that it names lie elsewhere.
        """
        if base not in self._of_its_time:
            days = [found.date for found in self._named if found.date.precision is not Precision.YEAR]
            near = sum(base.first - _A_YEAR <= day.first and day.last <= base.last + _A_YEAR for day in days)
            self._of_its_time[base] = 2 * near >= len(days)
        return self._of_its_time[base]
