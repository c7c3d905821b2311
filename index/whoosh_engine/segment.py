"""A segment: some documents' passages as flat arrays, mapped from disk and never changed after they are written.

Theory of operation. A *row* is a passage; the rows of a document stand together in reading order, so the words of a
segment form one stream in which a phrase can run from one passage into the next. Files, all little-endian `.npy` or
text:

    stream          the term number of every word, row after row        row_tokens  where each row begins in it
    places          positions in the stream, term after term (so a term's are ascending); place_ptr says where each
    term's begin stem_*          inverted lists of the stems: rows and frequencies   stem_of_term, terms.txt,
    stems.txt sentences       positions in the stream at which a sentence begins row_card        each row's document
    row_place  its offsets there (code points), and in texts.bin (bytes) row_days        first and last day of when,
    said, published, added  mentions (mention_ptr)  of the dates its words name row_key         a hash of its folded
    words: copies share it         meta.bin (meta_ptr)     the rest, as JSON LABEL_*         a field with few distinct
    values: the value of each row, the rows of each value, and inverted lists
                    from terms to values
    cards.json      the documents; `texts.bin` their texts in UTF-8

A document that is changed or removed stays in its segment; the manifest names it as gone (`generations`).
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.analysis import stem_of
from index.hit import DocumentCard
from index.passage import Passage
from index.port import Entry
from index.whoosh_engine.inverted import Ints, Inverted
from index.whoosh_engine.rows import passage_from_json
from index.whoosh_engine.schema import LABELS
from sources.wire import date_from_json


@dataclass(frozen=True, slots=True)
class Label:
    """A field whose few distinct values are shared by many rows."""

    terms: Mapping[str, int]
    stems: Mapping[str, Sequence[int]]
    inverted: Inverted
    of_row: Ints
    rows: Ints
    rows_ptr: NDArray[np.int64]
    lengths: Ints
    values: Sequence[str]

    def rows_of(self, value: int) -> Ints:
        """The rows with this value, ascending."""
        return self.rows[self.rows_ptr[value] : self.rows_ptr[value + 1]]


class Segment:
    """Read access to the folder that `build.SegmentBuilder` wrote. Safe to share between threads."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.stream = self._array("stream")
        self.row_tokens: NDArray[np.int64] = self._array("row_tokens")
        self.sentences: NDArray[np.int64] = self._array("sentences")
        self.places = self._array("places")
        self.place_ptr: NDArray[np.int64] = self._array("place_ptr")
        self.stem_of_term = self._array("stem_of_term")
        self.stem_rows = self._inverted("stem")
        self.row_card = self._array("row_card")
        self.row_place: NDArray[np.int64] = self._array("row_place")
        self.row_days: NDArray[np.int32] = self._array("row_days")
        self.mention_ptr: NDArray[np.int64] = self._array("mention_ptr")
        self.mentions: NDArray[np.int32] = self._array("mentions")
        self.row_key: NDArray[np.int64] = self._array("row_key")
        self.terms = _numbered(self._lines("terms"))
        self.stems = _numbered(self._lines("stems"))
        self.labels: dict[str, Label] = {}
        self.cards = tuple(card_from_json(card) for card in json.loads((folder / "cards.json").read_bytes()))
        self.lengths: Ints = np.diff(self.row_tokens).astype(np.uint32)
        self._meta_ptr: NDArray[np.int64] = self._array("meta_ptr")
        self._texts = self._bytes("texts.bin")
        self._meta = self._bytes("meta.bin")
        self.labels = {label: self._label(label) for label in LABELS}

    @property
    def rows(self) -> int:
        """How many passages there are, those of gone documents included."""
        return len(self.row_card)

    @cached_property
    def terms_of_stem(self) -> Mapping[int, Sequence[int]]:
        """The numbers of the terms that share a stem."""
        return _grouped(self.stem_of_term.tolist())

    @cached_property
    def term_list(self) -> Sequence[str]:
        """The terms in the order of their numbers."""
        return tuple(self.terms)

    @cached_property
    def sources(self) -> tuple[tuple[str, str], ...]:
        """The workspace and source of each card."""
        return tuple((card.workspace_id, card.source_id) for card in self.cards)

    def places_of(self, term: int) -> Ints:
        """Where a term stands in the stream, ascending."""
        return self.places[self.place_ptr[term] : self.place_ptr[term + 1]]

    def row_at(self, places: NDArray[Any]) -> Ints:
        """The rows that positions of the stream belong to."""
        return (np.searchsorted(self.row_tokens, places, side="right") - 1).astype(np.uint32)

    def text(self, first: int, last: int) -> str:
        """The document's words from the beginning of row `first` to the end of row `last`, both of one document."""
        return bytes(self._texts[self.row_place[first, 2] : self.row_place[last, 3]]).decode()

    def passage(self, row: int, last: int | None = None) -> Passage:
        """The passage of a row, or the wider span up to the end of row `last` with the first one's facts."""
        end = row if last is None else last
        return passage_from_json(
            bytes(self._meta[self._meta_ptr[row] : self._meta_ptr[row + 1]]),
            self.cards[int(self.row_card[row])].id,
            int(self.row_place[row, 0]),
            int(self.row_place[end, 1]),
            self.text(row, end),
        )

    def entries(self, gone: frozenset[str]) -> Iterator[Entry]:
        """The documents with their passages, for building another segment; between passages there are blanks."""
        bounds = np.searchsorted(self.row_card, np.arange(len(self.cards) + 1))
        for number, card in enumerate(self.cards):
            if card.id not in gone:
                passages = tuple(self.passage(row) for row in range(bounds[number], bounds[number + 1]))
                yield Entry(card, self._document_text(passages, int(bounds[number])), passages)

    def _document_text(self, passages: Sequence[Passage], row: int) -> str:
        if not passages:
            return ""
        return " " * passages[0].start + self.text(row, row + len(passages) - 1)

    def _array(self, name: str) -> NDArray[Any]:
        # A plain view: numpy's memmap class costs microseconds at every slice.
        return np.load(self.folder / f"{name}.npy", mmap_mode="r", allow_pickle=False).view(np.ndarray)

    def _bytes(self, name: str) -> Any:
        path = self.folder / name
        return np.memmap(path, np.uint8, "r").view(np.ndarray) if path.stat().st_size else np.empty(0, np.uint8)

    def _lines(self, name: str) -> list[str]:
        text = (self.folder / f"{name}.txt").read_text(encoding="utf-8")
        return text.split("\n") if text else []

    def _inverted(self, name: str) -> Inverted:
        return Inverted(self._array(f"{name}_ptr"), self._array(f"{name}_units"), self._array(f"{name}_freqs"))

    def _label(self, name: str) -> Label:
        terms = self._lines(f"{name}_terms")
        return Label(
            terms=_numbered(terms),
            stems=_grouped(stem_of(term) for term in terms),
            inverted=self._inverted(name),
            of_row=self._array(f"{name}_of_row"),
            rows=self._array(f"{name}_rows"),
            rows_ptr=self._array(f"{name}_rows_ptr"),
            lengths=self._array(f"{name}_lengths"),
            values=json.loads((self.folder / f"{name}_values.json").read_bytes()),
        )


def card_from_json(data: dict[str, Any]) -> DocumentCard:
    """The inverse of `build.card_to_json`."""
    read: dict[str, Any] = data | {
        "added": datetime.fromisoformat(data["added"]),
        "published": date_from_json(data["published"]),
    }
    return DocumentCard(**read)


def _numbered(terms: Sequence[str]) -> dict[str, int]:
    return dict(zip(terms, range(len(terms)), strict=True))


def _grouped(keys: Any) -> dict[Any, list[int]]:
    groups: dict[Any, list[int]] = {}
    for number, key in enumerate(keys):
        groups.setdefault(key, []).append(number)
    return groups
