"""How pins are asked for: `story:"Harbor inquiry" tag:tide owner:me verified:no orphan before:2019 "the tide"`. Pure.

What is a pin's own (`owner:`, `verified:`, `status:`, the words `orphan` and `expiring`) is read here. All else is the
language of a search: words, phrases, dates, `tag:`, `story:`; a `person:` is its `speaker:`.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.store.pins import PinFilter, PinStatus
from bot.wording import pinboard_words
from index.errors import BadQuery
from index.query.quotes import QUOTES

SOON = timedelta(days=7)
"""What expires within that time is expiring."""

LONGEST = 130
"""Every button of a list carries how it is narrowed."""

ME = "me"
_QUOTED = rf"[{QUOTES}][^{QUOTES}]*[{QUOTES}]?"
_TOKEN = re.compile(rf"(?:([a-z]+):)?({_QUOTED}[^\s{QUOTES}]*|[^\s{QUOTES}]+)|(\S+)", re.IGNORECASE)
ANSWERS = {"yes": True, "no": False}


@dataclass(frozen=True, slots=True)
class Asked:
    """Which pins are wanted; empty: all that were not taken down. `owner` is `me`, a name with its `@`, or an id."""

    words: str = ""
    story: str | None = None
    tag: str | None = None
    owner: str | None = None
    verified: bool | None = None
    status: PinStatus | None = None
    expiring: bool = False

    def __str__(self) -> str:
        """As it is typed."""
        verified = next((word for word, value in ANSWERS.items() if value is self.verified), "")
        parts = [
            *([f'story:"{_unquoted(self.story)}"'] if self.story else []),
            *([f'tag:"{_unquoted(self.tag)}"'] if self.tag else []),
            *([f"owner:{self.owner}"] if self.owner else []),
            *([f"verified:{verified}"] if verified else []),
            *([f"status:{self.status.value}"] if self.status else []),
            *(["expiring"] if self.expiring else []),
            self.words,
        ]
        return " ".join(part for part in parts if part)

    @property
    def own(self) -> "Asked":
        """What of it is a pin's own."""
        return replace(self, words="", story=None, tag=None)

    @property
    def question(self) -> str:
        """What of it is asked in the language of a search."""
        return str(replace(self, owner=None, verified=None, status=None, expiring=False))

    def wanted(self, owner: str | None, now: datetime) -> PinFilter:
        """What of it is the pin's own; `owner` is the id of the one that is meant."""
        status = PinStatus.ACTIVE if self.expiring and self.status is None else self.status
        by = now + SOON if self.expiring else None
        return PinFilter(owner=owner, status=status, verified=self.verified, expires_by=by)


def read(text: str) -> Asked:
    """What is asked. Raises BadQuery, which says how to mend it.

    >>> str(read("orphan  tag:tide person:Roe the “low water”"))
    'tag:"tide" status:orphan speaker:Roe the “low water”'
    """
    if len(text) > LONGEST:
        raise BadQuery(pinboard_words.TOO_LONG.format(LONGEST))
    asked, rest = Asked(), list[str]()
    for match in _TOKEN.finditer(text):
        name, value = (match[1] or "").lower(), (match[2] or "").strip(QUOTES)
        if name in _FIELDS and value:
            asked = _FIELDS[name](asked, value.strip())
        elif match[0].lower() in _ALONE:
            asked = replace(asked, **_ALONE[match[0].lower()])
        elif name == "person":
            rest.append(f"speaker:{match[2]}")
        else:
            rest.append(match[0])
    return replace(asked, words=" ".join(rest))


def _unquoted(name: str) -> str:
    """A name that holds quotation marks is found by its words as well."""
    return " ".join(name.translate(dict.fromkeys(map(ord, QUOTES), " ")).split())


def _verified(asked: Asked, value: str) -> Asked:
    if value.lower() not in ANSWERS:
        raise BadQuery(pinboard_words.VERIFIED_HOW.format(value))
    return replace(asked, verified=ANSWERS[value.lower()])


def _status(asked: Asked, value: str) -> Asked:
    if value.lower() not in set(PinStatus):
        raise BadQuery(pinboard_words.STATUS_HOW.format(", ".join(PinStatus), value))
    return replace(asked, status=PinStatus(value.lower()))


_FIELDS: Mapping[str, Callable[[Asked, str], Asked]] = {
    "story": lambda asked, value: replace(asked, story=value),
    "tag": lambda asked, value: replace(asked, tag=value),
    "owner": lambda asked, value: replace(asked, owner=value),
    "verified": _verified,
    "status": _status,
}
_ALONE: Mapping[str, Mapping[str, bool | PinStatus]] = {
    "orphan": {"status": PinStatus.ORPHAN},
    "orphans": {"status": PinStatus.ORPHAN},
    "expiring": {"expiring": True},
}
