"""When a daily watch is told of next. Pure."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError


def next_due(hour: int, zone: str, after: datetime) -> datetime:
    """The next time after `after` at which the clocks of `zone` show the full hour, in UTC.

    Where the clocks are put back over that hour it is the first time; where they skip it, the hour after. A zone that
    is not known here counts as UTC.

    >>> next_due(9, "Europe/Berlin", datetime(2026, 3, 28, 20, tzinfo=UTC)).isoformat()  # the night of summer time
    '2026-03-29T07:00:00+00:00'
    """
    clock = zone_or_utc(zone)
    day = after.astimezone(clock).date()
    while (due := datetime(day.year, day.month, day.day, hour, tzinfo=clock).astimezone(UTC)) <= after:
        day += timedelta(days=1)
    return due


def zone_or_utc(zone: str) -> ZoneInfo:
    """The zone of that IANA name; UTC where there is none.

    >>> zone_or_utc("Mars/Olympus").key, zone_or_utc("").key
    ('UTC', 'UTC')
    """
    try:
        return ZoneInfo(zone or "UTC")
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")
