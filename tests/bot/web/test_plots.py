"""Bars stay inside their drawing, in order, and lose no number."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from bot.store.growth import Grown
from bot.web.plots import Figure, bars, by_year, grown
from index.port import Year

NUMBERS = st.lists(st.integers(0, 10**9), max_size=80)
YEARS = st.dictionaries(st.integers(1000, 2100), st.integers(1, 10**6), max_size=60)
DAYS = st.dictionaries(st.integers(0, 4000), st.integers(1, 500), max_size=50)


@given(NUMBERS)
def test_bars_lie_inside_the_drawing_and_beside_each_other(numbers: list[int]) -> None:
    drawn = bars([Figure(str(at), number) for at, number in enumerate(numbers)])
    for bar in drawn:
        assert bar.x >= 0
        assert bar.x + bar.width <= 100.01
        assert bar.y >= 0
        assert abs(bar.y + bar.height - 100) < 0.02
        assert (bar.height > 0) is (bar.figure.number > 0)
    assert all(one.x + one.width <= other.x + 0.02 for one, other in pairwise(drawn))


@given(YEARS)
def test_years_are_all_there_once_and_none_is_lost(years: dict[int, int]) -> None:
    figures = by_year([Year(year, years[year]) for year in sorted(years)])
    assert sum(figure.number for figure in figures) == sum(years.values())
    assert len({figure.label for figure in figures}) == len(figures)
    assert all((figure.part is None) is (figure.number == 0) for figure in figures)


@given(DAYS, st.integers(0, 400))
def test_growth_never_shrinks_and_ends_with_all(days: dict[int, int], later: int) -> None:
    first = date(2016, 1, 1)
    came = [Grown(first + timedelta(days=day), number) for day, number in sorted(days.items())]
    today = first + timedelta(days=max(days, default=0) + later)
    numbers = [figure.number for figure in grown(came, today)]
    assert numbers == sorted(numbers)
    assert len(numbers) <= 60
    assert (numbers[-1] if numbers else 0) == sum(days.values())
