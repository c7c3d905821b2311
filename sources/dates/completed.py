"""Dates that a text names in part, completed from its own date: `July 25`, `in July`, `yesterday`, `that same month`.

A reader completes them in the same way: the nearest such day that is not after the text's own date. That is done only
where no other reading is likely. What is to come ("will", "next", "until") stays as it is, and so do days that are
the names of events or feasts, and days beside dates of another year. What a quotation calls "yesterday" is its
speaker's yesterday. "Today" and "this year" are left alone: they say no more than the text's own date, and "today" is
as often nowadays. A text of which only the month or the year is known completes what is the same from its first
day to its last.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sources.dates.forms import DASH, DAY, MONTH, MONTHS, YEARS
from sources.dates.named import FoundDate
from sources.document import Origin, PartialDate, Precision

_TH = r"(?:st|nd|rd|th)?"
_NO_MORE = rf"(?![\w%]|[.:/,{DASH}]?[0-9]|,?\s{{1,3}}[0-9]{{4}}(?![0-9]))"
_WEEKDAYS = ("Mon", "Tues", "Wednes", "Thurs", "Fri", "Satur", "Sun")
_PARTLY = re.compile(
    rf"(?=[0-9JFMASONDIELTYdeilmsty])(?<![\w/{DASH}])(?:"  # the first letters of what follows, for speed
    rf"(?P<day>(?P<m>{MONTH})\s{{1,3}}(?P<d>{DAY}){_TH}(?:\s?[{DASH}]\s?(?P<d2>{DAY}){_TH})?{_NO_MORE})"
    rf"|(?P<british>(?P<d3>{DAY}){_TH}\s(?:of\s)?(?!Ma[ry]|MA[RY])(?P<m3>{MONTH}){_NO_MORE})"
    rf"|(?P<month>(?:[Ii]n|[Ss]ince|[Dd]uring|[Ee]arly|[Ll]ate|[Mm]id)[\s-](?P<m4>{MONTH})(?!\s{{0,3}}[0-9]){_NO_MORE})"
    r"|(?P<yesterday>[Yy]esterday(?!['’]s?\b|\w))"
    rf"|(?P<weekday>[Ll]ast\s(?P<name>{'|'.join(_WEEKDAYS)})day(?!\w))"
    r"|(?P<last>(?<!the )(?<!The )[Ll]ast\s(?P<unit>week|month|year)(?!\w))"
    r"|(?P<next_day>[Tt]he\s(?:following|next)\sday(?!\w))"
    r"|(?P<same>[Tt]h(?:at\ssame|e\ssame|at)\s(?P<whole>month|year)(?!\w))"
    r")"
)
_COMING = re.compile(
    r"\b(?:will|shall|would|should|may|(?:going|set|about|is|are|was|were) to|won['’]t|next|upcoming|coming|until|till"
    r"|through|by|scheduled|plan\w*|due|deadline|expire\w*|expect\w*|hope\w*|every|each|annual\w*)\b|['’]ll\b"
)
_SENTENCE = re.compile(r"(?<=[a-z0-9)”\"][.!?])\s|\n\s*\n")
_BEFORE, _AFTER = 80, 60
_QUOTE = re.compile(r"[“”\"]")
_NAMES_OF_OTHERS = {(1, 6), (7, 4), (9, 11), (12, 25)}
"""The storming of the Capitol, two feasts, the attacks of 2001: said of other years than the text's own."""
_FAR = timedelta(days=183)
_JUST_NOW = 250
"""Code points within which a date is still the one that "the following day" follows."""


@dataclass(frozen=True, slots=True)
class _Setting:
    """Where something is named: the text's date, the date named just before, and whether a quotation says it."""

    base: PartialDate
    before: PartialDate | None
    quoted: bool


def completed_dates(
    text: str, base: PartialDate, named: Sequence[FoundDate], start: int = 0, end: int | None = None
) -> Iterator[FoundDate]:
    """The dates that `text[start:end]`, of the date `base`, names in part; `named` are those that it names whole.

    Offsets count from the beginning of `text`.
    """
    if base.first.year - 1 not in YEARS or base.last.year + 1 not in YEARS:
        return
    years = {found.date.first.year for found in named if found.date.precision is not Precision.YEAR}
    end = len(text) if end is None else end
    quotes = _Quotes(text, start, end)
    waiting, last = list(reversed(named)), None
    for match in _PARTLY.finditer(text, start, end):
        while waiting and waiting[-1].start < match.end():
            last = waiting.pop()
        if last and last.end > match.start():
            continue
        near = last is not None and match.start() - last.end <= _JUST_NOW
        setting = _Setting(base, last.date if last and near else None, quotes.around(match.start()))
        kind = match.lastgroup or ""
        found = _RULES[kind](match, setting)
        if found and (kind not in _BY_YEAR or (years <= {found.first.year} and not _is_coming(match))):
            last = FoundDate(match.start(), match.end(), found)
            yield last


