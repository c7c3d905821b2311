"""The quotations of a draft, and whom the draft gives each to. Pure."""

import re
from collections.abc import Iterator, Sequence

from bot.checks.credits import credited
from bot.checks.marks import MARK, Marked, marked
from bot.checks.single_marks import SINGLE
from sources.attribution import VERBS, attributions
from sources.document import Quoted

Quotation = tuple[int, int, str | None]
"""Begin and end of the quoted words in the draft, and the speaker's name as the draft has it."""

_MARKS = re.compile(rf"{MARK.pattern}|[{SINGLE}>]")
_AROUND = " .,;"
_QUOTED_LINE = re.compile(r"^[^\S\n]*(?:>[^\S\n]?)+(?=\S)", re.MULTILINE)
_SHORT = r"\b[A-Z][a-z]{0,3}\."
_SAYING = re.compile(
    rf"[,—–-]* *(?:(?:[^\s.!?:;]+|{_SHORT}) ){{0,8}}?(?:{VERBS}|went on|goes on|began)\b"
    rf"(?:[^.!?:;]|{_SHORT}){{0,60}}?[,—–-]+\s*"
)
_ANOTHER = re.compile(r",? (?:and|but|or|then|while|which|that) [^,]*,?\s*\Z")
_ENDED = re.compile(r"[.!?][^\w]*\Z")
_FIRST = re.compile(r"I\b|[^\W_]")


def goes_on(draft: str, before: tuple[int, int], start: int) -> bool:
    """Whether the quotation that begins at `start` may go on with the sentence of the one `before` it, which only says
    meanwhile who speaks.

    >>> draft = "“We will,” he said, “the union.” “Yes.” He said, “no.” “Yes,” he said, and she, “no.”"
    >>> found = [(start, end) for start, end, _ in quotations(draft)]
    >>> [goes_on(draft, one, other[0]) for one, other in zip(found, found[1:])]
    [True, False, False, False, False]
    """
    between = _MARKS.sub("", draft[before[1] : start])
    ended = _ENDED.search(draft[slice(*before)])
    return not ended and bool(_SAYING.fullmatch(between)) and not _ANOTHER.search(between)


def begins_sentence(draft: str, start: int) -> bool:
    """Whether what begins at `start` may be a sentence of its own: its first word has a capital, as names have, too.

    >>> begins_sentence("America", 0), begins_sentence("…the", 0), begins_sentence("I", 0)
    (True, False, False)
    """
    first = _FIRST.search(draft, start)
    return first is not None and first[0].isupper() and first[0] != "I"


def is_bare(text: str) -> bool:
    """Whether a text does not begin with a quotation in marks: then all of it may be meant as one.

    >>> is_bare("It is “so”."), is_bare("'Tis so"), is_bare("'It is so'")
    (True, True, False)
    """
    first = next(marked(text), None)
    return first is None or bool(_MARKS.sub("", text[: first.start]).strip())


def claim_of(text: str) -> str | None:
    """The one quotation that a text beginning with a mark is, without its marks; None where it has several, or words
    besides them: then it is a draft.

    >>> claim_of("“It is so.”"), claim_of('"It is so'), claim_of('"Yes," he said, "it is so."')
    ('It is so.', 'It is so', None)
    """
    found = tuple(marked(text))
    if len(found) != 1:
        return None
    start, end = found[0].start, len(text) if found[0].open else found[0].end
    return None if _MARKS.sub("", text[:start] + text[end:]).strip(_AROUND) else text[start:end].strip()


def quotations(draft: str) -> Iterator[Quotation]:
    """All words in quotation marks, in order. One that runs on over paragraphs has one speaker.

    >>> draft = 'Bill Barr said, "No, never." Then "peace". Barr said: “One.\\n\\n“Two.”'
    >>> [(draft[start:end], who) for start, end, who in quotations(draft)]
    [('No, never.', 'Bill Barr'), ('peace', None), ('One.', 'Bill Barr'), ('Two.', 'Bill Barr')]
    """
    found = tuple(marked(draft))
    plain = _plain(draft, found)
    quoted = ((mark.start, mark.value) for mark in attributions(plain))
    given = {start: each.speaker.person or each.speaker.label for start, each in quoted if isinstance(each, Quoted)}
    before: Marked | None = None
    speaker: str | None = None
    for one in found:
        runs_on = before is not None and before.open and not _MARKS.sub("", draft[before.end : one.start]).strip()
        speaker = given.get(one.start) or credited(plain, one.start, one.end) or (speaker if runs_on else None)
        yield one.start, one.end, speaker
        before = one


def _plain(draft: str, found: Sequence[Marked]) -> str:
    """The draft, as long as it is, with curly marks around these quotations and no others; the last sign of one that
    no mark closes makes room for it.
    """
    plain = MARK.sub(lambda match: "′".rjust(len(match[0])), draft)
    signs = list(_QUOTED_LINE.sub(lambda match: " " * len(match[0]), plain))
    for one in found:
        signs[one.start - 1] = "“"
        signs[one.end - one.open] = "”"
    return "".join(signs)
