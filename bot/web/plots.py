"""Figures as bars: where each bar stands in a drawing of 100 by 100, whatever it is stretched to. Pure.

Words stand beside the drawing, in the page's own letters, and a table tells the same: so a plot is no more than a
glance at it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.store.growth import Grown
from bot.wording.dates import written
from index.port import Year
from sources.document import PartialDate

LONGEST = 40
"""More years than these are told by decades."""
MOST_DAYS = 60
"""Of so many stretches of time the growth is told."""
_ALONE = 8
"""A bar alone is one of so many parts of the drawing wide: it is no wall."""
_GAP = 0.15
_LEAST = 1.5
"""So high is the bar of the smallest number that is not zero."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with what it is of; `part` is the filter that narrows a question to it, where there is one."""

    label: str
    number: int
    part: str | None = None


@dataclass(frozen=True, slots=True)
class Bar:
    """A rectangle in a drawing of 100 by 100, from the top left corner."""

    figure: Figure
    x: float
    y: float
    width: float
    height: float


def bars(figures: Sequence[Figure]) -> tuple[Bar, ...]:
    """A bar a figure, side by side, the greatest of them as high as the drawing.

    >>> [(bar.x, bar.height) for bar in bars([Figure("a", 4), Figure("b", 2), Figure("c", 0)])]
    [(2.5, 100.0), (35.83, 50.0), (69.17, 0.0)]
    """
    most = max((figure.number for figure in figures), default=0)
    step = 100 / (len(figures) if len(figures) > 1 else _ALONE)
    return tuple(_bar(figure, at * step, step, most) for at, figure in enumerate(figures))


def _bar(figure: Figure, x: float, step: float, most: int) -> Bar:
    height = max(100 * figure.number / most, _LEAST) if figure.number else 0.0
    return Bar(
        figure, round(x + step * _GAP / 2, 2), round(100 - height, 2), round(step * (1 - _GAP), 2), round(height, 2)
    )


def by_year(years: Sequence[Year]) -> tuple[Figure, ...]:
    """All years from the first to the last, also those that have nothing; decades where there are many.

    >>> [(one.label, one.number, one.part) for one in by_year([Year(2016, 3), Year(2018, 1)])]
    [('2016', 3, 'on:2016'), ('2017', 0, None), ('2018', 1, 'on:2018')]
    >>> [(one.label, one.part) for one in by_year([Year(1879, 3), Year(1964, 1)])][::8]
    [('1870s', 'on:1870..1879'), ('1950s', None)]
    """
    if not years:
        return ()
    step = 1 if years[-1].year - years[0].year < LONGEST else 10
    counted: dict[int, int] = {}
    for year in years:
        begin = year.year // step * step
        counted[begin] = counted.get(begin, 0) + year.passages
    begins = range(min(counted), max(counted) + 1, step)
    return tuple(_of_years(begin, step, counted.get(begin, 0)) for begin in begins)


def _of_years(begin: int, step: int, number: int) -> Figure:
    label, part = (str(begin), f"on:{begin}") if step == 1 else (f"{begin}s", f"on:{begin:04}..{begin + step - 1:04}")
    return Figure(label, number, part if number else None)


def grown(days: Iterable[Grown], today: date) -> tuple[Figure, ...]:
    """How many documents there were at the end of each stretch of time until today, all as long as each other.

    >>> came = [Grown(date(2026, 1, 1), 3), Grown(date(2026, 1, 3), 1)]
    >>> [(one.label, one.number) for one in grown(came, date(2026, 1, 3))]
    [('Jan. 1, 2026', 3), ('Jan. 2, 2026', 3), ('Jan. 3, 2026', 4)]
    """
    known = sorted(days, key=lambda one: one.day)
    if not known:
        return ()
    length = (max(today, known[-1].day) - known[0].day).days + 1
    step = -(-length // MOST_DAYS)
    ends = [known[0].day + timedelta(days=at) for at in range(step - 1, length + step - 1, step)]
    return tuple(
        Figure(_written(min(end, max(today, known[-1].day))), sum(one.documents for one in known if one.day <= end))
        for end in ends
    )


def _written(day: date) -> str:
    return written(PartialDate.parse(day.isoformat()))


def told(bounds: Sequence[tuple[float, int]]) -> tuple[Figure, ...]:
    """How many took up to so many seconds, from the last bound on.

    >>> [(one.label, one.number) for one in told([(0.05, 2), (1.0, 4), (float("inf"), 1)])]
    [('up to 50 ms', 2), ('up to 1 s', 4), ('longer', 1)]
    """
    return tuple(Figure(_upto(bound), number) for bound, number in bounds)


def _upto(seconds: float) -> str:
    if seconds == float("inf"):
        return "longer"
    return f"up to {seconds:g} s" if seconds >= 1 else f"up to {seconds * 1000:g} ms"
