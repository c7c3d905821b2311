"""Whom a draft gives a quotation to without a verb of saying before or behind it: `Barr: “…”`, `as Barr put it`,
`“…” — Bill Barr`. Pure.

A colon and a dash stand behind and before other things than names, too, so a name counts only with a title, or where
the draft has it elsewhere or the table of people knows it.
"""

import re

from sources.attribution import VERBS
from sources.names import RUN, name_in
from sources.people import shipped

_AS = rf"\b[Aa]s (?P<who>{RUN}) (?:has |once |later )?(?:puts?|{VERBS})\b(?: it)?[^“”.\n]{{0,30}}"
_LED = (
    re.compile(rf"(?:\A|\n|[.!?”] )[*_]*(?P<who>{RUN})(?:, [^:“”\n]{{1,60}}| \([^)\n]{{1,40}}\))?:[*_]*\s*“\Z"),
    re.compile(rf"{_AS},?\s*“\Z"),
)
_FOLLOWED = (re.compile(rf"”,? {_AS}"), re.compile(rf"”\s*(?:—|–|--) ?(?P<who>{RUN})(?=,|\.?\s*(?:\n|\Z))"))
_REACH = 160


def credited(draft: str, start: int, end: int) -> str | None:
    """The name that `draft[start:end]`, between curly marks, is given to so.

    >>> drafts = ("BARR: “We will leave.”", "“We will leave,” as Bill Barr put it.", "Note: “We will leave.” — A Sign")
    >>> [credited(draft, draft.index("“") + 1, draft.index("”")) for draft in drafts]
    ['Barr', 'Bill Barr', None]
    """
    lead, tail = draft[max(0, start - _REACH) : start], draft[end : end + _REACH]
    found = [match for pattern in _LED if (match := pattern.search(lead))]
    found += [match for pattern in _FOLLOWED if (match := pattern.match(tail))]
    return next((name for match in found if (name := _name(match["who"], draft))), None)


def _name(run: str, draft: str) -> str | None:
    name = name_in(run.title() if run.isupper() else run)
    if name is None:
        return None
    known = name.titled or draft.count(name.surname) > 1 or shipped().who(name.label, draft)
    return name.label if known else None
