"""A segment: some documents' passages as flat arrays, mapped from disk and never changed after they are written.

Theory of operation. A *row* is a passage; the rows of a document stand together in reading order, so the words of a
segment form one stream of *tokens* in which a phrase can run from one passage into the next. Terms and stems are
numbered in the order of their bytes, so a dictionary is looked up by halving and a prefix is a range of numbers.

    stream          the term of every token                row_tokens   where each row begins in it
    row_block       the row of every 64th token            sentences    tokens at which a sentence begins
    places          tokens of each term, ascending (place_ptr); term_rows counts the rows that hold it
    stem_rows       rows of each stem, ascending (stem_ptr), and stem_codes: how often it is there, and how many words
                    the row has, in one number (`postings`), so that a score is one look into a table
    stem_peak       the greatest score of a stem, but for its rarity, were this the only segment
    dense_*_tf      of words in more than a sixteenth of the rows: how often in every row
    gram_places     of each two of the most frequent terms: where they stand side by side (gram_ptr)
    stem_of_term    and its inverse, stem_terms
    row_card        each row's document                    row_place    its offsets there (letters), in texts (bytes)
    row_days        first and last day of when, said, published, added
    mentions        of the dates its words name (mention_ptr)
    row_key         a hash of its folded words: copies share it
    meta            the rest, as JSON, each distinct one once (meta_of_row)
    cards           the documents, as JSON; card_home (workspace and source), card_publisher, card_key (of the id)
    LABEL_*         a field with few distinct values: the value of each row, the rows of each value, and inverted lists
                    from terms to values

A document that is changed or removed stays in its segment; the manifest names it as gone (`generations`).
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.hit import DocumentCard
from index.passage import Passage
from index.whoosh_engine.segment.arrays import Arrays, opened, populate
from index.whoosh_engine.segment.dictionary import Dictionary, Strings
from index.whoosh_engine.segment.grams import Grams
from index.whoosh_engine.segment.inverted import Ints, Inverted, gathered, lists_at
from index.whoosh_engine.segment.postings import Dense, Postings, coded
from index.whoosh_engine.segment.rows import passage_from_json
from index.whoosh_engine.segment.schema import LABELS
from index.whoosh_engine.segment.term import Term
from sources.wire import date_from_json

_CARDS = 4096
"""So many documents' cards are kept as they were read."""

_TERMS = 4096
"""So many terms are kept with what is known of each."""

_BLOCK = 6
"""`row_block` has an entry for each 2 ** 6 tokens."""

_FEW = 8
"""So few places are looked up one by one."""

_SEARCHED = 256
"""So few are searched for among all rows: hints are for more."""

_VALUES = 4096
"""So many words' values of a label are kept."""

Values = tuple[NDArray[np.int64], Ints]
"""Some values of a label, ascending and distinct, with how often each holds what was looked for."""

_READ_FIRST = ("stem_codes", "stem_rows", "dense_term_tf", "stream")
"""In the files of these arrays nearly every question looks."""

_NO_VALUES: Values = (np.empty(0, np.int64), np.empty(0, np.uint32))


@dataclass(frozen=True, slots=True)
class Stems:
    """The stems of a field, and for each the numbers of its terms, ascending."""

    numbers: Dictionary
    terms: Ints
    terms_ptr: NDArray[np.int64]

    def terms_of(self, stem: int) -> Ints:
        """The numbers of the terms with this stem."""
        return self.terms[self.terms_ptr[stem] : self.terms_ptr[stem + 1]]


class Label:
    """A field whose few distinct values are shared by many rows."""

    def __init__(self, arrays: Arrays, name: str) -> None:
        self.terms = Dictionary(arrays, f"{name}_terms")
        self.stems = _stems(arrays, f"{name}_")
        self.inverted = Inverted(arrays[f"{name}_ptr"], arrays[f"{name}_units"], arrays[f"{name}_freqs"])
        self.of_row: Ints = arrays[f"{name}_of_row"]
        self.rows: Ints = arrays[f"{name}_rows"]
        self.rows_ptr: NDArray[np.int64] = arrays[f"{name}_rows_ptr"]
        self.lengths: Ints = arrays[f"{name}_lengths"]
        self.values: Sequence[str] = Strings(arrays, f"{name}_values")
        self.values_of_stem = lru_cache(_VALUES)(self._values_of_stem)

    def rows_of(self, value: int) -> Ints:
        """The rows with this value, ascending."""
        return self.rows[self.rows_ptr[value] : self.rows_ptr[value + 1]]

    def count(self, values: NDArray[np.int64]) -> int:
        """How many rows have one of these values."""
        return int((self.rows_ptr[values + 1] - self.rows_ptr[values]).sum())

    def values_of_terms(self, numbers: Sequence[int]) -> Values:
        """The values that hold any of the terms."""
        if len(numbers) == 1:
            values, freqs = self.inverted.of(numbers[0])
            return values.astype(np.int64), freqs
        chosen = np.array(numbers, np.int64)
        values = gathered(self.inverted.units, self.inverted.ptr, chosen)
        return summed(values, gathered(self.inverted.freqs, self.inverted.ptr, chosen))

    def _values_of_stem(self, stem: str) -> Values:
        """The values that hold a word of this stem."""
        number = self.stems.numbers.find(stem)
        return _NO_VALUES if number is None else self.values_of_terms(self.stems.terms_of(number).tolist())


