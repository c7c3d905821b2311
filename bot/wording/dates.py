"""Dates as a newsroom prints them (AP style), always with the year and never shifted to a reader's time zone."""

from collections.abc import Sequence
from datetime import date, datetime

from bot.wording import words
from sources.document import Origin, PartialDate, Precision

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
WITH_A_DAY = ("Jan.", "Feb.", "March", "April", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec.")

_NOTES = {Origin.DECLARED: "", Origin.DERIVED: f" {words.READ_FROM_TEXT}", Origin.EDITED: f" {words.SET_BY_HAND}"}


def when(said: PartialDate | None, published: PartialDate | None) -> str:
    """Both dates, each named for what it is; plainly undated where neither is known.

    >>> when(PartialDate.parse("2019-01-10"), PartialDate.parse("2019-07", Origin.DERIVED))
    'said Jan. 10, 2019; published July 2019 (date read from the text)'
    >>> when(None, None)
    'undated'
    """
    known = [f"{what} {written(day)}" for what, day in (("said", said), ("published", published)) if day is not None]
    return "; ".join(known) or words.UNDATED


def written(day: PartialDate) -> str:
    """The date as far as it is known, and a note where the source's own record does not say it.

    >>> written(PartialDate.parse("2018-12-05", end="2018-12-07"))
    'Dec. 5-7, 2018'
    >>> written(PartialDate.parse("2022-04-28T18:20:00-04:00"))
    'April 28, 2022, 6:20 p.m. (UTC-04:00)'
    """
    return _written(day, WITH_A_DAY) + _NOTES[day.origin]


def spelled(day: PartialDate) -> str:
    """The same with every month in full, as Chicago has it.

    >>> spelled(PartialDate.parse("2018-12-05", end="2018-12-07"))
    'December 5-7, 2018'
    """
    return _written(day, MONTHS) + _NOTES[day.origin]


Months = Sequence[str]


def _written(day: PartialDate, months: Months) -> str:
    return _single(day.value, day.precision, months) if day.end is None else _range(day, months)


def _single(value: str, precision: Precision, months: Months) -> str:
    if precision is Precision.YEAR:
        return value
    if precision is Precision.MONTH:
        return f"{MONTHS[int(value[5:7]) - 1]} {value[:4]}"
    if precision is Precision.DAY:
        return _day(date.fromisoformat(value), months)
    moment = datetime.fromisoformat(value)
    return f"{_day(moment.date(), months)}, {_clock(moment)}"


def _range(day: PartialDate, months: Months) -> str:
    last = PartialDate.parse(day.end or day.value)
    if day.precision is last.precision is Precision.DAY and day.value[:7] == last.value[:7]:
        first = day.first
        return f"{months[first.month - 1]} {first.day}-{last.last.day}, {first.year}"
    return f"{_single(day.value, day.precision, months)} to {_single(last.value, last.precision, months)}"


def _day(day: date, months: Months) -> str:
    return f"{months[day.month - 1]} {day.day}, {day.year}"


def _clock(moment: datetime) -> str:
    half = "a.m." if moment.hour < 12 else "p.m."
    zone = f" ({moment.tzname()})" if moment.tzinfo else ""
    return f"{(moment.hour - 1) % 12 + 1}:{moment.minute:02} {half}{zone}"
