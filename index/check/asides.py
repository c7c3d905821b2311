"""What a record has between a speaker's words and the speaker did not say: stage directions, and numbers of notes."""

import re

_STAGE = (
    r"(?:(?:prolonged|loud|more|general|audience|scattered|some|sustained|and) )*"
    r"(?:applause|laughter|laughs|laughing|chuckles|cheers|cheering|boos|booing)"
)
_DIRECTION = rf"[(\[]\s*(?:{_STAGE}(?:,? (?:and )?{_STAGE})*|sic)(?: \d[\d:]*)?\s*[.!]?\s*[)\]]"
_DIRECTIONS = re.compile(rf"[^\w()\[\]]*(?:{_DIRECTION}[^\w()\[\]]*)+", re.IGNORECASE)
_UP_TO = re.compile(rf"(?:[^\w()\[\].!?…]*{_DIRECTION})+", re.IGNORECASE)
_NOTED = re.compile(r"[a-z]{4}[.,;:?!][\"'”’)]*\Z")
_NOTE = re.compile(r"(?:[\d⁰¹²³⁴-⁹]{1,4}|\[\d{1,4}\])(?:\s\d{1,4})*\s+")
_REACH = 8


def past_asides(text: str, place: int) -> int:
    """Where the text goes on after stage directions that stand at `place`.

    >>> past_asides("It is so [laughter].", 8), past_asides("It is so.", 8)
    (19, 8)
    """
    match = _UP_TO.match(text, place)
    return match.end() if match else place


def is_aside(text: str, start: int, end: int) -> bool:
    """Whether nobody said `text[start:end]`: `(Applause.)`, `[sic]`, the number of a note at a sentence's end.

    >>> text = "We won. (Applause.) It was hard.12 Yes (inaudible) no."
    >>> [is_aside(text, *place) for place in ((8, 20), (32, 35), (39, 51))]
    [True, True, False]
    """
    if _DIRECTIONS.fullmatch(text, start, end):
        return True
    return bool(_NOTE.fullmatch(text, start, end) and _NOTED.search(text, max(0, start - _REACH), start))
