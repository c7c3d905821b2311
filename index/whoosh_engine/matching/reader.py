"""A segment's passages as Whoosh's own matchers read them: for those of its queries that the arrays have no rule for.

Whoosh then walks through postings one by one, as it does with its own files, and scores them with the same statistics
as everything else. A passage is to it a document: a phrase ends with it. Of labels it sees stems, as the schema says.
"""

from collections.abc import Iterator, Sequence
from itertools import repeat
from typing import Any

import numpy as np
from whoosh import query as wq
from whoosh.matching import ListMatcher
from whoosh.reading import IndexReader, TermInfo, TermNotFound
from whoosh.scoring import BM25F
from whoosh.searching import SearchContext, Searcher

from index.analysis import stem_of, terms
from index.whoosh_engine.matching.match import Listed
from index.whoosh_engine.matching.statistics import Statistics, postings, total_length, values_of_term
from index.whoosh_engine.segment.dictionary import Dictionary
from index.whoosh_engine.segment.inverted import Ints, gathered
from index.whoosh_engine.segment.places import places_of_terms
from index.whoosh_engine.segment.postings import Postings, coded
from index.whoosh_engine.segment.schema import EXACT, LABELS, SOURCE, TEXT_FIELD, schema
from index.whoosh_engine.segment.segment import Label, Segment

_FIELDS = (EXACT, TEXT_FIELD, *LABELS)


def matched(segment: Segment, statistics: Statistics, query: wq.Query) -> Listed:
    """What Whoosh's matchers find."""
    searcher = _Searcher(_Reader(segment), statistics)
    matcher = query.matcher(searcher, SearchContext(weighting=searcher.weighting))
    rows: list[int] = []
    scores: list[float] = []
    while matcher.is_active():
        rows.append(matcher.id())
        scores.append(matcher.score())
        matcher.next()
    return Listed(np.array(rows, np.uint32), np.array(scores, np.float32))


class _Searcher(Searcher):
    """Scores with the statistics of all segments."""

    def __init__(self, reader: "_Reader", statistics: Statistics) -> None:
        super().__init__(reader, BM25F())
        self.weighting = BM25F()
        self._statistics = statistics

    def idf(self, fieldname: str, text: str | bytes) -> float:
        """See `Statistics.idf`."""
        return self._statistics.idf(fieldname, _text(text))

    def avg_field_length(self, fieldname: str, _default: float | None = None) -> float:
        """See `Statistics.mean_length`."""
        return self._statistics.mean_length(fieldname)


class _Postings(ListMatcher):
    """The postings of one word, with its positions in each row."""

    def __init__(self, found: Postings, positions: Sequence[Sequence[int]], scorer: Any, info: TermInfo) -> None:
        super().__init__(found.rows.tolist(), found.frequencies.tolist(), scorer=scorer, terminfo=info)
        self._positions = positions

    def supports(self, astype: str) -> bool:
        """Positions are all that there is."""
        return astype == "positions"

    def value_as(self, _astype: str) -> Sequence[int]:
        """The positions in the present row."""
        return self._positions[self._i]


