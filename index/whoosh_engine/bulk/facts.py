"""What is known of passages and documents beside their words, as arrays (see `segment`)."""

import json
from array import array
from collections.abc import Sequence
from functools import lru_cache
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.analysis import terms
from index.hit import DocumentCard
from index.passage import Passage
from index.whoosh_engine.bulk.cuts import Cut
from index.whoosh_engine.bulk.files import strings
from index.whoosh_engine.bulk.lists import Ptr, counted, ptr_of
from index.whoosh_engine.segment import rows as row_facts
from index.whoosh_engine.segment.arrays import Arrays
from index.whoosh_engine.segment.inverted import indexes
from index.whoosh_engine.segment.schema import LABELS, SOURCE
from sources.document import Speaker
from sources.people import People

_DAYS = 8
_AFTER_FIRST = -64
"""The bytes after the first one of a code point, 0x80 to 0xBF, are less than this, as numbers with a sign."""


class FactColumns:
    """Collects documents. Each is added once; its passages are in reading order and do not overlap. Where they lie is
    worked out for all that come together.
    """

    def __init__(self, people: People) -> None:
        self._people = people
        self._cards: list[DocumentCard] = []
        self._cards_json: list[bytes] = []
        self._texts: list[bytes] = []
        self._bytes = 0
        self._row_counts = array("I")  # of each document
        self._places = array("q")  # four a row: start, end, first and last byte in the texts
        self._fact_counts = array("I")  # rows in a run that share all that follows
        self._meta: dict[bytes, int] = {}
        self._meta_of_fact = array("I")
        self._days = array("i")  # eight a fact
        self._mentions = array("i")
        self._mention_counts = array("I")  # of each fact
        self._labels: tuple[dict[str, int], ...] = tuple({} for _ in LABELS)
        self._label_of_fact = tuple(array("I") for _ in LABELS)

    @property
    def rows(self) -> int:
        """How many passages were added."""
        return len(self._places) // 4

    @property
    def documents(self) -> int:
        """How many documents were added, those without passages included."""
        return len(self._cards)

    def add(self, cuts: Sequence[Cut]) -> list[bytes]:
        """Add documents. Gives the texts of their passages."""
        for cut in cuts:
            self._cards.append(cut.card)
            self._cards_json.append(cut.card_json)
            self._row_counts.append(len(cut.places))
            resolved: dict[tuple[Speaker, ...], str] = {(): ""}
            for count, passage, told in cut.alike:
                self._fact_counts.append(count)
                self._meta_of_fact.append(self._meta.setdefault(told, len(self._meta)))
                self._add_fact(cut, passage, resolved)
        filled = [cut for cut in cuts if len(cut.places)]
        return self._add_places(filled) if filled else []

    def _add_places(self, cuts: Sequence[Cut]) -> list[bytes]:
        """Of a text what lies between the passages is kept too: a phrase may run from one into the next."""
        content = b"".join([cut.content for cut in cuts])
        rows = ptr_of(np.array([len(cut.places) for cut in cuts]))
        counts = np.diff(rows)
        places = np.concatenate([cut.places for cut in cuts])
        in_bytes = _in_bytes(content, ptr_of(np.array([len(cut.content) for cut in cuts]))[:-1], counts, places)
        first, last = in_bytes[rows[:-1], 0], in_bytes[rows[1:] - 1, 1]
        to = self._bytes + ptr_of(last - first)
        moved = in_bytes + np.repeat(to[:-1] - first, counts)[:, np.newaxis]
        self._places.frombytes(np.hstack((places, moved)).tobytes())
        self._texts += [content[begin:end] for begin, end in zip(first.tolist(), last.tolist(), strict=True)]
        self._bytes = int(to[-1])
        return [content[begin:end] for begin, end in in_bytes.tolist()]

    def _add_fact(self, cut: Cut, passage: Passage, resolved: dict[tuple[Speaker, ...], str]) -> None:
        card = cut.card
        added = card.added.date().toordinal()
        said, published = row_facts.days(passage.said), row_facts.days(card.published)
        self._days.extend((*(said if passage.said else published), *said, *published, added, added))
        for day in passage.mentioned:
            self._mentions.extend(row_facts.days(day))
        self._mention_counts.append(len(passage.mentioned))
        speakers = tuple(
            dict.fromkeys(each for each in (passage.speaker, *(q.speaker for q in passage.quotes)) if each)
        )
        if speakers not in resolved:
            named = f"{card.title or ''}\n{cut.content.decode()}"
            resolved[speakers] = row_facts.people_words(speakers, self._people, named)
        words = row_facts.label_words(card, passage, resolved[speakers])
        for values, of_fact, value in zip(self._labels, self._label_of_fact, words, strict=True):
            of_fact.append(values.setdefault(value, len(values)))

    def arrays(self) -> dict[str, NDArray[Any]]:
        """All that was added, without what follows from it (`derived`)."""
        facts = np.repeat(np.arange(len(self._fact_counts)), np.array(self._fact_counts))
        counts = np.array(self._mention_counts, np.int64)
        mentions = np.array(self._mentions, np.int32).reshape(-1, 2)
        arrays: dict[str, NDArray[Any]] = {
            "row_card": np.repeat(np.arange(self.documents, dtype=np.uint32), np.array(self._row_counts)),
            "row_place": np.array(self._places).reshape(-1, 4),
            "row_days": np.array(self._days).reshape(-1, _DAYS)[facts].T.copy(),
            "mention_ptr": ptr_of(counts[facts]),
            "mentions": mentions[indexes(ptr_of(counts), facts)].T.copy(),
            "meta_of_row": np.array(self._meta_of_fact)[facts],
            **strings("meta", self._meta),
            "texts": np.frombuffer(b"".join(self._texts), np.uint8),
            **strings("cards", self._cards_json),
            **card_arrays(self._cards),
        }
        for label, values, of_fact in zip(LABELS, self._labels, self._label_of_fact, strict=True):
            arrays |= {f"{label}_of_row": np.array(of_fact)[facts], **label_arrays(label, list(values))}
        return arrays


