"""The shapes that a speaker's label has in transcripts, and how much each shape proves by itself.

A shape alone proves little (`Note:` looks like `Smith:`), so the judgement on the document is `speakers.turns`'s.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache


class Shape(Enum):
    """What a label looks like, surest first."""

    STAMPED = auto()  # any label with a time stamp or a caption's `>>`
    TITLED = auto()  # MR. SMITH, THE PRESIDENT, Rep. Sewell, Speaker 1, The PRESIDING OFFICER
    QUESTION = auto()  # Q: and A:, or a bare Q
    CAPITALS = auto()  # GRASSLEY, JIM LEHRER
    NAME = auto()  # Howard K Smith, President Trump
    ROLE = auto()  # Audience questioner, Reporter, The President
    WORD = auto()  # Sondland; also Note, Facebook, Monday


@dataclass(frozen=True, slots=True)
class Candidate:
    """Something at a line's start that may be a label: `text[start:end]` is the label alone.

    `colon` is false where the label ends with a full stop (`Mr. BURNS. Mr. President, …`) or is a bare `Q`;
    `seconds` is the time stamp beside it; `opens` says that it begins a paragraph, not merely a line.
    """

    start: int
    end: int
    label: str
    shape: Shape
    colon: bool
    seconds: float | None
    opens: bool


_BLANK = r"[ \t\u00a0]"
_STAMP = r"[(\[](?P<{0}>(?:\d{{1,2}}:)?\d{{1,3}}:\d{{2}})[)\]]"
_COLON = re.compile(
    rf"^{_BLANK}{{0,40}}(?:(?P<prefix>>>+)|\[\*\]|\[\d+\.?\])?{_BLANK}*"
    rf"(?P<label>[^\W_][^\n:;!\"“”]{{0,50}}?)"
    rf"(?:{_BLANK}*{_STAMP.format('before')})?:(?=\s|\Z)"
    rf"(?:{_BLANK}*{_STAMP.format('after')})?",
    re.MULTILINE,
)
_CAPITAL_NAME = r"(?:Mc|Mac|De|Di|La|Le|Van |Von |O[’'])?[A-Z][A-Z'’-]+"
_STOP = re.compile(
    rf"^{_BLANK}{{0,40}}(?:\[\d+\.?\]{_BLANK}*)?(?:"
    r"(?P<titled>(?:Mr|Mrs|Ms|Miss|Dr|MR|MRS|MS|MISS|DR|SENATOR|GOVERNOR|SECRETARY)\.? "
    rf"{_CAPITAL_NAME}(?: {_CAPITAL_NAME}){{0,2}}(?: of [A-Z][a-z]+(?: [A-Z][a-z]+)?)?"
    r"|(?:The|THE) (?:Acting |ACTING )?[A-Z]{4,}(?: [A-Z]{3,}){0,3}(?: pro tempore)?"
    r"(?: [(\[]M[a-z]{1,2}\. [^)\]\n]{2,30}[)\]])?)"
    r"|(?P<role>The [A-Z][a-z]+(?: (?:of|of the|[A-Z][a-z]+)){0,4}"
    r"|(?:President|Secretary|Senator|Governor) [A-Z][a-z]+)"
    r"|(?P<question>[QA]))\.(?=\s|\Z)",
    re.MULTILINE,
)
_STOP_SHAPES = {"titled": Shape.TITLED, "role": Shape.ROLE, "question": Shape.QUESTION}
_BARE_Q = re.compile(rf"^{_BLANK}{{0,40}}(?P<label>Q)(?={_BLANK}{{2,}}\S|{_BLANK}[A-Z“(\[—-]|\t)", re.MULTILINE)

_TITLES = re.compile(
    r"(?:Mr|Mrs|Ms|Miss|Dr|Rep|Sen|Gov|Gen|Col|Lt|Amb|Prof|Hon)\b\.? ?(?:Col\b\.? ?)?(?=[A-Z])|Lt\. ?Col\. ?(?=[A-Z])",
    re.IGNORECASE,
)


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


_CROWD = _listed(
    """
    audience crowd reporter reporters question questioner answer moderator announcer participant
    participants operator interviewer interpreter translator aide staff clerk counsel witness juror bailiff
    narrator host voice voices unidentified unknown male female student protester press
    """
)
_OFFICES = _CROWD | _listed(
    """
    president senator representative rep sen congressman congresswoman chairman chairwoman chairperson chair
    governor secretary director judge justice ambassador general colonel admiral captain sheriff mayor
    minister chancellor leader administrator officer official attorney speaker member court professor
    commissioner superintendent detective deputy examiner king queen prince pope
    """
)
_ADDRESSED = frozenset({"president", "speaker", "chairman", "chairwoman", "chief", "vice", "secretary", "minister"})
_PARTICLES = frozenset(
    {"de", "da", "del", "della", "der", "di", "du", "la", "le", "van", "von", "of", "the", "al", "bin"}
)
_NEVER = _listed(
    """
    note notes update updated updates correction corrections editor editors source sources fact facts claim
    claims myth reality result results finding findings rating verdict date dates dated time times location
    place title titles subject re from to cc bcc summary background contact contacts tag tags author authors
    by published publisher url link id related photo photos caption credit credits figure table example
    examples step part chapter section article warning important conclusion introduction overview analysis
    context status type kind category speakers witnesses present attendees attachments enclosure sir sirs
    madam gentlemen ladies dear fellow fellow-citizens fellow-countrymen citizens countrymen friends members
    first second third fourth fifth finally ps phone email fax address website
    """
)
_WORD = re.compile(r"[^\W\d_][\w.'’-]*|\d+")
_ASIDE = re.compile(r" ?\([^()\n]{1,40}\)$|\?$")
_MOST_WORDS = 6


def candidates(text: str) -> Iterator[Candidate]:
    """Everything in `text` that has a label's shape, not in order."""
    for match in _COLON.finditer(text):
        stamp = match["after"] or match["before"]
        shape = _shape(match["label"])
        if shape and (stamp or match["prefix"]):
            shape = Shape.STAMPED
        if shape:
            yield _candidate(match, shape, seconds=_seconds(stamp) if stamp else None)
    for match in _STOP.finditer(text):
        group = match.lastgroup or ""
        if _speaks(match[group]):
            yield _candidate(match, _STOP_SHAPES[group], group, colon=False)
    for match in _BARE_Q.finditer(text):
        yield _candidate(match, Shape.QUESTION, colon=False)


