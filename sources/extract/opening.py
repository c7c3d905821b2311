"""What the first lines of an unmarked text tell of it: a title, a byline, a date line, or the speaker of it all."""

import re

from sources.extract.builder import Facts
from sources.extract.datelines import LONGEST, dateline, head_of

_BYLINE = re.compile(r"[Bb][Yy] ([^\d.;:]{3,80})")
_ASIDE = re.compile(r"\(.*\)|\[.*\]")
_WHOLE = re.compile(
    r"\s*(President|Vice President|Prime Minister|Chancellor|Secretary|Senator|Representative|Governor|Mayor|Speaker)"
    r":[ \t]+((?:[A-Z][\w.'’-]*(?:[ ]|(?=\n))){2,6})\n\s*\n"
)


def opening(text: str) -> Facts:
    """Title, author and publication date (derived) from the lines above the story; only what is certain."""
    lines = head_of(text)
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


def declared_speaker(text: str) -> tuple[str, str] | None:
    """Office and name of the speaker of a whole text that begins with a line such as `President: Grover Cleveland`.

    >>> declared_speaker("President: Grover Cleveland\\n\\nFellow citizens: …")
    ('President', 'Grover Cleveland')
    """
    match = _WHOLE.match(text[:LONGEST])
    return (match[1], match[2].strip()) if match else None
