"""Whether what follows a passage turns its meaning: the reader of a quotation is warned."""

import re

_TURNING = (
    "although", "but", "conversely", "despite", "except", "however", "instead", "nevertheless", "nonetheless",
    "not", "notwithstanding", "otherwise", "rather", "still", "though", "unless", "until", "whereas", "yet",
)  # fmt: skip
_SIGNS = r"[\s,;:.!?…—–\-\"'“”‘’()\[\]]"
_OPENING = re.compile(
    rf"{_SIGNS}*(?:(?:applause|laughter){_SIGNS}+)?(?:and(?=,? (?:yet|still)\b){_SIGNS}+)?"
    rf"(?P<word>{'|'.join(_TURNING)})\b",
    re.IGNORECASE,
)


def turning_word(text: str, end: int) -> str | None:
    """The word, as it stands, that begins what follows `text[:end]` when it turns the meaning, else None.

    What an audience did is passed over. A speaker's label stands before the words of another person, who can't qualify
    the first: those are not warned of.

    >>> turning_word("He is innocent. But the record is silent.", 15)
    'But'
    >>> turning_word("He is innocent. (Applause.) And yet the record is silent.", 15)
    'yet'
    >>> turning_word("He is innocent. Butter is dear.", 15) is None
    True
    """
    match = _OPENING.match(text, end)
    return match["word"] if match else None
