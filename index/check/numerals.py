"""Numbers read out of words, so that one is not another for being written out: fifteen hundred is 1,500, and 5% is five
percent.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence


def _figures(words: str, first: int = 0, step: int = 1) -> dict[str, int]:
    return {word: first + at * step for at, word in enumerate(words.split())}


_SMALL = _figures(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty"
) | _figures("thirty forty fifty sixty seventy eighty ninety", 30, 10)
_SCALES = {"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_ORDINALS = _figures(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
    "sixteenth seventeenth eighteenth nineteenth twentieth",
    1,
)
_ROMAN = _figures("ii iii iv", 2) | _figures("vi vii viii ix", 6) | _figures("xi xii xiii xiv xv", 11)
_OTHERS = frozenset(
    ("hundreds", "thousands", "millions", "billions", "trillions", "dozen", "dozens", "half", "thirds", "quarter")
) | {"double", "doubled", "doubles", "triple", "tripled", "triples", "halved", "halves", "twice", "thrice"}
_PLAIN = re.compile(r"\d+(?:\.\d+)?")
_ORDINAL = re.compile(r"(\d+)(?:st|nd|rd|th)")
_MONEY = {
    "$": "dollar", "€": "euro", "£": "pound", "¥": "yen", "¢": "cent",
    "₽": "ruble", "₹": "rupee", "₪": "shekel", "₴": "hryvnia",
}  # fmt: skip
_OTHER_MONEY = ("peso", "franc", "rouble", "yuan", "krona", "krone")
_COINS = {f"{unit}{end}": unit for unit in (*_MONEY.values(), *_OTHER_MONEY) for end in ("", "s")}
_MEASURES = """
second seconds, minute minutes, hour hours, day days, week weeks, month months, year years, decade decades,
century centuries, am, pm, mile miles, mph, kilometer kilometers kilometre kilometres km, meter meters metre metres,
foot feet, yard yards, inch inches, acre acres, ton tons, kilogram kilograms kilo kilos kg, pound pounds lb lbs,
ounce ounces, liter liters litre litres, gallon gallons, barrel barrels, degree degrees, point points, percent
"""
_UNITS = {form: number for number, forms in enumerate(_MEASURES.split(",")) for form in forms.split()}
_SYMBOLS = frozenset("%‰+=<>±×÷−")
_SHARES = frozenset(("percent", "percentage"))


def same_numbers(one: Sequence[str], other: Sequence[str], signs: tuple[str, str]) -> bool:
    """Whether two runs of folded words say the same numbers, with the shares and such that the `signs` beside each say.

    >>> same_numbers(["fifteen", "hundred"], ["1500"], ("", "")), same_numbers(["5", "percent"], ["5"], ("", "%"))
    (True, True)
    >>> same_numbers(["1.5", "billion"], ["1.5", "million"], ("", "")), same_numbers(["5"], ["5"], ("%", ""))
    (False, False)

    A `one` that only one of them has may be no number: `the one that we need`.
    """
    first, second = Counter(_values(one)), Counter(_values(other))
    for found, terms, beside in ((first, one, signs[0]), (second, other, signs[1])):
        found.update(term for term in terms if term in _SHARES)
        found.update("percent" if sign == "%" else sign for sign in beside if sign in _SYMBOLS)
    if not (first and second) and {*first, *second} == {"1"} and "1" not in (*one, *other):
        return True
    return first == second


def same_money(one: Sequence[str], other: Sequence[str], signs: tuple[str, str]) -> bool:
    """Whether folded words with the `signs` among them name the same currencies; where no sign is and only one of them
    names any, there is no money.

    >>> same_money(["5", "dollars"], ["5"], ("", "$")), same_money(["5"], ["5"], ("€", "$"))
    (True, False)
    """
    first, second = (
        Counter(
            [_MONEY[sign] for sign in beside if sign in _MONEY] + [_COINS[term] for term in terms if term in _COINS]
        )
        for terms, beside in zip((one, other), signs, strict=True)
    )
    return first == second or not (all((first, second)) or any(sign in _MONEY for sign in "".join(signs)))


def same_units(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether folded words measure in the same units, where both do.

    >>> same_units(["two", "years"], ["two", "months"]), same_units(["year"], ["years"]), same_units(["years"], [])
    (False, True, True)
    """
    first, second = ({_UNITS[term] for term in terms if term in _UNITS} for terms in (one, other))
    return first == second or not (first and second)


def says_number(term: str) -> bool:
    """Whether a folded word is a number or part of one.

    >>> says_number("forty"), says_number("1.5"), says_number("boat")
    (True, True, False)
    """
    return any(sign.isdigit() for sign in term) or term in _SMALL or term == "hundred" or term in _SCALES


def figure_parts(terms: Sequence[str]) -> int:
    """How many of these folded words, from the first on, go on with a number before them, its unit included.

    >>> figure_parts(["and", "thirty", "million", "dollars", "in", "all"]), figure_parts(["and", "so"])
    (4, 0)
    """
    at = 0
    while at < len(terms):
        joined = terms[at] == "and" and at + 1 < len(terms)
        term = terms[at + 1] if joined else terms[at]
        if not (says_number(term) or term in _SHARES or (term in _COINS and not joined)):
            break
        at += 2 if joined else 1
    return at


def _values(terms: Sequence[str]) -> Iterator[str]:
    """Each number in its shortest form; words that say one and follow each other are one number."""
    number = _Number()
    for term in terms:
        if number.takes(term):
            continue
        yield from number.told()
        number = _Number()
        if number.takes(term):
            continue
        if ordinal := _ORDINAL.fullmatch(term):
            yield f"{ordinal[1]}th"
        elif term in _ORDINALS:
            yield f"{_ORDINALS[term]}th"
        elif term in _ROMAN:
            yield str(_ROMAN[term])
        elif term in _OTHERS or any(sign.isdigit() for sign in term):
            yield term
    yield from number.told()


class _Number:
    """A number while its words come in: `two hundred and five thousand`."""

    def __init__(self) -> None:
        self._begun = False
        self._whole, self._part = 0.0, 0.0
        self._least = 0.0
        """The next word must say less than this to belong to it; 0 at the beginning."""

    def takes(self, term: str) -> bool:
        """Whether the word goes on with the number, which then holds it."""
        if term == "and":
            return self._begun and self._least >= 100
        value = float(term) if _PLAIN.fullmatch(term) else _SMALL.get(term)
        if value is not None:
            return self._adds(value)
        if term == "hundred":
            self._begun, self._part, self._least = True, (self._part or 1) * 100, 100
            return True
        if scale := _SCALES.get(term):
            self._begun, self._whole, self._part = True, self._whole + (self._part or 1) * scale, 0.0
            self._least = scale
            return True
        return False

    def _adds(self, value: float) -> bool:
        if self._begun and value >= self._least:
            return False
        self._begun, self._part = True, self._part + value
        self._least = 10 if value >= 20 and value % 10 == 0 else 0.0
        return True

    def told(self) -> Iterator[str]:
        """The number, where there is one."""
        if self._begun:
            yield f"{self._whole + self._part:.12g}"
