"""Whether a passage was told to a watch before, in another document. Pure.

A text is known by the hashes of all its runs of three folded words (Broder's shingles,
https://doi.org/10.1109/SEQUEN.1997.666900). A passage is a copy when enough of its runs stand in what was told. What
was told is kept with some words around it, so that a copy that is cut elsewhere is known too.
"""

import zlib

import numpy as np

from index.analysis import terms

RUN = 3
AROUND = 600
"""Characters before and after a passage that are kept with it."""

FEWEST_EDITED = 20
"""In a shorter passage every word counts."""

FEWEST = 8
"""Fewer words ("Thank you very much.") stand anywhere: they are a copy only of the same few."""

ALIKE = 0.8


def runs_of(text: str) -> frozenset[int]:
    """The hashes of a text's runs; of fewer than three words, all of them are one run."""
    words = terms(text)
    runs = (" ".join(words[at : at + RUN]) for at in range(max(len(words) - RUN + 1, 1)))
    return frozenset(zlib.crc32(run.encode()) for run in runs)


class Told:
    """What a watch has told."""

    def __init__(self) -> None:
        self._documents: dict[int, str | None] = {}
        self._short: set[frozenset[int]] = set()

    def add(self, document_id: str, passage: frozenset[int], around: frozenset[int] = frozenset()) -> None:
        """A passage of a document was told, by its runs and those of the words around it."""
        self._short.add(passage)
        for run in passage | around:
            known = self._documents.setdefault(run, document_id)
            if known != document_id:
                self._documents[run] = None  # it stands in several

    def has(self, document_id: str, passage: str) -> bool:
        """Whether nearly all of the passage was told, of other documents, or exactly all of it, of any.

        Within one document a changed word is what a watch is for, so there nothing less than all counts.
        """
        length, own = len(terms(passage)), runs_of(passage)
        if length < FEWEST:
            return own in self._short
        if all(run in self._documents for run in own):
            return True
        elsewhere = sum(run in self._documents and self._documents[run] != document_id for run in own)
        return length >= FEWEST_EDITED and elsewhere >= ALIKE * len(own)


def with_around(text: str, start: int, end: int) -> frozenset[int]:
    """The runs of `text[start:end]` and of some words before and after."""
    return runs_of(text[max(0, start - AROUND) : end + AROUND])


def kept(passage: frozenset[int], around: frozenset[int]) -> bytes:
    """The runs as they are stored: how many are the passage's, those, and then the ones around it."""
    ordered = [*sorted(passage), *sorted(around - passage)]
    return np.array([len(passage), *ordered], "<u4").tobytes()


def read(data: bytes) -> tuple[frozenset[int], frozenset[int]]:
    """The inverse of `kept`.

    >>> read(kept(frozenset({7, 3}), frozenset({3, 9}))) == (frozenset({3, 7}), frozenset({9}))
    True
    """
    if not data:
        return frozenset(), frozenset()
    length, *runs = np.frombuffer(data, "<u4").tolist()
    return frozenset(runs[:length]), frozenset(runs[length:])
