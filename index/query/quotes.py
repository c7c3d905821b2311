"""Quotation marks: every kind opens and every kind closes, for phones and word processors mix them.

Single ones are not among them: they are apostrophes, inside words and before them.
"""

QUOTES = '"“”„‟«»‹›″＂〝〞〟「」『』'


def closing(text: str, start: int) -> int:
    """Where the quotation mark that closes the one at `start` stands; the text's length if none does."""
    return next((index for index in range(start + 1, len(text)) if text[index] in QUOTES), len(text))
