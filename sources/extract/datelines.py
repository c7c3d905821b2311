"""When a text itself says that it was published, written or spoken: its date lines, at the head and at the end.

A date in the story is none of these. What is found here is derived, never declared.
"""

import re
from collections.abc import Sequence
from datetime import timedelta

from sources.dates import FoundDate, find_dates, read_date
from sources.document import PartialDate, Precision
from sources.extract.builder import TextBuilder

LINES = 6
"""A date below these lines belongs to the story."""
LONGEST = 200
"""A head's line is no longer, in code points."""
_TAIL = 1_500
_PREFIX = re.compile(r"(?:Published|Posted|Released|Issued|Dated?)(?: on|:)?\s+", re.IGNORECASE)
_BRACKETS = re.compile(r"\((.*)\)|\[(.*)\]")
_PLACE = re.compile(
    r"(?:[A-Z][\w.'’-]*(?: (?:[A-Z][\w.'’-]*|of|the|and|de|la))*(?:, ?| ?\(|, \())+(?:[A-Z][a-z]{2,5}day, )?"
)
_TO_STORY = r"\s?(?:\([^()]{1,40}\)|/[^/]{1,40}/)?\s?(?:[.:]?$|[-–—]{1,2}\s)"
_AFTER = re.compile(rf"[.,:]?{_TO_STORY}")
_AFTER_BRACKET = re.compile(rf"\){_TO_STORY}")
_SENTENCE = re.compile(r".*\.[”\"]?|(?:\S+\s+){7,}\S+[?!][”\"]?")
_ATTESTED = re.compile(r"(?:(?:Done|DONE|Given|GIVEN) (?:at|in|on|under)|(?:set|under) (?:my|our) hand)\b")
_ATTESTED_DAY = re.compile(r"(?<![a-z]{3}[.;])[^\n;]{0,160}?\b(?:this|the|on)\s{1,3}")
_VALEDICTION = re.compile(r"\b(?:yours|truly|respectfully|sincerely|obedient servant),?", re.IGNORECASE)
_NEXT_DOCUMENT = re.compile(r"^([A-Z0-9][\w., ]{7,24}?) ?[-–—] ?[A-Z]", re.MULTILINE)
_BEFORE_OCCASION = re.compile(r"[,(–—-]\s*(?:[A-Z][a-z]{2,5}day,\s)?$")
_RECORD = "Congressional Record"
_CLOCKS_DIFFER = timedelta(days=1)


def stated_date(text: str) -> PartialDate | None:
    """The day that the text's own head, attestation or closing gives as its date; its end may be another document's."""
    at_head = dateline(head_of(text))[1]
    at_end = None if at_head else _attested(text[-_TAIL:]) or _closing(text[-_TAIL:])
    return at_head or (at_end if at_end and not _is_collection(text) else None)


def head_of(text: str) -> Sequence[str]:
    """The first lines of a text that say anything."""
    return [line.strip() for line in text[: LINES * LONGEST].lstrip().splitlines() if line.strip()][:LINES]


def dateline(lines: Sequence[str]) -> tuple[int, PartialDate | None]:
    """The first of the opening `lines` that is a date line, and its day; no sentence may stand before it.

    A date line is a whole date and nothing else, `(April 27, 2022)`, `Executive Mansion, August 26, 1863.`, or the
    beginning of a wire story: `WASHINGTON, June 13, 2019 (Reuters) — `.
    """
    for at, line in enumerate(lines[:LINES]):
        if found := _date_of(line):
            return at, found
        if len(line) > LONGEST or (_SENTENCE.fullmatch(line) and not line.isupper()):
            break
    return -1, None


def add_said(builder: TextBuilder, title: str | None, published: PartialDate | None, transcript: bool) -> Sequence[str]:
    """Mark when the built text was spoken, where it is a record of speech and its title or head says so.

    Gives the sentences about what was not believed.
    """
    title = title or ""
    if title.startswith(_RECORD):
        said = _occasion(title)  # its head may announce tomorrow's meetings
    else:
        said = (dateline(head_of(builder.text))[1] or _occasion(title)) if transcript else None
    if said is None:
        return ()
    if published and said.first > published.last + _CLOCKS_DIFFER:
        return (f"The text says that it was spoken on {said.value}, which is after it was published.",)
    builder.mark(0, said)
    return ()


def _date_of(line: str) -> PartialDate | None:
    bare = _BRACKETS.sub(r"\1\2", line) if _BRACKETS.fullmatch(line) else line
    found = read_date(_PREFIX.sub("", bare, count=1)) if len(bare) <= LONGEST else None
    if found is None and (first := _first_day(line[:LONGEST])):
        opened = line[: first.start].endswith("(")
        after = _AFTER_BRACKET if opened else _AFTER
        placed = _PLACE.fullmatch(line, 0, first.start) and after.match(line, first.end)
        found = first.date if placed else None
    return found if found and _is_day(found) else None


def _occasion(title: str) -> PartialDate | None:
    """The day at a title's end: `Press Briefing, April 28, 2022`; not that of `The Events of January 6, 2021`."""
    bare = title.rstrip(" )")[-LONGEST:]
    last = next((found for found in find_dates(bare) if found.end == len(bare) and _is_day(found.date)), None)
    return last.date if last and _BEFORE_OCCASION.search(bare[: last.start]) else None


def _attested(tail: str) -> PartialDate | None:
    """`Done at the city of Washington, this 13th day of May, A. D. 1846`: the one day that the tail so names."""
    days: set[PartialDate] = set()
    for match in _ATTESTED.finditer(tail):
        window = tail[match.end() : match.end() + LONGEST]
        first = _first_day(window)
        if first and _ATTESTED_DAY.fullmatch(window, 0, first.start):
            days.add(first.date)
    return days.pop() if len(days) == 1 else None


def _closing(tail: str) -> PartialDate | None:
    """A letter's place and date below its signature, on one line or on two."""
    *above, last = [line.strip() for line in tail.splitlines() if line.strip()] or [""]
    if above and above[-1].endswith(","):
        last = f"{above.pop()} {last}"
    first = _first_day(last[:LONGEST])
    if first is None or not _PLACE.fullmatch(last, 0, first.start) or last[first.end :].strip(" ."):
        return None
    return first.date if any(map(_VALEDICTION.search, above[-3:])) else None


def _is_collection(text: str) -> bool:
    """Whether a line such as `April 6, 1858 - Proclamation` begins another document in the text."""
    return any(read_date(match[1]) for match in _NEXT_DOCUMENT.finditer(text))


def _first_day(text: str) -> FoundDate | None:
    found = next(find_dates(text), None)
    return found if found and _is_day(found.date) else None


def _is_day(found: PartialDate) -> bool:
    return found.end is None and found.precision in {Precision.DAY, Precision.TIME}