class Segment:
    """Read access to the folder that the builder wrote. Safe to share between threads."""

    def __init__(self, folder: Path) -> None:
        arrays = opened(folder)
        self.folder = folder
        self._arrays = arrays
        self.stream: Ints = arrays["stream"]
        self.words = arrays["stream"].data  # the same as plain numbers, for a few of them
        self.row_tokens: NDArray[np.int64] = arrays["row_tokens"]
        self.row_ends: NDArray[np.int64] = self.row_tokens[1:]
        self._row_tokens = arrays["row_tokens"].data
        self.sentences: NDArray[np.int64] = arrays["sentences"]
        self.places: Ints = arrays["places"]
        self.place_ptr: NDArray[np.int64] = arrays["place_ptr"]
        self._place_ptr = arrays["place_ptr"].data
        self.term_rows: Ints = arrays["term_rows"]
        self.stem_of_term: Ints = arrays["stem_of_term"]
        self.row_card: Ints = arrays["row_card"]
        self.row_place: NDArray[np.int64] = arrays["row_place"]
        self.row_days: NDArray[np.int32] = arrays["row_days"]
        self.mention_ptr: NDArray[np.int64] = arrays["mention_ptr"]
        self.mentions: NDArray[np.int32] = arrays["mentions"]
        self.row_key: NDArray[np.int64] = arrays["row_key"]
        self.card_key: NDArray[np.uint64] = arrays["card_key"]
        self.card_home: Ints = arrays["card_home"]
        self.card_publisher: Ints = arrays["card_publisher"]
        self.terms = Dictionary(arrays, "terms")
        self.stems = _stems(arrays, "")
        self.labels: Mapping[str, Label] = {label: Label(arrays, label) for label in LABELS}
        self.homes: Sequence[tuple[str, str]] = [_home(text) for text in Strings(arrays, "homes")]
        self.publishers: Sequence[str] = Strings(arrays, "publishers")
        self.grams = Grams(arrays)
        self._row_block: Ints = arrays["row_block"]
        self._row_hints = arrays["row_block"].data
        self._stem_rows = Postings(arrays["stem_rows"], arrays["stem_codes"])
        self._stem_ptr: NDArray[np.int64] = arrays["stem_ptr"]
        self._stem_peak: NDArray[np.float32] = arrays["stem_peak"]
        self._dense_stems = Dense(arrays["dense_stems"], arrays["dense_stem_tf"])
        self._dense_terms = Dense(arrays["dense_terms"], arrays["dense_term_tf"])
        self._cards = Strings(arrays, "cards")
        self._meta, self._meta_of_row = Strings(arrays, "meta"), arrays["meta_of_row"]
        self._texts = arrays["texts"].data
        self.card = lru_cache(_CARDS)(self._card)
        self.term = lru_cache(_TERMS)(self._term)

    @property
    def rows(self) -> int:
        """How many passages there are, those of gone documents included."""
        return len(self.row_card)

    @property
    def documents(self) -> int:
        """How many documents there are, gone ones included."""
        return len(self._cards)

    @cached_property
    def lengths(self) -> NDArray[np.uint16]:
        """The words of each row, as far as `postings` counts them."""
        return coded(np.zeros(1, np.uint32), np.diff(self.row_tokens))

    @cached_property
    def row_edges(self) -> Ints:
        """`row_tokens` of the same type as places: to compare both, numpy would convert all of one."""
        return self.row_tokens.astype(np.uint32)

    def warm(self) -> None:
        """Have the postings read from the disk, once, and work out what misspelt words are compared by."""
        _ = self._at_hand, self.lengths, self.row_edges
        self.terms.warm()

    @cached_property
    def _at_hand(self) -> None:
        populate(self._arrays[name] for name in _READ_FIRST)

    def _card(self, number: int) -> DocumentCard:
        return card_from_json(json.loads(self._cards.bytes_of(number)))

    def card_of(self, row: int) -> DocumentCard:
        """The document of a row."""
        return self.card(int(self.row_card[row]))

    def postings_of_stem(self, stem: int) -> Postings:
        """The rows of a stem."""
        first, last = self._stem_ptr[stem : stem + 2].tolist()
        peak = float(self._stem_peak[stem])
        rows, codes = self._stem_rows.rows[first:last], self._stem_rows.codes[first:last]
        return Postings(rows, codes, self._dense_stems.of(stem), self.lengths, peak)

    def rows_with_stem(self, stem: int) -> int:
        """In how many rows a stem stands."""
        return int(self._stem_ptr[stem + 1] - self._stem_ptr[stem])

    def postings_of_term(self, term: int) -> Postings:
        """The rows of a written term."""
        rows, freqs = counted(self.row_at(self.places_of(term)))
        return Postings(rows, coded(freqs, self.lengths.take(rows)), self._dense_terms.of(term), self.lengths)

    def edges(self, row: int) -> tuple[int, int]:
        """Where in the stream a row begins, and where it ends."""
        return self._row_tokens[row], self._row_tokens[row + 1]

    def _term(self, number: int) -> Term:
        """What is known of a term."""
        places = self.places[self._place_ptr[number] : self._place_ptr[number + 1]]
        return Term(number, places, self.grams.index.get(number), self._dense_terms.of(number))

    def places_of(self, term: int) -> Ints:
        """Where a term stands in the stream, ascending."""
        return self.term(term).places

    def row_at(self, places: NDArray[Any]) -> Ints:
        """The row of each place in the stream."""
        if len(places) < _FEW:
            return np.array([self.row_of(place) for place in places.tolist()], np.uint32)
        if len(places) < _SEARCHED:
            return self.row_edges[1:].searchsorted(places.astype(np.uint32), "right").astype(np.uint32)
        return lists_at(places, self.row_edges, self._row_block, _BLOCK)

    def row_of(self, place: int) -> int:
        """The row of one place in the stream."""
        row = self._row_hints[place >> _BLOCK]
        while self._row_tokens[row + 1] <= place:
            row += 1
        return row

    def text(self, first: int, last: int) -> str:
        """The document's words from the beginning of row `first` to the end of row `last`, both of one document."""
        return bytes(self._texts[self.row_place[first, 2] : self.row_place[last, 3]]).decode()

    def passage(self, row: int, last: int | None = None) -> Passage:
        """The passage of a row, or the wider span up to the end of row `last` with the first one's facts."""
        end = row if last is None else last
        return passage_from_json(
            self._meta.bytes_of(int(self._meta_of_row[row])),
            self.card_of(row).id,
            int(self.row_place[row, 0]),
            int(self.row_place[end, 1]),
            self.text(row, end),
        )


