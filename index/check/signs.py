"""Signs that change what words say: of money and shares, a minus, a decimal point, what holds the parts of a figure
together. Commas, quotation marks and dashes are none of them.
"""

import re

_DASHES = "-–−—"
_BETWEEN = rf"(?<=\d)\s?(?:--|[{_DASHES}])\s?(?=\d)"
_SIGN = re.compile(
    rf"[$¢-¥₠-₿%‰°#@&+=±×÷§¬~≈≠≤≥√∞⁰¹²³⁴-⁹₀-₉¼-¾⅐-⅞]|{_BETWEEN}|(?<![{_DASHES}\w)\].])[-–−](?=\.?\d)|(?<!\w)\.(?=\d)"
    r"|(?<=\d)[/:^](?=\d)|[<>](?=\s?\.?\d)"
)
_FIGURE = re.compile(r"\d+(?:[.,]\d+)+")
_GROUPED = re.compile(r"\d{1,3}(?:,\d{2,3})*,\d{3}(?:\.\d+)?")
_BEFORE = re.compile(r"(?:(?<=\d)[-–−/:^]|(?:(?<![\w)\].—–−-])[-–−])?(?:[$¢-¥₠-₿#~≈<>≤≥±]\s?)?(?:(?<!\w)\.)?)\Z")
_AFTER = re.compile(r"(?:\s?[%‰°]|\+|[-–−/:^](?=\d))*")
_GOES_ON = re.compile(r"[,;:—–]")
_REACH = 4


def counting(text: str, start: int, end: int) -> list[str]:
    """The signs in `text[start:end]`, and figures in which a comma is no mere grouping of thousands. Dashes are alike.

    >>> counting("−5 of $1,000, or 3–4", 0, 20), counting("36 or 3,6", 0, 9)
    (['-', '$', '-'], ['3,6'])
    """
    seen = _SIGN.finditer(text, start, min(len(text), end + _REACH))
    signs = [match[0].strip() for match in seen if match.start() < end]
    figures = (match[0] for match in _FIGURE.finditer(text, start, end))
    ungrouped = [figure for figure in figures if "," in figure and not _GROUPED.fullmatch(figure)]
    return [*("-" if sign in _DASHES or sign == "--" else sign for sign in signs), *ungrouped]


def figure_begins(text: str, place: int) -> int:
    """Where the figure begins whose digits do at `place`, with the signs that are its own; `place` where none is.

    >>> figure_begins("about $300", 7), figure_begins("10-12 men", 3), figure_begins("a man", 2)
    (6, 2, 2)
    """
    if not text[place : place + 1].isdigit():
        return place
    match = _BEFORE.search(text, max(0, place - _REACH), place)
    return match.start() if match else place


def figure_ends(text: str, place: int) -> int:
    """Where the figure ends whose digits do before `place`, with the signs that are its own; `place` where none is.

    >>> figure_ends("by 5% a year", 4), figure_ends("by 10–12", 5), figure_ends("by 5.", 4)
    (5, 6, 4)
    """
    match = _AFTER.match(text, place) if text[place - 1 : place].isdigit() else None
    return match.end() if match else place


def asked_alike(one: str, other: str) -> bool:
    """Whether neither makes a statement of the other's question, or a question of its statement, nor the `one` asks
    where the other goes on.

    >>> asked_alike("guilty?", "guilty."), asked_alike("guilty!", "guilty."), asked_alike("guilty", "guilty?")
    (False, True, True)
    >>> asked_alike("so? ", "so, "), asked_alike("so, ", "so? ")
    (False, True)
    """
    asked = "?" in one and "?" not in other and _GOES_ON.search(other)
    return not asked and len({_question(one), _question(other)} - {None}) < 2


def _question(text: str) -> bool | None:
    """None where nothing ends a sentence."""
    return True if "?" in text else False if re.search(r"[.!…]", text) else None