class _Quotes:
    """Whether a place lies inside a quotation. Places are asked for in order, so the text is read once."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self._marks = _QUOTE.finditer(text, start, end)
        self._next = next(self._marks, None)
        self._open = False

    def around(self, place: int) -> bool:
        """Whether the last quotation mark before `place` opens."""
        while self._next and self._next.start() < place:
            self._open = self._next[0] == "“" or (self._next[0] == '"' and not self._open)
            self._next = next(self._marks, None)
        return self._open


def _is_coming(match: re.Match[str]) -> bool:
    """Whether the sentence around may speak of what is still to come, or comes again each year."""
    before = _SENTENCE.split(match.string[max(0, match.start() - _BEFORE) : match.start()])[-1]
    after = _SENTENCE.split(match.string[match.end() : match.end() + _AFTER])[0]
    return _COMING.search(before) is not None or _COMING.search(after) is not None


def _number(month: str) -> int:
    return MONTHS[month.rstrip(".").lower()]


def _day_of_month(match: re.Match[str], setting: _Setting) -> PartialDate | None:
    month, day, last = _number(match["m"] or match["m3"]), int(match["d"] or match["d3"]), match["d2"]
    if (month, day) in _NAMES_OF_OTHERS or (last and int(last) <= day):
        return None
    first = _nearest(setting.base, month, day)
    try:
        end = first.replace(day=int(last)) if first and last else None
    except ValueError:
        return None
    return _dated(first, end) if first else None


def _month(match: re.Match[str], setting: _Setting) -> PartialDate | None:
    first = _nearest(setting.base, _number(match["m4"]), 1)
    return _named(f"{first:%Y-%m}") if first else None


def _nearest(base: PartialDate, month: int, day: int) -> date | None:
    """The nearest such day not after the text's date, if it is the same one for every day that this may be."""
    first, last = _not_after(base.first, month, day), _not_after(base.last, month, day)
    return first if first == last else None


def _not_after(limit: date, month: int, day: int) -> date | None:
    """None for what is far back in the year before: it may as well be meant to come."""
    for year in (limit.year, limit.year - 1):
        try:
            found = date(year, month, day)
        except ValueError:
            return None
        if found <= limit:
            return found if year == limit.year or limit - found <= _FAR else None
    return None


def _yesterday(_: re.Match[str], setting: _Setting) -> PartialDate | None:
    day = _own_day(setting)
    return _dated(day - timedelta(days=1)) if day else None


def _last(match: re.Match[str], setting: _Setting) -> PartialDate | None:
    first, last = setting.base.first, setting.base.last
    match match["unit"]:
        case "year" if first.year == last.year and not setting.quoted:
            return _named(str(first.year - 1))
        case "month" if (first.year, first.month) == (last.year, last.month) and not setting.quoted:
            return _named(f"{first.replace(day=1) - timedelta(days=1):%Y-%m}")
        case "week" if day := _own_day(setting):
            return _last_week(day)
        case _:
            return None


def _last_week(day: date) -> PartialDate | None:
    """From Sunday to Sunday: weeks begin on Sunday for some, on Monday for others; told on a Sunday, they differ."""
    since_sunday = day.isoweekday() % 7
    sunday = day - timedelta(days=since_sunday + 7)
    return _dated(sunday, sunday + timedelta(days=7)) if since_sunday else None


def _last_weekday(match: re.Match[str], setting: _Setting) -> PartialDate | None:
    """`last Tuesday`, where the Tuesday before is also that of the week before, whichever day weeks begin with."""
    day, wanted = _own_day(setting), _WEEKDAYS.index(match["name"])
    if day is None or wanted < day.weekday() or (wanted + 1) % 7 < day.isoweekday() % 7:
        return None
    return _dated(day - timedelta(days=(day.weekday() - wanted) % 7 or 7))


def _next_day(_: re.Match[str], setting: _Setting) -> PartialDate | None:
    before = setting.before
    if before is None or before.first != before.last:
        return None
    return _dated(before.first + timedelta(days=1))


def _same(match: re.Match[str], setting: _Setting) -> PartialDate | None:
    before = setting.before
    if before is None or before.end:
        return None
    if match["whole"] == "year":
        return _named(str(before.first.year))
    return None if before.precision is Precision.YEAR else _named(f"{before.first:%Y-%m}")


def _own_day(setting: _Setting) -> date | None:
    """The one day that "yesterday" is told from."""
    return setting.base.first if setting.base.first == setting.base.last and not setting.quoted else None


def _dated(first: date, last: date | None = None) -> PartialDate:
    return PartialDate.parse(first.isoformat(), Origin.DERIVED, last.isoformat() if last else None)


def _named(value: str) -> PartialDate:
    return PartialDate.parse(value, Origin.DERIVED)


_RULES: Mapping[str, Callable[[re.Match[str], _Setting], PartialDate | None]] = {
    "day": _day_of_month,
    "british": _day_of_month,
    "month": _month,
    "yesterday": _yesterday,
    "weekday": _last_weekday,
    "last": _last,
    "next_day": _next_day,
    "same": _same,
}
_BY_YEAR = {"day", "british", "month"}
"""What only lacks its year."""
