"""One field of our index asked for the numbers of its best rows, as other engines are."""

from collections.abc import Callable, Mapping, Sequence
from itertools import accumulate

from whoosh import query as wq

from index.analysis import stem_of, terms
from index.query.nodes import Scope
from index.whoosh_engine.answering.collector import collect
from index.whoosh_engine.answering.search import Snapshot
from index.whoosh_engine.matching.near import Near
from index.whoosh_engine.segment.schema import EXACT, TEXT_FIELD
from tests.bench.engines.questions import Kind

_REACH = 10


class OneField:
    """Over all rows of a snapshot, which are numbered segment after segment."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        sizes = [leaf.segment.rows for leaf in snapshot.leaves]
        self._begins = [0, *accumulate(sizes)]

    def best(self, kind: Kind, words: Sequence[str], k: int) -> list[int]:
        """The best k rows, best first."""
        found = collect(self._snapshot, query_of(kind, terms(" ".join(words))), k)
        begins = self._begins
        return [begins[leaf] + row for leaf, row in found.places]


def query_of(kind: Kind, words: Sequence[str]) -> wq.Query:
    """The query of folded words."""
    return _QUERIES[kind](words)


def _stems(words: Sequence[str]) -> list[wq.Query]:
    return [wq.Term(TEXT_FIELD, stem_of(word)) for word in words]


_QUERIES: Mapping[Kind, Callable[[Sequence[str]], wq.Query]] = {
    Kind.OR: lambda words: wq.Or(_stems(words)),
    Kind.AND: lambda words: wq.And(_stems(words)),
    Kind.PHRASE: lambda words: wq.Phrase(EXACT, words),
    Kind.FREQUENT: lambda words: wq.Phrase(EXACT, words),
    Kind.NEAR2: lambda words: Near(_stems(words), _REACH, Scope.WORDS),
    Kind.NEAR3: lambda words: Near(_stems(words), _REACH, Scope.WORDS),
}
