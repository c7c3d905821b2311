"""Where sentences end. A heuristic for English prose, shared by splitting, `/s` and the warning that the next one
turns.
"""

import re
from collections.abc import Iterator

_WORD = re.compile(r"\S")
_END = re.compile(r"[.!?…][\"'”’»)\]]*(?=\s)|\n\s*\n")
_END_OF_CHUNK = re.compile(r"([.!?…])[\"'”’»)\]]*\Z")
_OPENING = re.compile(r"[\"'“‘«(\[—–-]*\Z")
_NEXT = re.compile(r"\s*[\"'“‘«(\[—–-]*\s*([^\W\d_]|\d)")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(\[“\"'])"
    r"(?:Mr|Mrs|Ms|Dr|Prof|Sen|Sens|Rep|Reps|Gov|Gen|Lt|Col|Sgt|Capt|Adm|Maj|Hon|Rev|Messrs|St|Jr|Sr|Inc|Corp|Ltd|Co|Bros"
    r"|No|Nos|Vol|Vols|pp?|art|sec|ch|cf|cl|ed|eds|e\.g|i\.e|etc|vs?|al|Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec"
    r"|Fed|Supp|Cir|Stat|Ex|Op|Att[’']?y|Dep[’']?t|Comm|[A-Z]|(?:[A-Za-z]\.)+[A-Za-z])\.$"
)


def ends(text: str, start: int = 0, end: int | None = None) -> Iterator[int]:
    """Offsets just after each sentence of `text[start:end]` but the last, closing quotes included, in order.

    >>> text = 'Mr. Barr paused. "Yes," he said. Then no.'
    >>> [text[:at] for at in ends(text)][0]
    'Mr. Barr paused.'
    """
    stop = len(text) if end is None else end
    last = start
    for match in _END.finditer(text, start, stop):
        at = match.end() if match[0].strip() else match.start()
        if last < at < stop and (not match[0].startswith(".") or _really_ends(text, match.start(), at)):
            if not text[last:at].isspace():
                yield at
            last = at


def _really_ends(text: str, dot: int, at: int) -> bool:
    following = _NEXT.match(text, at)
    if following and following[1].islower():
        return False
    return not _ABBREVIATION.search(text, max(0, dot - 12), dot + 1)


def next_sentence(text: str, at: int) -> str:
    """The sentence that begins at or after `at`, without surrounding blanks; empty at the end of the text."""
    begin = _WORD.search(text, at)
    return text[begin.start() : next(ends(text, begin.start()), len(text))].strip() if begin else ""


BLANK_LINE = re.compile(r"\n\s*\n")
"""What ends a sentence between two chunks."""

# What one chunk of a text, blanks around it, does to sentences: enough to find their ends from chunks alone.
ENDS = 1
"""A sentence ends after it."""
ENDS_UNLESS_SMALL = 2
"""One does unless the next word begins with a small letter."""
SMALL = 4
"""Its first letter, after opening signs, is small."""
SMALL_AT_ONCE = 8
"""Its very first sign is a small letter."""
OPENING = 16
"""It is nothing but opening signs: what is next decides."""


def signs_of(chunk: str) -> int:
    """The flags of a chunk, as `ends` sees it."""
    signs = 0
    following = _NEXT.match(chunk)
    if following is None:
        signs = OPENING if _OPENING.match(chunk) else 0
    elif following[1].islower():
        signs = SMALL | (SMALL_AT_ONCE if following.start(1) == 0 else 0)
    end = _END_OF_CHUNK.search(chunk)
    if end is None:
        return signs
    if end[1] != ".":
        return signs | ENDS
    return signs | (ENDS_UNLESS_SMALL if _really_ends(f" {chunk}", end.start() + 1, len(chunk) + 1) else 0)
