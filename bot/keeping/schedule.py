"""When a source is read again by itself. Pure: it decides on what it is given, and times are aware UTC.

A source of the web is due once its interval has passed since it was last tried, and a little later than that: how much
later its id decides, so that sources that were read together do not all come together again. Each failure in a row
doubles the wait, up to a day. A folder is watched: a look every few seconds shows whether anything in it changed, and
it is read once two looks in a row show the same, so that a file that is being written is left to its writer.
"""

import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import Enum

from bot.errors import BadRequest
from bot.store.sources import SourceRecord

WATCHED = timedelta(0)
"""The interval of a source that is looked at all the time."""
LONGEST_WAIT = timedelta(days=1)
"""A source that can't be read is tried at least so often, or as often as its interval says."""
SHORTEST, LONGEST = timedelta(minutes=5), timedelta(days=365)
SPREAD = 0.1
"""The part of its interval by which a source may come later."""
PATIENCE = timedelta(seconds=30)
"""A folder in which something changes all the time is read all the same after so long."""
LOOK_EVERY = timedelta(seconds=2)
LOOKING_SHARE = 20
"""Between two looks at a folder lies at least so many times what the last one took."""

_USUAL: Mapping[str, timedelta] = {
    "folder": WATCHED,
    "feed": timedelta(hours=1),
    "web": timedelta(days=1),
    "sitemap": timedelta(days=1),
    "starter": timedelta(weeks=1),
}
_UNITS = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}
_WRITTEN = re.compile(r"([0-9]{1,6})([mhdw])")
_OFF, _WATCH = "off", "watch"


class Usual(Enum):
    """Stands for the interval that a source of its kind usually has."""

    USUAL = "usual"


Every = timedelta | Usual | None
"""What somebody wants of a source that is added."""


def usual(connector: str) -> timedelta | None:
    """How often a source of this kind is read where nobody says otherwise."""
    return _USUAL.get(connector)


def parse_every(text: str) -> timedelta | None:
    """An interval as people write it; None for `off`. Raises BadRequest.

    >>> parse_every("6h"), parse_every(" 1D "), parse_every("watch"), parse_every("off")
    (datetime.timedelta(seconds=21600), datetime.timedelta(days=1), datetime.timedelta(0), None)
    """
    written = text.strip().lower()
    if written in (_OFF, _WATCH):
        return WATCHED if written == _WATCH else None
    match = _WRITTEN.fullmatch(written)
    if match is None:
        raise BadRequest(
            f"“{text.strip()[:40]}” is no interval: write one such as 30m, 6h, 1d or 2w, “off” for never, "
            "or, for a folder, “watch”."
        )
    every = int(match[1]) * _UNITS[match[2]]
    if not SHORTEST <= every <= LONGEST:
        raise BadRequest("A source can be read every 5 minutes at most and every 365 days at least.")
    return every


def written_every(every: timedelta | None) -> str:
    """The inverse of `parse_every`, in the largest unit that fits.

    >>> written_every(timedelta(hours=36)), written_every(timedelta(days=14)), written_every(None)
    ('36h', '2w', 'off')
    """
    if every is None:
        return _OFF
    if every == WATCHED:
        return _WATCH
    sign, unit = next((sign, unit) for sign, unit in reversed(_UNITS.items()) if not every % unit)
    return f"{every // unit}{sign}"


def check_every(connector: str, every: timedelta | None) -> None:
    """Raises BadRequest where a source of this kind can't be read so."""
    if every == WATCHED and usual(connector) != WATCHED:
        raise BadRequest("Only a folder can be watched: give an interval such as 30m, 6h or 1d.")


def is_watched(record: SourceRecord) -> bool:
    """Whether it is looked at all the time."""
    return record.every == WATCHED and not record.paused


def due_at(record: SourceRecord) -> datetime | None:
    """When it is to be read again; None for never by itself, or, where it is watched, at no known time.

    One that was never read to its end is due as soon as it was added.
    """
    if not record.every or record.paused:
        return None
    last = record.attempted or record.synced
    if last is None:
        return record.added
    return last + wait_after(record.every, record.failures) + record.every * SPREAD * _place(record.id)


def is_due(record: SourceRecord, now: datetime) -> bool:
    """Whether it is to be read now, by the clock."""
    due = due_at(record)
    return due is not None and due <= now


def wait_after(every: timedelta, failures: int) -> timedelta:
    """How long to wait after so many failures in a row."""
    return min(every * 2 ** min(failures, 16), max(every, LONGEST_WAIT))


def _place(source_id: str) -> float:
    """From 0 to below 1, always the same for one source."""
    return zlib.crc32(source_id.encode()) / 2**32


@dataclass(frozen=True, slots=True)
class Watch:
    """What is known of a watched folder, in digests of what lay there: at the last reading (`read`) and at the newest
    look (`seen`); since when it has been changing, if it does; how many readings in a row failed; when to look again.
    """

    read: str | None = None
    seen: str | None = None
    since: datetime | None = None
    failures: int = 0
    again: datetime | None = None

    def wants_a_look(self, now: datetime) -> bool:
        """Whether it is time."""
        return self.again is None or now >= self.again

    def looked(self, seen: str, now: datetime, took: timedelta) -> "Watch":
        """After a look that `took` so long."""
        since = None if seen == self.read else self.since or now
        return replace(self, seen=seen, since=since, again=now + max(LOOK_EVERY, took * LOOKING_SHARE))

    def wants_reading(self, before: "Watch", now: datetime) -> bool:
        """Whether what the newest look saw is to be read now, given how things stood `before` that look."""
        if self.seen == self.read:
            return False
        settled = self.seen == before.seen or self.read is None
        return settled or (self.since is not None and now - self.since >= PATIENCE)

    def was_read(self, now: datetime, *, failed: bool) -> "Watch":
        """After the reading of what the newest look saw; a failed one is tried again later."""
        if not failed:
            return replace(self, read=self.seen, since=None, failures=0)
        wait = min(LOOK_EVERY * 2 ** min(self.failures + 2, 16), timedelta(hours=1))
        return replace(self, failures=self.failures + 1, again=now + wait)
