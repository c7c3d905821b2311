"""What the check page says beside the verdicts. Plain text; templates escape it."""

from collections.abc import Sequence

from bot.asking.cards import Drafted
from bot.wording.words import counted

TITLE = "Check quotations"
HEADING = "Check the quotations of a draft"
WHAT = (
    "Paste a draft: everything between quotation marks is compared, word by word, with the sources that you may read."
)
NOT_KEPT = "Nothing of the draft is kept or logged."
LABEL = "Draft, up to 3,000 words"
SUBMIT = "Check Quotations"
AGAIN = "Check Another Draft"
YOURS = "Your draft"
VERDICTS = "Quotation by quotation"
DRAFT_SAYS = "The draft has"
RECORD_SAYS = "The record has"
NEAREST = "The nearest in the record"
ALL_AT_ONCE = "Nothing here stands between quotation marks, so all of it was checked as one quotation."
EMPTY = "Paste some text first."
LOOK = "Need a look"
ALL_SOUND = "All quotations stand so in the record."
ONLY_DRAFT = "not in the record:"
ONLY_RECORD = "in the record:"
LEFT_OUT = "left out:"
END = "end"
LEGEND = "Struck through: not in the record. Underlined: only in the record."
GIVEN_TO = "The draft gives it to {}."


def quotation(number: int) -> str:
    """Names one of them."""
    return f"Quotation {number}"


def need_a_look(number: int) -> str:
    """How many are not simply right.

    >>> need_a_look(1), need_a_look(3)
    ('1 quotation needs a look:', '3 quotations need a look:')
    """
    return f"{counted(number, 'quotation')} {'needs' if number == 1 else 'need'} a look:"


def words_checked(quotes: Sequence[Drafted], words: int) -> str:
    """What was read."""
    return f"{counted(len(quotes), 'quotation')} in {counted(words, 'word')}."
