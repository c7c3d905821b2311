"""What is said about when a source is read again by itself. As in `words`: plain text, nothing is markup."""

from datetime import timedelta

from bot.keeping.schedule import WATCHED
from bot.wording.words import counted

CHANGE = "Change Schedule"
TITLE = "Reading Schedule"
SUBMIT = "Save Schedule"
LABEL = "Read it again"
HINT = "While the desk is served. Refresh Now works at any time."
ADD_HINT = "Left empty: feeds hourly, pages and sitemaps daily."
SAVED = "Saved."
DUE_NOW = "due now"
NEXT = "next after"

CHOICES = (
    (None, "Never"),
    (timedelta(hours=1), "Hourly"),
    (timedelta(hours=6), "Every 6 hours"),
    (timedelta(days=1), "Daily"),
    (timedelta(weeks=1), "Weekly"),
)
"""The intervals that a form offers."""
WATCH_CHOICE = (WATCHED, "As soon as something changes")

_NAMED = {timedelta(hours=1): "hourly", timedelta(days=1): "daily", timedelta(weeks=1): "weekly"}
_UNITS = (("week", timedelta(weeks=1)), ("day", timedelta(days=1)), ("hour", timedelta(hours=1)))


def interval(every: timedelta | None, *, paused: bool = False) -> str:
    """How often a source is read by itself.

    >>> interval(timedelta(hours=6)), interval(timedelta(days=1)), interval(timedelta(minutes=90))
    ('read every 6 hours', 'read daily', 'read every 90 minutes')
    >>> interval(None), interval(timedelta(0))
    ('never read by itself', 'watched: read as soon as something changes')
    >>> interval(timedelta(days=1), paused=True)
    'read daily once it is resumed'
    """
    if every is None:
        return "never read by itself"
    if every == WATCHED:
        return "watched once it is resumed" if paused else "watched: read as soon as something changes"
    often = f"read {_NAMED.get(every) or f'every {_length(every)}'}"
    return f"{often} once it is resumed" if paused else often


def choice(every: timedelta) -> str:
    """An interval that is none of the usual ones, as a line of a form.

    >>> choice(timedelta(minutes=30))
    'Every 30 minutes'
    """
    return f"Every {_length(every)}"


def _length(every: timedelta) -> str:
    for unit, length in _UNITS:
        if not every % length:
            return counted(every // length, unit)
    return counted(every // timedelta(minutes=1), "minute")
