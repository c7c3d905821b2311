"""Several segments into one, by copying blocks: no word is analysed again, and what is gone is left behind."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.whoosh_engine.bulk.files import ArrayFile
from index.whoosh_engine.bulk.kept import Kept, ranges_of
from index.whoosh_engine.segment.arrays import Arrays


@dataclass(frozen=True, slots=True)
class Source:
    """A segment's arrays with what of it is kept, and where its first document, row, word and byte go."""

    arrays: Arrays
    documents: NDArray[np.bool_]
    row_mask: NDArray[np.bool_]
    rows: Kept
    tokens: Kept
    texts: Kept


def sources(segments: Iterable[tuple[Arrays, NDArray[np.bool_]]]) -> list[Source]:
    """Segments in the order in which they are merged, each with a mask of the documents that are kept."""
    found: list[Source] = []
    rows = tokens = texts = 0
    for arrays, documents in segments:
        row_mask = documents[arrays["row_card"]]
        first, last = ranges_of(row_mask)
        whole = bool(documents.all())
        row_tokens, places = arrays["row_tokens"], arrays["row_place"]
        source = Source(
            arrays,
            documents,
            row_mask,
            Kept(first, last, rows, whole),
            Kept(row_tokens[first], row_tokens[last], tokens, whole),
            Kept(places[first, 2], places[last - 1, 3], texts, whole),
        )
        rows, tokens, texts = rows + source.rows.count, tokens + source.tokens.count, texts + source.texts.count
        found.append(source)
    return found


class Written(dict[str, NDArray[Any]]):
    """The arrays that were written so far, mapped when they are asked for."""

    def __init__(self, *files: ArrayFile) -> None:
        super().__init__()
        self._files = files

    def __missing__(self, name: str) -> NDArray[Any]:
        self[name] = next(file for file in self._files if name in file.arrays).array(name)
        return self[name]
