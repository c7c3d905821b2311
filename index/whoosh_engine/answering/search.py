"""One search over a set of segments that does not change while it runs."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache

import numpy as np

from index.analysis import term_of, terms
from index.hit import Hit, LeftOut, Results, Stamp
from index.port import Access, Breakdown, Utterances
from index.query.nodes import DateFilter, Near, Node, Phrase, Query, Sort, Word
from index.whoosh_engine.answering.breakdown import breakdown
from index.whoosh_engine.answering.doubts import Doubts
from index.whoosh_engine.answering.facets import Facets
from index.whoosh_engine.answering.show import hit
from index.whoosh_engine.answering.speakers import resolved
from index.whoosh_engine.answering.utterances import utterances
from index.whoosh_engine.matching.compile import compiled, compiled_helping
from index.whoosh_engine.matching.evaluate import Evaluator
from index.whoosh_engine.matching.match import Match
from index.whoosh_engine.matching.statistics import Statistics
from index.whoosh_engine.ranking.answered import Held, held
from index.whoosh_engine.ranking.candidates import Asked, complete
from index.whoosh_engine.ranking.clues import Clue, clue, with_days
from index.whoosh_engine.ranking.explain import reasons
from index.whoosh_engine.ranking.fold import Group, folded
from index.whoosh_engine.ranking.left_out import left_out
from index.whoosh_engine.ranking.narrow import InTime, in_time, strict
from index.whoosh_engine.ranking.nearby import surrounded
from index.whoosh_engine.ranking.ranking import CLOSELY, Ranking, closer, ranked
from index.whoosh_engine.ranking.weights import WEIGHTS, Weights
from index.whoosh_engine.segment.days import Dated, Mask, dated
from index.whoosh_engine.segment.leaf import Leaf
from index.whoosh_engine.segment.readable import Readable, among_readable, readable_rows
from sources.people import People

_CURSOR = re.compile(r"[0-9]{1,9}")

_CLUES, _DATES, _READERS = 32, 16, 64
"""So much is kept of what questions have in common: what words find, what dates allow, who reads what."""

_ANSWERS = 256
"""So many answers are kept as long as nothing changes: a page is often asked for again."""

_DEEPER, _DEEPEST = 8, 100_000
"""When a ranking is used up, one so many times as deep is made; from here on it holds everything."""


class Snapshot:
    """The live segments of a generation; searches share it between threads. `fell_back`: see `Evaluator`."""

    def __init__(
        self,
        stamp: Stamp,
        leaves: Sequence[Leaf],
        people: People,
        weights: Weights = WEIGHTS,
        *,
        fell_back: Callable[[], None] = lambda: None,
    ) -> None:
        self.people = people
        self.weights = weights
        self.stamp = stamp
        self.leaves = tuple(leaves)
        self.live: Readable = tuple(None if leaf.live.all() else leaf.live for leaf in self.leaves)
        self.statistics = Statistics([leaf.segment for leaf in leaves])
        self.evaluators = tuple(
            Evaluator(leaf.segment, self.statistics, _told_before if at else fell_back)
            for at, leaf in enumerate(self.leaves)
        )
        self.readable = lru_cache(_READERS)(self._readable)
        self.unmasked = lru_cache(_READERS)(self._unmasked)
        self.dated = lru_cache(_DATES)(self._dated)
        self.found = lru_cache(_CLUES)(self._found)
        self.facets = Facets(self.leaves, people, self.readable)
        self.answer = lru_cache(_ANSWERS)(self.search)

    def warm(self) -> None:
        """Read what the first searches would have to wait for."""
        for leaf in self.leaves:
            leaf.segment.warm()
        for field in self.weights.fields:
            self.statistics.table(field)

    def _readable(self, access: Access) -> tuple[Mask, ...]:
        return readable_rows(self.leaves, access)

    def _unmasked(self, access: Access) -> tuple[Mask | None, ...]:
        """The readable rows, None for a leaf of which all are."""
        return tuple(None if mask.all() else mask for mask in self.readable(access))

    def _dated(self, asked: DateFilter) -> tuple[Dated, ...]:
        return tuple(dated(leaf.segment, asked) for leaf in self.leaves)

    def _found(self, node: Node) -> tuple[Match, ...]:
        """What a part of a question finds in each leaf, whoever asks."""
        query = compiled(resolved(node, self.people), self.weights.fields)
        return tuple(evaluator.found(query) for evaluator in self.evaluators)

    def search(self, query: Query, access: Access) -> Results:
        """See `index.port.Engine.search`."""
        return _Search(self, query, access).results()

    def held(self, query: Query, access: Access) -> Held | None:
        """What the best passage holds of a question, by which it counts as answered; None where nothing is found."""
        search = _Search(self, query, access)
        search.results()
        return search.held

    def breakdown(self, query: Query, access: Access, limit: int) -> Breakdown:
        """See `index.port.Engine.breakdown`."""
        return breakdown(self.leaves, self.facets, _Search(self, query, access).complete(), limit)

    def utterances(self, words: str, access: Access, most: int) -> Utterances:
        """See `index.port.Engine.utterances`."""
        return utterances(self.leaves, self.readable(access), words, most)

    def frequency(self, term: str, readable: Readable) -> int:
        """In how many of some passages a written word stands."""
        total = 0
        for leaf, mask in zip(self.leaves, readable, strict=True):
            number = leaf.segment.terms.get(term)
            if number is not None and mask is None:
                total += int(leaf.segment.term_rows[number])
            elif number is not None:
                total += among_readable([leaf.segment.postings_of_term(number).rows], mask)
        return total

    def beginning(self, prefix: str, access: Access, most: int) -> list[str]:
        """Readable terms that begin so, most frequent first."""
        terms = [leaf.segment.terms for leaf in self.leaves]
        known = {each.text(number) for each in terms for number in each.beginning(prefix)}
        readable = self.unmasked(access)
        counted = sorted((-self.frequency(term, readable), term) for term in known)
        return [term for count, term in counted[:most] if count]


class _Search:
    """The steps of one search; `readable` has a mask for each leaf."""

    def __init__(self, snapshot: Snapshot, query: Query, access: Access) -> None:
        self.snapshot, self.query, self.access = snapshot, query, access
        self.readable = snapshot.readable(access)
        self.unmasked = snapshot.unmasked(access)
        self.doubts = Doubts(snapshot.leaves, self.unmasked, snapshot.frequency, self._counted)
        self.held: Held | None = None
        self.helping = [(word, self._helped(word)) for word in query.helping]

    def results(self) -> Results:
        query = self.query
        wanted, required, allowed, exact = self._understood()
        asked, left = self._asked(allowed, wanted, required)
        clues = [*wanted, *required]
        offset = _offset(query.cursor)
        ranking, groups, more = self._best(asked, clues, offset)
        return Results(
            hits=tuple(self._hit(each, ranking, clues) for each in groups),
            total=ranking.complete_rows if exact else 0,
            answered=exact and (self._answered(groups, ranking, clues) or ranking.complete_rows > 0),
            understood=query.understood,
            left_out=left_out(asked, left, ranking.complete_rows > 0) if left else LeftOut(),
            stamp=self.snapshot.stamp,
            cursor=str(offset + query.limit) if more else None,
            corrected=tuple(self.doubts.corrected),
            suggestions=tuple(self.doubts.suggestions),
        )

    def complete(self) -> list[Mask]:
        """For each leaf the rows that `Results.total` counts."""
        wanted, required, allowed, exact = self._understood()
        asked, _ = self._asked(allowed, wanted, required)
        masks = [np.zeros(each.rows, bool) for each in asked]
        for mask, each in zip(masks, asked, strict=True):
            mask[complete(each) if exact else []] = True
        return masks

    def _understood(self) -> tuple[list[Clue], list[Clue], list[Mask | None], bool]:
        """What is wanted, what is required, the rows that hold that, and whether there are any."""
        wanted = self._dated(self._clues([(node, node) for node in self.query.wanted]))
        required = self._clues([(node, node) for node in self.query.required])
        allowed = self._strict(required)
        exact = not required or any(mask is None or mask.any() for mask in allowed)
        if not exact:
            # Nothing has the exact words: the nearest are told as such, the other conditions stay.
            kept = [clue for clue in required if not _loosened(clue.asked)]
            wanted += self._clues([(clue.asked, node) for clue in required for node in _loosened(clue.asked)])
            required, allowed = kept, self._strict(kept)
        return wanted, required, allowed, exact

    def _helped(self, word: Word) -> list[Match]:
        return [evaluator.found(compiled_helping(word)) for evaluator in self.snapshot.evaluators]

    def _hit(self, group: Group, ranking: Ranking, clues: Sequence[Clue]) -> Hit:
        snapshot, found = self.snapshot, hit(self.snapshot.leaves, group, ranking, clues)
        if not self.query.explain:
            return found
        why = reasons(ranking, group.best, clues, self.helping, snapshot.evaluators, snapshot.weights)
        return replace(found, reasons=why)

    def _clues(self, nodes: Sequence[tuple[Node, Node]]) -> list[Clue]:
        """The clues of nodes as they were asked and as they are searched."""
        return self.doubts.settled([self._counted(asked, searched) for asked, searched in nodes])

    def _counted(self, asked: Node, searched: Node) -> Clue:
        return clue(asked, searched, self.snapshot.found(searched), self.unmasked, self.snapshot.statistics)

    def _answered(self, groups: Sequence[Group], ranking: Ranking, clues: Sequence[Clue]) -> bool:
        snapshot = self.snapshot
        if groups:
            self.held = held(groups[0], ranking, clues, snapshot.leaves, self.readable, snapshot.weights)
        return self.held is not None and self.held.answers

    def _dated(self, clues: Sequence[Clue]) -> list[Clue]:
        snapshot = self.snapshot
        return with_days(clues, self.unmasked, snapshot.dated, snapshot.statistics, snapshot.weights)

    def _strict(self, required: Sequence[Clue]) -> list[Mask | None]:
        rows = [leaf.segment.rows for leaf in self.snapshot.leaves]
        excluded = [self.snapshot.found(node) for node in self.query.excluded]
        return strict(rows, self.unmasked, required, excluded)

    def _asked(
        self, allowed: Sequence[Mask | None], wanted: Sequence[Clue], required: Sequence[Clue]
    ) -> tuple[list[Asked], list[InTime]]:
        """What is asked of each leaf, and what the dates say of its rows, where there are dates."""
        snapshot, dates = self.snapshot, self.query.dates
        judged = list(zip(*(snapshot.dated(each) for each in dates), strict=True))
        times = [
            in_time(leaf.segment.rows, mask, each)
            for leaf, mask, each in zip(snapshot.leaves, allowed, judged, strict=bool(dates))
        ]
        inside = [time.inside for time in times] if dates else allowed
        asked = [
            Asked(
                at, leaf.segment.rows, mask, wanted, required, [each[at] for _, each in self.helping], snapshot.weights
            )
            for at, (leaf, mask) in enumerate(zip(snapshot.leaves, inside, strict=True))
        ]
        return asked, times

    def _best(self, asked: Sequence[Asked], clues: Sequence[Clue], offset: int) -> tuple[Ranking, list[Group], bool]:
        """The ranking, the groups to show, and whether more follow. When copies use a ranking up, a deeper one is
        made."""
        depth: int | None = max(CLOSELY, _DEEPER * (offset + self.query.limit))
        while True:
            ranking = self._ranked(asked, depth)
            groups, more = folded(self.snapshot.leaves, self.readable, ranking, clues, offset, self.query.limit)
            if more or not ranking.cut:
                return ranking, groups, more
            depth = depth * _DEEPER if depth and depth < _DEEPEST else None

    def _ranked(self, asked: Sequence[Asked], depth: int | None) -> Ranking:
        snapshot = self.snapshot
        segments = [leaf.segment for leaf in snapshot.leaves]
        ranking = ranked(segments, asked, self.query.sort, depth)
        if self.query.sort is not Sort.RELEVANCE:
            return ranking
        mended = {term_of(old): new for old, new in self.doubts.corrected}
        words = [mended.get(term, term) for term in terms(self.query.text)]
        return closer(surrounded(ranking, segments, asked), segments, snapshot.statistics, words, snapshot.weights)


def _told_before() -> None:
    """What is left to Whoosh is left to it in every segment, and the first one has told of it."""


def _loosened(node: Node) -> tuple[Node, ...]:
    """What to look for where the exact words are nowhere: the words of a phrase, the parts of a near."""
    if isinstance(node, Phrase):
        return tuple(Word(word) for word in node.text.split() if any(sign.isalnum() for sign in word))
    if isinstance(node, Near):
        return tuple(part for part in node.parts if not isinstance(part, Phrase)) or node.parts
    return ()


def _offset(cursor: str | None) -> int:
    """How many hits went before; a cursor that none was given leads to the first page."""
    return int(cursor) if cursor and _CURSOR.fullmatch(cursor) else 0
