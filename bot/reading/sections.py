"""A long text in sections that are found from an offset alone, so that a page of any document takes no time. Pure.

The text is cut about every `LENGTH` code points, each time at the next end of a line. Where a cut lies follows from the
text near it and from nothing else: a version's sections are always the same.
"""

LENGTH = 12_000
"""Code points: about six printed pages."""

_SEEK = LENGTH // 2


def section_at(text: str, offset: int) -> int:
    """The number, from 0, of the section that holds the offset; one behind the end is in the last one.

    >>> section_at("word " * 10_000, 12_005), section_at("word " * 10_000, 10**9), section_at("", 0)
    (1, 4, 0)
    """
    number = max(0, min(offset, len(text) - 1)) // LENGTH
    return number - 1 if number and border(text, number) > offset else min(number, count(text) - 1)


def border(text: str, number: int) -> int:
    """Where the section of that number begins; of one that is not there, the text's end."""
    at = number * LENGTH
    if at <= 0:
        return 0
    if at >= len(text):
        return len(text)
    line = text.find("\n", at, at + _SEEK)
    if line >= 0:
        while line < min(len(text), at + LENGTH) and text[line] == "\n":
            line += 1
        return line
    blank = text.find(" ", at, at + _SEEK)
    return blank + 1 if blank >= 0 else at


def count(text: str) -> int:
    """How many there are; a text has one at least.

    >>> count(""), count("a" * 12_000), count("a" * 12_001)
    (1, 1, 2)
    """
    number = max(1, -(-len(text) // LENGTH))
    return number - 1 if number > 1 and border(text, number - 1) >= len(text) else number