def person_of(label: str) -> str | None:
    """The person that a label names in full, blanks made single; None for a surname, an office or capitals.

    >>> person_of("Adam Schiff"), person_of("MR. SMITH"), person_of("A. Vindman")
    ('Adam Schiff', None, None)
    """
    words = label.partition(",")[0].split()
    if (
        _shape(label) is not Shape.NAME
        or len(words) < 2
        or len(words[0].rstrip(".")) < 2
        or len(words[-1].rstrip(".")) < 2
    ):
        return None
    return None if words[0].lower() in _OFFICES else " ".join(words)


def is_crowd(label: str) -> bool:
    """Whether a label tells nobody apart: MODERATOR, Q, Audience member.

    >>> [is_crowd(label) for label in ("AIDE", "Audience questioner", "Q", "MR. HOST", "THE PRESIDENT")]
    [True, True, True, False, False]
    """
    return label in ("Q", "A") or label.split(maxsplit=1)[0].lower() in _CROWD


def _candidate(
    match: re.Match[str], shape: Shape, group: str = "label", *, colon: bool = True, seconds: float | None = None
) -> Candidate:
    start, end = match.span(group)
    before = match.string[max(0, match.start() - 200) : match.start()]
    last = before.rstrip()[-1:]
    opens = before.count("\n", len(before.rstrip())) > 1 or not last or last in '.?!…—:"”’)]'
    return Candidate(start, end, match[group], shape, colon, seconds, opens)


def _speaks(label: str) -> bool:
    """Whether a label that ends with a full stop names somebody: `The ARMY.` is a heading."""
    words = label.split()
    titled = len(label) == 1 or words[0].lower() != "the"
    return not _is_address(label) and (titled or any(word.lower() in _OFFICES for word in words))


def _seconds(stamp: str) -> float:
    total = 0
    for part in stamp.split(":"):
        total = total * 60 + int(part)
    return float(total)


@lru_cache(maxsize=4096)
def _shape(label: str) -> Shape | None:
    bare = _ASIDE.sub("", label)
    words = bare.replace(",", " ").split()
    lowered = [word.strip(".,'’").lower() for word in words]
    if not 0 < len(words) <= _MOST_WORDS or not all(_WORD.fullmatch(word) for word in words):
        return None
    if lowered[0] in _NEVER or _is_address(bare):
        return None
    return Shape.QUESTION if label in ("Q", "A") else _shape_of(bare, words, lowered)


def _shape_of(bare: str, words: list[str], lowered: list[str]) -> Shape | None:
    if bare.upper() == bare or _mostly_capitals(bare):
        titled = _TITLES.match(bare) or (not _OFFICES.isdisjoint(lowered) and bare != "GENERAL")
        return Shape.TITLED if titled else _capitals(words)
    if re.fullmatch(r"Speaker \d{1,3}", bare):
        return Shape.TITLED
    if _TITLES.match(bare) and len(words) <= 4 and _names(words):
        return Shape.TITLED
    return _mixed(words, lowered)


def _capitals(words: list[str]) -> Shape | None:
    # Four capitals words or more are a heading ("MORE ON THE STORY:"); so is anything with a number in it.
    return Shape.CAPITALS if len(words) <= 3 and not any(word[0].isdigit() for word in words) else None


def _mixed(words: list[str], lowered: list[str]) -> Shape | None:
    if lowered[0] in _CROWD and len(words) <= 3 and (len(words) == 1 or not words[-1][0].isupper()):
        return Shape.ROLE
    if not _names(words):
        return None
    if lowered[0] == "the":
        return Shape.ROLE if not _OFFICES.isdisjoint(lowered) else None
    return Shape.NAME if len(words) > 1 else Shape.WORD


def _names(words: list[str]) -> bool:
    """Capitalised like a person's name; a long word in capitals beside small letters is a dateline or a heading."""
    if not (words[0][0].isupper() and words[-1][0].isupper()):
        return False
    return all(word in _PARTICLES or (word[0].isupper() and not (len(word) > 3 and word.isupper())) for word in words)


def _mostly_capitals(label: str) -> bool:
    """Capitals but for a name's prefix or a title: `MR. McGEE`, `Mr. BURNS`, `DeWINE`."""
    bare = re.sub(r"\b(?:Mr|Mrs|Ms|Dr|Mc|Mac|De|Di|La|Le|Lt|Col)(?=\b|[A-Z]{2})", "", label)
    return sum(map(str.isupper, bare)) >= 3 and bare.upper() == bare


def _is_address(label: str) -> bool:
    """Words that speak to somebody, as a letter's opening does: `Mr. President`, `MR. SPEAKER`."""
    words = [word.strip(".,").lower() for word in label.split()]
    return len(words) > 1 and words[0] in ("mr", "madam", "mrs", "ms") and words[1] in _ADDRESSED
