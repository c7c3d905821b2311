"""Building a segment: documents in, a folder of flat arrays out (see `segment` for what lies in it).

Each distinct written word is folded and stemmed once; the rest is numpy. Memory grows with the batch, so the caller
bounds it.
"""

import hashlib
import json
import os
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from index.analysis import chunks, stem_of, term_of, terms
from index.hit import DocumentCard
from index.passage import Passage
from index.port import Entry
from index.sentences import ends
from index.whoosh_engine import rows as row_facts
from index.whoosh_engine.inverted import Ints, Inverted, invert
from index.whoosh_engine.schema import LABELS, SOURCE
from sources.document import Speaker
from sources.people import NOBODY, People
from sources.wire import date_to_json

_U32 = "I"


class _Numbers(dict[str, int]):
    """The numbers of written words; words that fold to one term share its number. Terms are numbered as they come."""

    def __init__(self) -> None:
        super().__init__()
        self.terms: list[str] = []
        self._number_of: dict[str, int] = {}

    def __missing__(self, word: str) -> int:
        term = term_of(word)
        number = self._number_of.setdefault(term, len(self.terms))
        if number == len(self.terms):
            self.terms.append(term)
        self[word] = number
        return number


class SegmentBuilder:
    """Collects documents and writes them as one segment. Each document is added once."""

    def __init__(self, people: People = NOBODY) -> None:
        self._people = people
        self._numbers = _Numbers()
        self._tokens = array(_U32)
        self._row_tokens = array("Q", [0])
        self._sentences = array("Q")
        self._places = array("Q")  # five a row: card, start, end, first and last byte in the texts
        self._days = array("q")  # eight a row: first and last day of when, said, published, added
        self._mentions = array("q")
        self._mention_ptr = array("Q", [0])
        self._meta: list[bytes] = []
        self._labels: tuple[dict[str, int], ...] = tuple({} for _ in LABELS)
        self._label_of_row = tuple(array(_U32) for _ in LABELS)
        self._keys = array("q")
        self._resolved: dict[tuple[str, tuple[Speaker, ...]], str] = {}  # of the document that was added last
        self._cards: list[DocumentCard] = []
        self._texts: list[bytes] = []
        self._bytes = 0

    @property
    def rows(self) -> int:
        """How many passages were added."""
        return len(self._meta)

    @property
    def documents(self) -> int:
        """How many documents were added, those without passages included."""
        return len(self._cards)

    def add(self, entry: Entry) -> None:
        """Add a document with its passages, which are in reading order and do not overlap."""
        number = len(self._cards)
        self._cards.append(entry.card)
        at, at_byte = 0, self._bytes
        for passage in entry.passages:
            first = at_byte + len(entry.text[at : passage.start].encode())
            last = first + len(passage.text.encode())
            at, at_byte = passage.end, last
            self._places.extend((number, passage.start, passage.end, first, last))
            self._add_words(passage.text)
            self._add_facts(entry, passage)
        encoded = entry.text.encode()
        self._texts.append(encoded)
        self._bytes += len(encoded)

    def _add_words(self, text: str) -> None:
        numbers, names, begun = self._numbers, self._numbers.terms, len(self._tokens)
        words = [(numbers[match[0]], match.start()) for match in chunks(text)]
        self._tokens.extend(number for number, _ in words)
        self._row_tokens.append(len(self._tokens))
        starts = [start for _, start in words]
        self._sentences.append(begun)
        self._sentences.extend(begun + bisect_left(starts, end) for end in ends(text))
        # Numbers are this segment's own; the key must be alike in every segment, so it is made of the terms.
        self._keys.append(key_of_words(names[number] for number, _ in words))

    def _add_facts(self, entry: Entry, passage: Passage) -> None:
        card = entry.card
        added = card.added.date().toordinal()
        said, published = row_facts.days(passage.said), row_facts.days(card.published)
        when = said if passage.said else published
        self._days.extend((*when, *said, *published, added, added))
        for day in passage.mentioned:
            self._mentions.extend(row_facts.days(day))
        self._mention_ptr.append(len(self._mentions) // 2)
        self._meta.append(row_facts.passage_to_json(passage))
        for values, of_row, words in zip(
            self._labels,
            self._label_of_row,
            row_facts.label_words(card, passage, self._who(entry, passage)),
            strict=True,
        ):
            of_row.append(values.setdefault(words, len(values)))

    def _who(self, entry: Entry, passage: Passage) -> str:
        speakers = tuple(
            dict.fromkeys(each for each in (passage.speaker, *(q.speaker for q in passage.quotes)) if each)
        )
        if (entry.card.id, speakers) not in self._resolved:
            named = f"{entry.card.title or ''}\n{entry.text}"
            self._resolved = {(entry.card.id, speakers): row_facts.people_words(speakers, self._people, named)} | {
                key: words for key, words in self._resolved.items() if key[0] == entry.card.id
            }
        return self._resolved[entry.card.id, speakers]

    def write(self, folder: Path) -> None:
        """Write the segment into a new folder and bring it to the disk; the caller makes it part of an index."""
        folder.mkdir(parents=True)
        names = self._numbers.terms
        stems: dict[str, int] = {}
        stem_of_term = np.array([stems.setdefault(stem_of(term), len(stems)) for term in names], np.uint32)
        arrays = self._row_arrays() | self._word_arrays(stem_of_term, len(names), len(stems))
        for number, label in enumerate(LABELS):
            arrays |= self._label_arrays(number, label, folder)
        for name, values in arrays.items():
            _save_array(folder / f"{name}.npy", values)
        _save_lines(folder / "terms.txt", names)
        _save_lines(folder / "stems.txt", stems)
        _save(folder / "texts.bin", self._texts)
        _save(folder / "meta.bin", self._meta)
        _save(folder / "cards.json", [json.dumps([card_to_json(card) for card in self._cards]).encode()])
        _sync_folder(folder)

    def _row_arrays(self) -> dict[str, Any]:
        places = np.array(self._places, np.int64).reshape(-1, 5)
        return {
            "row_card": places[:, 0].astype(np.uint32),
            "row_place": places[:, 1:],
            "row_days": np.array(self._days, np.int64).reshape(-1, 8).astype(np.int32).T.copy(),
            "mention_ptr": np.array(self._mention_ptr, np.int64),
            "mentions": np.array(self._mentions, np.int64).reshape(-1, 2).astype(np.int32).T.copy(),
            "meta_ptr": np.cumsum([0, *map(len, self._meta)]).astype(np.int64),
            "row_key": np.array(self._keys, np.int64),
        }

    def _word_arrays(self, stem_of_term: Ints, terms_count: int, stems_count: int) -> dict[str, Any]:
        stream = np.array(self._tokens, np.uint32)
        row_tokens = np.array(self._row_tokens, np.int64)
        row_of_token = np.repeat(np.arange(self.rows, dtype=np.uint32), np.diff(row_tokens))
        places = np.argsort(stream, kind="stable").astype(np.uint32)
        counts = np.bincount(stream, minlength=terms_count)
        stemmed = invert(stem_of_term[stream], row_of_token, stems_count)
        return {
            "stream": stream,
            "row_tokens": row_tokens,
            "sentences": np.array(self._sentences, np.int64),
            "places": places,
            "place_ptr": np.append(0, np.cumsum(counts)).astype(np.int64),
            "stem_of_term": stem_of_term,
            **_named("stem", stemmed),
        }

    def _label_arrays(self, number: int, label: str, folder: Path) -> dict[str, Any]:
        values = list(self._labels[number])
        of_row = np.array(self._label_of_row[number], np.uint32)
        numbers: dict[str, int] = {}
        stream, unit = array(_U32), array(_U32)
        for value_number, value in enumerate(values):
            words = [value] if label == SOURCE else terms(value)
            stream.extend(numbers.setdefault(word, len(numbers)) for word in words)
            unit.extend([value_number] * len(words))
        inverted = invert(np.array(stream, np.uint32), np.array(unit, np.uint32), len(numbers))
        _save_lines(folder / f"{label}_terms.txt", numbers)
        _save(folder / f"{label}_values.json", [json.dumps(values).encode()])
        order = np.argsort(of_row, kind="stable").astype(np.uint32)
        ptr = np.searchsorted(of_row[order], np.arange(len(values) + 1, dtype=np.uint32)).astype(np.int64)
        lengths = np.bincount(np.array(unit, np.int64), minlength=len(values)).astype(np.uint32)
        return {
            f"{label}_of_row": of_row,
            f"{label}_rows": order,
            f"{label}_rows_ptr": ptr,
            f"{label}_lengths": lengths,
            **_named(label, inverted),
        }


def key_of_words(words: Iterable[str]) -> int:
    """The same for passages of the same folded words, in any segment and process: 64 bits, signed."""
    digest = hashlib.blake2b("\0".join(words).encode(), digest_size=8).digest()
    return int.from_bytes(digest, "little", signed=True)


def card_to_json(card: DocumentCard) -> dict[str, Any]:
    """A card as `segment.card_from_json` reads it."""
    return asdict(card) | {"added": card.added.isoformat(), "published": date_to_json(card.published)}


def _named(name: str, inverted: Inverted) -> dict[str, Any]:
    return {f"{name}_ptr": inverted.ptr, f"{name}_units": inverted.units, f"{name}_freqs": inverted.freqs}


def _save_array(path: Path, values: Any) -> None:
    with path.open("wb") as file:
        np.save(file, values, allow_pickle=False)
        file.flush()
        os.fsync(file.fileno())


def _save_lines(path: Path, lines: Iterable[str]) -> None:
    _save(path, ["\n".join(lines).encode()])


def _save(path: Path, parts: Sequence[bytes]) -> None:
    with path.open("wb") as file:
        file.writelines(parts)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
