"""What a quotation leaves behind in its own sentence: a negation before it, a condition or a turn after it."""

import re

from index.check.numerals import says_number
from index.check.record import Record

_BEFORE = re.compile(
    r"\b(?:not|\w+n['’]t|never|cannot|if|unless|whether|denied|denies|deny|false|falsely|untrue|allegedly|supposedly"
    r"|claimed|claims)\b",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"\b(?:but|however|if|unless|except|although|though|not|never|until|provided|whereas)\b|\b\w+n['’]t\b",
    re.IGNORECASE,
)
_JUST_BEFORE = re.compile(
    r"\b(almost|nearly|barely|hardly|scarcely|alleged|allegedly|supposed|supposedly|reportedly|perhaps|maybe|possibly"
    r"|probably|apparently|at least|at most|up to|more than|less than|fewer than|no|without|neither|nor|only|little"
    r"|few|I (?:think|believe|hope|guess|suppose|assume|suspect|doubt|wish)(?: that)?|according to [^.;:!?]{1,60}?"
    r"|in (?:my|our|his|her|their) (?:opinion|view|judgment)|to (?:my|our) knowledge|(?:as|so) far as (?:I|we) \w+)"
    r",?\s+\Z",
    re.IGNORECASE,
)
_ROUGHLY = re.compile(r"\b(about|around|roughly|approximately|some|over|under|above|below)\s+\Z", re.IGNORECASE)
_UNIT = re.compile(r"\s(percent|per cent|percentage|hundred|thousand|million|billion|trillion)\b")
_FIGURE_BEFORE = re.compile(r"\b(?!and\b)([^\W\d_]+)(?: and |[\s-])\Z")
_FIGURE_AFTER = re.compile(r"(?: and |[\s-])([^\W\d_]+)\b")
_LAST, _FIRST = re.compile(r"[^\W_]+\Z"), re.compile(r"[^\W_]+")
_REACH = 400
_LONGEST = 20
_MOST_WORDS = 25


def left_behind(record: Record, start: int, end: int, *, whole_end: bool) -> str | None:
    """The word of the same sentence, cut off before or after `text[start:end]`, that may turn what it says.

    `whole_end`: the quotation ends where the sentence does.

    >>> from index.check.record import around
    >>> text = "I did not say that he is guilty. He is guilty if he knew."
    >>> record = around(text, (), 0, len(text))
    >>> left_behind(record, 19, 31, whole_end=True), left_behind(record, 33, 45, whole_end=False)
    ('not', 'if')
    """
    if record.text[end - 1 : end].isdigit() and (unit := _UNIT.match(record.text, end)):
        return unit[1]
    if cut := _cut_figure(record.text, start, end):
        return cut
    before = record.text[_sentence_start(record, start) : start]
    found = list(_BEFORE.finditer(before))
    if found and len(before[found[-1].end() :].split()) <= _MOST_WORDS:
        return found[-1][0]
    first = _FIRST.search(record.text, start, end)
    number = first is not None and says_number(first[0].lower())
    if close := _JUST_BEFORE.search(before) or (number and _ROUGHLY.search(before)):
        return close[1]
    if whole_end:
        return None
    after = record.text[end : next(iter(record.sentence_ends(end, end + _REACH)), end + _REACH)]
    match = _AFTER.search(after.split("\n\n", maxsplit=1)[0])
    return match[0] if match and len(after[: match.start()].split()) <= _MOST_WORDS else None


def _cut_figure(text: str, start: int, end: int) -> str | None:
    """The word that goes on with a number in words, which the quotation cuts.

    >>> text = "for three hundred and thirty million dollars"
    >>> _cut_figure(text, 0, 17), _cut_figure(text, 22, 44), _cut_figure(text, 0, 36)
    ('thirty', 'hundred', None)
    """
    last, after = _LAST.search(text, max(start, end - _LONGEST), end), _FIGURE_AFTER.match(text, end)
    if last and after and says_number(last[0].lower()) and says_number(after[1].lower()):
        return after[1]
    first, before = _FIRST.match(text, start), _FIGURE_BEFORE.search(text, max(0, start - _LONGEST), start)
    if first and before and says_number(first[0].lower()) and says_number(before[1].lower()):
        return before[1]
    return None


def _sentence_start(record: Record, place: int) -> int:
    first = max(0, place - _REACH)
    return max([first, *record.sentence_ends(first, place)])
