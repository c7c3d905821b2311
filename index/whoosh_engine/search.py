"""One search over a set of segments that does not change while it runs."""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from index.analysis import terms
from index.hit import LeftOut, Results, Stamp
from index.port import Access
from index.query.nodes import Near, Node, Phrase, Query, Sort, Word
from index.whoosh_engine import schema
from index.whoosh_engine.compile import compiled, compiled_helping
from index.whoosh_engine.days import Mask, dated
from index.whoosh_engine.evaluate import Evaluator, Found, Statistics, rows_of_term
from index.whoosh_engine.fold import folded
from index.whoosh_engine.leaf import Leaf
from index.whoosh_engine.ranking import Clue, Ranking, closer, ranked
from index.whoosh_engine.show import hit
from index.whoosh_engine.speakers import resolved
from index.whoosh_engine.spelling import meant
from sources.people import People


class Snapshot:
    """The live segments of a generation; searches share it between threads."""

    def __init__(self, stamp: Stamp, leaves: Sequence[Leaf], people: People) -> None:
        self.people = people
        self.stamp = stamp
        self.leaves = tuple(leaves)
        self.statistics = Statistics([leaf.segment for leaf in leaves])
        self.evaluators = tuple(Evaluator(leaf.segment, self.statistics) for leaf in leaves)
        self.readable = lru_cache(maxsize=64)(self._readable)

    def _readable(self, access: Access) -> tuple[Mask, ...]:
        """For each leaf the rows that are live and that `access` may read."""
        masks: list[Mask] = []
        for leaf in self.leaves:
            allowed = np.array(
                [
                    workspace == access.workspace_id and source in access.sources
                    for workspace, source in leaf.segment.sources
                ],
                bool,
            )
            masks.append(allowed[leaf.segment.row_card] & leaf.live)
        return tuple(masks)

    def search(self, query: Query, access: Access) -> Results:
        """See `index.port.Engine.search`."""
        return _Search(self, query, access).results()

    def frequency(self, term: str, access: Access) -> int:
        """In how many readable passages a written word stands."""
        pairs = zip(self.leaves, self.readable(access), strict=True)
        return sum(int(mask[rows_of_term(leaf.segment, schema.EXACT, term)[0]].sum()) for leaf, mask in pairs)

    def beginning(self, prefix: str, access: Access, most: int) -> list[str]:
        """Readable terms that begin so, most frequent first."""
        known = {term for leaf in self.leaves for term in leaf.segment.term_list if term.startswith(prefix)}
        counted = sorted((-self.frequency(term, access), term) for term in known)
        return [term for count, term in counted[:most] if count]


