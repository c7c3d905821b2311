"""Stock Whoosh: its own codec, our analysis, one field of stems. `python -m tests.bench.engines.whoosh_engine`"""

from collections.abc import Sequence
from pathlib import Path

from whoosh import fields, index, query
from whoosh.query.spans import SpanNear
from whoosh.scoring import BM25F
from whoosh.searching import Searcher

from index.analysis import stem_of, terms
from index.whoosh_engine.segment.schema import TEXT_FIELD, WordAnalyzer
from tests.bench.engines.passages import read
from tests.bench.engines.questions import Kind
from tests.bench.engines.talk import speak

_MEGABYTES = 1_000
_SLOP = 11
"""Whoosh counts neighbours as 1 apart: ten words between are 11."""


class Whoosh:
    """What `whoosh.index` makes and opens by itself."""

    def __init__(self) -> None:
        self._searcher: Searcher | None = None

    def build(self, passages: Path, folder: Path) -> None:
        folder.mkdir()
        schema = fields.Schema(
            number=fields.STORED, **{TEXT_FIELD: fields.TEXT(analyzer=WordAnalyzer(stemmed=True), phrase=True)}
        )
        writer = index.create_in(str(folder), schema).writer(limitmb=_MEGABYTES)
        for line in read(passages):
            writer.add_document(number=line.number, **{TEXT_FIELD: line.text})
        writer.commit()

    def open(self, folder: Path) -> None:
        self._searcher = index.open_dir(str(folder)).searcher(weighting=BM25F())

    def ask(self, kind: Kind, words: Sequence[str], k: int) -> Sequence[int] | None:
        assert self._searcher
        stems = [stem_of(term) for word in words for term in terms(word)]
        return [int(hit["number"]) for hit in self._searcher.search(_query(kind, stems), limit=k)]


def _query(kind: Kind, stems: Sequence[str]) -> query.Query:
    each = [query.Term(TEXT_FIELD, stem) for stem in stems]
    match kind:
        case Kind.OR:
            return query.Or(each)
        case Kind.AND:
            return query.And(each)
        case Kind.PHRASE | Kind.FREQUENT:
            return query.Phrase(TEXT_FIELD, stems)
        case Kind.NEAR2 | Kind.NEAR3:
            return SpanNear.phrase(TEXT_FIELD, stems, slop=_SLOP, ordered=False)


if __name__ == "__main__":
    speak(Whoosh())
