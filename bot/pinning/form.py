"""What is filled in of a pin, whatever the form: its tags, and how long it may be used, by whole days. Pure."""

import re
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.errors import BadRequest
from bot.wording import pin_words

LONGEST = 3_000
"""Characters of one field: as many as a field takes in Slack."""


def tags_of(text: str) -> tuple[str, ...]:
    """The tags, with commas or on lines of their own.

    >>> tags_of("hearing, ethics,, two words")
    ('hearing', 'ethics', 'two words')
    """
    return tuple(tag for part in re.split(r"[,\n]", text) if (tag := part.strip()))


def written(tags: tuple[str, ...]) -> str:
    """The tags as they are filled in."""
    return ", ".join(tags)


def end_of(day: date, zone: ZoneInfo) -> datetime:
    """The midnight that ends the day there. Raises BadRequest for a day at either end of time.

    >>> end_of(date(2024, 7, 1), ZoneInfo("America/New_York")).isoformat()
    '2024-07-02T04:00:00+00:00'
    """
    try:
        return datetime.combine(day + timedelta(days=1), time(), zone).astimezone(ZoneInfo("UTC"))
    except OverflowError as error:
        raise BadRequest(pin_words.NO_DAY) from error


def last_day(expires: datetime, zone: ZoneInfo) -> date:
    """The last day on which something may be used that expires then.

    >>> zone = ZoneInfo("America/New_York")
    >>> last_day(end_of(date(2024, 7, 1), zone), zone).isoformat()
    '2024-07-01'
    """
    return (expires.astimezone(zone) - timedelta(microseconds=1)).date()
