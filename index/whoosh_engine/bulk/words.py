"""The words of passages as numbers, in bulk.

Theory of operation. No word runs over a blank and no step of the analysis looks beyond one, so the words of a text are
those of its *chunks*, the pieces between blanks, one after another; and most chunks come again and again. A text is
split at blanks and each chunk looked up in one table (`chunks`); the analysis itself (`index.analysis.terms`) runs once
for each distinct chunk. All the rest (words, ends of sentences, keys of passages) is arithmetic on the chunks'
numbers, for thousands of passages at once.
"""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from index.analysis import folded, stemmed, terms
from index.sentences import ENDS, ENDS_UNLESS_SMALL, OPENING, SMALL, SMALL_AT_ONCE, signs_of
from index.whoosh_engine.bulk.chunks import ChunkTable, chunks_of
from index.whoosh_engine.bulk.lists import looked_up, ptr_of
from index.whoosh_engine.segment.inverted import indexes

_MOST_CHUNKS = 500_000
"""More distinct chunks than this are forgotten and analysed anew: the table costs 130 bytes each."""

_AROUND = ".,;:!?…\"'“”‘’()[]«»—–-$%"
"""Signs that are no part of a plain word when they stand before or after it."""

_LONG = 8
"""No abbreviation has so many letters; of a word that has, the first one alone says how sentences end around it."""

_MULTIPLIER = 0x9E3779B97F4A7C15

Numbers = NDArray[np.uint32]


@dataclass(frozen=True, slots=True)
class Words:
    """Some rows' words: term numbers of a `WordTable`, how many words each row has, at which words sentences begin,
    and the rows' keys.
    """

    stream: Numbers
    lengths: Numbers
    sentences: NDArray[np.int64]
    keys: NDArray[np.int64]


def joined(parts: Sequence[Words]) -> Words:
    """Some rows' words as those of one; there is one part at least."""
    begins = np.cumsum([0, *(len(part.stream) for part in parts)])
    return Words(
        np.concatenate([part.stream for part in parts]),
        np.concatenate([part.lengths for part in parts]),
        np.concatenate([part.sentences + begin for part, begin in zip(parts, begins[:-1], strict=True)]),
        np.concatenate([part.keys for part in parts]),
    )


class Numbered(dict[str, int]):
    """Names with their numbers, as they come: to look one up that is new numbers it."""

    def __init__(self) -> None:
        super().__init__()
        self.names: list[str] = []
        self._order: list[int] = []

    def __missing__(self, name: str) -> int:
        self[name] = number = len(self.names)
        self.names.append(name)
        return number

    def order(self) -> list[int]:
        """All numbers in the order of their names."""
        self._order.extend(range(len(self._order), len(self.names)))
        self._order.sort(key=self.names.__getitem__)  # most of it is sorted from the last time
        return self._order