class _Reader(IndexReader):
    """See `whoosh.reading.IndexReader`. Nothing is deleted: who asks leaves gone rows out."""

    def __init__(self, segment: Segment) -> None:
        self.schema = schema()
        self._segment = segment

    def __contains__(self, term: tuple[str, str | bytes]) -> bool:
        return term[0] in _FIELDS and _text(term[1]) in self._known(term[0])

    def is_atomic(self) -> bool:
        """It has no parts."""
        return True

    def indexed_field_names(self) -> Sequence[str]:
        """Every field that is searched."""
        return _FIELDS

    def all_terms(self) -> Iterator[tuple[str, bytes]]:
        """Every term of every field, in order."""
        for field in _FIELDS:
            yield from zip(repeat(field), self.lexicon(field))

    def lexicon(self, fieldname: str) -> Iterator[bytes]:
        """Every term of a field, in order."""
        return (term.encode() for term in self._known(fieldname)) if fieldname in _FIELDS else iter(())

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        """The terms of the field from this one on."""
        return ((fieldname, term) for term in self.lexicon(fieldname) if term >= prefix)

    def term_info(self, fieldname: str, text: str | bytes) -> TermInfo:
        """Counts of a term. Raises TermNotFound."""
        found = self._found(fieldname, text)
        lengths = self._lengths(fieldname, found.rows)
        frequencies = found.frequencies
        return TermInfo(
            weight=int(frequencies.sum()),
            df=len(found.rows),
            minlength=int(lengths.min()),
            maxlength=int(lengths.max()),
            maxweight=int(frequencies.max()),
            minid=int(found.rows[0]),
            maxid=int(found.rows[-1]),
        )

    def has_deletions(self) -> bool:
        """None that Whoosh has to know of."""
        return False

    def is_deleted(self, _docnum: int) -> bool:
        """None is."""
        return False

    def all_doc_ids(self) -> Iterator[int]:
        """Every row."""
        return iter(range(self._segment.rows))

    def stored_fields(self, _docnum: int) -> dict[str, Any]:
        """Passages are read elsewhere."""
        return {}

    def doc_count_all(self) -> int:
        """All rows."""
        return self._segment.rows

    def doc_count(self) -> int:
        """All rows."""
        return self._segment.rows

    def frequency(self, fieldname: str, text: str | bytes) -> int:
        """How often a term stands in all rows together."""
        return int(self._found(fieldname, text).frequencies.sum()) if (fieldname, text) in self else 0

    def doc_frequency(self, fieldname: str, text: str | bytes) -> int:
        """In how many rows a term stands."""
        return len(self._found(fieldname, text).rows) if (fieldname, text) in self else 0

    def field_length(self, fieldname: str) -> int:
        """All words of a field."""
        return total_length(self._segment, fieldname)

    def min_field_length(self, fieldname: str) -> int:
        """The words of the shortest row."""
        return int(self._lengths(fieldname).min())

    def max_field_length(self, fieldname: str) -> int:
        """The words of the longest row."""
        return int(self._lengths(fieldname).max())

    def doc_field_length(self, docnum: int, fieldname: str, _default: int = 0) -> int:
        """The words of a row."""
        return int(self._lengths(fieldname, docnum))

    def postings(self, fieldname: str, text: str | bytes, scorer: Any = None) -> _Postings:
        """The postings of a term. Raises TermNotFound."""
        found = self._found(fieldname, text)
        of_label = fieldname in LABELS
        positions = (self._places_in_label if of_label else self._places)(fieldname, _text(text), found.rows)
        return _Postings(found, positions, scorer, self.term_info(fieldname, text))

    def _places(self, field: str, text: str, rows: Ints) -> list[list[int]]:
        """Where in each of the rows, which all have it, a term of the passages stands."""
        segment, number = self._segment, self._known(field)[text]
        numbers = np.array([number]) if field == EXACT else segment.stems.terms_of(number)
        places = places_of_terms(segment, numbers).astype(np.int64)
        bounds = places.searchsorted(segment.row_tokens[rows + np.uint32(1)])
        begins = segment.row_tokens[rows]
        return [(part - begin).tolist() for part, begin in zip(np.split(places, bounds), begins, strict=False)]

    def _places_in_label(self, field: str, text: str, rows: Ints) -> list[list[int]]:
        label = self._segment.labels[field]
        values: list[int] = label.of_row.take(rows).tolist()
        words = {value: _words(field, label.values[value]) for value in set(values)}
        places = {value: [at for at, word in enumerate(each) if word == text] for value, each in words.items()}
        return [places[value] for value in values]

    def has_vector(self, _docnum: int, _fieldname: str) -> bool:
        """There are none."""
        return False

    def vector(self, _docnum: int, fieldname: str, _format: Any = None) -> Any:
        """There are none."""
        raise KeyError(fieldname)

    def _known(self, field: str) -> Dictionary:
        if field in LABELS:
            label = self._segment.labels[field]
            return label.terms if field == SOURCE else label.stems.numbers
        return self._segment.terms if field == EXACT else self._segment.stems.numbers

    def _lengths(self, field: str, rows: Any = slice(None)) -> Any:
        """The words of a row, of some, or of each."""
        if field not in LABELS:
            return self._segment.lengths[rows]
        label = self._segment.labels[field]
        return label.lengths[label.of_row[rows]]

    def _found(self, field: str, text: str | bytes) -> Postings:
        found = Postings.nothing()
        if field in LABELS:
            found = _postings_of_label(self._segment.labels[field], field, _text(text))
        elif field in _FIELDS:
            found = postings(self._segment, field, _text(text))
        if not len(found.rows):
            raise TermNotFound(f"{field}:{_text(text)}")
        return found


def _postings_of_label(label: Label, field: str, term: str) -> Postings:
    values, freqs = values_of_term(label, field, term)
    rows = gathered(label.rows, label.rows_ptr, values)
    many = label.rows_ptr[values + 1] - label.rows_ptr[values]
    codes = coded(np.repeat(freqs, many), np.repeat(label.lengths.take(values), many))
    order = np.argsort(rows)
    return Postings(rows[order], codes[order])


def _words(field: str, value: str) -> list[str]:
    """What the value of a label is found by, word by word."""
    return [value] if field == SOURCE else [stem_of(term) for term in terms(value)]


def _text(text: str | bytes) -> str:
    return text.decode() if isinstance(text, bytes) else text
