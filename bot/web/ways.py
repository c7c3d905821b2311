"""The ways on from a question: links that narrow it, widen it, put it in another order, or lead into a document. Each
writes the question that it stands for, to be read in the search box. Pure.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from bot.asking.cards import Card
from bot.asking.narrowing import chosen, filters, narrowed, ordered, widened
from bot.web import plots
from bot.web.plots import Bar, Figure
from bot.wording import search_page
from index.port import Breakdown, Choice
from index.query import FieldName, Sort, parse

SEARCH = "/"


@dataclass(frozen=True, slots=True)
class Step:
    """A way on: what it is called, where it leads, and whether that is where one is; `count` where it has one."""

    label: str
    address: str
    here: bool = False
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Facet:
    """A field with the values that a question can be narrowed to."""

    label: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Years:
    """The years of the passages: as bars, and as a list."""

    bars: tuple[Bar, ...]
    steps: tuple[Step, ...]
    told: str
    rest: str


def address(question: str) -> str:
    """Where a question is answered."""
    return f"{SEARCH}?{urlencode({'q': question})}"


def into_document(question: str, card: Card) -> str:
    """Where the passage can be read in its document, with the way to the other places that answer the question."""
    ref = card.ref
    asked = urlencode({"v": ref.version, "at": f"{ref.start}-{ref.end}", "q": question})
    return f"/d/{quote(ref.document_id, safe='')}?{asked}#at"


def sorts(question: str) -> list[Step]:
    """The orders of the same question, one of which it has."""
    now = parse(question).sort
    ways = ((sort, ordered(question, sort)) for sort in Sort)
    return [Step(search_page.SORTS[sort], address(way), here=sort is now) for sort, way in ways if way]


def active(question: str) -> list[Step]:
    """Links that take out again what the question is narrowed to."""
    return [Step(part, address(way)) for part in filters(question) if (way := widened(question, part))]


_FIELDS = (FieldName.SPEAKER, FieldName.PUBLISHER, FieldName.TYPE)


def _choices(counts: Breakdown) -> tuple[tuple[FieldName, tuple[Choice, ...]], ...]:
    return tuple(zip(_FIELDS, (counts.speakers, counts.publishers, counts.kinds), strict=True))


def facets(question: str, counts: Breakdown) -> list[Facet]:
    """Fields with something to choose, without what was chosen already."""
    found = [
        Facet(search_page.FACETS[field], tuple(_narrowing(question, field, choices)))
        for field, choices in _choices(counts)
    ]
    return [facet for facet in found if facet.steps]


def _narrowing(question: str, field: FieldName, choices: Sequence[Choice]) -> list[Step]:
    ways = [(choice, chosen(field, choice.value)) for choice in choices]
    return [
        Step(choice.value, address(way), count=choice.passages)
        for choice, part in ways
        if widened(question, part) is None and (way := narrowed(question, part))
    ]


def years(question: str, counts: Breakdown) -> Years | None:
    """None where there is no more than one year, which says nothing."""
    figures = plots.by_year(counts.years)
    if len(figures) < 2:
        return None
    return Years(
        plots.bars(figures),
        tuple(_of_year(question, figure) for figure in figures if figure.number),
        search_page.histogram(figures[0].label, figures[-1].label, sum(figure.number for figure in figures)),
        search_page.without_year(counts.undated, counts.vague),
    )


def _of_year(question: str, figure: Figure) -> Step:
    way = narrowed(question, figure.part) if figure.part else None
    return Step(figure.label, address(way) if way else "", count=figure.number)
