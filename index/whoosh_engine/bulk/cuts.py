"""Documents as columns take them, and as they go to a worker: their passages are places in one text, and what many
passages have in common is told once.
"""

import json
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, fields
from itertools import groupby
from operator import attrgetter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.entries import Entry, Versioned, card_of, entry
from index.errors import IndexUnavailable
from index.hit import DocumentCard
from index.passage import Passage
from index.whoosh_engine.segment.rows import card_to_json, passage_from_json, passage_to_json
from index.whoosh_engine.segment.segment import card_from_json
from sources.document import Document
from sources.wire import pack_marks, unpack_marks

Given = Entry | Versioned
"""A document with its passages, or as the store has it."""

_COMMON = attrgetter("version", "speaker", "said", "mentioned", "pages", "cue", "heading", "quotes")


@dataclass(frozen=True, slots=True)
class Cut:
    """A document cut into passages: at which code points of its text each begins and ends, in reading order; `content`
    is the text in UTF-8. `alike` are runs of passages that have all but place and words in common: how many there are
    of each, one of them, and this as JSON. `card_json` is the card as JSON.
    """

    card: DocumentCard
    card_json: bytes
    content: bytes = field(repr=False)
    places: NDArray[np.int64]
    alike: Sequence[tuple[int, Passage, bytes]]


def cut_of(given: Given) -> Cut:
    """The document, cut where it isn't yet. Raises `IndexUnavailable`, which names a document that can't be cut."""
    if isinstance(given, Versioned):
        with _named(given.document.id):
            given = entry(given.document, given.version)
    places = [(passage.start, passage.end) for passage in given.passages]
    runs = (list(alike) for _, alike in groupby(given.passages, _COMMON))
    return Cut(
        given.card,
        _json_of(given.card),
        given.text.encode(),
        np.array(places, np.int64).reshape(-1, 2),
        [(len(alike), alike[0], passage_to_json(alike[0])) for alike in runs],
    )


@contextmanager
def _named(document_id: str) -> Generator[None]:
    try:
        yield
    except (ArithmeticError, LookupError, TypeError, ValueError) as error:
        # No word of it is told: whoever rebuilds may not be one who reads this source.
        kind = type(error).__name__
        raise IndexUnavailable(
            f"The document {document_id} can't be indexed ({kind}); the index is as it was before."
        ) from error


def letters_of(given: Given) -> int:
    """How long the document's text is."""
    return len(given.text if isinstance(given, Entry) else given.document.text)


def packed(documents: Sequence[Given]) -> tuple[dict[str, Any], bytes]:
    """Documents as a frame for a worker."""
    told, contents = list[dict[str, Any]](), list[bytes]()
    for each in documents:
        facts, parts = _packed_cut(cut_of(each)) if isinstance(each, Entry) else _packed_stored(each)
        told.append(facts | {"bytes": [len(part) for part in parts]})
        contents += parts
    return {"task": "documents", "documents": told}, b"".join(contents)


def _packed_cut(cut: Cut) -> tuple[dict[str, Any], Sequence[bytes]]:
    alike = [(count, facts.decode()) for count, _, facts in cut.alike]
    return {"card": cut.card_json.decode(), "alike": alike}, (cut.content, cut.places.tobytes())


def _packed_stored(given: Versioned) -> tuple[dict[str, Any], Sequence[bytes]]:
    document = given.document
    card = _json_of(card_of(document, given.version))
    return {"card": card.decode()}, (document.text.encode(), pack_marks(document.marks).encode())


def _json_of(card: DocumentCard) -> bytes:
    return json.dumps(card_to_json(card)).encode()


def unpacked(frame: Mapping[str, Any], content: bytes) -> Iterator[Cut]:
    """The documents of a frame, cut. Raises as `cut_of` does."""
    at = 0
    for told in frame["documents"]:
        card, (text, rest) = card_from_json(json.loads(told["card"])), told["bytes"]
        words, more = content[at : at + text], content[at + text : at + text + rest]
        at += text + rest
        if "alike" in told:
            alike = [
                (count, passage_from_json(facts, card.id, 0, 0, ""), facts.encode()) for count, facts in told["alike"]
            ]
            yield Cut(card, told["card"].encode(), words, np.frombuffer(more, np.int64).reshape(-1, 2), alike)
        else:
            with _named(card.id):
                document = _stored(card, words.decode(), more)
            yield cut_of(Versioned(document, card.version))


def _stored(card: DocumentCard, text: str, marks: bytes) -> Document:
    facts: dict[str, Any] = {each.name: getattr(card, each.name) for each in fields(card) if each.name != "version"}
    return Document(**facts, text=text, marks=unpack_marks(marks))
