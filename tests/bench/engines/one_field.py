"""One field of our index asked for the numbers of its best rows, as other engines are."""

from collections.abc import Sequence

import numpy as np
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
        self._begins = np.cumsum([0, *sizes[:-1]])

    def best(self, kind: Kind, words: Sequence[str], k: int) -> list[int]:
        """The best k rows, best first."""
        found = collect(self._snapshot, query_of(kind, terms(" ".join(words))), k)
        rows = found.row if len(self._begins) == 1 else self._begins.take(found.leaf) + found.row
        return rows.tolist()


def query_of(kind: Kind, words: Sequence[str]) -> wq.Query:
    """The query of folded words."""
    if kind in (Kind.PHRASE, Kind.FREQUENT):
        return wq.Phrase(EXACT, words)
    each = [wq.Term(TEXT_FIELD, stem_of(word)) for word in words]
    if kind in (Kind.NEAR2, Kind.NEAR3):
        return Near(each, _REACH, Scope.WORDS)
    return wq.Or(each) if kind is Kind.OR else wq.And(each)
