"""One search over a set of segments that does not change while it runs."""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

import numpy as np

from index.analysis import term_of, terms
from index.hit import Hit, LeftOut, Results, Stamp
from index.port import Access, Utterances
from index.query.nodes import Near, Node, Phrase, Query, Sort, Word
from index.whoosh_engine import schema
from index.whoosh_engine.answered import Held, held
from index.whoosh_engine.clues import Clue, rare, with_days
from index.whoosh_engine.compile import compiled, compiled_helping
from index.whoosh_engine.days import Mask, dated
from index.whoosh_engine.evaluate import Evaluator, Found
from index.whoosh_engine.explain import reasons
from index.whoosh_engine.facets import Facets
from index.whoosh_engine.fold import Group, folded
from index.whoosh_engine.leaf import Leaf
from index.whoosh_engine.left_out import left_out
from index.whoosh_engine.ranking import Ranking, closer, ranked
from index.whoosh_engine.show import hit
from index.whoosh_engine.speakers import resolved
from index.whoosh_engine.spelling import SHORTEST_MENDED, meant
from index.whoosh_engine.statistics import Statistics, rows_of_term
from index.whoosh_engine.utterances import utterances
from index.whoosh_engine.weights import WEIGHTS, Weights
from sources.people import People


class Snapshot:
    """The live segments of a generation; searches share it between threads."""

    def __init__(self, stamp: Stamp, leaves: Sequence[Leaf], people: People, weights: Weights = WEIGHTS) -> None:
        self.people = people
        self.weights = weights
        self.stamp = stamp
        self.leaves = tuple(leaves)
        self.statistics = Statistics([leaf.segment for leaf in leaves])
        self.evaluators = tuple(Evaluator(leaf.segment, self.statistics) for leaf in leaves)
        self.readable = lru_cache(maxsize=64)(self._readable)
        self.facets = Facets(self.leaves, people, self.readable)

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

    def held(self, query: Query, access: Access) -> Held | None:
        """What the best passage holds of a question, by which it counts as answered; None where nothing is found."""
        search = _Search(self, query, access)
        search.results()
        return search.held

    def utterances(self, words: str, access: Access, most: int) -> Utterances:
        """See `index.port.Engine.utterances`."""
        return utterances(self.leaves, self.readable(access), words, most)

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
        self.suggestions: list[tuple[str, str]] = []
        self.held: Held | None = None
        self.helping = [(word, self._readable_only(self._helped(word))) for word in query.helping]

    def results(self) -> Results:
        query = self.query
        wanted = self._dated([self._clue(node) for node in query.wanted])
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
            hits=tuple(self._hit(each, ranking, clues) for each in groups),
            total=ranking.complete_rows if exact else 0,
            answered=exact and (self._answered(groups, clues) or ranking.complete_rows > 0),
            understood=query.understood,
            left_out=left_out,
            stamp=self.snapshot.stamp,
            cursor=str(offset + query.limit) if more else None,
            corrected=tuple(self.corrected),
            suggestions=tuple(self.suggestions),
        )

    def _helped(self, word: Word) -> list[Found]:
        return [evaluator.found(compiled_helping(word)) for evaluator in self.snapshot.evaluators]

    def _hit(self, group: Group, ranking: Ranking, clues: Sequence[Clue]) -> Hit:
        snapshot, found = self.snapshot, hit(self.snapshot.leaves, group, ranking, clues)
        if not self.query.explain:
            return found
        why = reasons(ranking, group.best, clues, self.helping, snapshot.evaluators, snapshot.weights)
        return replace(found, reasons=why)

    def _clue(self, node: Node, asked: Node | None = None) -> Clue:
        found = self._find(node)
        if isinstance(node, Word) and not any(len(part.rows) for part in found):
            segments = [leaf.segment for leaf in self.snapshot.leaves]
            better = meant(node.text, segments, lambda term: self.snapshot.frequency(term, self.access))
            if better and len(term_of(node.text)) < SHORTEST_MENDED:
                self.suggestions.append((node.text, better))
            elif better:
                self.corrected.append((node.text, better))
                return self._rare(Clue(asked or node, Word(better), self._find(Word(better))))
        return self._rare(Clue(asked or node, node, found))

    def _answered(self, groups: Sequence[Group], clues: Sequence[Clue]) -> bool:
        self.held = held(groups[0], clues, self.snapshot.leaves, self.readable) if groups else None
        return self.held is not None and self.held.answers

    def _rare(self, clue: Clue) -> Clue:
        return rare(clue, self.snapshot.statistics)

    def _dated(self, clues: Sequence[Clue]) -> list[Clue]:
        snapshot = self.snapshot
        return with_days(clues, snapshot.leaves, self.readable, snapshot.statistics, snapshot.weights)

    def _find(self, node: Node) -> tuple[Found, ...]:
        query = compiled(resolved(node, self.snapshot.people), self.snapshot.weights.fields)
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
        helping = [found for _, found in self.helping]
        ranking = ranked(segments, inside, wanted, required, helping, self.query.sort, self.snapshot.weights)
        if self.query.sort is Sort.RELEVANCE:
            mended = {term_of(old): new for old, new in self.corrected}
            words = [mended.get(term, term) for term in terms(self.query.text)]
            ranking = closer(ranking, segments, self.snapshot.statistics, words, self.snapshot.weights)
        return ranking, left_out(undated, vague, wanted, ranking.complete_rows)


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
