"""What the first lines of an unmarked text tell of it: a title, a byline, a dateline, or the speaker of it all."""

import re
from collections.abc import Sequence

from sources.dates import read_date
from sources.document import PartialDate, Precision
from sources.extract.builder import Facts

_LINES = 6
"""A date below these lines belongs to the story."""
_LONGEST = 200
_BYLINE = re.compile(r"[Bb][Yy] ([^\d.;:]{3,80})")
_ASIDE = re.compile(r"\(.*\)|\[.*\]")
_PREFIX = re.compile(r"(?:Published|Posted|Released|Issued|Dated?)(?: on|:)?\s+", re.IGNORECASE)
_WHOLE = re.compile(
    r"\s*(?:President|Vice President|Prime Minister|Chancellor|Secretary|Senator|Representative|Governor|Mayor|Speaker)"
    r":[ \t]+((?:[A-Z][\w.'’-]*(?:[ ]|(?=\n))){2,6})\n\s*\n"
)


def opening(text: str) -> Facts:
    """Title, author and publication date (derived) from the lines above the story; only what is certain."""
    lines = [line.strip() for line in text[: _LINES * _LONGEST].lstrip().splitlines() if line.strip()][:_LINES]
    at, published = dateline(lines)
    if published is None:
        return Facts()
    facts = Facts(published=published)
    between = [line for line in lines[1:at] if not _ASIDE.fullmatch(line)]
    bylines = [match for line in between if (match := _BYLINE.fullmatch(line))]
    if at > 0 and len(bylines) == len(between):
        facts["title"] = lines[0]
    if bylines:
        facts["author"] = bylines[0][1]
    return facts


def dateline(lines: Sequence[str]) -> tuple[int, PartialDate | None]:
    """The first of the opening `lines` that is one whole date and nothing else; no sentence may stand before it."""
    for at, line in enumerate(lines[:_LINES]):
        found = read_date(_PREFIX.sub("", line, count=1))
        if found and found.end is None and found.precision in {Precision.DAY, Precision.TIME}:
            return at, found
        if len(line) > _LONGEST or line.endswith((".", "?", "!", ".”", '."')):
            break
    return -1, None


def declared_speaker(text: str) -> str | None:
    """The speaker of a whole text that begins with a line such as `President: Grover Cleveland`.

    >>> declared_speaker("President: Grover Cleveland\\n\\nFellow citizens: …")
    'Grover Cleveland'
    """
    match = _WHOLE.match(text[:_LONGEST])
    return match[1].strip() if match else None
