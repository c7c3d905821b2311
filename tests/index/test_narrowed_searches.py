"""What dates, sources, the order of time and pages leave of a search is what stock Whoosh's filters and sorting leave.

Passages are so short that none is a copy of another, and each has a word of its own.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st
from whoosh import query as wq
from whoosh.fields import ID, NUMERIC
from whoosh.filedb.filestore import RamStorage
from whoosh.sorting import FieldFacet

from index.hit import LeftOut
from index.port import Access
from index.query.nodes import DateField, DateFilter, DateTest, Query, Sort, Word
from index.whoosh_engine.answering.collector import collect
from index.whoosh_engine.answering.search import Snapshot
from index.whoosh_engine.segment.schema import TEXT_FIELD, schema
from sources.document import Document, Mark, PartialDate, document_id
from tests.fakes.corpus import ADDED
from tests.fakes.segments import shelved
from tests.fakes.side_by_side import term
from tests.index.test_against_whoosh import differing

WORDS = ("vote", "dirt", "us")
MANY = 100
_EVER = (date.min.toordinal(), date.max.toordinal())

days = st.sampled_from(("2018", "2018-12-31", "2019", "2019-01", "2019-07", "2019-07-01", "2019-07-25", "2020"))
parsed = days.map(PartialDate.parse)
dates = st.none() | parsed


@st.composite
def documents(draw: st.DrawFn) -> list[list[Document]]:
    """In segments."""
    facts = st.tuples(st.lists(st.sampled_from(WORDS), min_size=2, max_size=5), dates, dates, st.sampled_from("abc"))
    parts = draw(st.lists(st.lists(facts, min_size=4, max_size=12), min_size=1, max_size=3))
    numbers = iter(range(MANY))
    return [[written(next(numbers), *each) for each in part] for part in parts]


def written(
    number: int, words: Sequence[str], said: PartialDate | None, published: PartialDate | None, source: str
) -> Document:
    text = " ".join((*words, f"own{number}"))
    marks = (Mark(0, len(text), said),) if said else ()
    name, place = document_id("w", source, str(number)), str(number)
    return Document(name, "w", source, place, text, ADDED, published=published, marks=marks)


def interval(test: DateTest, first: PartialDate, last: PartialDate, field: DateField) -> DateFilter:
    low, high = sorted((first, last), key=lambda day: day.first)
    return DateFilter(field, test, low.first, max(low.last, high.last), "")


filters = st.builds(
    interval,
    st.sampled_from(DateTest),
    parsed,
    parsed,
    st.sampled_from(DateField),
)
questions = st.builds(
    Query,
    st.just(""),
    wanted=st.lists(st.sampled_from(WORDS), min_size=1, max_size=2, unique=True).map(
        lambda words: tuple(map(Word, words))
    ),
    dates=st.lists(filters, max_size=2).map(tuple),
    sort=st.sampled_from(Sort),
    limit=st.integers(1, 5),
)
readers = st.sampled_from(("", "b", "ac", "abc", "abc")).map(frozenset).map(lambda sources: Access("w", sources))


class Stock:
    """Stock Whoosh with the days as numbers."""

    def __init__(self, parts: Sequence[Sequence[Document]]) -> None:
        made = schema()
        made.add("number", ID(stored=True))
        made.add("home", ID())
        for name in ("when", "said", "published", "added"):
            made.add(f"{name}_first", NUMERIC(sortable=True))
            made.add(f"{name}_last", NUMERIC(sortable=True))
        self._index = RamStorage().create_index(made)
        for part in parts:
            writer = self._index.writer()
            for each in part:
                writer.add_document(
                    number=each.location, home=each.source_id, **{TEXT_FIELD: each.text}, **days_of(each)
                )
            writer.commit(merge=False)

    def numbers(self, query: Query, access: Access, sortedby: FieldFacet | None = None) -> list[int]:
        """Those with all words, of sources that may be read, within all dates; in an order."""
        homes = wq.Or([wq.Term("home", source) for source in access.sources])
        words = [term(word.text) for word in query.wanted if isinstance(word, Word)]
        within = wq.And([homes, *(part for each in query.dates for part in ranges(each))])
        with self._index.searcher() as searcher:
            found = searcher.search(wq.And(words), limit=None, filter=within, sortedby=sortedby)
            return [int(hit["number"]) for hit in found]


def days_of(document: Document) -> dict[str, int]:
    said = next((mark.value for mark in document.marks if isinstance(mark.value, PartialDate)), None)
    added = PartialDate.parse(ADDED.date().isoformat())
    named = {"when": said or document.published, "said": said, "published": document.published, "added": added}
    known = {name: day for name, day in named.items() if day}
    return {
        **{f"{name}_first": day.first.toordinal() for name, day in known.items()},
        **{f"{name}_last": day.last.toordinal() for name, day in known.items()},
    }


def ranges(asked: DateFilter) -> list[wq.Query]:
    """A passage lies so if all days that its date may mean do."""
    low = asked.first.toordinal() if asked.first else _EVER[0]
    high = asked.last.toordinal() if asked.last else _EVER[1]
    low, high = {
        DateTest.BEFORE: (_EVER[0], low - 1),
        DateTest.AFTER: (high + 1, _EVER[1]),
        DateTest.INSIDE: (low, high),
    }[asked.test]
    # Nothing here tells of a day, so `during` is as `when`.
    name = "when" if asked.field is DateField.DURING else asked.field
    return [wq.NumericRange(f"{name}_first", low, _EVER[1]), wq.NumericRange(f"{name}_last", _EVER[0], high)]


def paged(snapshot: Snapshot, query: Query, access: Access) -> list[int]:
    """All pages, each asked for by the cursor of the one before."""
    numbers: list[int] = []
    while True:
        page = snapshot.search(query, access)
        assert page.total == snapshot.breakdown(query, access, 8).total
        numbers += [int(hit.document.location) for hit in page.hits]
        if page.cursor is None:
            return numbers
        assert len(page.hits) == query.limit
        query = replace(query, cursor=page.cursor)


@differing
@given(documents(), questions, readers)
def test_dates_sources_order_and_pages(parts: list[list[Document]], query: Query, access: Access) -> None:
    stock = Stock(parts)
    with TemporaryDirectory() as folder:
        snapshot = shelved(Path(folder), *parts)
        results, found = snapshot.search(query, access), paged(snapshot, query, access)
    expected = stock.numbers(query, access)
    assert results.total == len(expected)
    assert set(found[: len(expected)]) == set(expected)
    assert len(found) == len(set(found))
    every = {int(each.location): each for part in parts for each in part}
    assert {every[number].source_id for number in found} <= access.sources
    if query.sort is not Sort.RELEVANCE and expected:
        newest = query.sort is Sort.NEWEST
        name = "when_last" if newest else "when_first"
        dated = [number for number in found if name in days_of(every[number])]
        assert dated == found[: len(dated)]
        in_order = stock.numbers(query, access, FieldFacet(name, reverse=newest))
        assert len(found) == len(in_order)
        keys = [[days_of(every[number]).get(name) for number in each] for each in (found, in_order)]
        assert [key for key in keys[0] if key] == [key for key in keys[1] if key]


@differing
@given(documents(), questions, readers, st.integers(0, 3))
def test_the_collector_too_finds_only_what_may_be_read(
    parts: list[list[Document]], query: Query, access: Access, after: int
) -> None:
    expected = Stock(parts).numbers(replace(query, dates=()), access)
    asked = wq.And([term(word.text) for word in query.wanted if isinstance(word, Word)])
    with TemporaryDirectory() as folder:
        snapshot = shelved(Path(folder), *parts)
        whole = collect(snapshot, asked, MANY, access=access)
        page = collect(snapshot, asked, query.limit, access=access, after=after)
    assert {int(parts[leaf][row].location) for leaf, row in whole.places} == set(expected)
    assert whole.total == page.total == len(expected)
    assert page.places == whole.places[after : after + query.limit]


@differing
@given(documents(), questions, readers)
def test_what_dates_leave_out_is_told(parts: list[list[Document]], query: Query, access: Access) -> None:
    """Held against a plain reading, for passages that hold all words."""
    with TemporaryDirectory() as folder:
        results = shelved(Path(folder), *parts).search(query, access)
    words = {word.text for word in query.wanted if isinstance(word, Word)}
    having = [
        each for part in parts for each in part if each.source_id in access.sources and words <= {*each.text.split()}
    ]
    judged = [[judge(each, asked) for asked in query.dates] for each in having]
    undated = sum("undated" in each for each in judged)
    vague = sum("vague" in each and {*each} <= {"inside", "vague"} for each in judged)
    whole = LeftOut(undated, vague)
    if results.total or whole != LeftOut():
        assert results.left_out == (whole if query.dates else LeftOut())


def judge(document: Document, asked: DateFilter) -> str:
    name = "when" if asked.field is DateField.DURING else asked.field
    days = days_of(document)
    if f"{name}_first" not in days:
        return "undated"
    first, last = date.fromordinal(days[f"{name}_first"]), date.fromordinal(days[f"{name}_last"])
    low, high = asked.first or date.min, asked.last or date.max
    inside, outside = {
        DateTest.BEFORE: (last < low, first >= low),
        DateTest.AFTER: (first > high, last <= high),
        DateTest.INSIDE: (low <= first and last <= high, last < low or first > high),
    }[asked.test]
    return "inside" if inside else "outside" if outside else "vague"