class _Search:
    """The steps of one search; `readable` has a mask for each leaf."""

    def __init__(self, snapshot: Snapshot, query: Query, access: Access) -> None:
        self.snapshot, self.query, self.access = snapshot, query, access
        self.readable = snapshot.readable(access)
        self.corrected: list[tuple[str, str]] = []

    def results(self) -> Results:
        query = self.query
        wanted = [self._clue(node) for node in query.wanted]
        required = [self._clue(node) for node in query.required]
        strict = self._allowed(required)
        exact = not required or any(mask.any() for mask in strict)
        if not exact:
            # Nothing has the exact words: the nearest are told as such, the other conditions stay.
            kept = [clue for clue in required if not _loosened(clue.asked)]
            wanted += [self._clue(node, asked=clue.asked) for clue in required for node in _loosened(clue.asked)]
            required, strict = kept, self._allowed(kept)
        ranking, left_out = self._rank(strict, wanted, required)
        offset = _offset(query.cursor)
        clues = [*wanted, *required]
        groups, more = folded(self.snapshot.leaves, self.readable, ranking, clues, offset, query.limit)
        return Results(
            hits=tuple(hit(self.snapshot.leaves, group, ranking, clues) for group in groups),
            total=ranking.complete_rows if exact else 0,
            answered=exact and ranking.complete_rows > 0,
            understood=query.understood,
            left_out=left_out,
            stamp=self.snapshot.stamp,
            cursor=str(offset + query.limit) if more else None,
            corrected=tuple(self.corrected),
        )

    def _clue(self, node: Node, asked: Node | None = None) -> Clue:
        found = self._find(node)
        if isinstance(node, Word) and not any(len(part.rows) for part in found):
            segments = [leaf.segment for leaf in self.snapshot.leaves]
            better = meant(node.text, segments, lambda term: self.snapshot.frequency(term, self.access))
            if better:
                self.corrected.append((node.text, better))
                return Clue(asked or node, Word(better), self._find(Word(better)))
        return Clue(asked or node, node, found)

    def _find(self, node: Node) -> tuple[Found, ...]:
        query = compiled(resolved(node, self.snapshot.people))
        return self._readable_only(tuple(evaluator.found(query) for evaluator in self.snapshot.evaluators))

    def _readable_only(self, found: Sequence[Found]) -> tuple[Found, ...]:
        kept = [mask[part.rows] for part, mask in zip(found, self.readable, strict=True)]
        return tuple(Found(part.rows[keep], part.scores[keep]) for part, keep in zip(found, kept, strict=True))

    def _allowed(self, required: Sequence[Clue]) -> list[Mask]:
        """Readable rows with everything required and nothing excluded; dates come later."""
        excluded = [self._find(node) for node in self.query.excluded]
        masks: list[Mask] = []
        for number, readable in enumerate(self.readable):
            mask = readable.copy()
            for clue in required:
                has = np.zeros(len(mask), bool)
                has[clue.found[number].rows] = True
                mask &= has
            for found in excluded:
                mask[found[number].rows] = False
            masks.append(mask)
        return masks

    def _rank(
        self, allowed: Sequence[Mask], wanted: Sequence[Clue], required: Sequence[Clue]
    ) -> tuple[Ranking, LeftOut]:
        helping = [
            self._readable_only([evaluator.found(compiled_helping(word)) for evaluator in self.snapshot.evaluators])
            for word in self.query.helping
        ]
        inside: list[Mask] = []
        undated, vague = list[Mask](), list[Mask]()
        for leaf, mask in zip(self.snapshot.leaves, allowed, strict=True):
            judged = [dated(leaf.segment, asked) for asked in self.query.dates]
            inside.append(np.logical_and.reduce([mask, *(each.inside for each in judged)]))
            no_date = np.logical_or.reduce([each.undated for each in judged]) if judged else np.zeros(len(mask), bool)
            unsure = np.logical_and.reduce([each.inside | each.vague for each in judged]) if judged else no_date
            undated.append(mask & no_date)
            vague.append(mask & unsure & ~inside[-1])
        segments = [leaf.segment for leaf in self.snapshot.leaves]
        ranking = ranked(segments, inside, wanted, required, helping, self.query.sort)
        if self.query.sort is Sort.RELEVANCE:
            words = terms(self.query.text)
            ranking = closer(ranking, segments, self.snapshot.statistics, words)
        return ranking, _left_out(undated, vague, wanted, ranking)


def _left_out(undated: Sequence[Mask], vague: Sequence[Mask], wanted: Sequence[Clue], ranking: Ranking) -> LeftOut:
    """How many rows with everything wanted the dates left out; where none has everything, those with anything."""
    left_out = LeftOut(*(_matching(masks, wanted, len(wanted)) for masks in (undated, vague)))
    if ranking.complete_rows or left_out != LeftOut() or not wanted:
        return left_out
    return LeftOut(*(_matching(masks, wanted, 1) for masks in (undated, vague)))


def _matching(masks: Sequence[Mask], wanted: Sequence[Clue], least: int) -> int:
    """How many of these rows hold at least so many of the parts."""
    total = 0
    for number, mask in enumerate(masks):
        held = np.zeros(len(mask), np.int32)
        for clue in wanted:
            held[clue.found[number].rows] += 1
        total += int((mask & (held >= least)).sum())
    return total


def _loosened(node: Node) -> tuple[Node, ...]:
    """What to look for where the exact words are nowhere: the words of a phrase, the parts of a near."""
    if isinstance(node, Phrase):
        return tuple(Word(word) for word in node.text.split() if any(sign.isalnum() for sign in word))
    if isinstance(node, Near):
        return tuple(part for part in node.parts if not isinstance(part, Phrase)) or node.parts
    return ()


def _offset(cursor: str | None) -> int:
    if cursor and cursor.isdigit():
        return int(cursor)
    return 0
