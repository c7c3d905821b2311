"""Standing questions against passages that have just come.

Theory of operation. The new passages are built into a small segment of their own, by the same code as any other, and
each question's parts are evaluated over it by the same evaluator, so a passage answers here if and only if it would in
a search. What thousands of questions cost is kept down in three ways. Most wait for a word that the new passages don't
have at all: that is known without evaluating anything. Their parts are much alike (names, above all), so what a part
finds is computed once. And a question is given up at its first part that leaves nothing: the cheap ones, words and
phrases, are looked at before patterns, which must be compared with every word of the segment.
"""

import asyncio
import tempfile
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache, partial
from pathlib import Path

import numpy as np
from whoosh import query as wq

from index.analysis import stem_of, terms
from index.entries import Entry
from index.hit import Span
from index.passage import Passage
from index.port import Access, Standing
from index.query.named_dates import named_dates
from index.query.nodes import AnyForm, DateField, DateFilter, DateTest, Node, Phrase, Query, Word
from index.spans import spans
from index.synonyms import NO_SYNONYMS, Synonyms, widened
from index.whoosh_engine.answering.speakers import resolved
from index.whoosh_engine.bulk.build import SegmentBuilder
from index.whoosh_engine.matching.compile import compiled
from index.whoosh_engine.matching.evaluate import Evaluator
from index.whoosh_engine.matching.statistics import Statistics
from index.whoosh_engine.ranking.fold import last_row
from index.whoosh_engine.ranking.weights import WEIGHTS
from index.whoosh_engine.segment.days import Mask, dated
from index.whoosh_engine.segment.inverted import Ints
from index.whoosh_engine.segment.leaf import Leaf
from index.whoosh_engine.segment.readable import readable_rows
from index.whoosh_engine.segment.segment import Segment
from sources.people import NOBODY, People

_KEPT = 20_000
"""So many questions are kept in the form in which they are evaluated."""

_CHEAP = (Word, AnyForm, Phrase)


class WhooshPercolator:
    """See `index.port.Percolator`. Give it the same `people` and `synonyms` as the engine."""

    def __init__(self, people: People = NOBODY, synonyms: Synonyms = NO_SYNONYMS) -> None:
        self._people = people
        self._read = lru_cache(_KEPT)(partial(widened, synonyms=synonyms))

    async def percolate(self, entries: Sequence[Entry], standing: Sequence[Standing]) -> Sequence[Sequence[Passage]]:
        """See the port."""
        return await asyncio.to_thread(self._percolate, entries, standing)

    def marked(self, query: Query, text: str) -> tuple[Span, ...]:
        """See the port."""
        asked = self._read(query)
        return spans(text, (*asked.wanted, *asked.required))

    def _percolate(self, entries: Sequence[Entry], standing: Sequence[Standing]) -> list[tuple[Passage, ...]]:
        builder = SegmentBuilder(self._people)
        for entry in entries:
            if not entry.superseded:
                builder.add(entry)
        if not builder.rows:
            return [()] * len(standing)
        with tempfile.TemporaryDirectory(prefix="quotedesk-new-") as folder:
            builder.write(Path(folder) / "segment")
            new = _New(Segment(Path(folder) / "segment"), self._people)
            return [tuple(new.answering(self._read(each.query), each.access)) for each in standing]


class _New:
    """The segment of what is new, with what is known of it so far. Masks have a place for each row."""

    def __init__(self, segment: Segment, people: People) -> None:
        self._segment = segment
        self._leaf = Leaf(segment, np.ones(segment.rows, bool))
        self._people = people
        self._evaluator = Evaluator(segment, Statistics([segment]))
        self._stems = frozenset(segment.stems.numbers).union(
            *(label.stems.numbers for label in segment.labels.values())
        )
        self._nodes: dict[Node, Mask] = {}
        self._dates: dict[DateFilter, Mask] = {}
        self._readable: dict[Access, Mask] = {}
        self._passages: dict[tuple[int, int], Passage] = {}

    def answering(self, query: Query, access: Access) -> Iterator[Passage]:
        """The passages that answer."""
        rows = self._rows(query, access)
        phrases = [node for node in (*query.wanted, *query.required) if isinstance(node, Phrase)] if len(rows) else []
        for row in rows:
            yield self._passage(row, max((last_row(self._segment, row, phrase) for phrase in phrases), default=row))

    def _rows(self, query: Query, access: Access) -> list[int]:
        mask = self._who_reads(access)
        for narrowed in self._conditions(query):
            mask = mask & narrowed()
            if not mask.any():
                return []
        return np.flatnonzero(mask).tolist()

    def _conditions(self, query: Query) -> Iterator[Callable[[], Mask]]:
        """What must all hold, the cheap things first."""
        evidence = _evidence(query)
        needed = [node for at, node in enumerate(query.wanted) if at not in evidence] + [*query.required]
        for node in sorted(needed, key=lambda node: not isinstance(node, _CHEAP)):
            yield lambda node=node: self._having(node)
        if len(evidence) == len(query.wanted) > 0:
            yield lambda: self._having_any(query)
        for asked in query.dates:
            yield lambda asked=asked: self._in_time(asked)
        for node in query.excluded:
            yield lambda node=node: ~self._having(node)

    def _having(self, node: Node) -> Mask:
        if node not in self._nodes:
            found = np.zeros(self._segment.rows, bool)
            for rows in self._found(node):
                found[rows] = True
            self._nodes[node] = found
        return self._nodes[node]

    def _found(self, node: Node) -> Iterator[Ints]:
        """The rows that have it. A plain word, as most are, is looked up as the compiler has it, but for its score."""
        stems = [stem_of(term) for term in terms(node.text)] if isinstance(node, Word) else []
        if len(stems) == 1:
            for field in WEIGHTS.fields if stems[0] in self._stems else ():
                yield from self._evaluator.found(wq.Term(field, stems[0])).lists()
            return
        if not isinstance(node, Phrase) or all(term in self._segment.terms for term in terms(node.text)):
            yield from self._evaluator.found(compiled(resolved(node, self._people), WEIGHTS.fields)).lists()

    def _having_any(self, query: Query) -> Mask:
        """Of a question that names nothing but dates: what holds a word of them, or lies in their days."""
        days = [
            self._in_time(DateFilter(DateField.DURING, DateTest.INSIDE, named.first, named.last, ""))
            for named in named_dates(query.wanted)
        ]
        return np.logical_or.reduce([*days, *map(self._having, query.wanted)])

    def _in_time(self, asked: DateFilter) -> Mask:
        if asked not in self._dates:
            self._dates[asked] = dated(self._segment, asked).inside
        return self._dates[asked]

    def _who_reads(self, access: Access) -> Mask:
        if access not in self._readable:
            (self._readable[access],) = readable_rows([self._leaf], access)
        return self._readable[access]

    def _passage(self, row: int, last: int) -> Passage:
        if (row, last) not in self._passages:
            self._passages[row, last] = self._segment.passage(row, last)
        return self._passages[row, last]


def _evidence(query: Query) -> frozenset[int]:
    """Which of the wanted nodes are words of a date, as `clues.with_days` has it: they lift, and are not needed."""
    return frozenset(
        at
        for named in named_dates(query.wanted)
        if named.end - named.begin < len(query.wanted)
        for at in range(named.begin, named.end)
    )