class WordTable:
    """The words of chunks; terms and stems are numbered as they come. It grows with the distinct chunks."""

    def __init__(self) -> None:
        self.terms, self.stems = Numbered(), Numbered()
        self.stem_of_term = array("I")
        self._chunks = ChunkTable()
        self._hashes = array("Q")
        self._words = array("I")
        self._word_ptr = array("q", [0, 0])  # by chunk; there is none of number 0
        self._first_words = array("I", [0])
        self._signs = array("B", [0])

    def _analyse(self, chunks: Sequence[str]) -> None:
        known, found, counts = len(self.terms), list[str](), list[int]()
        for chunk in chunks:
            core = chunk.strip(_AROUND)
            # Most chunks are one plain word with signs around it, and those are alike for most of them.
            if core.isascii() and core.isalnum():
                found.append(folded(core))
                counts.append(1)
                self._signs.append(_signs_around(chunk, core))
            else:
                words = terms(chunk)
                found += words
                counts.append(len(words))
                self._signs.append(signs_of(chunk))
        begins = ptr_of(np.array(counts, np.int64))
        words = np.fromiter(map(self.terms.__getitem__, found), np.uint32, len(found))
        self._first_words.frombytes(np.append(words, np.uint32(0))[begins[:-1]].tobytes())
        self._word_ptr.frombytes((begins[1:] + len(self._words)).tobytes())
        self._words.frombytes(words.tobytes())
        new = self.terms.names[known:]
        self._hashes.extend(map(_hash, new))
        self.stem_of_term.extend(map(self.stems.__getitem__, map(stemmed, new)))

    @property
    def full(self) -> bool:
        """Whether it is time for a new table."""
        return len(self._chunks) > _MOST_CHUNKS

    def words(self, texts: Sequence[bytes]) -> Words:
        """The words of some texts, each a row."""
        of = chunks_of(texts)
        chunks = self._chunks.numbers(of, self._analyse)
        word_ptr = np.asarray(self._word_ptr)
        counts = np.diff(word_ptr).take(chunks)
        begins_of_chunks = ptr_of(counts)
        stream = np.repeat(np.asarray(self._first_words).take(chunks), counts)
        several = np.flatnonzero(counts > 1)
        of_several = indexes(word_ptr, chunks.take(several))
        stream[indexes(begins_of_chunks, several)] = np.asarray(self._words).take(of_several)
        row_chunks = ptr_of(of.counts)
        row_words = begins_of_chunks[row_chunks]
        ended = _sentence_ends(np.asarray(self._signs).take(chunks), row_chunks, of.breaks)
        # Where a sentence has no word, the next one begins at the same place.
        begins = np.zeros(len(stream) + 1, bool)
        begins[row_words[:-1]] = begins[begins_of_chunks[1:][ended]] = True
        sentences = np.flatnonzero(begins[:-1])
        lengths = np.diff(row_words).astype(np.uint32)
        return Words(stream, lengths, sentences, _keys(looked_up(np.asarray(self._hashes), stream), row_words))


def _signs_around(chunk: str, core: str) -> int:
    """The signs of a chunk that is a plain word, the core, and signs around it."""
    if len(core) == len(chunk):
        return SMALL | SMALL_AT_ONCE if core[0].islower() else 0
    if len(core) < _LONG and "." in chunk:
        return signs_of(chunk)  # it may be an abbreviation
    return _signs_of(chunk.replace(core, core[0] * _LONG))


_signs_of = lru_cache(maxsize=2_000)(signs_of)


def _sentence_ends(
    signs: NDArray[np.uint8], row_chunks: NDArray[np.int64], breaks: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """After which chunks a sentence ends; the last of a row ends none. See `index.sentences.ends`."""
    ahead = np.zeros(len(signs) + 2, np.uint8)
    ahead[:-2] = signs
    last = np.zeros(len(signs) + 1, bool)
    last[row_chunks[1:] - 1] = True
    beyond = ahead[2:] & SMALL_AT_ONCE > 0
    small = ahead[1:-1] & SMALL > 0
    small |= (ahead[1:-1] & OPENING > 0) & beyond & ~last[1:]
    ended = (signs & ENDS > 0) | ((signs & ENDS_UNLESS_SMALL > 0) & ~small)
    ended[breaks] = True
    return ended & ~last[:-1]


def _hash(term: str) -> int:
    return int.from_bytes(blake2b(term.encode(), digest_size=8).digest(), "little")


def _powers(count: int) -> NDArray[np.uint64]:
    return np.cumprod(np.full(count, _MULTIPLIER, np.uint64), dtype=np.uint64)


def _keys(hashes: NDArray[np.uint64], row_words: NDArray[np.int64]) -> NDArray[np.int64]:
    """The keys of rows: alike for passages of the same terms, in any segment and process. A polynomial of the terms'
    hashes, so the order of the terms counts.
    """
    lengths = np.diff(row_words)
    keys = np.zeros(len(lengths), np.uint64)
    if len(hashes):
        place = np.arange(len(hashes)) - np.repeat(row_words[:-1], lengths)
        filled = np.flatnonzero(lengths)
        keys[filled] = np.add.reduceat(hashes * _powers(int(lengths.max()))[place], row_words[:-1][filled])
    return keys.view(np.int64)
