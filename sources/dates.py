"""Our own table of written dates: what a string, or a stretch of running text, says of when, and no more than it says.

Every form that is read stands in the tables below; whatever is not in them is not a date. Nothing is completed
or guessed: `July 2016` stays a month, `06/07/2019` (June or July?) and `31 February` are no dates at all.
Every pattern has a bounded length, so reading takes linear time on any text.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from email.utils import parsedate_to_datetime

from sources.document import Origin, PartialDate, Precision

YEARS = range(1000, 2101)
"""Years that are believed; `2919` is a misprint."""

_BARE_YEARS = range(1700, 2101)  # "of 1200" in a sentence is more often a count
_LONGEST = 80  # no written form is longer

_NAMES = (
    ("January", "Jan"),
    ("February", "Feb"),
    ("March", "Mar"),
    ("April", "Apr"),
    ("May",),
    ("June", "Jun"),
    ("July", "Jul"),
    ("August", "Aug"),
    ("September", "Sept", "Sep"),
    ("October", "Oct"),
    ("November", "Nov"),
    ("December", "Dec"),
)
_MONTHS = {name.lower(): number for number, names in enumerate(_NAMES, 1) for name in names}


def _month(*spellings: Callable[[str], str]) -> str:
    """A pattern of the month names in these spellings; matching them blind to case would let `ſept` and `APRİL` in."""
    return rf"(?:{'|'.join(spell(name) for names in _NAMES for name in names for spell in spellings)})(?!\w)\.?"


_MONTH = _month(str.title, str.upper)
_DAY = r"[0-9]{1,2}"
_DASH = "-\u2010-\u2015\u2212"
_GAP = r"(?:\s?,\s{0,3}|\s{1,3})"
_TO = rf"\s{{0,3}}(?:[{_DASH}]|(?<=\s)(?:to|through)(?=\s))\s{{0,3}}"
_CLOCK = r"[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?"

_WRITTEN = (
    "{m} {d}(?: {y})?{to}{m2} {d2} {y2}",  # July 25 - August 2, 2019; Dec. 30, 2018 to Jan. 2, 2019
    "{m} {d}{to}{d2} {y}",  # Dec. 5-7, 2019
    "{m} {d} {y}",  # July 25, 2019; Jul. 25 2019; July 4th, 2019
    "{d}(?: {m}(?: {y})?)?{to}{d2} {m2} {y2}",  # 5-7 December 2019; 25 July to 2 August 2019
    "{d}(?: of)? {m} {y}",  # 25 July 2019; 25th of July, 2019
    "{d}-{m}-{y}",  # 25-Jul-2019
    "{m}(?: {y})?{to}{m2} {y2}",  # July-August 2019; June 2018 to August 2019
    "{m}(?: of)? {y}",  # July 2019; Sept. 2019; July of 2019
)


def _form(template: str, month: str = _MONTH) -> re.Pattern[str]:
    """Fill a form in: `m d y` are month, day and year, `m2 d2 y2` those of a range's end; a blank is a gap or comma."""
    parts = {"to": _TO}
    for end in ("", "2"):
        parts[f"m{end}"] = f"(?P<m{end}>{month})"
        parts[f"d{end}"] = rf"(?P<d{end}>{_DAY})(?:st|nd|rd|th|ST|ND|RD|TH)?(?!\w)"
        parts[f"y{end}"] = rf"(?P<y{end}>[0-9]{{4}})(?!\w)"
    return re.compile(template.format(**parts).replace(" ", _GAP))