def _in_bytes(content: bytes, begins: Ptr, counts: Ptr, places: NDArray[np.int64]) -> NDArray[np.int64]:
    """At which bytes some code points begin: of texts in UTF-8, one after another, so many `places` in each."""
    others = np.flatnonzero(np.frombuffer(content, np.int8) < _AFTER_FIRST)
    before = begins - np.searchsorted(others, begins)  # code points
    points = places + np.repeat(before, counts)[:, np.newaxis]
    return points + np.searchsorted(others - np.arange(len(others)), points, "right")


def card_arrays(cards: Sequence[DocumentCard]) -> Arrays:
    """What the documents of a segment are found by."""
    return {
        "card_key": np.fromiter((row_facts.card_key(card.id) for card in cards), np.uint64, len(cards)),
        **named_arrays("homes", "card_home", [home(card.workspace_id, card.source_id) for card in cards]),
        **named_arrays("publishers", "card_publisher", [card.publisher or "" for card in cards]),
    }


def named_arrays(name: str, of_card: str, values: Sequence[str]) -> Arrays:
    """The distinct ones of the documents' values, sorted, and that of each document."""
    distinct = sorted(set(values))
    numbers = dict(zip(distinct, range(len(distinct)), strict=True))
    return {
        **strings(name, (value.encode() for value in distinct)),
        of_card: np.fromiter((numbers[value] for value in values), np.uint32, len(values)),
    }


@lru_cache
def home(workspace_id: str, source_id: str) -> str:
    """Where a document belongs, in one string."""
    return json.dumps([workspace_id, source_id], ensure_ascii=False)


@lru_cache(maxsize=20_000)
def _terms(chunk: str) -> Sequence[str]:
    """The terms of what stands between blanks: in labels the same words come again and again."""
    return terms(chunk)


def label_arrays(label: str, values: Sequence[str]) -> Arrays:
    """The distinct values of a label field, and inverted lists from their terms to them."""
    words = [[value] if label == SOURCE else [*chain.from_iterable(map(_terms, value.split()))] for value in values]
    names = sorted({word for each in words for word in each})
    numbers = dict(zip(names, range(len(names)), strict=True))
    lengths = np.fromiter(map(len, words), np.uint32, len(words))
    stream = np.fromiter((numbers[word] for each in words for word in each), np.uint32, int(lengths.sum()))
    value_of = np.repeat(np.arange(len(values), dtype=np.uint32), lengths)
    ptr, units, freqs = counted(stream, value_of, len(names))
    return {
        **strings(f"{label}_values", (value.encode() for value in values)),
        **strings(f"{label}_terms", (name.encode() for name in names)),
        f"{label}_ptr": ptr,
        f"{label}_units": units,
        f"{label}_freqs": freqs,
        f"{label}_lengths": lengths,
    }
