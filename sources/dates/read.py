"""A string that is one written date and nothing else."""

import re
from contextlib import suppress
from datetime import datetime
from email.utils import parsedate_to_datetime

from sources.dates.forms import CLOCK, DASH, DAY, WRITTEN, YEARS, build, form, iso, month_pattern
from sources.document import Origin, PartialDate, Precision

_LONGEST = 80  # no written form is longer
_ALONE = (
    *(form(template, month_pattern(str.title, str.upper, str.lower)) for template in WRITTEN),
    re.compile(r"(?P<y>[0-9]{4})"),
    re.compile(r"(?P<y>[0-9]{4})-(?P<m>[0-9]{2})(?:-(?P<d>[0-9]{2}))?"),
    re.compile(r"(?P<y>[0-9]{4})(?P<m>[0-9]{2})(?P<d>[0-9]{2})"),
    re.compile(r"(?P<y>[0-9]{4})(?P<mark>[-/.])(?P<m>[0-9]{1,2})(?P=mark)(?P<d>[0-9]{1,2})"),
    re.compile(rf"(?P<y>[0-9]{{4}})[{DASH}](?P<y2>[0-9]{{4}})"),
)
_WEEKDAY = re.compile(r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s{1,3}", re.IGNORECASE)
_HOUR = r"[0-9]{1,2}(?::[0-9]{2}(?::[0-9]{2})?(?:\s?[AaPp]\.?[Mm]\.?)?|\s?[AaPp]\.?[Mm]\.?)"
_AT = re.compile(rf"(.{{6,40}}?)(?:,|\s\||\sat\s|\s)\s{{0,3}}{_HOUR}(?:\s?(?:[ECMP][SD]?T|GMT|UTC|BST))?")
_ISO_TIME = re.compile(rf"[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}[Tt ]{CLOCK}\s?(?:[Zz]|[+-][0-9]{{2}}(?::?[0-9]{{2}})?)?")
_RFC_822 = re.compile(rf"{DAY} [A-Za-z]{{3}} [0-9]{{4}} {CLOCK} (?:[+-][0-9]{{4}}|[A-Za-z]{{1,3}})")
_SLASHED = re.compile(r"([0-9]{1,2})([/.])([0-9]{1,2})\2([0-9]{4})")
_FROM_TO = re.compile(rf"\s{{0,3}}(?:\.\.\.?|…)\s{{0,3}}|\s{{1,3}}(?:[{DASH}]|to|through)\s{{1,3}}", re.IGNORECASE)


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
        return read_time(text, origin)
    if _RFC_822.fullmatch(text):
        with suppress(ValueError):
            return _timed(parsedate_to_datetime(text), origin)
        return None
    if slashed := _SLASHED.fullmatch(text):
        return _read_slashed(int(slashed[1]), int(slashed[3]), int(slashed[4]), origin)
    for pattern in _ALONE:
        if match := pattern.fullmatch(text):
            return build(match, origin)
    return None


def read_time(text: str, origin: Origin) -> PartialDate | None:
    """Read an ISO time; None where the calendar or the clock has no such."""
    with suppress(ValueError):
        return _timed(datetime.fromisoformat(re.sub(r"\s(?=[Z+-])", "", text.upper())), origin)
    return None


def _timed(time: datetime, origin: Origin) -> PartialDate | None:
    if time.year not in YEARS:
        return None
    return PartialDate.parse(time.isoformat() if time.tzinfo else time.date().isoformat(), origin)


def _read_slashed(a: int, b: int, year: int, origin: Origin) -> PartialDate | None:
    """`6/13/2019` and `13/06/2019` can be read in one way only; `06/07/2019` in two, so it is not read."""
    readings = {iso(year, month, day) for month, day in ((a, b), (b, a))} - {None}
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