_ALONE = (
    *(_form(template, _month(str.title, str.upper, str.lower)) for template in _WRITTEN),
    re.compile(r"(?P<y>[0-9]{4})"),
    re.compile(r"(?P<y>[0-9]{4})-(?P<m>[0-9]{2})(?:-(?P<d>[0-9]{2}))?"),
    re.compile(r"(?P<y>[0-9]{4})(?P<m>[0-9]{2})(?P<d>[0-9]{2})"),
    re.compile(r"(?P<y>[0-9]{4})(?P<mark>[-/.])(?P<m>[0-9]{1,2})(?P=mark)(?P<d>[0-9]{1,2})"),
    re.compile(rf"(?P<y>[0-9]{{4}})[{_DASH}](?P<y2>[0-9]{{4}})"),
)
_WEEKDAY = re.compile(r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s{1,3}", re.IGNORECASE)
_HOUR = r"[0-9]{1,2}(?::[0-9]{2}(?::[0-9]{2})?(?:\s?[AaPp]\.?[Mm]\.?)?|\s?[AaPp]\.?[Mm]\.?)"
_AT = re.compile(rf"(.{{6,40}}?)(?:,|\s\||\sat\s|\s)\s{{0,3}}{_HOUR}(?:\s?(?:[ECMP][SD]?T|GMT|UTC|BST))?")
_ISO_TIME = re.compile(rf"[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}[Tt ]{_CLOCK}\s?(?:[Zz]|[+-][0-9]{{2}}(?::?[0-9]{{2}})?)?")
_RFC_822 = re.compile(rf"{_DAY} [A-Za-z]{{3}} [0-9]{{4}} {_CLOCK} (?:[+-][0-9]{{4}}|[A-Za-z]{{1,3}})")
_SLASHED = re.compile(r"([0-9]{1,2})([/.])([0-9]{1,2})\2([0-9]{4})")
_FROM_TO = re.compile(rf"\s{{0,3}}(?:\.\.\.?|…)\s{{0,3}}|\s{{1,3}}(?:[{_DASH}]|to|through)\s{{1,3}}", re.IGNORECASE)


def read_date(text: str, origin: Origin = Origin.DERIVED) -> PartialDate | None:
    """Read a string that is one written date and nothing else; None where it is not, or may be read in two ways.

    The clock of a time is kept only with its offset; without one the day remains. The weekday is not checked.

    >>> read_date("Dec. 5–7, 2019").value, read_date("Dec. 5–7, 2019").end
    ('2019-12-05', '2019-12-07')
    >>> read_date("06/07/2019") is None
    True
    """
    text = text.strip()
    if len(text) > _LONGEST:
        return None
    bare = _WEEKDAY.sub("", text, count=1) if _WEEKDAY.match(text) else text
    return _read_form(bare, origin) or _read_day_of_time(bare, origin) or _read_range(bare, origin)


def _read_form(text: str, origin: Origin) -> PartialDate | None:
    """Any form but a range of two full dates."""
    if _ISO_TIME.fullmatch(text):
        return _read_time(text, origin)
    if _RFC_822.fullmatch(text):
        with suppress(ValueError):
            return _timed(parsedate_to_datetime(text), origin)
        return None
    if slashed := _SLASHED.fullmatch(text):
        return _read_slashed(int(slashed[1]), int(slashed[3]), int(slashed[4]), origin)
    for form in _ALONE:
        if match := form.fullmatch(text):
            return _build(match, origin)
    return None


def _read_time(text: str, origin: Origin) -> PartialDate | None:
    with suppress(ValueError):
        return _timed(datetime.fromisoformat(re.sub(r"\s(?=[Z+-])", "", text.upper())), origin)
    return None


def _timed(time: datetime, origin: Origin) -> PartialDate | None:
    if time.year not in YEARS:
        return None
    return PartialDate.parse(time.isoformat() if time.tzinfo else time.date().isoformat(), origin)


def _read_slashed(a: int, b: int, year: int, origin: Origin) -> PartialDate | None:
    """`6/13/2019` and `13/06/2019` can be read in one way only; `06/07/2019` in two, so it is not read."""
    readings = {_iso(year, month, day) for month, day in ((a, b), (b, a))} - {None}
    value = readings.pop() if len(readings) == 1 else None
    return PartialDate.parse(value, origin) if value else None


def _read_day_of_time(text: str, origin: Origin) -> PartialDate | None:
    """`July 25, 2019 at 10:30 a.m. EDT`: the zone's letters are no offset, so the day is what is known."""
    match = _AT.fullmatch(text)
    day = _read_form(match[1], origin) if match else None
    return day if day and day.precision is Precision.DAY and day.end is None else None


def _read_range(text: str, origin: Origin) -> PartialDate | None:
    ends = [_read_form(_WEEKDAY.sub("", end, count=1), origin) for end in _FROM_TO.split(text)]
    match ends:
        case [PartialDate(end=None) as first, PartialDate(end=None) as last] if first.precision == last.precision:
            if last.first < first.first:
                return None
            return PartialDate(first.value, first.precision, origin, last.value)
        case _:
            return None


def _build(match: re.Match[str], origin: Origin) -> PartialDate | None:
    """A date of a form's parts; a part written once (`Dec. 5-7, 2019`) belongs to both ends of a range."""
    part = match.groupdict()
    first = _iso_of(*(part.get(name) or (part.get(name + "2") if name != "d" else None) for name in "ymd"))
    if not any(part.get(name + "2") for name in "ymd"):
        return PartialDate.parse(first, origin) if first else None
    last = _iso_of(*(part.get(name + "2") or (part.get(name) if name != "d" else None) for name in "ymd"))
    if first is None or last is None or last < first:
        return None
    return PartialDate.parse(first, origin, last if last != first else None)


def _iso_of(year: str | None, month: str | None, day: str | None) -> str | None:
    number = None if month is None else int(month) if month.isdigit() else _MONTHS[month.rstrip(".").lower()]
    return _iso(int(year or 0), number, int(day) if day else None)


def _iso(year: int, month: int | None, day: int | None) -> str | None:
    """The ISO form, or None where the calendar has no such date."""
    try:
        date(year, 1 if month is None else month, 1 if day is None else day)
    except ValueError:
        return None
    if year not in YEARS:
        return None
    return "-".join([f"{year:04}", *(f"{part:02}" for part in (month, day) if part is not None)])


_SINCE = r"(?:[Ii]n|[Ss]ince|[Dd]uring|[Oo]f|[Bb]y|[Uu]ntil|[Ff]rom)"
_BARE = re.compile(rf"{_SINCE}\s{{1,3}}(?P<y>[0-9]{{4}})(?:{_TO}(?P<y2>[0-9]{{4}}))?(?![\w%]|[-/.,:][0-9])")
_IN_TEXT = (
    *(_form(template) for template in _WRITTEN),
    re.compile(rf"(?P<time>[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}T{_CLOCK}(?:Z|[+-][0-9]{{2}}:?[0-9]{{2}})?)(?![\w-])"),
    re.compile(r"(?P<y>[0-9]{4})-(?P<m>[0-9]{2})-(?P<d>[0-9]{2})(?![\w-])"),
    _BARE,
)
# Where a date may begin in running text. ISO comes with its hyphen, so that a plain number is passed over at once.
_START = re.compile(
    rf"(?<!\w)(?:{_MONTH}|{_SINCE}(?=\s{{1,3}}[0-9]{{4}})|(?<![-.,:/$])(?:[0-9]{{4}}-|{_DAY}(?![0-9])))"
)
_ANY_YEAR = re.compile(r"[12][0-9]{3}")


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date that `text[start:end]` names, in code points."""

    start: int
    end: int
    date: PartialDate


def find_dates(text: str) -> Iterator[FoundDate]:
    """Find the dates that running text names, in order and apart from each other; origin is DERIVED.

    Month names are read with their capital, ISO dates from the day on (`2011-12` in a sentence is also a span of
    years), bare years only after "in", "since", "during", "of", "by", "until" or "from".

    >>> [text_date.date.value for text_date in find_dates("On June 9, 2016, and again in 2017.")]
    ['2016-06-09', '2017']
    """
    if not _ANY_YEAR.search(text):
        return
    position = 0
    while start := _START.search(text, position):
        position = start.end()
        for form in _IN_TEXT:
            if match := form.match(text, start.start()):
                position = match.end()
                found = _build_found(match)
                if found:
                    yield FoundDate(match.start(1), match.end(), found)
                break


def _build_found(match: re.Match[str]) -> PartialDate | None:
    if time := match.groupdict().get("time"):
        return _read_time(time, Origin.DERIVED)
    if match.re is _BARE and int(match["y"]) not in _BARE_YEARS:
        return None
    return _build(match, Origin.DERIVED)