def summed(values: NDArray[Any], freqs: Ints) -> Values:
    """Distinct values, with the frequencies of equal ones added."""
    distinct, owner = np.unique(values, return_inverse=True)
    return distinct.astype(np.int64), np.bincount(owner, freqs, len(distinct)).astype(np.uint32)


def counted(rows: Ints) -> tuple[Ints, Ints]:
    """Distinct rows of an ascending list, and how often each occurs."""
    if not len(rows):
        return rows, rows
    fresh = np.flatnonzero(np.append(True, rows[1:] != rows[:-1]))
    return rows[fresh], np.diff(np.append(fresh, len(rows))).astype(np.uint32)


def card_from_json(data: dict[str, Any]) -> DocumentCard:
    """The inverse of `build.card_to_json`."""
    read: dict[str, Any] = data | {
        "added": datetime.fromisoformat(data["added"]),
        "published": date_from_json(data["published"]),
    }
    return DocumentCard(**read)


def _home(text: str) -> tuple[str, str]:
    workspace, source = json.loads(text)
    return workspace, source


def _stems(arrays: Arrays, prefix: str) -> Stems:
    return Stems(Dictionary(arrays, f"{prefix}stems"), arrays[f"{prefix}stem_terms"], arrays[f"{prefix}stem_terms_ptr"])
