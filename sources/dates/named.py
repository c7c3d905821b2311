"""The dates that running text names whole, year included."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sources.dates.forms import CLOCK, DAY, MONTH, TO, WRITTEN, build, form
from sources.dates.read import read_time
from sources.document import Origin, PartialDate

_BARE_YEARS = range(1700, 2101)  # "of 1200" in a sentence is more often a count
_SINCE = r"(?:[Ii]n|[Ss]ince|[Dd]uring|[Oo]f|[Bb]y|[Uu]ntil|[Ff]rom)"
_BARE = re.compile(rf"{_SINCE}\s{{1,3}}(?P<y>[0-9]{{4}})(?:{TO}(?P<y2>[0-9]{{4}}))?(?![\w%]|[-/.,:][0-9])")
_IN_TEXT = (
    *(form(template) for template in WRITTEN),
    re.compile(rf"(?P<time>[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}T{CLOCK}(?:Z|[+-][0-9]{{2}}:?[0-9]{{2}})?)(?![\w-])"),
    re.compile(r"(?P<y>[0-9]{4})-(?P<m>[0-9]{2})-(?P<d>[0-9]{2})(?![\w-])"),
    _BARE,
)
# Where a date may begin in running text. ISO comes with its hyphen, so that a plain number is passed over at once.
_START = re.compile(rf"(?<!\w)(?:{MONTH}|{_SINCE}(?=\s{{1,3}}[0-9]{{4}})|(?<![-.,:/$])(?:[0-9]{{4}}-|{DAY}(?![0-9])))")
_ANY_YEAR = re.compile(r"[12][0-9]{3}")


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date that `text[start:end]` names, in code points."""

    start: int
    end: int
    date: PartialDate


def named_dates(text: str) -> Iterator[FoundDate]:
    """Find the dates that running text names whole, in order and apart from each other; origin is DERIVED.

    Month names are read with their capital, ISO dates from the day on (`2011-12` in a sentence is also a span of
    years), bare years only after "in", "since", "during", "of", "by", "until" or "from".

    >>> [text_date.date.value for text_date in named_dates("On June 9, 2016, and again in 2017.")]
    ['2016-06-09', '2017']
    """
    if not _ANY_YEAR.search(text):
        return
    position = 0
    while start := _START.search(text, position):
        position = start.end()
        for pattern in _IN_TEXT:
            if match := pattern.match(text, start.start()):
                position = match.end()
                found = _build_found(match)
                if found:
                    yield FoundDate(match.start(1), match.end(), found)
                break


def _build_found(match: re.Match[str]) -> PartialDate | None:
    if time := match.groupdict().get("time"):
        return read_time(time, Origin.DERIVED)
    if match.re is _BARE and int(match["y"]) not in _BARE_YEARS:
        return None
    return build(match, Origin.DERIVED)
