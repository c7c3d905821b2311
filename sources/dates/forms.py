"""The written forms of dates, and how what matched one of them becomes a date. Every pattern has a bounded length."""

import re
from collections.abc import Callable
from datetime import date

from sources.document import Origin, PartialDate

YEARS = range(1000, 2101)
"""Years that are believed; `2919` is a misprint."""

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
MONTHS = {name.lower(): number for number, names in enumerate(_NAMES, 1) for name in names}


def month_pattern(*spellings: Callable[[str], str]) -> str:
    """A pattern of the month names in these spellings; matching them blind to case would let `ſept` and `APRİL` in."""
    return rf"(?:{'|'.join(spell(name) for names in _NAMES for name in names for spell in spellings)})(?!\w)\.?"


MONTH = month_pattern(str.title, str.upper)
DAY = r"[0-9]{1,2}"
DASH = "-\u2010-\u2015\u2212"
GAP = r"(?:\s?,\s{0,3}|\s{1,3})"
TO = rf"\s{{0,3}}(?:[{DASH}]|(?<=\s)(?:to|through)(?=\s))\s{{0,3}}"
CLOCK = r"[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?"

WRITTEN = (
    "{m} {d}(?: {y})?{to}{m2} {d2} {y2}",  # July 25 - August 2, 2019; Dec. 30, 2018 to Jan. 2, 2019
    "{m} {d}{to}{d2} {y}",  # Dec. 5-7, 2019
    "{m} {d} {y}",  # July 25, 2019; Jul. 25 2019; July 4th, 2019
    "{d}(?: {m}(?: {y})?)?{to}{d2} {m2} {y2}",  # 5-7 December 2019; 25 July to 2 August 2019
    r"{d}(?: day)?(?: of)? {m}(?: A\.\s?D\.)? {y}",  # 25 July 2019; 25th of July, 2019; 2d day of July, A. D. 1807
    "{d}-{m}-{y}",  # 25-Jul-2019
    "{m}(?: {y})?{to}{m2} {y2}",  # July-August 2019; June 2018 to August 2019
    "{m}(?: of)? {y}",  # July 2019; Sept. 2019; July of 2019
)


def form(template: str, month: str = MONTH) -> re.Pattern[str]:
    """Fill a form in: `m d y` are month, day and year, `m2 d2 y2` those of a range's end; a blank is a gap or comma."""
    parts = {"to": TO}
    for end in ("", "2"):
        parts[f"m{end}"] = f"(?P<m{end}>{month})"
        parts[f"d{end}"] = rf"(?P<d{end}>{DAY})(?:st|nd|rd|th|d|ST|ND|RD|TH|D)?(?!\w)"
        parts[f"y{end}"] = rf"(?P<y{end}>[0-9]{{4}})(?!\w)"
    return re.compile(template.format(**parts).replace(" ", GAP))


def build(match: re.Match[str], origin: Origin) -> PartialDate | None:
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
    number = None if month is None else int(month) if month.isdigit() else MONTHS[month.rstrip(".").lower()]
    return iso(int(year or 0), number, int(day) if day else None)


def iso(year: int, month: int | None, day: int | None) -> str | None:
    """The ISO form, or None where the calendar has no such date."""
    try:
        date(year, 1 if month is None else month, 1 if day is None else day)
    except ValueError:
        return None
    if year not in YEARS:
        return None
    return "-".join([f"{year:04}", *(f"{part:02}" for part in (month, day) if part is not None)])
