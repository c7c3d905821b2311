"""Stock Whoosh with the same passages and the same history as the segments beside it (`side_by_side`)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from whoosh import query as wq
from whoosh.fields import ID, TEXT, Schema
from whoosh.filedb.filestore import RamStorage
from whoosh.index import Index
from whoosh.reading import SegmentReader
from whoosh.searching import SearchContext, Searcher

from index.analysis import stem_of, terms
from index.whoosh_engine.segment.schema import EXACT, TEXT_FIELD, TITLE, WordAnalyzer, schema
from tests.fakes.side_by_side import FILLER, TITLES, WORDS, Added, Gone, History, Merged, chosen
from tests.fakes.weighting import LuceneIdf

_NUMBER, _WRITTEN_TITLE, _FOUND = "number", "written_title", "found"
_PATTERNS = (wq.Prefix, wq.Wildcard, wq.FuzzyTerm)


@dataclass(slots=True)
class Translation:
    """A query as stock Whoosh is asked it, and the fields that it needs for that.

    The engine scores a pattern as if all words that it stands for were one. So stock Whoosh gets a field in which they
    are one; which words they are, it says itself. Words of labels are found there as they are written, and that is a
    field too. What excludes gets no points here, while Whoosh gives it one; AndNot and AndMaybe are put in terms of And
    and Or, for Whoosh's own lose passages where their parts are trees.
    """

    fields: dict[str, Callable[[str, str], str]] = field(default_factory=dict[str, Callable[[str, str], str]])

    def of(self, query: Any) -> wq.Query:
        """The query in stock Whoosh."""
        if isinstance(query, _PATTERNS):
            return self._like(query)
        if isinstance(query, wq.Phrase) and query.fieldname == TITLE:
            return wq.Phrase(_WRITTEN_TITLE, query.words, boost=query.boost)
        if isinstance(query, wq.Not):
            return unscored(wq.Not(self.of(query.query)))
        if isinstance(query, wq.AndNot):
            return wq.And([self.of(query.a), unscored(wq.Not(self.of(query.b)))])
        if isinstance(query, wq.AndMaybe):
            return wq.And([self.of(query.a), wq.Or([self.of(query.b), unscored(wq.Every())])])
        return query if query.is_leaf() else query.apply(self.of)

    def _like(self, query: Any) -> wq.Query:
        name, stands_for = f"like{len(self.fields)}", expansion(query)
        term_of = stem_of if query.fieldname == TEXT_FIELD else str

        def rewritten(title: str, text: str) -> str:
            words = terms(title if query.fieldname == TITLE else text)
            return " ".join(_FOUND if term_of(word) in stands_for else word for word in words)

        self.fields[name] = rewritten
        return wq.Term(name, _FOUND, boost=query.boost)


def unscored(query: wq.Query) -> wq.Query:
    """The same with no points. Whoosh heeds a boost only where there are several parts."""
    return wq.And([query, query], boost=0.0)


def expansion(query: Any) -> frozenset[str]:
    """The words that a pattern stands for, as stock Whoosh has it."""
    of_stems = query.fieldname == TEXT_FIELD
    reader = _vocabulary().reader()
    like = query.with_boost(1.0)
    like.fieldname = TEXT_FIELD if of_stems else EXACT
    return frozenset(text.decode() if isinstance(text, bytes) else text for text in like._btexts(reader))


@cache
def _vocabulary() -> Index:
    index = RamStorage().create_index(schema())
    words = " ".join({*WORDS, FILLER, *" ".join(TITLES).split()})
    writer = index.writer()
    writer.add_document(**{EXACT: words, TEXT_FIELD: words})
    writer.commit()
    return index


class Stock:
    """Stock Whoosh with the same history; `fields` are made of title and text."""

    def __init__(self, history: History, fields: Mapping[str, Callable[[str, str], str]] | None = None) -> None:
        self._fields = {_WRITTEN_TITLE: _title, **(fields or {})}
        self._index = RamStorage().create_index(self._schema())
        self._made = 0
        for step in history:
            self._take(step)

    def searcher(self) -> Searcher:
        """Searches all of it."""
        return self._index.searcher(weighting=LuceneIdf())

    def found(self, query: wq.Query) -> dict[int, float]:
        """Numbers and scores."""
        with self.searcher() as searcher:
            return {int(hit[_NUMBER]): hit.score for hit in searcher.search(query, limit=None, optimize=False)}

    def spans(self, query: wq.Query) -> dict[int, set[tuple[int, int]]]:
        """For each passage that is found the places at which the matcher stands there: first and last word."""
        found: dict[int, set[tuple[int, int]]] = {}
        with self.searcher() as searcher:
            for leaf, _ in searcher.leaf_searchers():
                matcher = query.matcher(leaf, SearchContext(needs_current=True, weighting=LuceneIdf()))
                while matcher.is_active():
                    number = int(leaf.stored_fields(matcher.id())[_NUMBER])
                    found[number] = {(span.start, span.end) for span in matcher.spans()}
                    matcher.next()
        return found

    def _schema(self) -> Schema:
        made = schema()
        made.add(_NUMBER, ID(stored=True))
        for name in self._fields:
            made.add(name, TEXT(analyzer=WordAnalyzer(stemmed=False)))
        return made

    def _take(self, step: Added | Gone | Merged) -> None:
        writer = self._index.writer()
        if isinstance(step, Merged):
            writer.commit(mergetype=lambda made, segments: _merged(made, segments, step))
            return
        for each in step.numbers if isinstance(step, Gone) else step.instead:
            writer.delete_by_term(_NUMBER, str(each % max(self._made, 1)))
        for title, text in step.passages if isinstance(step, Added) else ():
            own = {name: of(title, text) for name, of in self._fields.items()}
            writer.add_document(**{_NUMBER: str(self._made), EXACT: text, TEXT_FIELD: text, TITLE: title, **own})
            self._made += 1
        writer.commit(merge=False)


def _title(title: str, _text: str) -> str:
    return title


def _merged(writer: Any, segments: Sequence[Any], step: Merged) -> list[Any]:
    """What Whoosh calls a merge type: it takes some segments in and returns the others. It keeps empty ones."""
    segments = [segment for segment in segments if segment.doc_count_all()]
    first, last = chosen(step, len(segments))
    for segment in segments[first:last]:
        reader = SegmentReader(writer.storage, writer.schema, segment)
        writer.add_reader(reader)
        reader.close()
    return [*segments[:first], *segments[last:]]


def asked_of_stock(history: History, query: wq.Query) -> dict[int, float]:
    """What stock Whoosh finds for a query of the engine."""
    translation = Translation()
    translated = translation.of(query)
    return Stock(history, translation.fields).found(translated)
