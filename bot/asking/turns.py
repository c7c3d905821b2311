"""Whether what follows a passage turns its meaning: the reader of a quotation is warned."""

import re

_TURNING = (
    "although", "but", "conversely", "despite", "except", "however", "instead", "nevertheless", "nonetheless",
    "not", "notwithstanding", "otherwise", "rather", "still", "though", "unless", "until", "whereas", "yet",
)  # fmt: skip
_SIGNS = r"[\s,;:.!?…—–\-\"'“”‘’()\[\]]"
_AMID = ("however", "nevertheless", "nonetheless", "by contrast", "on the other hand")
_WORD = r"[\w'’-]+"
_OPENING = re.compile(
    rf"{_SIGNS}*(?:(?:applause|laughter){_SIGNS}+)?(?:and(?=,? (?:yet|still)\b){_SIGNS}+)?"
    rf"(?P<word>{'|'.join(_TURNING)})\b",
    re.IGNORECASE,
)
_COMMAS = re.compile(rf"{_SIGNS}*(?:{_WORD} ){{0,4}}{_WORD}, (?P<word>{'|'.join(_AMID)}),", re.IGNORECASE)
"""What follows says it a little later, between commas."""


def turning_word(text: str, end: int) -> str | None:
    """The word, as it stands, that begins what follows `text[:end]`, or stands between commas soon after, when it turns
    the meaning, else None.

    What an audience did is passed over. A speaker's label stands before the words of another person, who can't qualify
    the first: those are not warned of.

    >>> turning_word("He is innocent. But the record is silent.", 15)
    'But'
    >>> turning_word("He is innocent. (Applause.) And yet the record is silent.", 15)
    'yet'
    >>> turning_word("He is innocent. Butter is dear.", 15) is None
    True
    >>> turning_word("He is innocent. The record, however, is silent.", 15)
    'however'
    """
    match = _OPENING.match(text, end) or _COMMAS.match(text, end)
    return match["word"] if match else None
